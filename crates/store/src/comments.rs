//! Comments as the newsroom keeps them, and the threads in which they stand.

use domain::comment::Comment;
use domain::comment::ReportReason;
use domain::comment::banned::BanTarget;
use domain::comment::email::EmailHost;
use domain::comment::private::{KeyedHash, Private, Traces};
use domain::comment::settings::{OpenDays, ThreadOverride};
use domain::id::{ArticleId, CommentId};
use domain::policy::{Allowed, Guarded};
use domain::time::Moment;
use domain::version::{Seen, Version};

use crate::error::Error;

/// A comment, for whoever proves to be its writer by what hashes to `edit_hash`.
#[derive(Debug, Clone)]
pub struct OwnComment {
    /// It.
    pub comment: Comment,
    /// What is private of it.
    pub private: Private,
}

/// What is counted of those who wrote before, one comment left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Past {
    /// How often the same was said in this thread from the same mailbox or network.
    pub said_here: u32,
    /// How often the same was said on the site since [`Since::repeats`], in this thread or elsewhere, by whomever.
    pub said_lately: u32,
    /// The part of [`Past::said_here`] that counts for [`Past::said_lately`] too.
    pub said_here_lately: u32,
    /// How many came from this network since [`Since::traffic`].
    pub from_network: u32,
    /// How many came from this mailbox since then.
    pub from_mailbox: u32,
    /// How many of this network wait, of those that came since [`Since::waiting`].
    pub pending_from_network: u32,
    /// How many wait in the thread.
    pub pending_in_thread: u32,
    /// Whether readers see a comment of this mailbox and this network that a moderator approved.
    pub is_approved: bool,
}

/// From when on something is counted.
#[derive(Debug, Clone, Copy)]
pub struct Since {
    /// Comments of one mailbox or network.
    pub traffic: Moment,
    /// The same text.
    pub repeats: Moment,
    /// Comments that wait.
    pub waiting: Moment,
}

/// A thread that has closed by the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueClosing {
    /// Of which article.
    pub article: ArticleId,
    /// The date that it carried then.
    pub published_at: Moment,
    /// When the thread closed.
    pub at: Moment,
}

/// Comments of the newsroom. Those who decide show that they were granted the comment; readers write what is theirs.
pub trait Comments {
    /// Holds the thread of an article until the transaction ends: whoever writes in it does so one after the other.
    fn hold_thread(&mut self, article: ArticleId) -> Result<(), Error>;

    /// Holds the threads of these comments, in one order: before the order of events is held, for which whoever has one of
    /// them may wait.
    fn hold_threads_of(&mut self, comments: &[CommentId]) -> Result<(), Error>;

    /// Stores what an article says of its comments.
    fn set_thread_policy(&mut self, article: ArticleId, own: &ThreadOverride) -> Result<(), Error>;

    /// What an article says of its comments.
    fn thread_policy(&mut self, article: ArticleId) -> Result<ThreadOverride, Error>;

    /// Up to `limit` threads that closed up to `until` and that nobody has announced, on a site whose threads are open for
    /// so many days where an article says nothing else.
    fn due_closings(
        &mut self,
        until: Moment,
        open_days: Option<OpenDays>,
        limit: u16,
    ) -> Result<Vec<DueClosing>, Error>;

    /// Takes a closing to announce it in this transaction; `false` where another has taken it.
    fn take_closing(&mut self, closing: &DueClosing) -> Result<bool, Error>;

    /// Holds what is counted by these traces until the transaction ends: whoever writes from the same network, from the
    /// same mailbox or the same text does so one after the other, so that none slips past the count of another.
    fn hold_traces(&mut self, traces: &Traces) -> Result<(), Error>;

    /// What those of these traces wrote before, `but` for one comment.
    fn past(
        &mut self,
        article: ArticleId,
        traces: &Traces,
        since: &Since,
        but: CommentId,
    ) -> Result<Past, Error>;

    /// The bans in force at `now` of this mailbox, of this domain or one above it, and of all networks.
    fn bans_about(
        &mut self,
        mailbox: &KeyedHash,
        host: &EmailHost,
        now: Moment,
    ) -> Result<Vec<BanTarget>, Error>;

    /// Adds a comment, and counts it.
    fn add_comment(&mut self, comment: &Comment, private: &Private) -> Result<(), Error>;

    /// The comment of this id.
    fn comment(&mut self, id: CommentId) -> Result<Option<Guarded<Comment>>, Error>;

    /// The same, with its thread held until the transaction ends.
    fn hold_comment(&mut self, id: CommentId) -> Result<Option<Guarded<Comment>>, Error>;

    /// The comment of this id in the thread of this article, with the thread held, for who proves to have written it.
    fn own_comment(&mut self, article: ArticleId, id: CommentId) -> Result<Option<OwnComment>, Error>;

    /// Stores what its writer or other readers made of a comment, keeps what it said before where that is another text,
    /// and counts anew.
    fn change_own_comment(
        &mut self,
        before: &Comment,
        after: &Comment,
        traces: &Traces,
    ) -> Result<Version, Error>;

    /// Notes that somebody reported a comment; `false` where they had already.
    fn add_report(
        &mut self,
        id: CommentId,
        reporter: &KeyedHash,
        reason: Option<&ReportReason>,
        now: Moment,
    ) -> Result<bool, Error>;

    /// Up to `limit` comments from a mailbox behind the one `after`, with what is private of them, oldest first.
    fn comments_of_mailbox(
        &mut self,
        mailbox: &KeyedHash,
        after: Option<CommentId>,
        limit: u16,
    ) -> Result<Vec<(Comment, Private)>, Error>;

    /// Stores a comment without anything that tells of its writer, removes what was kept beside it, and counts anew.
    fn forget_comment(&mut self, before: &Comment, after: &Comment) -> Result<(), Error>;

    /// Forgets reports of before `before`, of up to `limit` comments, and tells how many.
    fn forget_reports(&mut self, before: Moment, limit: u16) -> Result<usize, Error>;

    /// Forgets from where up to `limit` comments of before `before` came, and tells how many.
    fn forget_addresses(&mut self, before: Moment, limit: u16) -> Result<usize, Error>;

    /// Stores what a moderator decided about a comment, and counts anew.
    fn decide_comment(
        &mut self,
        before: &Comment,
        after: &Allowed<Comment>,
        seen: Seen,
    ) -> Result<Version, Error>;
}
