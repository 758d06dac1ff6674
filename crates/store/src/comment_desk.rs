//! What moderators look through: the queue, what is kept beside a comment, and bans.

use domain::comment::Comment;
use domain::comment::banned::{Ban, BanTarget};
use domain::comment::private::{Private, Traces};
use domain::comment::search::{CommentFilter, Edit, Reports};
use domain::id::{BanId, CommentId};
use domain::paging::From;
use domain::policy::right::{BanCommenters, ReadCommenters};
use domain::policy::{Granted, Guarded, House};
use domain::time::Moment;

use crate::error::Error;

/// The desk of the moderators.
pub trait CommentDesk {
    /// The comments of a filter in its order; those before one backwards.
    fn comments(&mut self, filter: &CommentFilter, limit: u16) -> Result<Vec<Guarded<Comment>>, Error>;

    /// How many comments the filter has, from its first on.
    fn count_comments(&mut self, filter: &CommentFilter) -> Result<i64, Error>;

    /// What is private of a comment, for who may see it.
    fn private_of(
        &mut self,
        granted: &Granted<House, ReadCommenters>,
        id: CommentId,
    ) -> Result<Option<Private>, Error>;

    /// By what the other comments of a comment's writer are found.
    fn traces_of(&mut self, id: CommentId) -> Result<Option<Traces>, Error>;

    /// What a comment said before, oldest first.
    fn edits_of_comment(&mut self, id: CommentId) -> Result<Vec<Edit>, Error>;

    /// Why readers reported a comment, in so many groups at most: the reason that most gave first.
    fn reports_of_comment(&mut self, id: CommentId, limit: u16) -> Result<Vec<Reports>, Error>;

    /// Adds a ban.
    fn add_ban(&mut self, granted: &Granted<House, BanCommenters>, ban: &Ban) -> Result<(), Error>;

    /// The ban of this id.
    fn ban(&mut self, id: BanId) -> Result<Option<Ban>, Error>;

    /// The ban that meets the same as long.
    fn same_ban(&mut self, target: &BanTarget, until: Option<Moment>) -> Result<Option<Ban>, Error>;

    /// Up to `limit` bans, newest first; those before one backwards.
    fn bans(&mut self, from: Option<From<BanId>>, limit: u16) -> Result<Vec<Ban>, Error>;

    /// Removes a ban; `false` where there is none.
    fn delete_ban(&mut self, granted: &Granted<House, BanCommenters>, id: BanId) -> Result<bool, Error>;
}
