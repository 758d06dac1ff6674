//! By what photos are looked for, and where they are used. The looking is the store's.

use crate::id::PhotoId;
use crate::paging::From;
use crate::time::Moment;

/// Which photos are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PhotoFilter {
    /// Only with these words in what is said of it, in any case.
    pub words: Option<String>,
    /// Only by somebody of this name, in any case.
    pub creator: Option<String>,
    /// Only through the hands of an organization of this name, in any case.
    pub organization: Option<String>,
    /// Only taken on this day (`2026-01-09`) or later.
    pub taken_from: Option<String>,
    /// Only taken on this day or earlier.
    pub taken_until: Option<String>,
    /// Only those that an article uses, or only those that none does.
    pub used: Option<Used>,
    /// Only those that lack this.
    pub lacking: Vec<Lack>,
    /// Only those whose use ends before this instant.
    pub rights_end_before: Option<Moment>,
    /// Only what lies there: the newest photos come first.
    pub from: Option<From<PhotoId>>,
}

/// Whether an article uses a photo, in its working copy or its publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Used {
    /// One does.
    Somewhere,
    /// None does.
    Nowhere,
}

/// What readers must have of a photo and it has not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// A caption.
    Caption,
    /// Alternative text.
    Alt,
    /// A credit.
    Credit,
}

/// The part of an article that uses a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum UsedIn {
    /// Its working copy.
    WorkingCopy,
    /// What readers see or will see of it, or what an embargo keeps from them.
    Publication,
}
