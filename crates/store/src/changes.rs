//! The feed of changes: which things readers see or saw, in the order in which they last changed. It follows from the outbox:
//! one at a time goes through that and writes rows, so that their numbers rise in the order of commits.

use std::collections::{HashMap, HashSet};

use domain::article::content::texts::Headline;
use domain::change::{Resource, Showing, Sight};
use domain::contributor::Contributor;
use domain::id::{ArticleId, ContributorId, FrontId, PhotoId, TagId};
use domain::tag::Tag;
use domain::time::Moment;

use crate::error::Error;
use crate::fronts::LiveFront;
use crate::live::LivePhoto;

/// A thing that readers see or saw, in the place of its last change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LiveChange {
    /// The place: numbers rise in the order of changes, and may skip.
    pub seq: i64,
    /// The thing.
    pub resource: Resource,
}

/// A part of what shows something that has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spread {
    /// What shows what.
    pub showing: Showing,
    /// Those of this part.
    pub resources: Vec<Resource>,
}

/// An article on a front, as far as readers see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveItem {
    /// The article.
    pub article: ArticleId,
    /// What the front shows as its headline.
    pub headline: Headline,
}

/// Reading the feed of changes, for delivery: what is not visible is as if it were not there.
pub trait LiveChanges {
    /// Up to `limit` of the things that changed behind the place `after`, in the order of their last changes; 0 is before the
    /// first. What is told of as of later than `now` is not told yet, nor what stands behind that.
    fn live_changes(&mut self, after: i64, limit: u16, now: Moment) -> Result<Vec<LiveChange>, Error>;

    /// The place of the last change; 0 while there is none.
    fn last_change(&mut self) -> Result<i64, Error>;

    /// The place behind all that [`live_changes`](Self::live_changes) shows at `now`: what another node, whose clock is ahead, has
    /// told of comes behind it.
    fn last_live_change(&mut self, now: Moment) -> Result<i64, Error>;

    /// Those of these tags that a visible article has.
    fn tags_seen(&mut self, ids: &[TagId], now: Moment) -> Result<Vec<Tag>, Error>;

    /// Those of these contributors whom a visible article names.
    fn contributors_seen(&mut self, ids: &[ContributorId], now: Moment) -> Result<Vec<Contributor>, Error>;

    /// Those of these fronts that there are.
    fn fronts_seen(&mut self, ids: &[FrontId]) -> Result<Vec<LiveFront>, Error>;

    /// What readers see of what editors put on these fronts, in its order; fronts with nothing are left out.
    fn items_seen(&mut self, ids: &[FrontId], now: Moment) -> Result<HashMap<FrontId, Vec<LiveItem>>, Error>;

    /// Those of these photos that a visible article shows, or that portray whom one names, and whose rights stand.
    fn photos_seen(&mut self, ids: &[PhotoId], now: Moment) -> Result<HashMap<PhotoId, LivePhoto>, Error>;
}

/// Writing the feed of changes.
pub trait Changes {
    /// Whether there is something that shows what has changed and that has yet to be told of.
    fn has_spreads(&mut self) -> Result<bool, Error>;

    /// As what these were last told of; those that never were are left out.
    fn told_of(&mut self, resources: &[Resource]) -> Result<HashMap<Resource, Sight>, Error>;

    /// Which of these readers see at `now`.
    fn seen_of(&mut self, resources: &[Resource], now: Moment) -> Result<HashSet<Resource>, Error>;

    /// Moves these to the end of the feed, in this order, as they are at `now`.
    fn tell(&mut self, news: &[(Resource, Sight)], now: Moment) -> Result<(), Error>;

    /// The fronts that fill themselves.
    fn filled_fronts(&mut self) -> Result<Vec<FrontId>, Error>;

    /// Writes down anew to which articles these lead.
    fn relink(&mut self, articles: &[ArticleId]) -> Result<(), Error>;

    /// Notes that all that shows something has yet to be told of, from the first on.
    fn add_spread(&mut self, showing: Showing) -> Result<(), Error>;

    /// Takes up to `limit` of what has yet to be told of; `None` where there is nothing.
    fn take_spread(&mut self, limit: u16) -> Result<Option<Spread>, Error>;
}
