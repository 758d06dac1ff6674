//! Secrets among the settings.

use std::fmt;
use std::str::FromStr;

use url::Url;

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

/// An address as it may be shown: without its password, and of its parameters only the names, since a password or a token may be
/// among them too. One without a value is a token itself.
pub(super) fn masked(url: &Url) -> String {
    let mut shown = url.clone();
    if shown.password().is_some() {
        // Refused only for an address without host, which cannot have a password.
        let _ = shown.set_password(Some("***"));
    }
    let name =
        |name: &str, value: &str| if value.is_empty() { "***".to_owned() } else { format!("{name}=***") };
    let names: Vec<_> = url.query_pairs().map(|(said, value)| name(&said, &value)).collect();
    shown.set_query((!names.is_empty()).then(|| names.join("&")).as_deref());
    shown.into()
}
