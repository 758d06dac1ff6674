//! Hands the given texts to the sections, key by key, and finds those that no section asked for.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::ops::RangeInclusive;
use std::str::FromStr;

use domain::violation::Violation;

use super::fault::{ConfigError, Fault};
use super::raw::{Given, Origin, PREFIX, Raw};

/// A setting as it is in force, for `masthead config`.
#[derive(Debug, Clone)]
pub(super) struct InForce {
    pub(super) section: &'static str,
    pub(super) name: &'static str,
    /// The value with secrets masked.
    pub(super) shown: String,
    pub(super) origin: Origin,
    pub(super) meaning: &'static str,
}

/// How the reader goes through all settings: each section asks for its keys, then [`Reader::finish`].
pub(super) struct Reader {
    file: BTreeMap<(String, String), Given>,
    environment: BTreeMap<String, String>,
    faults: Vec<Fault>,
    in_force: Vec<InForce>,
}

impl Reader {
    pub(super) fn new(raw: Raw) -> Self {
        Self { file: raw.file, environment: raw.environment, faults: raw.faults, in_force: Vec::new() }
    }

    pub(super) fn section(&mut self, name: &'static str) -> Section<'_> {
        Section { reader: self, name }
    }

    /// `value` with what is in force; or all faults, among them every key that was given and that no section knows.
    pub(super) fn finish<T>(mut self, value: Option<T>) -> Result<(T, Vec<InForce>), ConfigError> {
        for ((section, key), given) in &self.file {
            self.faults.push(unknown_in_file(&self.in_force, section, key, given));
        }
        for name in self.environment.keys() {
            let known = self.in_force.iter().map(|known| variable(known.section, known.name));
            let hint = closest(&format!("{PREFIX}{name}"), known)
                .map_or_else(String::new, |known| format!("; did you mean {known}?"));
            let message = format!("unknown setting{hint}");
            self.faults.push(Fault { place: format!("{PREFIX}{name}"), message });
        }
        match value {
            Some(value) if self.faults.is_empty() => Ok((value, self.in_force)),
            _ => Err(ConfigError(self.faults)),
        }
    }
}

fn unknown_in_file(known: &[InForce], section: &str, key: &str, given: &Given) -> Fault {
    let of_section = || known.iter().filter(|known| known.section == section);
    let (place, what, hint) = if of_section().next().is_some() {
        let hint = closest(key, of_section().map(|known| known.name.to_owned()));
        (format!("{}: {section}.{key}", given.origin), "setting", hint)
    } else {
        let hint = closest(section, known.iter().map(|known| known.section.to_owned()));
        (format!("{}: {section}", given.origin), "section", hint)
    };
    let hint = hint.map_or_else(String::new, |hint| format!("; did you mean `{hint}`?"));
    Fault { place, message: format!("unknown {what}{hint}") }
}

/// One section while it asks for its keys.
pub(super) struct Section<'a> {
    reader: &'a mut Reader,
    name: &'static str,
}

impl Section<'_> {
    /// The value of a key. A text that cannot be read is noted as a fault, and the default goes on in its place.
    pub(super) fn key<T>(&mut self, name: &'static str, default: T, meaning: &'static str) -> T
    where
        T: FromStr<Err: Display> + Display,
    {
        self.checked(name, default, meaning, |text| text.parse().map_err(|error: T::Err| error.to_string()))
    }

    /// A number within `range`.
    pub(super) fn number<T>(
        &mut self,
        name: &'static str,
        default: T,
        range: RangeInclusive<T>,
        meaning: &'static str,
    ) -> T
    where
        T: FromStr + PartialOrd + Display,
    {
        self.checked(name, default, meaning, |text| {
            text.parse()
                .ok()
                .filter(|number| range.contains(number))
                .ok_or_else(|| format!("must be a whole number from {} to {}", range.start(), range.end()))
        })
    }

    /// A value of a type with rules of its own; `None` where the text breaks them, which is noted as a fault.
    pub(super) fn parsed<T>(
        &mut self,
        name: &'static str,
        default: &str,
        meaning: &'static str,
        parse: impl FnOnce(&str) -> Result<T, Violation>,
    ) -> Option<T> {
        let (given, origin) = self.take(name);
        let text = given.as_deref().unwrap_or(default);
        let value = parse(text).map_err(|violation| self.fault(name, &origin, violation.detail)).ok();
        self.note(name, text.to_owned(), origin, meaning);
        value
    }

    fn checked<T: Display>(
        &mut self,
        name: &'static str,
        default: T,
        meaning: &'static str,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> T {
        let (given, origin) = self.take(name);
        let value = match given.as_deref().map(parse) {
            None => default,
            Some(Ok(value)) => value,
            Some(Err(message)) => {
                self.fault(name, &origin, message);
                default
            }
        };
        self.note(name, value.to_string(), origin, meaning);
        value
    }

    /// What was given for a key; the environment wins over the file.
    fn take(&mut self, name: &'static str) -> (Option<String>, Origin) {
        let from_file = self.reader.file.remove(&(self.name.to_owned(), name.to_owned()));
        let variable = variable(self.name, name);
        match (self.reader.environment.remove(variable.trim_start_matches(PREFIX)), from_file) {
            (Some(text), _) => (Some(text.trim().to_owned()), Origin::Environment),
            (None, Some(given)) => (Some(given.text.trim().to_owned()), given.origin),
            (None, None) => (None, Origin::Default),
        }
    }

    fn fault(&mut self, name: &str, origin: &Origin, message: String) {
        let place = match origin {
            Origin::File(file) => format!("{file}: {}.{name}", self.name),
            Origin::Environment | Origin::Default => variable(self.name, name),
        };
        self.reader.faults.push(Fault { place, message });
    }

    fn note(&mut self, name: &'static str, shown: String, origin: Origin, meaning: &'static str) {
        self.reader.in_force.push(InForce { section: self.name, name, shown, origin, meaning });
    }
}

/// The environment variable of a key.
fn variable(section: &str, name: &str) -> String {
    format!("{PREFIX}{section}_{name}").to_uppercase()
}

/// The known word that a wrong one most likely meant.
fn closest(wrong: &str, known: impl Iterator<Item = String>) -> Option<String> {
    known
        .map(|word| (strsim::jaro_winkler(wrong, &word), word))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|(one, _), (other, _)| one.total_cmp(other))
        .map(|(_, word)| word)
}
