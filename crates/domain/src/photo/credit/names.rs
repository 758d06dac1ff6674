//! Who is who in a credit line after its lead: creators, then the organizations that passed the photo on.

use super::lead::{Role, before_noun};
use super::line::Known;
use super::qualifier::{self, Qualifier};
use super::split::{Joint, Piece, pieces};
use super::{CreditKind, plausible, words};

/// Who is named, and what shows that this is a credit at all.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub creators: Vec<String>,
    pub organizations: Vec<String>,
    pub qualifiers: Vec<String>,
    pub kind: Option<CreditKind>,
    signs: Vec<Sign>,
}

/// What shows that a line is a credit, or that it may be read wrongly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// It names a known agency.
    Agency,
    /// It begins with a known agency and then names a creator: "REUTERS/Mara Lind".
    AgencyFirst,
    /// It begins with a known agency and a noun: "AP Photo".
    AgencyNoun,
    /// Slashes or "via" join its names.
    Chain,
    /// It says "via".
    Via,
    /// Its first creator is one of the file's.
    FileCreator,
    /// Who is who had to be guessed.
    Guess,
}

impl Names {
    /// Reads `chain`, which follows a lead of `role`; a line without a lead is that of a [`Role::Maker`].
    pub(super) fn read(chain: &str, role: Option<Role>, known: Known<'_>) -> Self {
        let mut reader = Reader {
            known,
            lead: role,
            place: if matches!(role, None | Some(Role::Maker)) { Place::Makers } else { Place::Carriers },
            guessed: None,
            names: Self::default(),
        };
        for piece in pieces(chain) {
            reader.piece(piece);
        }
        reader.names.surname_first(chain);
        reader.names
    }

    /// Whether `sign` was seen.
    pub(super) fn shows(&self, sign: Sign) -> bool {
        self.signs.contains(&sign)
    }

    /// Puts `agency` first, which stands before the lead.
    pub(super) fn begin_with(&mut self, agency: &str) {
        self.organizations.retain(|other| other != agency);
        self.organizations.insert(0, agency.to_owned());
        self.signs.extend([Sign::Agency, Sign::AgencyFirst, Sign::AgencyNoun, Sign::Chain]);
    }

    fn organization(&mut self, name: &str) {
        if !self.organizations.iter().any(|other| words::equal(other, name)) {
            self.organizations.push(name.to_owned());
        }
    }

    fn sign(&mut self, sign: Sign) {
        if !self.shows(sign) {
            self.signs.push(sign);
        }
    }

    fn creator(&mut self, name: &str, known: Known<'_>) {
        if self.creators.is_empty() && is_creator_of_file(name, known) {
            self.sign(Sign::FileCreator);
        }
        if !self.creators.iter().any(|other| words::equal(other, name)) {
            self.creators.push(name.to_owned());
        }
    }

    /// "Lind, Mara" is one person, surname first, not two of one name each.
    fn surname_first(&mut self, chain: &str) {
        let [surname, name] = self.creators.as_slice() else { return };
        let one = |name: &str| name.chars().all(|c| c.is_uppercase() || c.is_lowercase() || c == '-');
        let whole = format!("{surname}, {name}");
        if one(surname) && one(name) && chain.contains(&whole) {
            self.creators = vec![whole];
            self.sign(Sign::Guess);
        }
    }
}

/// Of whom the line speaks as it is read from left to right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Makers,
    Carriers,
}

struct Reader<'a> {
    known: Known<'a>,
    lead: Option<Role>,
    place: Place,
    /// The one creator of the piece before, who may turn out to have given the photo out: "Varn Salvage/Handout".
    guessed: Option<String>,
    names: Names,
}

impl Reader<'_> {
    fn piece(&mut self, Piece { joint, text }: Piece<'_>) {
        match joint {
            Joint::Start | Joint::Comma => {}
            Joint::Slash => {
                self.names.sign(Sign::Chain);
                let agency_first = self.names.creators.is_empty()
                    && self.names.qualifiers.is_empty()
                    && self.names.organizations.iter().all(|name| self.known.agencies.contains(name));
                if !agency_first {
                    self.place = Place::Carriers;
                }
            }
            Joint::Via => {
                self.names.sign(Sign::Chain);
                self.names.sign(Sign::Via);
                self.place = Place::Carriers;
            }
            Joint::For => {
                let last = self.names.organizations.last();
                if self.place == Place::Carriers
                    && let Some(name) = last.filter(|name| !self.known.agencies.contains(name))
                {
                    let whole = format!("{name} for {text}");
                    self.names.organizations.pop();
                    return self.names.organization(&whole);
                }
                self.place = Place::Carriers;
            }
        }
        match self.place {
            Place::Makers => self.makers(text),
            Place::Carriers => self.carrier(joint, text),
        }
        self.guessed = if self.place == Place::Makers { self.only_creator() } else { None };
    }

    /// Those who made it: "A", "A and B", an agency that stands first.
    fn makers(&mut self, text: &str) {
        let one = matches!(self.class(text), Class::Agency | Class::Noun(..) | Class::Organization(_));
        let names = if one || plausible::is_organization(text) { vec![text] } else { series(text) };
        for name in names {
            match self.class(name) {
                Class::Agency => {
                    self.names.sign(Sign::Agency);
                    self.names.organization(name);
                }
                Class::Noun(agency, kind) => {
                    self.names.sign(Sign::Agency);
                    self.names.sign(Sign::AgencyNoun);
                    self.names.kind =
                        self.names.kind.or(Some(kind)).filter(|&kind| kind != CreditKind::Photo);
                    self.names.organization(agency);
                }
                Class::Organization(name) => self.names.organization(name),
                Class::Giver(name) => self.giver(name),
                Class::Qualifier(qualifier) => self.qualifier(qualifier),
                Class::Person(name) => {
                    if self.names.shows(Sign::Agency) && self.names.creators.is_empty() {
                        self.names.sign(Sign::AgencyFirst);
                    }
                    let (name, agency) = self.hyphenated(name);
                    self.names.creator(name, self.known);
                    if let Some(agency) = agency {
                        self.names.sign(Sign::Agency);
                        self.names.organization(agency);
                    }
                }
                Class::Suffix(suffix) => {
                    let Names { creators, organizations, .. } = &mut self.names;
                    if let Some(last) = creators.last_mut().or(organizations.last_mut()) {
                        *last = format!("{last}, {suffix}");
                    }
                }
                Class::Nobody => {}
            }
        }
    }

    /// Those through whose hands it came; a name that the file calls a creator stays one.
    fn carrier(&mut self, joint: Joint, text: &str) {
        match self.class(text) {
            Class::Agency => {
                self.names.sign(Sign::Agency);
                self.names.organization(text);
            }
            Class::Noun(agency, _) => {
                self.names.sign(Sign::Agency);
                self.names.organization(agency);
            }
            Class::Qualifier(qualifier) => {
                let handed_out = qualifier.kind == Some(CreditKind::Handout) && joint == Joint::Slash;
                self.qualifier(qualifier);
                if handed_out
                    && self.lead.is_none()
                    && let Some(giver) = self.guessed.take()
                {
                    self.names.creators.clear();
                    self.names.sign(Sign::Guess);
                    self.names.organization(&giver);
                }
            }
            Class::Giver(name) => self.giver(name),
            Class::Organization(name) => self.names.organization(name),
            Class::Person(name) if is_creator_of_file(name, self.known) => {
                self.names.creator(name, self.known);
            }
            Class::Person(name) | Class::Suffix(name) => match self.names.organizations.pop() {
                Some(before) if joint == Joint::Comma && !self.known.agencies.contains(&before) => {
                    self.names.organization(&format!("{before}, {name}"));
                }
                before => {
                    self.names.organizations.extend(before);
                    self.names.organization(name);
                }
            },
            Class::Nobody => {}
        }
    }

    fn giver(&mut self, name: &str) {
        self.names.kind = self.names.kind.or(Some(CreditKind::Handout));
        if self.known.agencies.contains(name) {
            self.names.sign(Sign::Agency);
        }
        self.names.organization(name);
    }

    fn qualifier(&mut self, Qualifier { text, kind }: Qualifier<'_>) {
        self.names.kind = self.names.kind.or(kind);
        self.names.qualifiers.push(text.to_owned());
    }

    /// "Mara Lind-USA TODAY Sports" is a creator and an agency; other hyphens belong to names.
    fn hyphenated<'t>(&self, text: &'t str) -> (&'t str, Option<&'t str>) {
        let halves = text.split_once('-').filter(|(name, agency)| {
            name.contains(' ')
                && self.known.agencies.contains(agency)
                && !is_creator_of_file(text, self.known)
        });
        halves.map_or((text, None), |(name, agency)| (name.trim(), Some(agency)))
    }

    fn only_creator(&self) -> Option<String> {
        match self.names.creators.as_slice() {
            [one] if !self.names.shows(Sign::FileCreator) => Some(one.clone()),
            _ => None,
        }
    }

    /// What `text` is by itself.
    fn class<'t>(&self, text: &'t str) -> Class<'t> {
        let text = text.trim().trim_matches(['"', '“', '”', '„']);
        let agencies = self.known.agencies;
        if text.chars().all(|c| !c.is_alphanumeric()) {
            return Class::Nobody;
        }
        if agencies.contains(text) {
            return Class::Agency;
        }
        if let Some(found) = qualifier::parse(text) {
            return Class::Qualifier(found);
        }
        if let Some((agency, kind)) = before_noun(text).filter(|(agency, _)| agencies.contains(agency)) {
            return Class::Noun(agency, kind);
        }
        for given in ["courtesy of ", "courtesy ", "provided by ", "supplied by ", "handout from "] {
            if let Some(name) = words::after(text, given) {
                return Class::Giver(name.trim());
            }
        }
        for carried in ["special to ", "for ", "via "] {
            if let Some(name) = words::after(text, carried) {
                return Class::Organization(name.trim());
            }
        }
        if is_creator_of_file(text, self.known) {
            return Class::Person(text);
        }
        if qualifier::is_suffix(text) {
            return Class::Suffix(text);
        }
        if plausible::is_organization(text) {
            return Class::Organization(text);
        }
        Class::Person(text)
    }
}

/// What a piece is by itself.
enum Class<'a> {
    Agency,
    Noun(&'a str, CreditKind),
    Organization(&'a str),
    Giver(&'a str),
    Qualifier(Qualifier<'a>),
    /// "Jr." after a comma.
    Suffix(&'a str),
    /// Nothing says that it is anything else.
    Person(&'a str),
    /// The dash of a line that leaves the creator out: "-/AFP".
    Nobody,
}

/// The names in "A and B"; the text itself where nothing joins names.
fn series(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let (mut start, mut at) = (0, 0);
    for word in text.split(' ') {
        let end = at + word.len();
        if matches!(word, "and" | "And" | "AND" | "&" | "und" | "et" | "og" | "och") {
            names.push(text[start..at].trim());
            start = end;
        }
        at = end + 1;
    }
    names.push(text[start..].trim());
    if names.iter().any(|name| name.is_empty()) { vec![text] } else { names }
}

fn is_creator_of_file(name: &str, known: Known<'_>) -> bool {
    known.creators.iter().any(|creator| words::equal(creator.as_str(), name))
}
