//! What an import makes, for the person who asked for it.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What was made, or would be.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// How many sections.
    pub sections: usize,
    /// How many tags.
    pub tags: usize,
    /// How many contributors.
    pub contributors: usize,
    /// How many fronts.
    pub fronts: usize,
    /// How many photos.
    pub photos: usize,
    /// How many comments of readers.
    pub comments: u32,
    /// The articles in their order.
    pub articles: Vec<Told>,
}

/// An article of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Its slug.
    pub slug: String,
    /// What readers see of it: the state of its publication, or `draft`.
    pub state: String,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { sections, tags, contributors, fronts, photos, comments, articles } = self;
        for Told { slug, state } in articles {
            writeln!(f, "  {state:<10} {slug}")?;
        }
        writeln!(
            f,
            "{} articles, {photos} photos, {comments} comments, {fronts} fronts, {sections} sections, {tags} tags, {contributors} contributors",
            articles.len()
        )
    }
}
