//! Words of somebody, and whose they are.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::bounded::bounded;
use crate::span::Spans;
use crate::web_url::WebUrl;

/// A quotation; its paragraphs are lines of one text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Quote {
    /// The words.
    pub content: Spans,
    /// Whose they are.
    pub attribution: Option<Attribution>,
}

/// Whose words a quote has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Attribution {
    /// Who said or wrote it.
    pub name: AttributionName,
    /// What they are: "harbour minister".
    pub title: Option<AttributionTitle>,
    /// Where it can be read.
    pub source_url: Option<WebUrl>,
}

bounded! {
    /// Who is quoted.
    AttributionName: name up to 200, "a name, or a description such as of a member of a delegation",
        like "Ivo Grane";
    /// What somebody who is quoted is.
    AttributionTitle: one_line up to 200, "one line below a quote",
        like "harbour minister";
}
