//! What is wrong with the settings, all of it at once. Values are never repeated: one may be a password.

use std::fmt;

/// One thing that is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The variable, or the file and key.
    pub place: String,
    /// What to change.
    pub message: String,
}

/// The settings cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError(pub Vec<Fault>);

impl ConfigError {
    /// An error with a single fault.
    pub fn one(place: impl Into<String>, message: impl Into<String>) -> Self {
        Self(vec![Fault { place: place.into(), message: message.into() }])
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the settings cannot be used:")?;
        self.0.iter().try_for_each(|fault| write!(f, "\n  {}: {}", fault.place, fault.message))
    }
}

impl std::error::Error for ConfigError {}
