//! Events: what happened, for caches, the feed of changes and webhooks. They wait in the outbox, which is the store's.

use crate::codes::codes;
use crate::id::EventId;
use crate::surrogate_key::SurrogateKey;
use crate::thing::{Thing, ThingKind};
use crate::time::Moment;

/// An event, written in the same transaction as the change that it tells of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its identity.
    pub id: EventId,
    /// When it happened.
    pub at: Moment,
    /// What happened.
    pub kind: EventKind,
    /// To what.
    pub subject: Thing,
    /// What shows the thing as it was or as it is: all of it is purged.
    pub keys: Vec<SurrogateKey>,
}

codes! {
    /// What happened.
    pub enum EventKind {
        /// Readers see an article that they did not see.
        ArticlePublished = "article.published",
        /// Readers see another revision, or a correction.
        ArticleUpdated = "article.updated",
        /// An article will become visible, or will change, at a known time.
        ArticleScheduled = "article.scheduled",
        /// What was scheduled will not happen.
        ArticleUnscheduled = "article.unscheduled",
        /// Readers no longer see an article, because its time is over.
        ArticleExpired = "article.expired",
        /// Readers no longer see an article, because an editor took it down.
        ArticleUnpublished = "article.unpublished",
        /// An article was withdrawn.
        ArticleWithdrawn = "article.withdrawn",
        /// A withdrawal was taken back; readers still do not see the article.
        ArticleReinstated = "article.reinstated",
        /// Something of an article changed in the newsroom only.
        ArticleChanged = "article.changed",
        /// An article that readers never saw was deleted.
        ArticleDeleted = "article.deleted",
        /// A photo came in.
        PhotoAdded = "photo.added",
        /// What is said of a photo, its file or its renditions changed.
        PhotoChanged = "photo.changed",
        /// A photo was deleted.
        PhotoDeleted = "photo.deleted",
        /// The right to use a photo ends in 7 days.
        PhotoRightsEnding = "photo.rights_ending",
        /// The right to use a photo has ended: readers no longer see it.
        PhotoRightsEnded = "photo.rights_ended",
        /// The embargo of a photo is over.
        PhotoEmbargoEnded = "photo.embargo_ended",
        /// A comment came in, or was changed by its writer.
        CommentSubmitted = "comment.submitted",
        /// Readers see a comment that they did not see.
        CommentShown = "comment.shown",
        /// Readers no longer see a comment.
        CommentHidden = "comment.hidden",
        /// A comment that readers see is recommended, or no longer.
        CommentChanged = "comment.changed",
        /// A moderator decided about a comment that readers see neither before nor after.
        CommentDecided = "comment.decided",
        /// An article takes comments in another way than before.
        ThreadChanged = "thread.changed",
        /// The time for comments on an article is over.
        ThreadClosed = "thread.closed",
        /// A section was made or changed.
        SectionChanged = "section.changed",
        /// A section was deleted.
        SectionDeleted = "section.deleted",
        /// A tag was made or changed.
        TagChanged = "tag.changed",
        /// A tag was deleted or merged into another.
        TagDeleted = "tag.deleted",
        /// A contributor was made or changed.
        ContributorChanged = "contributor.changed",
        /// A contributor was deleted or merged into another.
        ContributorDeleted = "contributor.deleted",
        /// A front was made or changed.
        FrontChanged = "front.changed",
        /// A front was deleted.
        FrontDeleted = "front.deleted",
    }
}

/// Whom an event is about something for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Readers may see something else than before.
    Readers,
    /// Only the newsroom knows of it.
    Newsroom,
}

impl EventKind {
    /// For whom it is about something.
    pub const fn audience(self) -> Audience {
        match self {
            Self::ArticlePublished
            | Self::ArticleUpdated
            | Self::ArticleExpired
            | Self::ArticleUnpublished
            | Self::ArticleWithdrawn
            | Self::PhotoChanged
            | Self::PhotoDeleted
            | Self::PhotoRightsEnded
            | Self::PhotoEmbargoEnded
            | Self::CommentShown
            | Self::CommentHidden
            | Self::CommentChanged
            | Self::ThreadChanged
            | Self::ThreadClosed
            | Self::SectionChanged
            | Self::SectionDeleted
            | Self::TagChanged
            | Self::TagDeleted
            | Self::ContributorChanged
            | Self::ContributorDeleted
            | Self::FrontChanged
            | Self::FrontDeleted => Audience::Readers,
            Self::ArticleScheduled
            | Self::ArticleUnscheduled
            | Self::ArticleReinstated
            | Self::ArticleChanged
            | Self::ArticleDeleted
            | Self::PhotoAdded
            | Self::PhotoRightsEnding
            | Self::CommentSubmitted
            | Self::CommentDecided => Audience::Newsroom,
        }
    }

    /// To what it happens.
    pub const fn happens_to(self) -> ThingKind {
        match self {
            Self::ArticlePublished
            | Self::ArticleUpdated
            | Self::ArticleScheduled
            | Self::ArticleUnscheduled
            | Self::ArticleExpired
            | Self::ArticleUnpublished
            | Self::ArticleWithdrawn
            | Self::ArticleReinstated
            | Self::ArticleChanged
            | Self::ArticleDeleted
            | Self::ThreadChanged
            | Self::ThreadClosed => ThingKind::Article,
            Self::PhotoAdded
            | Self::PhotoChanged
            | Self::PhotoDeleted
            | Self::PhotoRightsEnding
            | Self::PhotoRightsEnded
            | Self::PhotoEmbargoEnded => ThingKind::Photo,
            Self::CommentSubmitted
            | Self::CommentShown
            | Self::CommentHidden
            | Self::CommentChanged
            | Self::CommentDecided => ThingKind::Comment,
            Self::SectionChanged | Self::SectionDeleted => ThingKind::Section,
            Self::TagChanged | Self::TagDeleted => ThingKind::Tag,
            Self::ContributorChanged | Self::ContributorDeleted => ThingKind::Contributor,
            Self::FrontChanged | Self::FrontDeleted => ThingKind::Front,
        }
    }
}
