//! Where a webhook may lead: the form of its address, and the rules of the site. Names are looked up elsewhere.

use std::fmt;
use std::net::IpAddr;
use std::ops::RangeInclusive;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use url::{Host, Url};
use utoipa::openapi::SchemaFormat;

use super::network::is_public;
use crate::json::from_text;
use crate::schema::{self, described};
use crate::text;
use crate::violation::{Rule, Violation};

/// Names that mean this machine or its network wherever they are looked up, and names below them.
const NAMES_OF_OUR_OWN: [&str; 3] = ["localhost", "local", "internal"];

/// An `https` or `http` address without credentials and without a fragment, in the spelling of the WHATWG URL Standard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TargetUrl(Url);

impl TargetUrl {
    /// Longest address, in octets.
    pub const MAX_OCTETS: usize = 2048;

    /// Parses an address (abuse WH-02). Whether the site lets it be told anything is for [`TargetRules`] to say.
    pub fn parse(raw: &str) -> Result<Self, Violation> {
        let refused = |detail: &str| Violation::new(Rule::BadUrl, detail);
        if raw.len() > Self::MAX_OCTETS {
            return Err(Violation::limited(Rule::TooLong, Self::MAX_OCTETS, "at most 2048 octets fit"));
        }
        let url = Url::parse(&text::one_line(raw)?).map_err(|_| refused("must be an https address"))?;
        if !matches!(url.scheme(), "https" | "http") || url.host().is_none() {
            return Err(refused("must be an https address"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refused("must not hold a user name or a password"));
        }
        if url.fragment().is_some() {
            return Err(refused("must not have a fragment: nobody is sent it"));
        }
        if url.host_str().is_some_and(|host| host.ends_with('.')) {
            return Err(refused("must name the host without a dot at its end"));
        }
        if url.as_str().len() > Self::MAX_OCTETS {
            return Err(Violation::limited(Rule::TooLong, Self::MAX_OCTETS, "at most 2048 octets fit"));
        }
        Ok(Self(url))
    }

    /// The whole address; its path and query may hold a secret of the receiver's.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Scheme, host and port, which hold none.
    pub fn origin(&self) -> String {
        self.0.origin().ascii_serialization()
    }

    /// Its host.
    pub fn host(&self) -> TargetHost {
        match self.0.host() {
            Some(Host::Ipv4(address)) => TargetHost::Address(address.into()),
            Some(Host::Ipv6(address)) => TargetHost::Address(address.into()),
            Some(Host::Domain(name)) => TargetHost::Name(name.to_owned()),
            // It was parsed with one.
            None => TargetHost::Name(String::new()),
        }
    }

    fn port(&self) -> u16 {
        self.0.port_or_known_default().unwrap_or_default()
    }
}

/// The host of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TargetHost {
    /// A name that has to be looked up.
    Name(String),
    /// A network address.
    Address(IpAddr),
}

from_text!(TargetUrl);

described!(TargetUrl: schema::text(
    "An absolute https address without user name, password and fragment; http only where the site allows it.",
    10, Self::MAX_OCTETS, "https://hooks.varn.example/masthead",
).format(Some(SchemaFormat::Custom("uri".to_owned()))));

impl fmt::Display for TargetUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<String> for TargetUrl {
    type Error = Violation;

    fn try_from(raw: String) -> Result<Self, Violation> {
        Self::parse(&raw)
    }
}

impl From<TargetUrl> for String {
    fn from(url: TargetUrl) -> Self {
        url.0.into()
    }
}

/// With or without TLS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Schemes {
    /// `https` alone.
    Https,
    /// `http` too, whose content everybody between reads.
    HttpToo,
}

/// To where a site lets webhooks lead.
#[derive(Clone)]
pub struct TargetRules {
    /// By which scheme.
    pub schemes: Schemes,
    /// To which ports.
    pub ports: Vec<RangeInclusive<u16>>,
    /// Whether an address that is not public may be told nevertheless.
    pub allowed: Arc<dyn Fn(IpAddr) -> bool + Send + Sync>,
}

impl TargetRules {
    /// Whether the address may be told, as far as it shows by itself.
    pub fn check(&self, url: &TargetUrl) -> Result<(), TargetRefusal> {
        if self.schemes == Schemes::Https && url.0.scheme() != "https" {
            return Err(TargetRefusal::Scheme);
        }
        if !self.ports.iter().any(|ports| ports.contains(&url.port())) {
            return Err(TargetRefusal::Port);
        }
        match url.host() {
            TargetHost::Address(address) => self.check_address(address),
            TargetHost::Name(_) => Ok(()),
        }
    }

    /// Whether all addresses that a name leads to may be told: whoever answers for the name chooses among them.
    pub fn check_found(&self, name: &str, found: &[IpAddr]) -> Result<(), TargetRefusal> {
        if found.is_empty() {
            return Err(TargetRefusal::Unknown);
        }
        let name = name.trim_end_matches('.').to_ascii_lowercase();
        let last = name.rsplit('.').next().unwrap_or_default();
        if NAMES_OF_OUR_OWN.contains(&last) && !found.iter().all(|address| (self.allowed)(*address)) {
            return Err(TargetRefusal::Network);
        }
        found.iter().try_for_each(|address| self.check_address(*address))
    }

    fn check_address(&self, address: IpAddr) -> Result<(), TargetRefusal> {
        let good = is_public(address) || (self.allowed)(address);
        if good { Ok(()) } else { Err(TargetRefusal::Network) }
    }
}

impl fmt::Debug for TargetRules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TargetRules")
            .field("schemes", &self.schemes)
            .field("ports", &self.ports)
            .finish_non_exhaustive()
    }
}

/// Why an address is told nothing. It names no address: what a name leads to inside is nobody's business outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TargetRefusal {
    /// It has no TLS.
    Scheme,
    /// Its port is not among those of the site.
    Port,
    /// It lies in a network to which nothing is sent.
    Network,
    /// No address was found for its name.
    Unknown,
}

impl TargetRefusal {
    /// What is wrong with it, for a person.
    pub const fn detail(self) -> &'static str {
        match self {
            Self::Scheme => "webhooks lead to https alone here",
            Self::Port => "webhooks do not lead to this port here",
            Self::Network => {
                "the host is not one of the public Internet, and its network is not among those that are allowed"
            }
            Self::Unknown => "no address is known for the host",
        }
    }
}

impl fmt::Display for TargetRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.detail())
    }
}

impl std::error::Error for TargetRefusal {}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(schemes: Schemes, allowed: &'static str) -> TargetRules {
        let allowed = move |address: IpAddr| address.to_string() == allowed;
        TargetRules { schemes, ports: vec![443..=443, 8000..=8100], allowed: Arc::new(allowed) }
    }

    // abuse: WH-02
    #[test]
    fn what_is_no_plain_web_address_is_no_target() {
        for raw in [
            "file:///etc/passwd",
            "gopher://varn.example/",
            "ftp://varn.example/",
            "javascript:alert(1)",
            "hooks.varn.example",
            "https://mara@varn.example/",
            "https://mara:secret@varn.example/",
            "https://varn.example/#top",
            "https://varn.example./",
            "https:///",
        ] {
            assert_eq!(TargetUrl::parse(raw).unwrap_err().rule, Rule::BadUrl, "{raw}");
        }
        let long = format!("https://varn.example/{}", "a".repeat(8192));
        assert_eq!(TargetUrl::parse(&long).unwrap_err().rule, Rule::TooLong);
    }

    // abuse: WH-01, WH-02
    #[test]
    fn an_address_is_what_it_means_however_it_is_spelled() {
        let rules = rules(Schemes::Https, "");
        for raw in [
            "https://127.0.0.1/",
            "https://127.1/",
            "https://2130706433/",
            "https://0x7f.0.0.1/",
            "https://0177.0.0.1/",
            "https://0/",
            "https://[::1]/",
            "https://[::ffff:10.0.0.1]/",
            "https://[fd00:ec2::254]/",
            "https://①②⑦.0.0.1/",
        ] {
            let url = TargetUrl::parse(raw).unwrap();
            assert_eq!(rules.check(&url), Err(TargetRefusal::Network), "{raw}");
        }
        for raw in [
            "https://varn.example:22/",
            "https://varn.example:25/",
            "https://varn.example:5432/",
            "https://varn.example:80/",
        ] {
            assert_eq!(rules.check(&TargetUrl::parse(raw).unwrap()), Err(TargetRefusal::Port), "{raw}");
        }
        let plain = TargetUrl::parse("http://varn.example/").unwrap();
        assert_eq!(rules.check(&plain), Err(TargetRefusal::Scheme));
        for raw in ["https://varn.example/", "https://varn.example:8080/a?b=c", "https://1.1.1.1/"] {
            assert_eq!(rules.check(&TargetUrl::parse(raw).unwrap()), Ok(()), "{raw}");
        }
    }

    // abuse: WH-01, WH-03
    #[test]
    fn a_name_is_as_good_as_the_worst_address_that_it_leads_to() {
        let rules = rules(Schemes::HttpToo, "10.0.0.7");
        let found = |name: &str, found: &[&str]| {
            let found: Vec<IpAddr> = found.iter().map(|address| address.parse().unwrap()).collect();
            rules.check_found(name, &found)
        };
        assert_eq!(found("varn.example", &["1.1.1.1", "2606:4700::1111"]), Ok(()));
        assert_eq!(found("varn.example", &["1.1.1.1", "10.0.0.1"]), Err(TargetRefusal::Network));
        assert_eq!(found("varn.example", &["1.1.1.1", "10.0.0.7"]), Ok(()), "the site allows it");
        assert_eq!(found("varn.example", &[]), Err(TargetRefusal::Unknown));
        for name in ["localhost", "a.localhost", "metadata.google.internal", "Printer.LOCAL"] {
            assert_eq!(found(name, &["1.1.1.1"]), Err(TargetRefusal::Network), "{name}");
            assert_eq!(found(name, &["10.0.0.7"]), Ok(()), "{name}, which the site allows");
        }
    }
}
