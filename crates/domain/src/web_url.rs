//! Addresses of pages elsewhere, as profiles and tags name them. Links inside text are not here.

use std::fmt;

use serde::{Deserialize, Serialize};
use url::Url;
use utoipa::openapi::SchemaFormat;

use crate::json::from_text;
use crate::schema::{self, described};
use crate::text;
use crate::violation::{Rule, Violation};

/// An absolute `https` or `http` address without credentials, in the spelling of the WHATWG URL Standard.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WebUrl(String);

impl WebUrl {
    /// Longest address, in octets: what browsers and caches in the field all accept.
    pub const MAX_OCTETS: usize = 2048;

    /// Parses an address; one with another scheme, without a host or with credentials is refused.
    pub fn parse(raw: &str) -> Result<Self, Violation> {
        let refused = || Violation::new(Rule::BadUrl, "must be an https or http address without credentials");
        let url = Url::parse(&text::one_line(raw)?).map_err(|_| refused())?;
        let plain = url.username().is_empty() && url.password().is_none();
        if !matches!(url.scheme(), "https" | "http") || url.host().is_none() || !plain {
            return Err(refused());
        }
        if url.as_str().len() > Self::MAX_OCTETS {
            return Err(Violation::limited(Rule::TooLong, Self::MAX_OCTETS, "at most 2048 octets fit"));
        }
        Ok(Self(url.into()))
    }

    /// The address as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

from_text!(WebUrl);

described!(WebUrl: schema::text(
    "An absolute https or http address, without user name and password.",
    10, Self::MAX_OCTETS, "https://varn.example/tides",
).format(Some(SchemaFormat::Custom("uri".to_owned()))));

impl fmt::Display for WebUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<String> for WebUrl {
    type Error = Violation;

    fn try_from(raw: String) -> Result<Self, Violation> {
        Self::parse(&raw)
    }
}

impl From<WebUrl> for String {
    fn from(url: WebUrl) -> Self {
        url.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_run_or_mislead_is_no_web_address() {
        for raw in [
            "javascript:alert(1)",
            "data:text/html,x",
            "//varn.example",
            "https://varn@evil.example/",
            "ftp://varn.example",
            "https://",
        ] {
            assert_eq!(WebUrl::parse(raw).unwrap_err().rule, Rule::BadUrl, "{raw}");
        }
    }

    #[test]
    fn one_page_has_one_spelling() {
        assert_eq!(WebUrl::parse(" HTTPS://Varn.Example ").unwrap().as_str(), "https://varn.example/");
    }
}
