//! `[webhooks]`: to where events may be told.

use std::fmt;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::str::FromStr;

use super::list::List;
use super::network::Network;
use super::reader::Section;
use super::switch::Switch;

/// To where webhooks may lead.
#[derive(Debug, Clone)]
pub struct Webhooks {
    /// Networks that are not public and may be told nevertheless.
    pub allow_networks: List<Network>,
    /// Ports to which they may lead.
    pub ports: List<Ports>,
    /// Whether they may lead to `http`, without TLS.
    pub http: Switch,
    /// Where a test tells the addresses of names; nothing outside of one.
    pub names_file: NamesFile,
}

impl Webhooks {
    pub(super) fn read(section: &mut Section<'_>) -> Self {
        Self {
            allow_networks: section.key(
                "allow_networks",
                List::default(),
                "Networks to which webhooks may lead though they are not the public Internet, such as 10.1.0.0/16",
            ),
            ports: section.key(
                "ports",
                List(vec![Ports(443..=443)]),
                "Ports to which webhooks may lead, and ranges of them such as 8000-8100",
            ),
            http: section.key(
                "http",
                Switch::Off,
                "`on` lets webhooks lead to http, where everybody between reads what is told",
            ),
            names_file: section.key(
                "names_file",
                NamesFile(None),
                "For tests: a file that tells the addresses of names, instead of the network",
            ),
        }
    }
}

/// A port, or a range of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ports(pub RangeInclusive<u16>);

impl FromStr for Ports {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const FORM: &str = "must be ports or ranges such as 443 or 8000-8100, apart by commas";
        let (first, last) = text.split_once('-').unwrap_or((text, text));
        let port = |text: &str| text.parse::<u16>().ok().filter(|port| *port > 0).ok_or(FORM);
        let (first, last) = (port(first)?, port(last)?);
        if first <= last { Ok(Self(first..=last)) } else { Err(FORM) }
    }
}

impl fmt::Display for Ports {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0.start(), self.0.end()) {
            (first, last) if first == last => first.fmt(f),
            (first, last) => write!(f, "{first}-{last}"),
        }
    }
}

/// A file, or none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamesFile(pub Option<PathBuf>);

impl FromStr for NamesFile {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self((!text.is_empty()).then(|| text.into())))
    }
}

impl fmt::Display for NamesFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.as_ref().map_or(Ok(()), |file| file.display().fmt(f))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_are_read_back_as_they_are_shown() {
        for text in ["443", "8000-8100"] {
            assert_eq!(text.parse::<Ports>().unwrap().to_string(), text);
        }
        for text in ["", "0", "70000", "9-8", "a", "1-2-3", "-1"] {
            assert!(text.parse::<Ports>().is_err(), "{text}");
        }
    }
}
