//! Hands the given texts to the sections, key by key, and finds those that no section asked for.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::ops::RangeInclusive;
use std::str::FromStr;

use super::fault::{ConfigError, Fault};
use super::raw::{Given, Origin, Raw};

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

    /// What is in force; or all faults, among them every key that was given and that no section knows.
    pub(super) fn finish(mut self) -> Result<Vec<InForce>, ConfigError> {
        for ((section, key), given) in &self.file {
            self.faults.push(unknown_in_file(&self.in_force, section, key, given));
        }
        for name in self.environment.keys() {
            let known = self.in_force.iter().map(|known| variable(known.section, known.name));
            let hint = closest(&format!("MASTHEAD_{name}"), known)
                .map_or_else(String::new, |known| format!("; did you mean {known}?"));
            let message = format!("unknown setting{hint}");
            self.faults.push(Fault { place: format!("MASTHEAD_{name}"), message });
        }
        if self.faults.is_empty() { Ok(self.in_force) } else { Err(ConfigError(self.faults)) }
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

    fn checked<T: Display>(
        &mut self,
        name: &'static str,
        default: T,
        meaning: &'static str,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> T {
        let section = self.name;
        let from_file = self.reader.file.remove(&(section.to_owned(), name.to_owned()));
        let variable = variable(section, name);
        let from_environment = self
            .reader
            .environment
            .remove(variable.trim_start_matches("MASTHEAD_"))
            .map(|text| Given { text, origin: Origin::Environment });
        let (value, origin) = match from_environment.or(from_file) {
            None => (default, Origin::Default),
            Some(Given { text, origin }) => match parse(text.trim()) {
                Ok(value) => (value, origin),
                Err(message) => {
                    let place = match &origin {
                        Origin::File(file) => format!("{file}: {section}.{name}"),
                        Origin::Environment | Origin::Default => variable,
                    };
                    self.reader.faults.push(Fault { place, message });
                    (default, origin)
                }
            },
        };
        let shown = value.to_string();
        self.reader.in_force.push(InForce { section, name, shown, origin, meaning });
        value
    }
}

/// The environment variable of a key.
fn variable(section: &str, name: &str) -> String {
    format!("MASTHEAD_{section}_{name}").to_uppercase()
}

/// The known word that a wrong one most likely meant.
fn closest(wrong: &str, known: impl Iterator<Item = String>) -> Option<String> {
    known
        .map(|word| (strsim::jaro_winkler(wrong, &word), word))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|(one, _), (other, _)| one.total_cmp(other))
        .map(|(_, word)| word)
}
