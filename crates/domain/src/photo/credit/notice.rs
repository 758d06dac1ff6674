//! Notices to editors in a caption or within a credit line, in capitals: "MANDATORY CREDIT", "AUSTRIA OUT", "NO ARCHIVES".
//! What they forbid is said here; that a photo keeps to it is the business of its rights.

use super::lead::lead;
use crate::article::content::dateline::CountryCode;

/// Something a supplier tells editors in the caption, which is not for readers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// It, as it stands in the caption.
    pub text: String,
    /// What it asks for.
    pub meaning: Meaning,
}

/// What a notice asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    /// The credit must be shown.
    MandatoryCredit,
    /// The photo may not be kept for later use.
    NoArchive,
    /// The photo is out of the archive, not of the day.
    FilePhoto,
    /// The photo may not be used in these territories.
    Out(Vec<CountryCode>),
    /// Something that no field of the rights holds: an editor has to read it.
    Other,
}

/// The code of a territory and its names.
const TERRITORIES: &str = include_str!("territories.txt");

/// Most words between a boundary and "OUT" where they name no territory that we know: "SWISS ROMANDY OUT".
const MAX_WORDS_OUT: usize = 3;

/// What "OUT" also stands behind: media, not territories.
const MEDIA: &[&str] =
    &["TV", "ONLINE", "INTERNET", "WEB", "MAGS", "MAGAZINES", "NEWSPAPERS", "PRINT", "TABLOIDS", "SUNDAYS"];

/// What may come between the territories of one notice.
const JOINTS: &[&str] = &[",", "/", ";", "&", "AND"];

/// Notices that read the same in every caption.
const PHRASES: &[(&str, Meaning)] = &[
    ("MANDATORY CREDIT", Meaning::MandatoryCredit),
    ("NO ARCHIVES", Meaning::NoArchive),
    ("NO ARCHIVE", Meaning::NoArchive),
    ("NO ARCHIVING", Meaning::NoArchive),
    ("NO ARCHIVAL USE", Meaning::NoArchive),
    ("FILE PHOTO", Meaning::FilePhoto),
    ("NO SALES", Meaning::Other),
    ("NO RESALES", Meaning::Other),
    ("NO RESALE", Meaning::Other),
    ("NO THIRD PARTY SALES", Meaning::Other),
    ("NO COMMERCIAL USE", Meaning::Other),
    ("NO COMMERCIAL OR EDITORIAL SALES", Meaning::Other),
    ("NO MARKETING", Meaning::Other),
    ("NO ADVERTISING CAMPAIGNS", Meaning::Other),
    ("NO MODEL RELEASE", Meaning::Other),
    ("NO MAGS", Meaning::Other),
    ("NO MAGAZINES", Meaning::Other),
    ("NO INTERNET", Meaning::Other),
    ("NO TV", Meaning::Other),
    ("EDITORIAL USE ONLY", Meaning::Other),
    ("FOR EDITORIAL USE ONLY", Meaning::Other),
    ("RESTRICTED TO EDITORIAL USE", Meaning::Other),
    ("ONE TIME USE ONLY", Meaning::Other),
    ("STAND ALONE PHOTO", Meaning::Other),
    ("BEST QUALITY AVAILABLE", Meaning::Other),
    ("DISTRIBUTED AS A SERVICE TO CLIENTS", Meaning::Other),
];

/// What a file photo's caption begins with, and stays: it is how readers are told.
const FILE_LEADS: &[&str] = &[
    "FILE - ",
    "FILE – ",
    "FILE — ",
    "FILE: ",
    "FILE PHOTO: ",
    "FILE PHOTO - ",
    "FILE PHOTO – ",
    "(FILE) ",
    "(FILES) ",
];

/// Takes the notices off the end of `text`: what stands before them, and the notices, last first.
pub(super) fn take_all(text: &str) -> (&str, Vec<Notice>) {
    let (mut rest, mut notices) = (text, Vec::new());
    while let Some((before, notice)) = take_last(rest) {
        notices.push(notice);
        rest = before;
    }
    (rest, notices)
}

/// Takes the notices out of a credit line, wherever they stand: the rest, and the notices in their order. Names are not in
/// capitals word by word as these are; what is in capitals altogether needs a place or a phrase that we know.
///
/// A notice at the beginning that leads to the names stays: "MANDATORY CREDIT: Mara Lind", "FILE PHOTO by Mara Lind".
pub(super) fn take_within(line: &str) -> (String, Vec<Notice>) {
    let (mut rest, mut notices) = (line.to_owned(), Vec::new());
    let mut from = 0;
    while let Some((start, end, notice)) = first_within(&rest, from) {
        let leads = rest[..start].chars().all(|c| !c.is_alphanumeric()) && lead(&rest[start..]).is_some();
        if leads {
            from = end;
            continue;
        }
        notices.push(notice);
        rest.replace_range(start..end, "");
        from = start;
    }
    for empty in ["()", "[]", "\"\""] {
        rest = rest.replace(empty, "");
    }
    (rest, notices)
}

/// Where the first notice begins and ends that ends behind `from`.
fn first_within(line: &str, from: usize) -> Option<(usize, usize, Notice)> {
    let ends = line.char_indices().map(|(at, _)| at).chain([line.len()]).filter(|&at| at > from);
    let mut ends = ends.filter(|&at| {
        let within = |c: char| c.is_alphanumeric();
        line[..at].ends_with(within) && !line[at..].starts_with(within)
    });
    ends.find_map(|end| {
        let (before, notice) = phrase(&line[..end]).or_else(|| places_out(&line[..end]))?;
        Some((before.len(), end, notice))
    })
}

/// Takes the last notice off `text`: what stands before it, and the notice.
fn take_last(text: &str) -> Option<(&str, Notice)> {
    let end = text.trim_end_matches(|c: char| c.is_whitespace() || ".;,!-–—".contains(c));
    phrase(end).or_else(|| out(end))
}

/// The notice that the beginning of `caption` is, and that stays there: "FILE - ".
pub(super) fn file_lead(caption: &str) -> Option<Notice> {
    let lead = FILE_LEADS.iter().find(|lead| caption.starts_with(**lead))?;
    Some(Notice { text: lead.trim().to_owned(), meaning: Meaning::FilePhoto })
}

/// The notice that a line begins with where it goes on with the credit: "MANDATORY CREDIT: …".
pub(super) fn mandatory_credit() -> Notice {
    Notice { text: "MANDATORY CREDIT".to_owned(), meaning: Meaning::MandatoryCredit }
}

fn phrase(text: &str) -> Option<(&str, Notice)> {
    let (before, phrase, meaning) = PHRASES
        .iter()
        .filter_map(|(phrase, meaning)| Some((whole_words(text, phrase)?, phrase, meaning)))
        .min_by_key(|(before, ..)| before.len())?;
    Some((before, Notice { text: (*phrase).to_owned(), meaning: meaning.clone() }))
}

/// "GERMANY, AUSTRIA AND SWITZERLAND OUT"; or a few words in capitals that name no place we know.
fn out(text: &str) -> Option<(&str, Notice)> {
    places_out(text).or_else(|| {
        let start = unknown(whole_words(text, "OUT")?.trim_end())?;
        Some((
            &text[..start],
            Notice { text: text[start..].trim_start().to_owned(), meaning: Meaning::Other },
        ))
    })
}

/// "GERMANY, AUSTRIA AND SWITZERLAND OUT", where each of them is known.
fn places_out(text: &str) -> Option<(&str, Notice)> {
    let listed = whole_words(text, "OUT")?.trim_end();
    let mut countries = Vec::new();
    let mut rest = listed;
    let mut start = None;
    while let Some((before, country)) = territory(rest) {
        countries.splice(0..0, country);
        start = Some(before.len());
        let end = before.trim_end();
        let Some(joint) = JOINTS.iter().find_map(|joint| whole_words(end, joint)) else { break };
        rest = joint.trim_end();
    }
    let start = start?;
    let meaning = if countries.is_empty() { Meaning::Other } else { Meaning::Out(countries) };
    Some((&text[..start], Notice { text: text[start..].trim_start().to_owned(), meaning }))
}

/// What stands before the territory or medium at the end of `text`, and its country if it is one.
fn territory(text: &str) -> Option<(&str, Option<CountryCode>)> {
    let countries = TERRITORIES.lines().filter(|line| !line.starts_with('#')).flat_map(|line| {
        let (code, names) = line.split_once(' ').unwrap_or((line, ""));
        names.split(" | ").map(move |name| (name, CountryCode::parse(code).ok()))
    });
    countries
        .chain(MEDIA.iter().map(|medium| (*medium, None)))
        .filter_map(|(name, country)| Some((whole_words(text, name)?, country)))
        .min_by_key(|(before, _)| before.len())
}

/// Where the few words in capitals begin that stand at the end of `text` after a boundary.
fn unknown(text: &str) -> Option<usize> {
    let start = text.rfind(['.', ';', '\n', '(', '[', ')', ']']).map_or(0, |at| at + 1);
    let words = text[start..].trim_start_matches([' ', '-', '–', '—']);
    let capitals = words.chars().all(|c| c.is_uppercase() || c == ' ');
    // A caption all in capitals may end in "OUT" without meaning anybody.
    let elsewhere = text[..start].chars().any(char::is_lowercase);
    (elsewhere && capitals && (1..=MAX_WORDS_OUT).contains(&words.split_whitespace().count()))
        .then_some(text.len() - words.len())
}

/// What stands before `suffix` at the end of `text`, unless that goes on within a word.
fn whole_words<'a>(text: &'a str, suffix: &str) -> Option<&'a str> {
    let before = text.strip_suffix(suffix)?;
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    (!(word(before.chars().next_back()) && word(suffix.chars().next()))).then_some(before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn territories_are_named_one_by_one() {
        let (before, notice) = take_last("Seals rest. GERMANY, AUSTRIA AND SOUTH KOREA OUT.").unwrap();
        assert_eq!((before, notice.text.as_str()), ("Seals rest. ", "GERMANY, AUSTRIA AND SOUTH KOREA OUT"));
        let codes = ["DE", "AT", "KR"].map(|code| CountryCode::parse(code).unwrap());
        assert_eq!(notice.meaning, Meaning::Out(codes.to_vec()));
    }

    #[test]
    fn media_and_unknown_places_are_for_an_editor_to_read() {
        for text in ["Seals rest. TV OUT", "Seals rest. HOLM BAY OUT"] {
            assert_eq!(take_last(text).unwrap().1.meaning, Meaning::Other, "{text}");
        }
    }

    #[test]
    fn a_notice_is_found_wherever_it_stands_in_a_line() {
        let taken = |line| {
            let (rest, notices) = take_within(line);
            (rest, notices.into_iter().map(|notice| notice.text).collect::<Vec<_>>())
        };
        let texts = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();
        assert_eq!(taken("Mara Lind/AP"), ("Mara Lind/AP".to_owned(), Vec::new()));
        assert_eq!(
            taken("NO SALES Mara Lind - UK, IRELAND OUT - [NO ARCHIVES]/AP"),
            (" Mara Lind -  - /AP".to_owned(), texts(&["NO SALES", "UK, IRELAND OUT", "NO ARCHIVES"]))
        );
        assert_eq!(taken("MANDATORY CREDIT: Mara Lind").1, texts(&[]), "it leads to the names");
        assert_eq!(taken("KNOCK OUT PICTURES/AP").1, texts(&[]), "no place");
    }

    #[test]
    fn prose_is_no_notice() {
        for text in ["The lights went out.", "THE TIDE IS OUT", "They sat OUT", "Unmandatory credit"] {
            assert_eq!(take_last(text), None, "{text}");
        }
    }

    #[test]
    fn every_territory_has_a_code() {
        for line in TERRITORIES.lines().filter(|line| !line.starts_with('#')) {
            assert!(CountryCode::parse(&line[..2]).is_ok(), "{line}");
        }
    }
}
