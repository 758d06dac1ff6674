//! Running text as it is delivered: marks whose links have addresses.

use domain::id::ArticleId;
use domain::language::Language;
use domain::slug::Slug;
use serde::Serialize;
use utoipa::ToSchema;

/// Text under one set of marks. No span is empty, and no two neighbours have the same marks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = DeliveredSpan)]
pub struct Span {
    /// The text; a line break in it is a line break.
    #[schema(min_length = 1, examples("Talks will resume."))]
    pub text: String,
    /// Its marks, sorted, each once.
    pub marks: Vec<Mark>,
}

/// What is said of the text of a span; `type` names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = DeliveredLink)]
pub struct Link {
    /// The absolute address; that of an article of ours is where people read it now.
    #[schema(format = "uri", examples("https://varn.example/reef-recovers"))]
    pub href: String,
    /// The article of ours to which it leads.
    #[schema(required)]
    pub article: Option<LinkedArticle>,
}

/// An article of ours as a link knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = LinkedArticle)]
pub struct LinkedArticle {
    /// Its identity.
    pub id: ArticleId,
    /// Its address within the API.
    pub slug: Slug,
}
