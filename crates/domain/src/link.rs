//! Addresses to which words of an article link. Links to articles of ours are ids, in `span`; pages of profiles are in `web_url`.

use std::fmt;

use serde::{Deserialize, Serialize};
use url::Url;
use utoipa::openapi::SchemaFormat;

use crate::json::from_text;
use crate::schema::{self, described};
use crate::violation::{Rule, Violation};

/// An absolute address that a reader may safely follow: `https`, `http`, `mailto` or `tel`.
///
/// Web addresses have a host and no credentials, and are kept in the spelling of the WHATWG URL Standard (hosts in
/// Punycode), so that what is checked is what a browser will open (abuse OUT-02).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Href(String);

impl Href {
    /// Longest address, in octets as kept: what browsers and caches in the field all accept.
    pub const MAX_OCTETS: usize = 2048;

    /// Parses an address. All that is not plainly one of the four kinds is a [`Rule::BadUrl`].
    pub fn parse(raw: &str) -> Result<Self, Violation> {
        let refused = |detail: &str| Violation::new(Rule::BadUrl, detail);
        if raw.len() > Self::MAX_OCTETS {
            return Err(refused("is longer than 2048 octets"));
        }
        // Browsers drop tabs and line breaks inside an address and read `\` as `/`: `java\tscript:` would run.
        if raw.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\') {
            return Err(refused("contains white space, a control character or a backslash"));
        }
        let url = Url::parse(raw).map_err(|_| refused("must be an absolute address"))?;
        match url.scheme() {
            "https" | "http" if !url.username().is_empty() || url.password().is_some() => {
                return Err(refused("must not carry a user name or password"));
            }
            "https" | "http" if !has_two_slashes(raw) => return Err(refused("needs :// and a host")),
            "https" | "http" => {}
            "mailto" if is_mailbox(url.path()) => {}
            "tel" if is_number(url.path()) && url.query().is_none() && url.fragment().is_none() => {}
            "mailto" | "tel" => return Err(refused("names nobody to write to or to call")),
            _ => return Err(refused("must begin with https:, http:, mailto: or tel:")),
        }
        if url.as_str().len() > Self::MAX_OCTETS {
            return Err(refused("is longer than 2048 octets"));
        }
        Ok(Self(url.into()))
    }

    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

from_text!(Href);

described!(Href: schema::text(
    "An absolute address that a reader may follow: https, http, mailto or tel, without user name and password.",
    5, Self::MAX_OCTETS, "https://varn.example/tides",
).format(Some(SchemaFormat::Custom("uri".to_owned()))));

/// `https:varn.example` and `https:///varn.example` mean different things to different readers.
fn has_two_slashes(raw: &str) -> bool {
    raw.split_once(':').is_some_and(|(_, rest)| rest.starts_with("//") && !rest.starts_with("///"))
}

/// One address of RFC 6068, as far as a link needs it: something on both sides of one `@`.
fn is_mailbox(path: &str) -> bool {
    path.split_once('@')
        .is_some_and(|(local, host)| !local.is_empty() && !host.is_empty() && !host.contains(['@', '/']))
}

/// A number of RFC 3966: digits and visual separators, with an optional `+` and parameters.
fn is_number(path: &str) -> bool {
    let number = path.split(';').next().unwrap_or(path);
    let digits = number.strip_prefix('+').unwrap_or(number);
    digits.contains(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '.' | '(' | ')'))
}

impl fmt::Display for Href {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Href {
    type Error = Violation;

    fn try_from(raw: String) -> Result<Self, Violation> {
        Self::parse(&raw)
    }
}

impl From<Href> for String {
    fn from(href: Href) -> Self {
        href.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    // abuse: OUT-02
    #[test]
    fn what_could_run_or_mislead_is_refused() {
        for raw in [
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            " javascript:alert(1)",
            "java\tscript:alert(1)",
            "java\nscript:alert(1)",
            "data:text/html,<script>",
            "vbscript:x",
            "file:///etc/passwd",
            "//evil.example",
            "\\\\evil.example",
            "https:\\\\evil.example",
            "https:evil.example",
            "https:///evil.example",
            "https://varn@evil.example",
            "https://a:b@evil.example",
            "https://",
            "/harbour",
            "harbour",
            "",
            "mailto:",
            "mailto:mara",
            "tel:",
            "tel:call-me",
            "https://varn.example/\u{0}",
        ] {
            assert_eq!(Href::parse(raw).unwrap_err().rule, Rule::BadUrl, "{raw}");
        }
        assert!(Href::parse(&format!("https://varn.example/{}", "a".repeat(10_000))).is_err());
    }

    #[test]
    fn links_of_every_kind_are_kept() {
        for raw in [
            "https://varn.example/a?b=c#d",
            "http://varn.example/",
            "mailto:mara@varn.example",
            "tel:+47-5550100",
        ] {
            assert_eq!(Href::parse(raw).unwrap().as_str(), raw);
        }
        assert_eq!(Href::parse("https://bücher.example").unwrap().as_str(), "https://xn--bcher-kva.example/");
    }

    proptest! {
        #[test]
        fn what_is_accepted_is_accepted_again_unchanged(raw in "(https?://|mailto:|tel:)?\\PC{0,40}") {
            if let Ok(href) = Href::parse(&raw) {
                prop_assert_eq!(Href::parse(href.as_str()), Ok(href.clone()));
            }
        }
    }
}
