//! The byline as readers read it: a pure function of entries, override, language and house style.

use super::phrases::{Credit, Phrases};
use super::{Byline, BylineOverride, BylineRole};
use crate::language::Language;

/// What a newsroom decides about its bylines.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct HouseStyle {
    /// Whether English puts a comma before the "and" of three and more.
    pub serial_comma: SerialComma,
}

/// Whether a comma stands before the last "and" of three and more ("A, B, and C").
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum SerialComma {
    /// "A, B and C".
    #[default]
    Without,
    /// "A, B, and C".
    With,
}

/// The byline text. `None` where nobody is named: never an empty text, never the name of an account.
///
/// Authors come first ("By A and B in Varn"), then those who helped them and agencies ("with C"), then what others
/// did ("Photographs by D; editing by E"). Where nobody is an author, helpers and agencies take that place.
pub fn prose(
    entries: &[Byline],
    instead: Option<&BylineOverride>,
    language: &Language,
    style: HouseStyle,
) -> Option<String> {
    if let Some(text) = instead {
        return Some(text.as_str().to_owned());
    }
    let words = Words { phrases: Phrases::of(language), style, english: language.primary() == "en" };
    let named = |role: fn(BylineRole) -> bool| {
        entries.iter().filter(move |entry| role(entry.role)).collect::<Vec<_>>()
    };
    let mut authors = named(|role| role == BylineRole::Author);
    let mut helpers = named(|role| matches!(role, BylineRole::With | BylineRole::Agency));
    if authors.is_empty() {
        authors = std::mem::take(&mut helpers);
    }
    let lead = (!authors.is_empty()).then(|| {
        let mut lead = format!("{}{}", words.phrases.by, words.people(&authors));
        if !helpers.is_empty() {
            lead.push_str(words.phrases.with);
            lead.push_str(&words.people(&helpers));
        }
        lead
    });
    let credits = words.credits(entries);
    match (lead, credits) {
        (Some(lead), Some(credits)) => Some(format!("{lead}. {credits}")),
        (lead, credits) => lead.or(credits),
    }
}

struct Words {
    phrases: &'static Phrases,
    style: HouseStyle,
    english: bool,
}

impl Words {
    /// Names with their places; one place for all is said once, at the end.
    fn people(&self, people: &[&Byline]) -> String {
        let place = people.first().and_then(|first| first.location.as_ref());
        let together = place.filter(|_| people.iter().all(|person| person.location.as_ref() == place));
        let names = people.iter().map(|person| match &person.location {
            Some(own) if together.is_none() => {
                format!("{}{}{}", person.name.as_str(), self.phrases.place, own.as_str())
            }
            _ => person.name.as_str().to_owned(),
        });
        let mut text = self.series(&names.collect::<Vec<_>>());
        if let Some(place) = together {
            text.push_str(self.phrases.place);
            text.push_str(place.as_str());
        }
        text
    }

    /// "A", "A and B", "A, B and C".
    fn series(&self, names: &[String]) -> String {
        let Some((last, [first, middle @ ..])) = names.split_last() else { return names.concat() };
        let mut text = first.clone();
        for name in middle {
            text.push_str(", ");
            text.push_str(name);
        }
        if self.english && self.style.serial_comma == SerialComma::With && !middle.is_empty() {
            text.push(',');
        }
        text.push_str(self.phrases.and);
        text.push_str(last);
        text
    }

    /// "Photographs by D; editing by E".
    fn credits(&self, entries: &[Byline]) -> Option<String> {
        let parts = Credit::ALL.into_iter().filter_map(|credit| {
            let people: Vec<_> =
                entries.iter().filter(|entry| Credit::of(entry.role) == Some(credit)).collect();
            (!people.is_empty()).then(|| format!("{}{}", self.phrases.credit(credit), self.people(&people)))
        });
        let text = parts.collect::<Vec<_>>().join("; ");
        let first = text.chars().next()?;
        Some(first.to_uppercase().chain(text.chars().skip(1)).collect())
    }
}

#[cfg(test)]
mod tests;
