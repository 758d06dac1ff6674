//! Why an article was withdrawn: what readers are told with the 410, and what stays in the newsroom.

use crate::codes::codes;
use crate::id::ArticleId;
use crate::text;
use crate::violation::Violation;

codes! {
    /// What kind of reason took an article away.
    pub enum WithdrawalKind {
        /// A court, a claim or the law.
        Legal = "legal",
        /// It was wrong beyond correction.
        Error = "error",
        /// It was published twice.
        Duplicate = "duplicate",
        /// We may not show what it consists of.
        Rights = "rights",
        /// None of these.
        Other = "other",
    }
}

/// A withdrawal: every address that the article ever had answers 410 with the public reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawal {
    /// The kind of reason, public.
    pub kind: WithdrawalKind,
    /// What readers are told.
    pub public_reason: WithdrawalReason,
    /// What only the newsroom knows.
    pub internal_reason: Option<WithdrawalReason>,
    /// The article that stands in for it.
    pub replacement: Option<ArticleId>,
}

/// A reason for a withdrawal, as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithdrawalReason(String);

impl WithdrawalReason {
    /// Longest reason, in Unicode scalar values: as long as a correction may be.
    pub const MAX_CHARS: usize = 2000;

    /// Parses a reason of one or more lines.
    pub fn parse(raw: &str) -> Result<Self, Violation> {
        let reason = text::lines(raw)?;
        text::length(&reason, 1..=Self::MAX_CHARS)?;
        Ok(Self(reason))
    }

    /// The reason as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
