//! Why an article was withdrawn: what readers are told with the 410, and what stays in the newsroom.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::bounded::bounded;
use crate::codes::codes;
use crate::id::ArticleId;

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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
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

bounded! {
    /// A reason for a withdrawal, as text.
    WithdrawalReason: lines up to 2000, "as long as a correction may be",
        like "A court forbade the article.";
}
