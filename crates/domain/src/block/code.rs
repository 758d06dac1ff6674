//! Code.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::bounded::bounded;

/// Code, line by line; tabs are spaces.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// The language that it is written in, as syntax highlighters call it: `sql`.
    pub language: Option<CodeLanguage>,
    /// The code.
    pub text: CodeText,
}

bounded! {
    /// The name of a programming language.
    CodeLanguage: name up to 40, "the longest names that highlighters know",
        like "sql";
    /// Code.
    CodeText: run up to 20_000, "a file of several hundred lines",
        like "SELECT height FROM tides;";
}
