//! `[site]`: what the site is called, its language, and where its pages are.

use std::fmt;
use std::str::FromStr;

use super::reader::Section;
use super::server::web_address;

/// The settings of the site.
#[derive(Debug, Clone)]
pub struct Site {
    /// Its name, as readers know it.
    pub name: String,
    /// The language of an article that names none (BCP 47).
    pub language: String,
    /// Where the frontend shows an article.
    pub article_url: ArticleUrl,
}

impl Site {
    pub(super) fn read(section: &mut Section<'_>) -> Self {
        Self {
            name: section.key("name", "Masthead".to_owned(), "Name of the site, as readers know it"),
            language: section.key(
                "language",
                "en".to_owned(),
                "Language of an article that names none (BCP 47), such as en or pt-BR",
            ),
            article_url: section.key(
                "article_url",
                ArticleUrl("http://localhost:3000/{slug}".to_owned()),
                "Where the frontend shows an article; {slug} stands for its slug",
            ),
        }
    }
}

/// A pattern of addresses in which `{slug}` stands once for an article's slug.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleUrl(String);

impl ArticleUrl {
    /// The pattern as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ArticleUrl {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let filled = text.replacen("{slug}", "slug", 1);
        let usable = filled != text && !filled.contains(['{', '}']) && web_address(&filled).is_some();
        usable
            .then(|| Self(text.to_owned()))
            .ok_or("must be an http or https address with {slug} in it, once")
    }
}

impl fmt::Display for ArticleUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_holds_the_slug_once() {
        assert!("https://news.varn.example/{slug}".parse::<ArticleUrl>().is_ok());
        for text in [
            "https://news.varn.example/",
            "/{slug}",
            "https://a.example/{slug}/{slug}",
            "https://a.example/{id}",
        ] {
            assert!(text.parse::<ArticleUrl>().is_err(), "{text}");
        }
    }
}
