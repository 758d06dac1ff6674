//! Secrets among the settings.

use std::fmt;
use std::str::FromStr;

/// A secret, which is never shown.
#[derive(Clone, Default)]
pub(super) struct Masked(pub(super) String);

impl FromStr for Masked {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for Masked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_empty() { "" } else { "********" })
    }
}
