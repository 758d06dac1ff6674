//! What can be said about a stretch of text: the closed set of marks. How they look is not here.

use serde::{Deserialize, Serialize};

use crate::id::ArticleId;
use crate::language::Language;
use crate::link::Href;

/// A mark. The order of the variants is the order in which a span lists its marks.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Mark {
    /// Of strong importance.
    Strong,
    /// Stressed.
    Emphasis,
    /// No longer right, and shown as such.
    Strikethrough,
    /// Code.
    Code,
    /// Above the line.
    Superscript,
    /// Below the line.
    Subscript,
    /// A link.
    Link(Link),
    /// In another language than the text around it.
    Language {
        /// Which.
        tag: Language,
    },
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Link {
    /// An address elsewhere.
    Href(Href),
    /// An article of ours, whose address may change.
    Article(ArticleId),
}

impl Mark {
    /// Whether no text can have both.
    pub(super) fn excludes(&self, other: &Self) -> bool {
        matches!(
            (self, other),
            (Self::Link(_), Self::Link(_)) | (Self::Language { .. }, Self::Language { .. })
        )
    }

    /// The article of ours to which it leads.
    pub const fn article(&self) -> Option<ArticleId> {
        match self {
            Self::Link(Link::Article(id)) => Some(*id),
            _ => None,
        }
    }
}
