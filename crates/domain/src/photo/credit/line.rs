//! A credit line read: "Photo by Mara Lind/Nordwire via AP" names one creator and two organizations. Where in a caption
//! such a line stands is found in `caption`.
//!
//! A line of a field of its own is always believed. One at the end of a caption has to show that it is a credit, and the
//! less there is around it (a bracket, a lead, a known agency), the more its names must look like names.

use super::agencies::Agencies;
use super::lead::{Lead, before_noun, lead};
use super::names::{Names, Sign};
use super::notice::{self, Meaning, Notice};
use super::{
    Chain, Creator, CreatorName, Credit, CreditKind, CreditQualifier, OrganizationName, RawCredit, plausible,
};
use crate::codes::codes;
use crate::text;

/// What is known of a photo beside the line that is read.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// The agencies whose names make a bracket a credit.
    pub agencies: &'a Agencies,
    /// The creators that other fields of the file name.
    pub creators: &'a [CreatorName],
}

codes! {
    /// How far what was read is to be trusted.
    pub enum Confidence {
        /// It is of a form that says who is who, or an editor has said it.
        High = "high",
        /// Who is who had to be guessed: an editor should look.
        Low = "low",
    }
}

impl Default for Confidence {
    /// What nobody guessed.
    fn default() -> Self {
        Self::High
    }
}

/// What a credit line says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Who made the photo and who passed it on.
    pub credit: Credit,
    /// What it tells editors.
    pub notices: Vec<Notice>,
    /// How far it is to be trusted.
    pub confidence: Confidence,
}

/// Reads a credit line that has a field of its own. `None` where it names nobody, or is longer than a line is
/// ([`RawCredit::MAX_CHARS`]).
pub fn read(line: &str, known: Known<'_>) -> Option<Reading> {
    if line.chars().nth(RawCredit::MAX_CHARS).is_some() {
        return None;
    }
    let bare =
        line.trim().strip_suffix([')', ']']).and_then(|line| line.strip_prefix(['(', '['])).unwrap_or(line);
    let line_read = Line::of(bare, known)?.beside_creators(known);
    let credit = line_read.credit(line)?;
    Some(Reading { credit, confidence: line_read.confidence(), notices: line_read.notices })
}

/// Where a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// In brackets.
    Bracketed(After),
    /// Without brackets, to the end of the caption.
    Bare(After),
}

/// What a line comes after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum After {
    /// The end of a sentence, or nothing.
    Sentence,
    /// Words of a sentence that has not ended.
    Words,
}

/// A line taken apart.
#[derive(Debug)]
pub(super) struct Line {
    lead: Option<Lead>,
    names: Names,
    /// What it tells editors.
    pub notices: Vec<Notice>,
}

impl Line {
    /// Takes `raw` apart; `None` where it names nobody.
    pub(super) fn of(raw: &str, known: Known<'_>) -> Option<Self> {
        let text = tidy(raw);
        let (text, mut notices) = notice::take_within(&text);
        let (rest, last) = notice::take_all(&text);
        notices.extend(last.into_iter().rev());
        let rest = rest.trim_start_matches(['/', '|', '-', '–', '—', ':', ';', ',', '.', ' ']);
        let rest = without_number(without_stop(unquoted(rest)));
        let (agency, rest) =
            agency_before_lead(rest, known).map_or((None, rest), |(agency, rest)| (Some(agency), rest));
        let (lead, chain) = lead(rest).map_or((None, rest), |(lead, rest)| (Some(lead), rest));
        if lead.is_some_and(|lead| lead.mandatory) {
            notices.insert(0, notice::mandatory_credit());
        }
        let mut names = Names::read(unquoted(chain), lead.map(|lead| lead.role), known);
        if let Some(agency) = agency {
            names.begin_with(agency);
        }
        if let Some(qualifier) = lead.and_then(|lead| lead.qualifier) {
            names.qualifiers.insert(0, qualifier.to_owned());
        }
        let nobody = names.creators.is_empty() && names.organizations.is_empty();
        (!nobody).then_some(Self { lead, names, notices })
    }

    /// As a field beside that of the creators: a single name that is none of theirs is whose credit it is, not who made
    /// the photo. The standard means the field for that.
    fn beside_creators(mut self, known: Known<'_>) -> Self {
        let names = &self.names;
        let single = names.creators.len() == 1 && names.organizations.is_empty();
        if self.lead.is_none() && single && !known.creators.is_empty() && !names.shows(Sign::FileCreator) {
            self.names.organizations = std::mem::take(&mut self.names.creators);
        }
        self
    }

    /// Whether it names somebody who made the photo.
    pub(super) fn names_a_creator(&self) -> bool {
        !self.names.creators.is_empty()
    }

    /// Whether it is a credit where it stands.
    pub(super) fn is_credit(&self, standing: Standing, known: Known<'_>) -> bool {
        let names = &self.names;
        let agency = names.shows(Sign::Agency);
        let made = !names.creators.is_empty();
        match standing {
            Standing::Bracketed(after) if self.lead.is_some() => {
                self.is_plausible(known) || (after == After::Sentence || made) && self.is_without_capitals()
            }
            Standing::Bracketed(after) => {
                let by_agency = agency
                    && (made
                        || !names.qualifiers.is_empty()
                        || names.shows(Sign::AgencyNoun)
                        || after == After::Sentence);
                let by_via = names.shows(Sign::Via) && self.first_is_whole_name();
                self.is_plausible(known) && (by_agency || by_via || names.shows(Sign::FileCreator))
            }
            Standing::Bare(After::Sentence) => {
                let by_agency = agency
                    && (names.shows(Sign::AgencyNoun)
                        || names.shows(Sign::AgencyFirst) && names.shows(Sign::Chain)
                        || names.shows(Sign::Chain) && self.first_is_whole_name());
                self.is_plausible(known)
                    && (self.lead.is_some() || by_agency || names.shows(Sign::FileCreator))
            }
            Standing::Bare(After::Words) => {
                let by_agency = names.shows(Sign::AgencyFirst) && names.shows(Sign::Chain);
                self.is_plausible(known) && by_agency && self.begins_in_capitals()
            }
        }
    }

    /// How far its reading is to be trusted.
    pub(super) fn confidence(&self) -> Confidence {
        let names = &self.names;
        let alone = names.organizations.is_empty() && names.creators.iter().any(|name| is_one_word(name));
        let plain = names.creators.iter().all(|name| plausible::person(name));
        if names.shows(Sign::Guess) || alone && !names.shows(Sign::FileCreator) || !plain {
            Confidence::Low
        } else {
            Confidence::High
        }
    }

    /// It as a credit that keeps `raw`; `None` where a name is longer than names are.
    pub(super) fn credit(&self, raw: &str) -> Option<Credit> {
        let Names { creators, organizations, qualifiers, kind, .. } = &self.names;
        let said = self.lead.map(|lead| lead.kind).filter(|&kind| kind != CreditKind::Photo);
        let creator =
            |name: &String| Some(Creator { name: CreatorName::parse(&seen(name)).ok()?, contributor: None });
        let archived = self.notices.iter().any(Notice::is_file).then_some(CreditKind::File);
        let qualifier = if qualifiers.is_empty() {
            None
        } else {
            Some(CreditQualifier::parse(&seen(&qualifiers.join(", "))).ok()?)
        };
        Credit::parse(Chain {
            raw: Some(RawCredit::parse(&tidy(raw)).ok()?),
            kind: said.or(*kind).or(archived).unwrap_or_default(),
            creators: creators.iter().map(creator).collect::<Option<_>>()?,
            organizations: organizations
                .iter()
                .map(|name| OrganizationName::parse(&seen(name)).ok())
                .collect::<Option<_>>()?,
            qualifier,
            display: None,
        })
        .ok()
    }

    /// Whether every name can be one.
    fn is_plausible(&self, known: Known<'_>) -> bool {
        let organization = |name: &String| known.agencies.contains(name) || plausible::organization(name);
        self.names.creators.iter().all(|name| plausible::person(name) || plausible::is_organization(name))
            && self.names.organizations.iter().all(organization)
    }

    fn is_without_capitals(&self) -> bool {
        self.names
            .creators
            .iter()
            .chain(&self.names.organizations)
            .all(|name| plausible::without_capitals(name))
    }

    /// Whether what comes first has a first and a last name, is of a script without capitals, or is an organization by a
    /// word of its own: "Holm via Varn" is a way, not a credit.
    fn first_is_whole_name(&self) -> bool {
        match self.names.creators.first() {
            Some(name) => !is_one_word(name) || self.names.shows(Sign::FileCreator),
            None => self.names.organizations.first().is_some_and(|name| plausible::is_organization(name)),
        }
    }

    fn begins_in_capitals(&self) -> bool {
        self.names.shows(Sign::AgencyNoun)
            || self.names.organizations.first().is_some_and(|name| !name.contains(char::is_lowercase))
    }
}

/// Whether a line without brackets may begin with `text`, seen at a glance: after words it has to be an agency.
pub(super) fn may_begin(text: &str, after: After, known: Known<'_>) -> bool {
    let first = text.split(['/', '\n']).next().unwrap_or(text).trim();
    match after {
        After::Sentence => {
            let capital = |c: char| c.is_alphabetic() && !c.is_lowercase() || "/©(\"“@".contains(c);
            text.starts_with(capital) || lead(text).is_some()
        }
        After::Words => {
            known.agencies.contains(first)
                || before_noun(first).is_some_and(|(agency, _)| known.agencies.contains(agency))
                || agency_before_lead(text, known).is_some()
        }
    }
}

/// Adds that the caption says of its photo that it is out of the archive.
pub(in crate::photo) fn as_file(credit: Credit) -> Credit {
    let chain = credit.clone().into_chain();
    match chain.kind {
        CreditKind::Photo => Credit::parse(Chain { kind: CreditKind::File, ..chain }).unwrap_or(credit),
        _ => credit,
    }
}

/// "AP" and "photo by Mara Lind" of "AP photo by Mara Lind"; in "AP Photo/Mara Lind" it is the first of a chain.
fn agency_before_lead<'a>(text: &'a str, known: Known<'_>) -> Option<(&'a str, &'a str)> {
    const MAX_WORDS: usize = 4;
    let first = text.split('/').next().unwrap_or(text).trim_end();
    if before_noun(first).is_some() {
        return None;
    }
    text.match_indices(' ')
        .take(MAX_WORDS)
        .map(|(at, _)| (&text[..at], &text[at + 1..]))
        .find(|&(agency, rest)| known.agencies.contains(agency) && lead(rest).is_some())
}

/// One space wherever white space is, and nothing invisible.
fn tidy(raw: &str) -> String {
    let words: Vec<_> = raw.split_whitespace().collect();
    seen(&words.join(" "))
}

/// `text` without what cannot be seen: files hold marks of direction and soft hyphens that names may not.
fn seen(text: &str) -> String {
    text.chars().filter(|&c| !text::is_invisible(c)).collect()
}

fn unquoted(text: &str) -> &str {
    text.trim().trim_matches(['"', '“', '”', '„'])
}

/// `line` without its full stop, unless that belongs to its last word: "Jr.", "Inc.".
fn without_stop(line: &str) -> &str {
    let line = line.trim_end_matches([' ', ',', ';', '-', '–', '—', '|', '/']);
    let Some(before) = line.strip_suffix('.') else { return line };
    let last = before.rsplit(|c: char| c.is_whitespace() || c == '/').next().unwrap_or(before);
    let abbreviated =
        ["Jr", "Sr", "Inc", "Ltd", "Co", "Corp", "Bros", "Dept"].contains(&last) || last.contains('.');
    if abbreviated { line } else { before.trim_end_matches('.').trim_end() }
}

/// `line` without the number of the picture in brackets at its end: "(9300000ab)".
fn without_number(line: &str) -> &str {
    let number = |line: &str| {
        let (before, number) = line.strip_suffix(')')?.rsplit_once('(')?;
        let digits = number.chars().filter(char::is_ascii_digit).count();
        (digits > number.len() / 2 && number.chars().all(|c| c.is_ascii_alphanumeric()))
            .then_some(before.len())
    };
    number(line).map_or(line, |end| line[..end].trim_end())
}

/// Whether `name` is one word of a script that puts spaces between words.
fn is_one_word(name: &str) -> bool {
    !name.contains(' ') && name.chars().any(|c| c.is_uppercase() || c.is_lowercase())
}

impl Notice {
    /// Whether it says that the photo is out of the archive.
    pub(in crate::photo) fn is_file(&self) -> bool {
        self.meaning == Meaning::FilePhoto
    }
}
