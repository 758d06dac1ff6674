//! Sitemaps (sitemaps.org, protocol 0.9), and the one of news that Google reads. How articles are parted among them is
//! not here.

use domain::article::content::texts::Headline;
use domain::language::Language;
use domain::site::SiteName;
use domain::time::Moment;

use crate::xml::Xml;

const NAMESPACE: (&str, &str) = ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9");
const NEWS: (&str, &str) = ("xmlns:news", "http://www.google.com/schemas/sitemap-news/0.9");

/// Most addresses of a part. The protocol allows 50,000 and 50 MiB; fewer keep a part below that size however long the
/// addresses are (2,048 octets), and cheap to make.
pub const MOST_ADDRESSES: u16 = 20_000;

/// Most addresses of the sitemap of news: the newest ones count (Google, "News sitemaps").
pub const MOST_NEWS: u16 = 1000;

/// An address, and when it last changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// The address.
    pub url: String,
    /// When what is there last changed in a way that was worth telling.
    pub updated_at: Moment,
}

/// A piece of news.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// Where people read it.
    pub url: String,
    /// The headline.
    pub headline: Headline,
    /// What it is written in.
    pub language: Language,
    /// The date that it carries.
    pub published_at: Moment,
}

/// The index that names the parts.
pub fn index(parts: &[Address]) -> Vec<u8> {
    Xml::document("sitemapindex", &[NAMESPACE], |xml| {
        for part in parts {
            xml.element("sitemap", &[], |xml| address(xml, part));
        }
    })
}

/// A part: addresses of articles.
pub fn part(articles: &[Address]) -> Vec<u8> {
    Xml::document("urlset", &[NAMESPACE], |xml| {
        for article in articles {
            xml.element("url", &[], |xml| address(xml, article));
        }
    })
}

fn address(xml: &mut Xml, Address { url, updated_at }: &Address) {
    xml.text("loc", url);
    xml.text("lastmod", &updated_at.to_string());
}

/// The sitemap of news of the publication of this name.
pub fn news(articles: &[News], publication: &SiteName) -> Vec<u8> {
    Xml::document("urlset", &[NAMESPACE, NEWS], |xml| {
        for News { url, headline, language, published_at } in articles {
            xml.element("url", &[], |xml| {
                xml.text("loc", url);
                xml.element("news:news", &[], |xml| {
                    xml.element("news:publication", &[], |xml| {
                        xml.text("news:name", publication.as_str());
                        xml.text("news:language", &code(language));
                    });
                    xml.text("news:publication_date", &published_at.to_string());
                    xml.text("news:title", headline.as_str());
                });
            });
        }
    })
}

/// The code of a language as that sitemap has it: ISO 639, except for the two ways of writing Chinese.
fn code(language: &Language) -> String {
    let tag = language.as_str().to_ascii_lowercase();
    let parts: Vec<_> = tag.split('-').collect();
    match parts.as_slice() {
        ["zh", ..] if parts.iter().any(|part| matches!(*part, "hant" | "tw" | "hk" | "mo")) => {
            "zh-tw".to_owned()
        }
        ["zh", ..] => "zh-cn".to_owned(),
        [primary, ..] => (*primary).to_owned(),
        [] => tag,
    }
}

#[cfg(test)]
mod tests {
    use domain::web_url::WebUrl;
    use roxmltree::Document;

    use super::*;

    fn at(day: u32) -> Moment {
        Moment::parse(&format!("2026-01-{day:02}T12:00:00Z")).unwrap()
    }

    // abuse: OUT-06
    #[test]
    fn the_longest_addresses_fill_a_part_below_the_limit_of_the_protocol() {
        let url = format!("https://varn.example/{}{}", "&".repeat(20), "a".repeat(2007));
        assert_eq!(url.len(), WebUrl::MAX_OCTETS);
        let longest = Address { url, updated_at: at(1) };
        let one = part(std::slice::from_ref(&longest));
        let text = String::from_utf8(one).unwrap();
        let parsed = Document::parse(&text).unwrap();
        assert_eq!(
            parsed.descendants().find(|node| node.has_tag_name((NAMESPACE.1, "loc"))).unwrap().text(),
            Some(longest.url.as_str())
        );
        assert!(text.len() * usize::from(MOST_ADDRESSES) < 50 << 20, "{}", text.len());
    }

    #[test]
    fn languages_are_those_that_the_sitemap_of_news_knows() {
        for (tag, expected) in [
            ("en", "en"),
            ("en-GB", "en"),
            ("nb", "nb"),
            ("zh", "zh-cn"),
            ("zh-Hans-CN", "zh-cn"),
            ("zh-Hant", "zh-tw"),
            ("zh-TW", "zh-tw"),
        ] {
            assert_eq!(code(&Language::parse(tag).unwrap()), expected, "{tag}");
        }
    }

    #[test]
    fn a_piece_of_news_says_all_that_google_requires() {
        let news = News {
            url: "https://varn.example/a?b=1&c=2".to_owned(),
            headline: Headline::parse("Reef <recovers> & grows").unwrap(),
            language: Language::parse("en-GB").unwrap(),
            published_at: at(9),
        };
        let text =
            String::from_utf8(super::news(&[news], &SiteName::parse("The Varn Courier").unwrap())).unwrap();
        let parsed = Document::parse(&text).unwrap();
        let told = |name: &str| {
            let found = parsed.descendants().find(|node| node.has_tag_name((NEWS.1, name))).unwrap();
            found.text().unwrap_or_default().to_owned()
        };
        assert_eq!(told("title"), "Reef <recovers> & grows");
        assert_eq!(told("publication_date"), "2026-01-09T12:00:00.000Z");
        assert_eq!((told("name"), told("language")), ("The Varn Courier".to_owned(), "en".to_owned()));
    }
}
