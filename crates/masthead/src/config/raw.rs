//! The texts of all settings that were given, from file and environment. What they mean is the sections' matter.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use super::Purpose;
use super::fault::{ConfigError, Fault};

/// How the environment variables begin that are ours.
pub(super) const PREFIX: &str = "MASTHEAD_";

/// Where a setting was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Origin {
    /// Nowhere: our default holds.
    Default,
    /// In this file.
    File(String),
    /// In the environment.
    Environment,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File(name) => f.write_str(name),
            Self::Environment => f.write_str("environment"),
        }
    }
}

/// A setting as it was given.
#[derive(Debug, Clone)]
pub(super) struct Given {
    pub(super) text: String,
    pub(super) origin: Origin,
}

/// All that was given, by section and key. A variable of the environment stands under its name without `MASTHEAD_`
/// until the sections are known: `AUTH_HASH_MEMORY_KIB` alone does not tell where the section ends.
#[derive(Debug, Default)]
pub(super) struct Raw {
    pub(super) file: BTreeMap<(String, String), Given>,
    pub(super) environment: BTreeMap<String, String>,
    pub(super) faults: Vec<Fault>,
    test: bool,
}

impl Raw {
    pub(super) fn add_file(&mut self, path: &Path) -> Result<(), ConfigError> {
        let name = path.display().to_string();
        let text = std::fs::read_to_string(path)
            .map_err(|error| ConfigError::one(name.as_str(), format!("cannot be read: {error}")))?;
        self.add_text(&name, &text)
    }

    pub(super) fn add_text(&mut self, name: &str, text: &str) -> Result<(), ConfigError> {
        let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
            let line = error.span().map_or(1, |span| text[..span.start].lines().count().max(1));
            ConfigError::one(format!("{name}, line {line}"), error.message())
        })?;
        for (section, content) in table {
            let toml::Value::Table(keys) = content else {
                self.fault(format!("{name}: {section}"), "stands outside a section such as [server]");
                continue;
            };
            for (key, value) in keys {
                match as_text(&value) {
                    Some(text) => {
                        let given = Given { text, origin: Origin::File(name.to_owned()) };
                        self.file.insert((section.clone(), key), given);
                    }
                    None => self.fault(
                        format!("{name}: {section}.{key}"),
                        "must be a text, a number, true, false or a list of texts",
                    ),
                }
            }
        }
        Ok(())
    }

    pub(super) fn add_environment(&mut self, variables: impl IntoIterator<Item = (String, String)>) {
        for (name, value) in variables {
            match name.strip_prefix(PREFIX) {
                Some("ENV") if value == "test" => self.test = true,
                Some("ENV") if value.is_empty() => {}
                Some("ENV") => self.fault(name, "knows one value, `test`, which allows test seams"),
                // Read by the tests themselves.
                Some(key) if key.starts_with("TEST_") => {}
                Some(key) => drop(self.environment.insert(key.to_owned(), value)),
                None => {}
            }
        }
    }

    pub(super) fn purpose(&self) -> Purpose {
        if self.test { Purpose::Test } else { Purpose::Work }
    }

    fn fault(&mut self, place: impl Into<String>, message: &str) {
        self.faults.push(Fault { place: place.into(), message: message.to_owned() });
    }
}

/// A value of the file as an environment variable would spell it: lists with commas.
fn as_text(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Float(number) => Some(number.to_string()),
        toml::Value::Boolean(switch) => Some(switch.to_string()),
        toml::Value::Array(items) => {
            items.iter().map(toml::Value::as_str).collect::<Option<Vec<_>>>().map(|items| items.join(","))
        }
        toml::Value::Datetime(_) | toml::Value::Table(_) => None,
    }
}
