//! Looking for words in what is published. What words and terms are is the domain's; each database only finds terms.

use std::collections::BTreeSet;

use domain::id::ArticleId;
use domain::paging::From;
use domain::search::place::Place;
use domain::search::terms::AnyOf;
use domain::time::Moment;

use crate::error::Error;
use crate::live::LiveFilter;
use crate::sql::{At, Key};

/// Which articles a search asks for.
#[derive(Debug, Clone)]
pub struct LiveSearch {
    /// What an article must have, each as the terms that it may be. Not empty.
    pub words: Vec<AnyOf>,
    /// What it must be beside that. Its order and its place are not those of a search.
    pub filter: LiveFilter,
    /// Only what lies there.
    pub from: Option<From<Place>>,
}

/// Keeping what is found by in step with what is published. Publishing does so by itself, in its own transaction.
pub trait Search {
    /// Whether an article waits to be looked through: after a photo that it shows was changed, and after a migration.
    fn has_search_job(&mut self) -> Result<bool, Error>;

    /// Looks through up to `limit` of them, and tells which.
    fn carry_out_search_jobs(&mut self, limit: u16) -> Result<Vec<ArticleId>, Error>;

    /// Sorts the terms of what was published lately in among the others, unless another node does. On PostgreSQL publishing only
    /// leaves them in a list, which every search goes through; SQLite has none.
    fn sort_terms(&mut self) -> Result<(), Error>;
}

/// Which rows have terms: all of `all`, but not also all of `none`, where that is not empty.
#[derive(Debug)]
pub(crate) struct Wanted {
    pub(crate) all: Vec<AnyOf>,
    pub(crate) none: Vec<AnyOf>,
    /// Their keys lie above this.
    pub(crate) above: i64,
    /// And below that.
    pub(crate) below: i64,
    pub(crate) direction: Direction,
    pub(crate) updated_after: Option<At>,
    pub(crate) now: At,
    pub(crate) limit: i64,
}

/// In which direction keys, or the places of a list, are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    Falling,
    Rising,
}

impl Direction {
    /// As SQL spells it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Falling => "DESC",
            Self::Rising => "ASC",
        }
    }
}

/// A row that terms are kept of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    pub(crate) key: i64,
    pub(crate) article: Key,
    pub(crate) place: i16,
    pub(crate) visible_from: At,
    pub(crate) visible_until: Option<At>,
    pub(crate) updated_at: At,
}

/// What each database does in its own way.
pub(crate) trait FullText {
    /// Keeps the terms of a row; `false` where another has its key.
    fn keep_terms(&mut self, row: Row, terms: BTreeSet<String>) -> Result<bool, Error>;

    /// Drops what is kept of an article.
    fn drop_terms(&mut self, article: ArticleId) -> Result<(), Error>;

    /// Has the index take in what waits to be sorted.
    fn sort_in(&mut self) -> Result<(), Error>;

    /// The articles of the visible rows that have what is wanted, with their keys.
    fn with_terms(&mut self, wanted: &Wanted) -> Result<Vec<(ArticleId, i64)>, Error>;
}

/// How many bits of a key tell apart what was published in one millisecond.
const APART: u32 = 20;

/// The first key of what is published at an instant.
pub(crate) fn first_key(at: Moment) -> i64 {
    at.utc().timestamp_millis() << APART
}

/// The key of an article, unless another has it: then the next.
pub(crate) fn usual_key(published_at: Moment, article: ArticleId) -> i64 {
    let own = article.uuid().as_u128() & ((1 << APART) - 1);
    first_key(published_at) | i64::try_from(own).unwrap_or_default()
}
