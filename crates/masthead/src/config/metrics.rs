//! `[metrics]`: where a node tells how it fares.

use std::fmt;
use std::net::SocketAddr;
use std::str::FromStr;

use super::reader::Section;

/// The settings of the metrics.
#[derive(Debug, Clone, Copy)]
pub struct Metrics {
    /// Where they are told, apart from all else.
    pub listen: Listen,
}

impl Metrics {
    pub(super) fn read(section: &mut Section<'_>) -> Self {
        Self {
            listen: section.key(
                "listen",
                Listen(None),
                "Address and port at which /metrics is told, such as 127.0.0.1:9464; empty: nowhere",
            ),
        }
    }
}

/// An address, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listen(Option<SocketAddr>);

impl Listen {
    /// It.
    pub const fn address(self) -> Option<SocketAddr> {
        self.0
    }
}

impl FromStr for Listen {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.is_empty() {
            return Ok(Self(None));
        }
        let address = text.parse().map_err(|_| "must be an address and a port such as 127.0.0.1:9464")?;
        Ok(Self(Some(address)))
    }
}

impl fmt::Display for Listen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.map_or(Ok(()), |address| address.fmt(f))
    }
}
