//! The words of a byline text, a table per language. Their order in the sentence is in `prose`.

use super::BylineRole;
use crate::language::Language;

/// The words of one language.
pub(super) struct Phrases {
    /// Before the authors.
    pub(super) by: &'static str,
    /// Between the last two of several names.
    pub(super) and: &'static str,
    /// Before a place.
    pub(super) place: &'static str,
    /// Before those who helped the authors.
    pub(super) with: &'static str,
    /// Before those who did something else than writing, in the form that follows a semicolon.
    credit: fn(Credit) -> &'static str,
}

/// What is credited after the authors, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Credit {
    Translation,
    AdditionalReporting,
    Data,
    Photographs,
    Video,
    Illustrations,
    Graphics,
    Editing,
    Production,
}

impl Credit {
    /// All of them, in the order in which they are named.
    pub(super) const ALL: [Self; 9] = [
        Self::Translation,
        Self::AdditionalReporting,
        Self::Data,
        Self::Photographs,
        Self::Video,
        Self::Illustrations,
        Self::Graphics,
        Self::Editing,
        Self::Production,
    ];

    /// What a role is credited with; `None` for those who are named as authors are.
    pub(super) const fn of(role: BylineRole) -> Option<Self> {
        match role {
            BylineRole::Author | BylineRole::With | BylineRole::Agency => None,
            BylineRole::Photographer => Some(Self::Photographs),
            BylineRole::Videographer => Some(Self::Video),
            BylineRole::Illustrator => Some(Self::Illustrations),
            BylineRole::Graphics => Some(Self::Graphics),
            BylineRole::Data => Some(Self::Data),
            BylineRole::Translator => Some(Self::Translation),
            BylineRole::AdditionalReporting => Some(Self::AdditionalReporting),
            BylineRole::Editor => Some(Self::Editing),
            BylineRole::Producer => Some(Self::Production),
        }
    }
}

impl Phrases {
    /// The words of `language`; English where we have none of its own.
    pub(super) fn of(language: &Language) -> &'static Self {
        match language.primary() {
            "de" => &GERMAN,
            "fr" => &FRENCH,
            _ => &ENGLISH,
        }
    }

    /// What stands before the names of those credited.
    pub(super) fn credit(&self, credit: Credit) -> &'static str {
        (self.credit)(credit)
    }
}

const ENGLISH: Phrases = Phrases {
    by: "By ",
    and: " and ",
    place: " in ",
    with: " with ",
    credit: |credit| match credit {
        Credit::Translation => "translated by ",
        Credit::AdditionalReporting => "additional reporting by ",
        Credit::Data => "data by ",
        Credit::Photographs => "photographs by ",
        Credit::Video => "video by ",
        Credit::Illustrations => "illustrations by ",
        Credit::Graphics => "graphics by ",
        Credit::Editing => "editing by ",
        Credit::Production => "produced by ",
    },
};

const GERMAN: Phrases = Phrases {
    by: "Von ",
    and: " und ",
    place: " in ",
    with: " mit ",
    credit: |credit| match credit {
        Credit::Translation => "Übersetzung: ",
        Credit::AdditionalReporting => "Mitarbeit: ",
        Credit::Data => "Daten: ",
        Credit::Photographs => "Fotos: ",
        Credit::Video => "Video: ",
        Credit::Illustrations => "Illustrationen: ",
        Credit::Graphics => "Grafik: ",
        Credit::Editing => "Redaktion: ",
        Credit::Production => "Produktion: ",
    },
};

// In French a colon follows a space that does not break.
const FRENCH: Phrases = Phrases {
    by: "Par ",
    and: " et ",
    place: " à ",
    with: " avec ",
    credit: |credit| match credit {
        Credit::Translation => "traduction\u{a0}: ",
        Credit::AdditionalReporting => "avec la contribution de ",
        Credit::Data => "données\u{a0}: ",
        Credit::Photographs => "photos\u{a0}: ",
        Credit::Video => "vidéo\u{a0}: ",
        Credit::Illustrations => "illustrations\u{a0}: ",
        Credit::Graphics => "infographie\u{a0}: ",
        Credit::Editing => "édition\u{a0}: ",
        Credit::Production => "production\u{a0}: ",
    },
};
