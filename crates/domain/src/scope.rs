//! What an API key is for: parts of what its owner may do. Which action needs which part stands in `policy`.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::codes::codes;
use crate::json::{FromJson, here, list};
use crate::schema::{self, described};
use crate::violation::{Faults, Rule, Violation};

codes! {
    /// A part of what a user may do that an API key can be given.
    pub enum Scope {
        /// Read working copies, photos, sections, tags and contributors.
        Read = "read",
        /// Begin, change, hand in, assign and delete articles, and make links to working copies.
        Write = "write",
        /// Review, publish, withdraw, restrict and correct articles.
        Publish = "publish",
        /// Bring photos in, change, place and delete them.
        Photos = "photos",
        /// Change sections, tags and contributors, and see the private contacts of contributors.
        References = "references",
        /// Read and decide about comments, reply to them, and ban commenters.
        Moderate = "moderate",
        /// See, export and forget what is private of commenters.
        Commenters = "commenters",
        /// Read the audit log.
        Audit = "audit",
    }
}

impl Scope {
    const fn bit(self) -> u16 {
        1 << self as u16
    }
}

/// Some of the scopes, each once, in the order of the contract.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Scope>", into = "Vec<Scope>")]
pub struct Scopes(u16);

impl Scopes {
    /// These; one that stands twice is refused.
    pub fn parse(scopes: &[Scope]) -> Result<Self, Violation> {
        scopes.iter().try_fold(Self::default(), |scopes, &scope| {
            if scopes.has(scope) {
                let detail = format!("`{}` stands twice", scope.name());
                return Err(Violation::new(Rule::Duplicate, detail));
            }
            Ok(Self(scopes.0 | scope.bit()))
        })
    }

    /// Whether this one is among them.
    pub const fn has(self, scope: Scope) -> bool {
        self.0 & scope.bit() != 0
    }

    /// Each of them.
    pub fn iter(self) -> impl Iterator<Item = Scope> {
        Scope::ALL.iter().copied().filter(move |&scope| self.has(scope))
    }
}

impl TryFrom<Vec<Scope>> for Scopes {
    type Error = Violation;

    fn try_from(scopes: Vec<Scope>) -> Result<Self, Violation> {
        Self::parse(&scopes)
    }
}

impl From<Scopes> for Vec<Scope> {
    fn from(scopes: Scopes) -> Self {
        scopes.iter().collect()
    }
}

impl FromJson for Scopes {
    fn from_json(json: Value) -> Result<Self, Faults> {
        Self::parse(&list(json, Scope::ALL.len())?).map_err(here)
    }
}

described!(Scopes: schema::list::<Scope>(
    "What an API key may do, within what its role may. One without scopes reads what everybody reads, at the limit of keys.",
    Scope::ALL.len(),
).unique_items(true), with Scope);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_stand_once_and_are_read_back() {
        let some = [Scope::Audit, Scope::Read];
        let scopes = Scopes::parse(&some).unwrap();
        assert_eq!(scopes.iter().collect::<Vec<_>>(), [Scope::Read, Scope::Audit]);
        assert_eq!(Scopes::parse(&scopes.iter().collect::<Vec<_>>()), Ok(scopes));
        assert_eq!(Scopes::parse(&[Scope::Read, Scope::Read]).unwrap_err().rule, Rule::Duplicate);
        let all = Scopes::parse(Scope::ALL).unwrap();
        assert!(Scope::ALL.iter().all(|&scope| all.has(scope) && !Scopes::default().has(scope)));
    }
}
