//! Sections of the site. The rules of their tree are in `tree`.

pub mod tree;

use crate::bounded::bounded;
use crate::id::SectionId;
use crate::slug::Slug;
use crate::time::Moment;
use crate::version::Version;

/// A section of the site. Sections form a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its identity.
    pub id: SectionId,
    /// How often it was written.
    pub version: Version,
    /// Its address; former ones redirect.
    pub slug: Slug,
    /// What readers call it.
    pub name: SectionName,
    /// What it is about, for readers.
    pub description: Option<SectionDescription>,
    /// The section above it; `None` for one at the top.
    pub parent: Option<SectionId>,
    /// Its place among the sections of the same parent: smaller first, then by name.
    pub position: u16,
    /// When it was made.
    pub created_at: Moment,
    /// When it last changed.
    pub updated_at: Moment,
}

bounded! {
    /// The name of a section.
    SectionName: name up to 80, "a heading of one line",
        like "Harbour";
    /// What a section is about.
    SectionDescription: lines up to 1000, "two paragraphs above a list of articles",
        like "News of the port and those who work in it.";
}
