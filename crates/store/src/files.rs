//! Which files of photos are needed, and who may write or remove one. Their bytes lie elsewhere.
//!
//! Whoever is about to write files that a row shall name claims them first; whoever is about to remove one condemns it.
//! No file is both, however the two meet: there is one row for each. So nothing is removed behind somebody's back between
//! its bytes and its row.

use domain::photo::hash::ContentHash;
use domain::time::Moment;

use crate::error::Error;

/// Until when something counts that was said of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// The present moment.
    pub now: Moment,
    /// A claim from before then is over: what came of it has a row by now, or never will.
    pub claimed_since: Moment,
    /// What was condemned before then is not being removed any more: whoever was at it is gone.
    pub condemned_since: Moment,
}

/// Files of photos.
pub trait Files {
    /// Which of these files a photo or a rendition needs.
    fn needed_files(&mut self, hashes: &[ContentHash]) -> Result<Vec<ContentHash>, Error>;

    /// Claims these files for whoever is about to write them; `false` where one is being removed.
    fn claim_files(&mut self, hashes: &[ContentHash], terms: Terms) -> Result<bool, Error>;

    /// Condemns those of these files that nobody needs or has claimed, and tells which.
    fn condemn_files(&mut self, hashes: &[ContentHash], terms: Terms) -> Result<Vec<ContentHash>, Error>;

    /// Says of these files that they were removed: whoever likes may write them again.
    fn removed_files(&mut self, hashes: &[ContentHash]) -> Result<(), Error>;

    /// Forgets up to `limit` claims that are over, and tells how many.
    fn sweep_claims(&mut self, terms: Terms, limit: u16) -> Result<usize, Error>;
}
