//! What holds of every credit line and every caption, however odd: round trips, nothing lost, no panic, linear time.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::agencies::Agencies;
use super::caption::{self, Parted};
use super::house_style::{self, CreditStyle};
use super::line::{self, Known};
use super::{Chain, Creator, CreatorName, Credit, CreditKind, CreditQualifier, OrganizationName};

fn part(text: &str) -> Parted {
    caption::part(text, Known { agencies: &Agencies::known(), creators: &[] })
}

/// Names of one to three words, with what names have in them.
fn person() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[A-Z][a-zåéø]{2,7}( [A-Z]\\.)?( (van |de |al-|O'|Mc)?[A-Z][a-z]{2,8}){1,2}(-[A-Z][a-z]{2,6})?",
        1 => "[A-ZÅÉ]{3,8} [A-Z]{3,8}(-[A-Z]{3,6})?",
        1 => "[А-Я][а-я]{2,7} [А-Я][а-я]{2,9}",
        1 => "[灯台守花子港海]{2,4}",
        1 => "[김박이]바[다람]",
    ]
    // "And" is a name that these pieces make and that nobody can tell from the word.
    .prop_filter("joins nobody", |name| {
        name.split(' ')
            .all(|word| !["and", "und", "et", "y", "e", "og", "och"].contains(&word.to_lowercase().as_str()))
    })
    .prop_filter("is nobody else by itself", |name| {
        !Agencies::known().contains(name)
            && !super::plausible::is_organization(name)
            && super::qualifier::parse(name).is_none()
            && super::lead::before_noun(name).is_none()
    })
}

/// Agencies that everybody knows, and organizations that nobody does.
fn organization() -> impl Strategy<Value = String> {
    prop_oneof![
        proptest::sample::select(vec![
            "AP",
            "EPA-EFE",
            "REX",
            "Shutterstock",
            "Getty Images",
            "共同通信",
            "dpa"
        ])
        .prop_map(str::to_owned),
        "[A-Z][a-z]{3,7}(wire|bild|graf)( [A-Z][a-z]{3,7}){0,2}",
        Just("The Varn Courier".to_owned()),
        Just("Museum of the Sea".to_owned()),
    ]
}

fn credit() -> impl Strategy<Value = Credit> {
    let qualifiers = vec![None, Some("File"), Some("Pool"), Some("Handout"), Some("AI-generated")];
    (
        proptest::sample::select(CreditKind::ALL),
        proptest::collection::hash_set(person(), 0..4),
        proptest::collection::hash_set(organization(), 0..4),
        proptest::sample::select(qualifiers),
    )
        .prop_filter("names somebody", |(_, creators, organizations, _)| {
            !creators.is_empty() || !organizations.is_empty()
        })
        .prop_map(|(kind, creators, organizations, qualifier)| {
            let creator =
                |name: String| Creator { name: CreatorName::parse(&name).unwrap(), contributor: None };
            Credit::parse(Chain {
                kind,
                creators: creators.into_iter().map(creator).collect(),
                organizations: organizations
                    .iter()
                    .map(|name| OrganizationName::parse(name).unwrap())
                    .collect(),
                qualifier: qualifier.map(|text| CreditQualifier::parse(text).unwrap()),
                ..Chain::default()
            })
            .unwrap()
        })
}

/// Text of the pieces of which captions are made, in any order.
fn caption() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => proptest::sample::select(vec![
            "(", ")", "[", "]", "/", " / ", ". ", ".", ", ", " - ", "\n", " ", "\"", ":", " via ", " for ", " and ",
            "Photo by ", "Photo: ", "AP Photo/", "REUTERS/", "AFP PHOTO / ", "Courtesy of ", "MANDATORY CREDIT",
            "MANDATORY CREDIT: ", "AUSTRIA OUT", "NO ARCHIVES", "FILE - ", "FILE PHOTO", "Mara Lind", "Ivo Grane",
            "AP", "Getty Images", "Handout", "Pool", "File", "seals rest", "（写真：", "）", "田中",
        ]).prop_map(str::to_owned),
        1 => "\\PC{0,6}",
    ];
    proptest::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn a_line_of_any_style_reads_back(credit in credit(), style in proptest::sample::select(CreditStyle::ALL)) {
        let agencies = Agencies::known();
        let line = house_style::line(&credit, style);
        let read = line::read(&line, Known { agencies: &agencies, creators: &[] });
        let read = read.unwrap_or_else(|| panic!("{line} names nobody")).credit;
        prop_assert_eq!(read.creators(), credit.creators(), "{}", line);
        prop_assert_eq!(read.organizations(), credit.organizations(), "{}", line);
        prop_assert_eq!(read.qualifier(), credit.qualifier(), "{}", line);
    }

    #[test]
    fn a_line_in_brackets_is_taken_off_whole(credit in credit()) {
        let line = house_style::line(&credit, CreditStyle::Slash);
        let parted = part(&format!("Seals rest on the mole. ({line})"));
        prop_assert_eq!(&parted.caption, "Seals rest on the mole.", "{}", &line);
        let read = parted.credit.unwrap();
        prop_assert_eq!(read.creators(), credit.creators(), "{}", &line);
        prop_assert_eq!(read.raw().unwrap().as_str(), line);
    }

    #[test]
    fn taking_off_twice_changes_nothing(text in caption()) {
        let once = part(&text);
        let twice = part(&once.caption);
        prop_assert_eq!(&twice.caption, &once.caption);
        prop_assert_eq!(twice.credit, None);
    }

    #[test]
    fn what_is_not_taken_stays_as_it_was(text in caption()) {
        let parted = part(&text);
        let left = parted.caption.strip_suffix('.').filter(|_| !text.starts_with(&parted.caption));
        let left = left.unwrap_or(&parted.caption);
        prop_assert!(text.starts_with(left), "{:?} is not how {:?} begins", left, text);
        if parted.credit.is_none() && parted.notices.is_empty() {
            prop_assert_eq!(left, text.trim_end());
        }
    }

    #[test]
    fn every_letter_stays_in_the_caption_or_goes_with_what_was_taken(text in caption()) {
        let parted = part(&text);
        let raw = parted.credit.as_ref().and_then(|credit| credit.raw()).map_or("", |raw| raw.as_str());
        let told: String = parted.notices.iter().map(|notice| notice.text.as_str()).collect();
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
        // Notices inside a group are told twice: in its raw text and apart. Invisible letters are not kept.
        let visible: String = text.chars().filter(|&c| !crate::text::is_invisible(c)).collect();
        let kept = letters(&parted.caption) + letters(raw) + letters(&told);
        prop_assert!(kept >= letters(&visible), "{:?} from {:?}", parted, text);
    }

    #[test]
    fn any_text_is_read_without_a_panic(text in any::<String>()) {
        let agencies = Agencies::known();
        let known = Known { agencies: &agencies, creators: &[] };
        let _ = caption::part(&text, known);
        let _ = line::read(&text, known);
    }
}

/// Five times the longest caption takes a second at most, unoptimised on a busy machine; squared, it would take minutes.
#[test]
fn hostile_captions_are_read_in_linear_time() {
    const CHARS: usize = 10_000;
    for piece in [
        "(",
        ")",
        "[",
        "((",
        "))",
        "()",
        "/",
        "(/",
        ")/",
        " / ",
        ". ",
        " via ",
        "A ",
        "A. ",
        "A/",
        "AP/",
        "A and ",
        ", ",
        "(AP Photo) ",
        "(Photo by A B/AP) ",
        "Photo by ",
        "REUTERS/",
        "MANDATORY CREDIT ",
        "AUSTRIA, ",
        "AUSTRIA OUT ",
        "\n",
        "\"",
        "NO ARCHIVES. ",
        "Photo: A. B. ",
        "X REUTERS/A B NO SALES ",
    ] {
        let text = piece.repeat(CHARS / piece.len());
        let begun = Instant::now();
        let _ = part(&text);
        let _ = part(&format!("{text} OUT"));
        let _ = part(&format!("{text}(Photo by {text})"));
        assert!(begun.elapsed() < Duration::from_secs(10), "{piece:?} took {:?}", begun.elapsed());
    }
}
