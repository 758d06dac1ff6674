//! The site that the newsroom writes for: its name, languages and addresses. Where the settings come from is not here.

pub mod languages;
pub mod time_zone;

use serde::Serialize;

use self::languages::Languages;
use self::time_zone::TimeZone;
use crate::article::content::dateline::CountryCode;
use crate::article::publish::Approval;
use crate::bounded::bounded;
use crate::codes::codes;
use crate::comment::settings::CommentSettings;
use crate::id::ArticleId;
use crate::photo::credit::house_style::CreditStyle;
use crate::schema::{self, described};
use crate::slug::Slug;
use crate::violation::{Rule, Violation};
use crate::web_url::WebUrl;

bounded! {
    /// The name of the site, and of its publisher.
    SiteName: name up to 100, "a masthead of one line",
        like "The Varn Courier";
}

/// What the rules and the readers know of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// Its name.
    pub name: SiteName,
    /// Who publishes it.
    pub publisher: SiteName,
    /// The languages in which it is written.
    pub languages: Languages,
    /// Where its articles are read.
    pub article_url: ArticleUrl,
    /// By whose clocks its readers live.
    pub time_zone: TimeZone,
    /// Whether an article must be approved before it is published.
    pub approval: Approval,
    /// Who of the newsroom may read what is being written.
    pub drafts: Drafts,
    /// How the credit lines of photos read.
    pub credit_style: CreditStyle,
    /// What it says of the comments of its articles.
    pub comments: CommentSettings,
    /// The country in which it is read, where it is read in one: photos may be excluded there.
    pub territory: Option<CountryCode>,
}

codes! {
    /// Who of the newsroom may read the articles of others.
    pub enum Drafts {
        /// Everybody.
        Shared = "shared",
        /// Not reporters: they read what they own or write (ruling 9).
        Private = "private",
    }
}

/// The pattern of the addresses at which readers find articles on the frontend.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ArticleUrl(String);

impl ArticleUrl {
    /// What stands for the slug of the article.
    pub const SLUG: &'static str = "{slug}";
    /// What stands for the id of the article.
    pub const ID: &'static str = "{id}";

    /// Parses an `https` or `http` address whose path, query or fragment holds [`ArticleUrl::SLUG`] or
    /// [`ArticleUrl::ID`], and no other placeholder. It is kept as it is written, so that has to be in ASCII.
    pub fn parse(raw: &str) -> Result<Self, Violation> {
        let refused = |detail| Err(Violation::new(Rule::BadFormat, detail));
        if !raw.bytes().all(|b| b.is_ascii_graphic()) {
            return refused(
                "must be ASCII without spaces: write the host in Punycode and the path percent-encoded",
            );
        }
        let filled = |word: &str| raw.replace(Self::SLUG, word).replace(Self::ID, word);
        let (one, other) = (WebUrl::parse(&filled("a"))?, WebUrl::parse(&filled("b"))?);
        if one == other {
            return refused("must contain {slug} or {id}, so that each article has an address of its own");
        }
        if filled("").contains(['{', '}']) {
            return refused("may contain no other placeholders than {slug} and {id}");
        }
        if authority(&one) != authority(&other) {
            return refused("must name one host");
        }
        Ok(Self(raw.to_owned()))
    }

    /// The address of an article.
    pub fn of(&self, id: ArticleId, slug: &Slug) -> String {
        self.0.replace(Self::SLUG, slug.as_str()).replace(Self::ID, &id.to_string())
    }

    /// The front page of the frontend: the top of the host on which its articles are read.
    pub fn home(&self) -> String {
        let (scheme, rest) = self.0.split_once("://").unwrap_or_default();
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        format!("{scheme}://{host}/")
    }
}

described!(ArticleUrl: schema::text(
    "The pattern of the addresses at which readers find articles, with {slug} or {id} for what tells them apart.",
    10, WebUrl::MAX_OCTETS, "https://varn.example/{slug}",
));

/// The host and port of an address.
fn authority(url: &WebUrl) -> Option<&str> {
    url.as_str().split('/').nth(2)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn an_article_is_read_where_the_pattern_says() {
        let pattern = ArticleUrl::parse("https://varn.example/news/{slug}?id={id}").unwrap();
        let slug = Slug::parse("harbour-talks-resume").unwrap();
        assert_eq!(
            pattern.of(ArticleId::new(Uuid::from_u128(1)), &slug),
            "https://varn.example/news/harbour-talks-resume?id=00000000-0000-0000-0000-000000000001"
        );
        assert_eq!(pattern.home(), "https://varn.example/");
        assert_eq!(
            ArticleUrl::parse("http://localhost:3000?a={slug}").unwrap().home(),
            "http://localhost:3000/"
        );
    }

    #[test]
    fn a_pattern_that_would_mislead_is_refused() {
        for raw in [
            "https://varn.example/",
            "https://{slug}.example/",
            "https://varn.example/{slug}/{year}",
            "/{slug}",
        ] {
            assert!(ArticleUrl::parse(raw).is_err(), "{raw}");
        }
    }

    #[test]
    fn a_pattern_is_written_as_addresses_are_sent() {
        for raw in [
            "https://bücher.example/{slug}",
            "https://varn.example/nyhéter/{slug}",
            "https://varn.example/the news/{slug}",
            " https://varn.example/{slug}",
            "https://varn.example/{slug}\n",
            "https://varn.example/\t{slug}",
        ] {
            let refused = ArticleUrl::parse(raw).unwrap_err();
            assert_eq!(refused.rule, Rule::BadFormat, "{raw}");
            assert!(refused.detail.contains("Punycode"), "{raw}: {}", refused.detail);
        }
        let pattern = ArticleUrl::parse("https://xn--bcher-kva.example/nyh%C3%A9ter/{slug}").unwrap();
        assert_eq!(pattern.home(), "https://xn--bcher-kva.example/");
    }
}
