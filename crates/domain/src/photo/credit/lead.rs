//! What a credit line begins with before it names anybody: "Photo by", "Illustration:", "Courtesy of", "Mandatory
//! credit:". Agencies that stand first ("AP Photo/") are names, not leads.

use super::CreditKind;
use super::words::after;

/// The beginning of a credit line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Lead {
    /// What the credit is given for.
    pub kind: CreditKind,
    /// As what those are named who follow.
    pub role: Role,
    /// What the noun adds: "Pool", "Staff".
    pub qualifier: Option<&'static str>,
    /// Whether it says that the credit must be shown.
    pub mandatory: bool,
}

/// As what those are named who follow a lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// After "by" or a colon: who made it, then who passed it on.
    Maker,
    /// After "courtesy of" and "provided by": who gave it out.
    Giver,
    /// After "via" and "from": who passed it on.
    Carrier,
}

/// Nouns for pictures: what each means, and what it adds as a qualifier.
const NOUNS: &[(&str, CreditKind, Option<&str>)] = {
    use CreditKind::{
        AiGenerated, File, Graphic, Handout, Illustration, Photo, PhotoIllustration, Screenshot,
    };
    &[
        ("photo", Photo, None),
        ("photos", Photo, None),
        ("photo credit", Photo, None),
        ("photo credits", Photo, None),
        ("photograph", Photo, None),
        ("photographs", Photo, None),
        ("photographer", Photo, None),
        ("photography", Photo, None),
        ("picture", Photo, None),
        ("pictures", Photo, None),
        ("picture credit", Photo, None),
        ("pic", Photo, None),
        ("image", Photo, None),
        ("images", Photo, None),
        ("image credit", Photo, None),
        ("credit", Photo, None),
        ("credits", Photo, None),
        ("pool photo", Photo, Some("Pool")),
        ("staff photo", Photo, Some("Staff")),
        ("foto", Photo, None),
        ("fotos", Photo, None),
        ("fotografie", Photo, None),
        ("fotografía", Photo, None),
        ("bild", Photo, None),
        ("crédit", Photo, None),
        ("crédit photo", Photo, None),
        ("фото", Photo, None),
        ("φωτογραφία", Photo, None),
        ("写真", Photo, None),
        ("撮影", Photo, None),
        ("照片", Photo, None),
        ("사진", Photo, None),
        ("تصوير", Photo, None),
        ("צילום", Photo, None),
        ("photo illustration", PhotoIllustration, None),
        ("photo-illustration", PhotoIllustration, None),
        ("photo composite", PhotoIllustration, None),
        ("composite", PhotoIllustration, None),
        ("photomontage", PhotoIllustration, None),
        ("illustration", Illustration, None),
        ("illustrations", Illustration, None),
        ("drawing", Illustration, None),
        ("cartoon", Illustration, None),
        ("artwork", Illustration, None),
        ("graphic", Graphic, None),
        ("graphics", Graphic, None),
        ("infographic", Graphic, None),
        ("map", Graphic, None),
        ("chart", Graphic, None),
        ("handout", Handout, None),
        ("handout photo", Handout, None),
        ("handout image", Handout, None),
        ("file photo", File, None),
        ("file image", File, None),
        ("archive photo", File, None),
        ("screenshot", Screenshot, None),
        ("screengrab", Screenshot, None),
        ("screen grab", Screenshot, None),
        ("video still", Screenshot, None),
        ("frame grab", Screenshot, None),
        ("ai image", AiGenerated, None),
        ("ai illustration", AiGenerated, None),
        ("ai-generated image", AiGenerated, None),
        ("ai-generated photo", AiGenerated, None),
        ("ai-generated illustration", AiGenerated, None),
        ("ai generated image", AiGenerated, None),
        ("image generated with ai", AiGenerated, None),
    ]
};

/// What may stand between a noun and a name.
const JOINTS: &[(&str, Role)] = &[
    ("by", Role::Maker),
    (":", Role::Maker),
    ("：", Role::Maker),
    ("=", Role::Maker),
    ("/", Role::Maker),
    ("...", Role::Maker),
    ("…", Role::Maker),
    ("taken by", Role::Maker),
    ("von", Role::Maker),
    ("de", Role::Maker),
    ("par", Role::Maker),
    ("av", Role::Maker),
    ("af", Role::Maker),
    ("di", Role::Maker),
    ("door", Role::Maker),
    ("courtesy of", Role::Giver),
    ("courtesy", Role::Giver),
    ("provided by", Role::Giver),
    ("supplied by", Role::Giver),
    ("released by", Role::Giver),
    ("from", Role::Carrier),
    ("via", Role::Carrier),
];

/// Leads that need no noun.
const PHRASES: &[(&str, Role)] = &[
    ("photo credit should read", Role::Maker),
    ("photographed by", Role::Maker),
    ("courtesy of", Role::Giver),
    ("courtesy:", Role::Giver),
    ("provided by", Role::Giver),
    ("supplied by", Role::Giver),
    // Not "copyright" nor "(c)": whose right it is has a field of its own, and need not be who made it.
    ("©", Role::Maker),
];

/// The lead of `text` and what follows it, which is not empty.
pub(super) fn lead(text: &str) -> Option<(Lead, &str)> {
    let (lead, rest) = mandatory(text).or_else(|| phrase(text)).or_else(|| noun_and_joint(text))?;
    let rest = rest.trim_start();
    (!rest.is_empty()).then_some((lead, rest))
}

/// What stands before the longest noun at the end of `text`, and the kind that it means: "AP" of "AP Photo".
pub(super) fn before_noun(text: &str) -> Option<(&str, CreditKind)> {
    NOUNS
        .iter()
        .filter_map(|&(noun, kind, _)| Some((super::words::before(text, noun)?.trim_end(), kind)))
        .min_by_key(|(before, _)| before.len())
}

fn mandatory(text: &str) -> Option<(Lead, &str)> {
    let rest = after(text, "mandatory credit")?;
    let rest = rest.trim_start_matches([':', '-', '–', ' ', '\u{a0}']);
    let lead = |lead: Lead| Lead { mandatory: true, ..lead };
    match self::lead(rest) {
        Some((inner, rest)) => Some((lead(inner), rest)),
        None => Some((lead(plain(Role::Maker)), rest)),
    }
}

fn phrase(text: &str) -> Option<(Lead, &str)> {
    let (role, rest) = longest(text, PHRASES)?;
    let kind = if role == Role::Giver { CreditKind::Handout } else { CreditKind::Photo };
    // "© 2018 Mara Lind": the year is not a name.
    let year = rest
        .trim_start()
        .split(char::is_whitespace)
        .next()
        .filter(|word| word.len() == 4 && word.chars().all(|c| c.is_ascii_digit()));
    let rest = year.map_or(rest, |year| &rest.trim_start()[year.len()..]);
    Some((Lead { kind, ..plain(role) }, rest))
}

fn noun_and_joint(text: &str) -> Option<(Lead, &str)> {
    let found = NOUNS.iter().filter_map(|noun| Some((noun, after(text, noun.0)?)));
    let (&(_, kind, qualifier), rest) = found.min_by_key(|(_, rest)| rest.len())?;
    let (role, rest) = longest(rest.trim_start(), JOINTS)?;
    let kind = if role == Role::Giver && kind == CreditKind::Photo { CreditKind::Handout } else { kind };
    Some((Lead { kind, role, qualifier, mandatory: false }, rest.trim_start().trim_start_matches(':')))
}

/// The role of the longest phrase with which `text` begins, and what follows it.
fn longest<'a>(text: &'a str, phrases: &[(&str, Role)]) -> Option<(Role, &'a str)> {
    let found = phrases.iter().filter_map(|&(phrase, role)| Some((role, after(text, phrase)?)));
    found.min_by_key(|(_, rest)| rest.len())
}

const fn plain(role: Role) -> Lead {
    Lead { kind: CreditKind::Photo, role, qualifier: None, mandatory: false }
}
