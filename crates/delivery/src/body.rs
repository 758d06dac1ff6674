//! Which members of an article an answer carries.

use std::collections::BTreeSet;

/// Whether the body is asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Body {
    /// As blocks.
    #[default]
    Blocks,
    /// Not at all.
    None,
}

/// What an answer has on top where it is asked for. The member of each is always there, and `null` where it is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Include {
    /// The body as HTML: `body_html`.
    Html,
    /// The body as plain text: `body_text`.
    Text,
    /// The body in Portable Text: `body_portable_text`.
    PortableText,
    /// What lists have of the related articles: `related_articles`.
    Related,
    /// What a form must know, with the first page of the comments: `comment_thread`.
    Comments,
    /// The article as search engines read it: `json_ld`.
    JsonLd,
}

impl Include {
    /// All of them, by their names.
    pub const NAMES: [(&'static str, Self); 6] = [
        ("html", Self::Html),
        ("text", Self::Text),
        ("portable_text", Self::PortableText),
        ("related", Self::Related),
        ("comments", Self::Comments),
        ("json_ld", Self::JsonLd),
    ];
}

/// What is asked for of an article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Its body as blocks, or not.
    pub body: Body,
    /// And what else.
    pub include: BTreeSet<Include>,
}

impl Wanted {
    /// The same without this.
    pub(crate) fn without(mut self, include: Include) -> Self {
        self.include.remove(&include);
        self
    }

    /// Whether this is asked for.
    pub(crate) fn has(&self, include: Include) -> bool {
        self.include.contains(&include)
    }
}
