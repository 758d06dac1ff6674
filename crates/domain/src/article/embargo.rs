//! The embargo: a prohibition on showing an article, where a schedule is an intention.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::bounded::bounded;
use crate::time::Moment;

/// Nobody outside the newsroom sees the article before it ends. It belongs to the article, not to a revision, and
/// acts at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Embargo {
    /// The first instant at which the article may be shown; without it the embargo holds until it is lifted.
    pub until: Option<Moment>,
    /// Who imposed it and why, for the newsroom only.
    pub note: Option<EmbargoNote>,
}

bounded! {
    /// Why there is an embargo: internal, never delivered.
    EmbargoNote: lines up to 500, "a source's condition in a few sentences",
        like "Until the ministry has told the families.";
}

/// The first instant at or after `at` at which `embargo` allows showing; `None` while it has no end.
pub fn allowed_from(embargo: Option<&Embargo>, at: Moment) -> Option<Moment> {
    match embargo {
        None => Some(at),
        Some(embargo) => embargo.until.map(|until| until.max(at)),
    }
}
