//! What readers see, decided at read time: summaries and whole articles, composed in a constant number of statements.
//!
//! **Invariant:** there is no way from here to a row that is not visible: the store is reached through its live part.

mod articles;
pub mod body;
pub mod cache;
pub mod changes;
pub mod comments;
pub mod error;
pub mod facets;
pub mod feeds;
pub mod fronts;
mod links;
pub mod notes;
mod noting;
pub mod partners;
pub mod photos;
mod preview;
mod references;
pub mod search;
mod single;
pub mod site;
pub mod sitemaps;
mod story;
pub mod view;

use std::sync::Arc;

use domain::id::PhotoId;
use domain::photo::hash::ContentHash;
use domain::photo::variant::Variant;
use domain::site::Site;
use domain::time::{Clock, Moment};
use store::live::{Live, LiveStore};

use crate::error::Error;
use crate::notes::Notes;
use crate::noting::Noting;

pub use articles::{Asked, Count, Filter, Names, Order, Page};
pub use preview::Draft;
pub use single::Answer;

/// Where renditions are for readers.
pub type Media = dyn Fn(PhotoId, ContentHash, Variant) -> String + Send + Sync;

/// The public side of a site.
#[derive(Clone)]
pub struct Delivery {
    live: LiveStore,
    clock: Clock,
    site: Arc<Site>,
    media: Arc<Media>,
    notes: Option<Notes>,
}

impl Delivery {
    /// Opens the public side.
    pub const fn new(live: LiveStore, clock: Clock, site: Arc<Site>, media: Arc<Media>) -> Self {
        Self { live, clock, site, media, notes: None }
    }

    /// The present, against which the end of what was shown is held.
    pub fn now(&self) -> Moment {
        self.clock.now()
    }

    /// The same, with notes of all that is read from now on.
    #[must_use]
    pub fn noting(&self, notes: Notes) -> Self {
        Self { notes: Some(notes), ..self.clone() }
    }

    /// Reads what is visible at `now` in one snapshot, and notes what it was.
    async fn read<T: Send + 'static>(
        &self,
        now: Moment,
        work: impl FnOnce(&mut dyn Live) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let notes = self.notes.clone();
        self.live
            .read(move |live| {
                let Some(notes) = notes else { return work(live) };
                let mut noting = Noting::new(live);
                let done = work(&mut noting)?;
                noting.note_in(&notes, now)?;
                Ok(done)
            })
            .await
    }
}
