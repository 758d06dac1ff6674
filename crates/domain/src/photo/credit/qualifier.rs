//! What a credit adds that names nobody: "File", "Pool", "Handout", a date.

use super::CreditKind;
use super::words::equal;

/// What a credit adds, and the kind that follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Qualifier<'a> {
    /// It, as it stands.
    pub text: &'a str,
    /// What the credit is given for, where it says so.
    pub kind: Option<CreditKind>,
}

/// Qualifiers, and the kind that each means.
const QUALIFIERS: &[(&str, Option<CreditKind>)] = {
    use CreditKind::{AiGenerated, File, Graphic, Handout, Illustration, PhotoIllustration, Screenshot};
    &[
        ("file", Some(File)),
        ("file photo", Some(File)),
        ("file image", Some(File)),
        ("archive", Some(File)),
        ("archives", Some(File)),
        ("archive photo", Some(File)),
        ("handout", Some(Handout)),
        ("handout photo", Some(Handout)),
        ("handout image", Some(Handout)),
        ("family handout", Some(Handout)),
        ("ho", Some(Handout)),
        ("supplied", Some(Handout)),
        ("courtesy", Some(Handout)),
        ("courtesy photo", Some(Handout)),
        ("contributed", Some(Handout)),
        ("contributed photo", Some(Handout)),
        ("pool", None),
        ("pool photo", None),
        ("pool image", None),
        ("staff", None),
        ("staff photo", None),
        ("staff photographer", None),
        ("str", None),
        ("stf", None),
        ("stringer", None),
        ("contributor", None),
        ("freelance", None),
        ("ai", Some(AiGenerated)),
        ("ai-generated", Some(AiGenerated)),
        ("ai generated", Some(AiGenerated)),
        ("illustration", Some(Illustration)),
        ("photo illustration", Some(PhotoIllustration)),
        ("composite", Some(PhotoIllustration)),
        ("graphic", Some(Graphic)),
        ("screenshot", Some(Screenshot)),
        ("screengrab", Some(Screenshot)),
        ("video still", Some(Screenshot)),
    ]
};

/// What follows the names of people and companies after a comma.
const SUFFIXES: &[&str] =
    &["jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "inc", "inc.", "ltd", "ltd.", "llc", "gmbh"];

const MONTHS: &[&str] = &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// `text` as a qualifier.
pub(super) fn parse(text: &str) -> Option<Qualifier<'_>> {
    let listed = QUALIFIERS.iter().find(|(name, _)| equal(name, text)).map(|&(_, kind)| kind);
    let kind = listed.or_else(|| is_date(text).then_some(None))?;
    Some(Qualifier { text, kind })
}

/// Whether `text` belongs to the name before it: "Jr.", "Inc.".
pub(super) fn is_suffix(text: &str) -> bool {
    SUFFIXES.iter().any(|suffix| equal(suffix, text))
}

/// Whether `text` is a day, a month or a year: "Jan. 5", "2018".
fn is_date(text: &str) -> bool {
    let number = |word: &str| word.len() <= 4 && word.chars().all(|c| c.is_ascii_digit());
    let month = |word: &str| {
        word.get(..3).is_some_and(|start| MONTHS.iter().any(|month| equal(month, start)))
            && word.len() <= "september".len()
    };
    let mut words = text.split_whitespace();
    words.clone().any(number) && words.all(|word| number(word) || month(word))
}
