//! What an import could not hold otherwise. It is text only, so that keeping it is safe.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::bounded::bounded;

/// Something of another system: kept and shown to editors, who replace it; readers never see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Unsupported {
    /// What the other system calls it.
    pub source: UnsupportedSource,
    /// What could be read of it, as plain text.
    pub text: Option<UnsupportedText>,
}

bounded! {
    /// What another system calls its block.
    UnsupportedSource: one_line up to 100, "a qualified name",
        like "core/poll";
    /// The plain text of a block of another system.
    UnsupportedText: lines up to 10_000, "as long as a paragraph",
        like "Should the gates be higher? Yes or no.";
}
