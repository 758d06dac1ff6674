//! `[server]`: where we listen, under which address we are known, and whom we believe.

use std::fmt;
use std::net::{Ipv4Addr, SocketAddr};
use std::num::NonZeroUsize;
use std::str::FromStr;

use url::Url;

use super::list::List;
use super::network::Network;
use super::reader::Section;

/// The settings of the server.
#[derive(Debug, Clone)]
pub struct Server {
    /// Where we listen. Port 0 takes any free one.
    pub listen: SocketAddr,
    /// The address under which clients know us; empty: made from the one we listen on.
    pub public_url: PublicUrl,
    /// Origins whose pages may call the editorial and sign-in routes. Delivery is open to all.
    pub cors_origins: List<Origin>,
    /// Proxies whose word about the client's address is believed.
    pub trusted_proxies: List<Network>,
    /// Threads that serve requests.
    pub workers: usize,
}

impl Server {
    pub(super) fn read(section: &mut Section<'_>) -> Self {
        let cores = std::thread::available_parallelism().map_or(2, NonZeroUsize::get);
        Self {
            listen: section.key(
                "listen",
                SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)),
                "Address and port to listen on; port 0 takes any free one",
            ),
            public_url: section.key(
                "public_url",
                PublicUrl(None),
                "Address under which clients know the API, without a trailing slash; empty: the one we listen on",
            ),
            cors_origins: section.key(
                "cors_origins",
                List::default(),
                "Origins whose pages may call the editorial and sign-in routes, apart by commas",
            ),
            trusted_proxies: section.key(
                "trusted_proxies",
                List::default(),
                "Addresses or networks of proxies whose X-Forwarded-For header is believed",
            ),
            workers: section.number("workers", cores, 1..=256, "Threads that serve requests; one per core unless told"),
        }
    }
}

/// The base of every link that we give: scheme, host, port and perhaps a path, without a trailing slash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl(Option<String>);

impl PublicUrl {
    /// The configured base, or that of the address at which we really listen.
    pub fn or_address(&self, bound: SocketAddr) -> String {
        self.0.clone().unwrap_or_else(|| format!("http://{bound}"))
    }
}

impl FromStr for PublicUrl {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.is_empty() {
            return Ok(Self(None));
        }
        let url =
            web_address(text).ok_or("must be an http or https address such as https://api.varn.example")?;
        if url.query().is_some() || url.fragment().is_some() {
            return Err("must not have a query or a fragment");
        }
        Ok(Self(Some(url.as_str().trim_end_matches('/').to_owned())))
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_deref().unwrap_or_default())
    }
}

/// An origin as browsers send it: scheme, host and port (RFC 6454, 6.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin(String);

impl Origin {
    /// The spelling that the `Origin` header has.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Origin {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let url =
            web_address(text).ok_or("must be origins such as https://desk.varn.example, apart by commas")?;
        match url.origin().ascii_serialization() {
            origin if origin == text.trim_end_matches('/') => Ok(Self(origin)),
            _ => Err("must be scheme, host and port alone, in lower case, without the scheme's own port"),
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An http or https address.
pub(super) fn web_url(text: &str) -> Option<Url> {
    Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"))
}

/// The same, without credentials.
pub(super) fn web_address(text: &str) -> Option<Url> {
    web_url(text).filter(|url| url.username().is_empty() && url.password().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_address_has_one_spelling() {
        let bound = SocketAddr::from(([127, 0, 0, 1], 4000));
        for (text, base) in [
            ("https://api.varn.example/", "https://api.varn.example"),
            ("https://varn.example/cms/", "https://varn.example/cms"),
            ("", "http://127.0.0.1:4000"),
        ] {
            assert_eq!(text.parse::<PublicUrl>().unwrap().or_address(bound), base);
        }
        for text in
            ["api.varn.example", "ftp://varn.example", "https://a:b@varn.example", "https://varn.example/?a"]
        {
            assert!(text.parse::<PublicUrl>().is_err(), "{text}");
        }
    }

    #[test]
    fn an_origin_is_what_browsers_send() {
        assert_eq!(
            "https://desk.varn.example".parse::<Origin>().unwrap().as_str(),
            "https://desk.varn.example"
        );
        for text in [
            "*",
            "null",
            "https://desk.varn.example/a",
            "https://desk.varn.example:443",
            "https://Desk.varn.example",
        ] {
            assert!(text.parse::<Origin>().is_err(), "{text}");
        }
    }
}
