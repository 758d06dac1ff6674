//! `[traces]`: to whom requests are told of as spans.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

use reqwest::header::{HeaderName, HeaderValue};
use url::Url;

use super::list::List;
use super::reader::Section;
use super::server::web_address;

/// A collector of traces.
#[derive(Debug, Clone)]
pub struct Traces {
    /// Its base address.
    pub endpoint: Url,
    /// What shows it that it is us.
    pub headers: List<Header>,
    /// Which share of the requests is told of whose callers have not decided it.
    pub sample: Share,
}

impl Traces {
    pub(super) fn read(section: &mut Section<'_>) -> Option<Self> {
        let endpoint = section.key(
            "endpoint",
            Endpoint(None),
            "Base address of a collector that takes OTLP over HTTP, such as http://127.0.0.1:4318; empty: nobody is told",
        );
        let headers = section.key(
            "headers",
            List::default(),
            "Headers that show the collector that it is us, such as api-key=SECRET, apart by commas",
        );
        let sample = section.key(
            "sample",
            Share(1.0),
            "Which share of the requests is told of whose callers have not decided it, from 0 to 1",
        );
        endpoint.0.map(|endpoint| Self { endpoint, headers, sample })
    }

    /// Where it takes spans (OTLP/HTTP).
    pub(crate) fn address(&self) -> String {
        format!("{}/v1/traces", self.endpoint.as_str().trim_end_matches('/'))
    }

    /// Its headers by their names, for an exporter that resolves escapes in them: here they are meant by the letter.
    pub(crate) fn headers_by_name(&self) -> HashMap<String, String> {
        let headers = self.headers.0.iter();
        headers.map(|Header { name, value }| (name.clone(), value.replace('%', "%25"))).collect()
    }
}

/// A base address, or none.
#[derive(Clone)]
struct Endpoint(Option<Url>);

impl FromStr for Endpoint {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.is_empty() {
            return Ok(Self(None));
        }
        let url = web_address(text).ok_or("must be an http or https address without credentials")?;
        if url.query().is_some() || url.fragment().is_some() {
            return Err("must not have a query or a fragment");
        }
        Ok(Self(Some(url)))
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.as_ref().map_or(Ok(()), |url| url.fmt(f))
    }
}

/// A header. What it says is a secret, and is never shown.
#[derive(Clone)]
pub struct Header {
    name: String,
    value: String,
}

impl FromStr for Header {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const FORM: &str = "must be headers such as api-key=SECRET, apart by commas";
        let (name, value) = text.split_once('=').ok_or(FORM)?;
        let name = HeaderName::from_str(name.trim()).map_err(|_| FORM)?;
        let value = HeaderValue::from_str(value.trim()).map_err(|_| FORM)?;
        let value = value.to_str().map_err(|_| FORM)?.to_owned();
        Ok(Self { name: name.as_str().to_owned(), value })
    }
}

impl fmt::Display for Header {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}=********", self.name)
    }
}

impl fmt::Debug for Header {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A share of all, from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share(f64);

impl Share {
    /// It as a number.
    pub const fn get(self) -> f64 {
        self.0
    }
}

impl FromStr for Share {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let share = text.parse::<f64>().ok().filter(|share| (0.0..=1.0).contains(share));
        share.map(Self).ok_or("must be a number from 0 to 1, such as 0.1")
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_collector_has_a_base_address() {
        let address = |endpoint: &str| {
            let endpoint = endpoint.parse::<Endpoint>().unwrap().0.unwrap();
            Traces { endpoint, headers: List::default(), sample: Share(1.0) }.address()
        };
        assert_eq!(address("http://127.0.0.1:4318"), "http://127.0.0.1:4318/v1/traces");
        assert_eq!(address("https://otlp.varn.example/otlp/"), "https://otlp.varn.example/otlp/v1/traces");
        for text in [
            "127.0.0.1:4318",
            "grpc://otlp.varn.example",
            "https://a:b@varn.example",
            "https://varn.example/?key=b",
        ] {
            assert!(text.parse::<Endpoint>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_share_is_a_part_of_all() {
        for (text, share) in [("0", 0.0), ("1", 1.0), ("0.25", 0.25), ("1e-3", 0.001)] {
            assert_eq!(text.parse(), Ok(Share(share)), "{text}");
        }
        for text in ["", "-0.1", "1.01", "NaN", "inf", "10%"] {
            assert!(text.parse::<Share>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_header_says_its_name_and_never_its_value() {
        let header: Header = "Authorization=Basic dTpwJTQx==".parse().unwrap();
        assert_eq!((header.name.as_str(), header.value.as_str()), ("authorization", "Basic dTpwJTQx=="));
        assert_eq!(format!("{header} {header:?}"), "authorization=******** authorization=********");
        for text in ["api-key", "=geheim", "api key=geheim", "api-key=ge\nheim", "api-key=geheím"] {
            assert!(text.parse::<Header>().is_err_and(|fault| !fault.contains("geheim")), "{text}");
        }
    }
}
