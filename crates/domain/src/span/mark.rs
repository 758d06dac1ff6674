//! What can be said about a stretch of text: the closed set of marks. How they look is not here.

use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::codes::codes;
use crate::id::ArticleId;
use crate::language::Language;
use crate::link::Href;
use crate::schema::{Schemas, Tagged, add, one_of, reference};

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

codes! {
    /// The kind of a mark.
    pub enum MarkName {
        /// Of strong importance.
        Strong = "strong",
        /// Stressed.
        Emphasis = "emphasis",
        /// No longer right, and shown as such.
        Strikethrough = "strikethrough",
        /// Code.
        Code = "code",
        /// Above the line.
        Superscript = "superscript",
        /// Below the line.
        Subscript = "subscript",
        /// A link.
        Link = "link",
        /// In another language than the text around it.
        Language = "language",
    }
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
    /// Most marks of one text: one of each kind.
    pub(super) const MOST: usize = MarkName::ALL.len();

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

/// Marks by their names, each with what it says.
fn kinds() -> [Tagged; 3] {
    let plain = ObjectBuilder::new().description(Some("A mark that says all by its name.")).build();
    let link = ObjectBuilder::new()
        .description(Some(
            "A link: to an address elsewhere, or to an article of ours, whose address may change.",
        ))
        .property("href", reference::<Href>())
        .property("article", reference::<ArticleId>())
        .min_properties(Some(2))
        .max_properties(Some(2))
        .examples([json!({"href": "https://varn.example/tides"})])
        .build();
    let language = ObjectBuilder::new()
        .description(Some("In another language than the text around it."))
        .property("tag", reference::<Language>())
        .required("tag")
        .build();
    let names = vec!["strong", "emphasis", "strikethrough", "code", "superscript", "subscript"];
    [
        Tagged::of_names(names, "PlainMark".to_owned(), plain),
        Tagged::new("link", "LinkMark".to_owned(), link),
        Tagged::new("language", "LanguageMark".to_owned(), language),
    ]
}

impl PartialSchema for Mark {
    fn schema() -> RefOr<Schema> {
        one_of("What is said about a stretch of text.", &kinds())
    }
}

impl ToSchema for Mark {
    fn schemas(found: &mut Schemas) {
        found.extend(kinds().map(Tagged::component));
        add::<Href>(found);
        add::<ArticleId>(found);
        add::<Language>(found);
    }
}
