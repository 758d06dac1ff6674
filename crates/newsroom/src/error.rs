//! Why a use case was not carried out. What status and code that is in HTTP is said in `http`, in one place.

use domain::article::checks::Check;
use domain::article::conflict::{Conflict, Refused};
use domain::article::withdrawal::{WithdrawalKind, WithdrawalReason};
use domain::comment::conflict::{ClosedBecause, CommentConflict};
use domain::id::{ArticleId, ContributorId, FrontId, PhotoId, SectionId};
use domain::policy::Denied;
use domain::slug::Slug;
use domain::time::Moment;
use domain::version::Version;
use domain::violation::{Fault, Faults, Rule, Violation};
use domain::webhook::conflict::WebhookConflict;
use domain::webhook::target::TargetRefusal;
use identity::hashing::NotHashed;
use media::refusal::Refusal;
use store::error::{Error as StoreError, Failure, Fate, Unique};

/// Some of those that use a thing, which may not go or change while they do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Users {
    /// Articles.
    pub articles: Vec<ArticleId>,
    /// Photos whose credits name it.
    pub photos: Vec<PhotoId>,
    /// Contributors whose portrait it is.
    pub contributors: Vec<ContributorId>,
    /// Fronts that are filled from it.
    pub fronts: Vec<FrontId>,
    /// Sections that belong to it.
    pub sections: Vec<SectionId>,
}

impl Users {
    /// Nothing where nothing uses it; else the refusal that names them.
    pub(crate) fn none(self) -> Result<(), Error> {
        if self == Self::default() { Ok(()) } else { Err(Error::InUse(self)) }
    }
}

impl From<Vec<ArticleId>> for Users {
    fn from(articles: Vec<ArticleId>) -> Self {
        Self { articles, ..Self::default() }
    }
}

/// Why a use case was not carried out. Nothing of it is stored then.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It is not there, or may not be known to be.
    #[error("it is not there")]
    NotFound,
    /// The actor may see it, but not do this.
    #[error("the actor may not do this")]
    Forbidden(Denied),
    /// What was sent is wrong.
    #[error("what was sent is wrong")]
    Invalid(Faults),
    /// It does not fit the present state.
    #[error("{0}")]
    Conflict(Conflict),
    /// The slug of an article belongs to another one.
    #[error("the slug belongs to another article")]
    SlugTaken,
    /// Something stands in the way of publishing.
    #[error("something stands in the way of publishing")]
    NotPublishable(Vec<Check>),
    /// The article was withdrawn.
    #[error("the article was withdrawn")]
    Withdrawn(Box<Withdrawn>),
    /// The thread takes no comments.
    #[error("the thread takes no comments")]
    CommentsClosed(ClosedBecause),
    /// The same was said shortly before.
    #[error("the same was said shortly before")]
    DuplicateComment,
    /// It does not fit the present state of a comment.
    #[error("{0}")]
    CommentConflict(CommentConflict),
    /// It does not fit the present state of a webhook.
    #[error("{0}")]
    WebhookConflict(WebhookConflict),
    /// A webhook may not lead there.
    #[error(transparent)]
    TargetRefused(#[from] TargetRefusal),
    /// Something uses it.
    #[error("it is in use")]
    InUse(Users),
    /// Nobody could sign in any more who may let others in.
    #[error("there would be no admin left")]
    LastAdmin,
    /// Nobody is signed in, or not any more.
    #[error("nobody is signed in")]
    Unauthenticated,
    /// Address or password is wrong, or the account disabled.
    #[error("address or password is wrong")]
    InvalidCredentials,
    /// There were too many failures.
    #[error("too many failures")]
    Throttled {
        /// Seconds until another try is let pass.
        retry_after_s: u32,
    },
    /// A file is of a format that is not taken.
    #[error("{0}")]
    NoPicture(String),
    /// A picture is larger than we take.
    #[error("{0}")]
    TooLargePicture(String),
    /// A picture is broken.
    #[error("{0}")]
    UnreadablePicture(String),
    /// The bytes of a photo are not where they should be.
    #[error("the bytes of a photo are missing")]
    Missing,
    /// The same key is being worked on.
    #[error("a request with the same key is running")]
    Running,
    /// The same key came with another request.
    #[error("the key was used for another request")]
    KeyReused,
    /// A password could not be hashed or checked.
    #[error(transparent)]
    NotHashed(#[from] NotHashed),
    /// The thing is at another version than the one that was seen.
    #[error("the stored version is {0}, not the one that was seen")]
    Stale(Version),
    /// Something else refers to it, or it to what is not there, however often it was looked.
    #[error("something refers to it, or it to what is not there")]
    Referenced,
    /// It ran into another transaction again and again.
    #[error("ran into other transactions")]
    Collision,
    /// More work waits than may wait.
    #[error("too much work waits")]
    Overloaded,
    /// The database does not answer.
    #[error("the database does not answer: {0}")]
    Unavailable(String),
    /// The database is full.
    #[error("the database is full")]
    Full,
    /// A defect of ours.
    #[error("{0}")]
    Defect(String),
}

/// What readers are told of an article that was withdrawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawn {
    /// When.
    pub at: Moment,
    /// The kind of reason.
    pub kind: WithdrawalKind,
    /// What they are told.
    pub public_reason: WithdrawalReason,
    /// The slug of what stands in for it.
    pub replacement: Option<Slug>,
}

impl Failure for Error {
    fn fate(&self) -> Fate {
        match self {
            // What one names and another deletes: whoever of the two looked too early looks again, and tells what it finds.
            Self::Collision | Self::Referenced => Fate::Collided,
            Self::Unavailable(_) | Self::Full => Fate::Broken,
            _ => Fate::Refused,
        }
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        let taken = |pointer: &str| {
            Self::Invalid(Violation::new(Rule::Taken, "is in use already").at(pointer).into())
        };
        match error {
            StoreError::Taken(Unique::ArticleSlug) => Self::SlugTaken,
            StoreError::Taken(Unique::Email) => taken("/email"),
            StoreError::Taken(Unique::ReferenceSlug) => taken("/slug"),
            StoreError::Stale { current } => Self::Stale(current),
            StoreError::Referenced => Self::Referenced,
            // Who finds that somebody brought the same bytes in meanwhile runs again, and finds them.
            StoreError::Collision | StoreError::Taken(Unique::PhotoHash) => Self::Collision,
            StoreError::Overloaded => Self::Overloaded,
            StoreError::Unavailable(cause) => Self::Unavailable(cause),
            StoreError::Full => Self::Full,
            StoreError::Defect(cause) => Self::Defect(cause),
        }
    }
}

impl From<Denied> for Error {
    fn from(denied: Denied) -> Self {
        if denied.hidden { Self::NotFound } else { Self::Forbidden(denied) }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        let told = refusal.to_string();
        match refusal {
            Refusal::Unsupported(_) => Self::NoPicture(told),
            Refusal::TooLarge(_) => Self::TooLargePicture(told),
            Refusal::Unreadable(_) => Self::UnreadablePicture(told),
        }
    }
}

impl From<Conflict> for Error {
    fn from(conflict: Conflict) -> Self {
        Self::Conflict(conflict)
    }
}

impl From<CommentConflict> for Error {
    fn from(conflict: CommentConflict) -> Self {
        Self::CommentConflict(conflict)
    }
}

impl From<WebhookConflict> for Error {
    fn from(conflict: WebhookConflict) -> Self {
        Self::WebhookConflict(conflict)
    }
}

impl From<Refused> for Error {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Conflict(conflict) => Self::Conflict(conflict),
            Refused::Faults(faults) => Self::Invalid(faults),
        }
    }
}

impl From<Faults> for Error {
    fn from(faults: Faults) -> Self {
        Self::Invalid(faults)
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Self::Invalid(fault.into())
    }
}
