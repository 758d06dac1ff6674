//! Sitemaps: an index, its parts, and the news. A part holds articles of one month of publication, so that what is in
//! it, and its address, stay as they are while others come and go.

use std::fmt;
use std::sync::Arc;

use chrono::TimeDelta;
use domain::month::Month;
use domain::time::Moment;
use domain::violation::{Rule, Violation};
use render::sitemap::{self, Address, MOST_ADDRESSES, MOST_NEWS, News};
use store::live::LiveMonth;

use crate::Delivery;
use crate::error::Error;

/// How long an article is news, in hours (Google, "News sitemaps": two days).
const NEWS_H: i64 = 48;

/// A sitemap as it is now.
#[derive(Debug)]
pub struct Sitemap {
    /// Its octets.
    pub octets: Vec<u8>,
    /// When the first thing in it disappears.
    pub shown_until: Option<Moment>,
}

/// A part of the sitemap: `2026-01`, and `2026-01-2` for what does not fit into that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    month: Month,
    /// From 1.
    n: u32,
}

impl Part {
    /// Parses a part in its one spelling.
    pub fn parse(raw: &str) -> Result<Self, Violation> {
        let malformed = || Violation::new(Rule::BadFormat, "must be a part such as 2026-01 or 2026-01-2");
        let (month, n) = raw.split_at_checked(7).ok_or_else(malformed)?;
        let n = match n.strip_prefix('-') {
            Some(n) => n.parse().map_err(|_| malformed())?,
            None => 1,
        };
        let part = Self { month: Month::parse(month)?, n };
        if n > 0 && part.to_string() == raw { Ok(part) } else { Err(malformed()) }
    }

    /// How many articles of the month stand in the parts before it, where each has up to `most`.
    fn skipped(self, most: u16) -> u32 {
        (self.n - 1).saturating_mul(most.into())
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { month, n } = self;
        if *n == 1 { month.fmt(f) } else { write!(f, "{month}-{n}") }
    }
}

/// The parts of a month, where each has up to `most` articles.
fn parts(LiveMonth { month, pages, .. }: LiveMonth, most: u16) -> impl Iterator<Item = Part> {
    (1..=pages.div_ceil(most.into())).map(move |n| Part { month, n })
}

impl Delivery {
    /// The index, which names the parts by what `address` says.
    pub async fn sitemap_index(&self, address: impl Fn(Part) -> String) -> Result<Sitemap, Error> {
        let now = self.clock.now();
        let months = self.read(now, move |live| Ok::<_, Error>(live.live_months(now)?)).await?;
        let named = months.iter().flat_map(|month| {
            let updated_at = month.updated_at;
            parts(*month, MOST_ADDRESSES).map(move |part| (part, updated_at))
        });
        let named: Vec<_> =
            named.map(|(part, updated_at)| Address { url: address(part), updated_at }).collect();
        let shown_until = months.iter().filter_map(|month| month.expires_at).min();
        Ok(Sitemap { octets: sitemap::index(&named), shown_until })
    }

    /// A part; `None` where it has no article.
    pub async fn sitemap_part(&self, part: Part) -> Result<Option<Sitemap>, Error> {
        let (now, site) = (self.clock.now(), Arc::clone(&self.site));
        self.read(now, move |live| {
            let skipped = part.skipped(MOST_ADDRESSES);
            let pages = live.live_pages(part.month, skipped, MOST_ADDRESSES, now)?;
            if pages.is_empty() {
                return Ok(None);
            }
            let shown_until = pages.iter().filter_map(|page| page.expires_at).min();
            let articles = pages.into_iter().map(|page| Address {
                url: site.article_url.of(page.id, &page.slug),
                updated_at: page.updated_at,
            });
            Ok(Some(Sitemap { octets: sitemap::part(&articles.collect::<Vec<_>>()), shown_until }))
        })
        .await
    }

    /// The news of the last two days.
    pub async fn sitemap_of_news(&self) -> Result<Sitemap, Error> {
        let (now, site) = (self.clock.now(), Arc::clone(&self.site));
        let age = TimeDelta::hours(NEWS_H);
        self.read(now, move |live| {
            let found = live.live_news(now.plus(-age), MOST_NEWS, now)?;
            let ends = found.iter().flat_map(|news| [Some(news.published_at.plus(age)), news.expires_at]);
            let shown_until = ends.flatten().min();
            let news = found.into_iter().map(|news| News {
                url: site.article_url.of(news.id, &news.slug),
                headline: news.headline,
                language: news.language,
                published_at: news.published_at,
            });
            let octets = sitemap::news(&news.collect::<Vec<_>>(), &site.name);
            Ok(Sitemap { octets, shown_until })
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(pages: u32) -> LiveMonth {
        let updated_at = Moment::parse("2026-01-09T12:00:00Z").unwrap();
        LiveMonth { month: Month::parse("2026-01").unwrap(), pages, updated_at, expires_at: None }
    }

    #[test]
    fn a_part_has_one_spelling() {
        for raw in ["2026-01", "2026-01-2", "1923-12-4294967295"] {
            assert_eq!(Part::parse(raw).map(|part| part.to_string()), Ok(raw.to_owned()));
        }
        for raw in [
            "",
            "2026",
            "2026-01-",
            "2026-01-0",
            "2026-01-1",
            "2026-01-02",
            "2026-01-+2",
            "2026-01-4294967296",
            "2026-01a",
            "é026-01",
        ] {
            assert!(Part::parse(raw).is_err(), "{raw}");
        }
    }

    #[test]
    fn every_article_of_a_month_stands_in_one_part_and_no_part_is_empty_or_too_long() {
        for most in [1, 2, 3, 7, MOST_ADDRESSES] {
            for pages in [0, 1, 2, 3, 6, 7, 8, 20_000, 20_001, 120_000] {
                let parts: Vec<_> = parts(month(pages), most).collect();
                let mut listed = 0;
                for part in &parts {
                    assert_eq!(part.skipped(most), listed);
                    let left = pages - listed;
                    assert!(left > 0, "an empty part");
                    listed += left.min(most.into());
                    assert_eq!(Part::parse(&part.to_string()), Ok(*part));
                }
                assert_eq!(listed, pages, "{most} to a part");
            }
        }
    }
}
