//! Why the store did not do what it was asked, in words that hold for both databases.

use diesel::result::{DatabaseErrorKind, Error as DieselError};
use domain::version::Version;

/// Why a read or write did not happen. Nothing of a failed write is stored.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// The thing is at another version than the one that was seen.
    #[error("the stored version is {current}, not the one that was seen")]
    Stale {
        /// What it is now.
        current: Version,
    },
    /// A value that must be unique is in use.
    #[error("a value that must be unique is in use: {0:?}")]
    Taken(Unique),
    /// Others refer to it.
    #[error("others refer to it")]
    Referenced,
    /// A transaction ran into another one; running it again may succeed.
    #[error("ran into another transaction")]
    Collision,
    /// More work waits than the store lets wait.
    #[error("too much work waits")]
    Overloaded,
    /// The database does not answer: locked, away, or being restarted.
    #[error("the database does not answer: {0}")]
    Unavailable(String),
    /// There is no room for more.
    #[error("the database is full")]
    Full,
    /// What is stored or asked contradicts our own schema: a defect of ours.
    #[error("{0}")]
    Defect(String),
}

/// What must be unique.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unique {
    /// The address of a user.
    Email,
    /// The slug of an article.
    ArticleSlug,
    /// The bytes of a photo.
    PhotoHash,
    /// The slug of a section, tag, contributor or front.
    ReferenceSlug,
}

/// What a failure means for the transaction that it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// The work was refused: an answer like another.
    Refused,
    /// It ran into another transaction, and may be run again.
    Collided,
    /// The database failed under it, and perhaps under others.
    Broken,
}

/// What a closure of [`crate::Store::write`] or [`crate::Store::read`] may fail with.
pub trait Failure: From<Error> + Send + 'static {
    /// What it means for the transaction.
    fn fate(&self) -> Fate;
}

impl Failure for Error {
    fn fate(&self) -> Fate {
        match self {
            Self::Collision => Fate::Collided,
            Self::Unavailable(_) | Self::Full => Fate::Broken,
            Self::Stale { .. } | Self::Taken(_) | Self::Referenced | Self::Overloaded | Self::Defect(_) => {
                Fate::Refused
            }
        }
    }
}

impl Error {
    /// A defect, told by what contradicts.
    pub(crate) fn defect(cause: impl std::fmt::Display) -> Self {
        Self::Defect(cause.to_string())
    }
}

impl From<DieselError> for Error {
    fn from(error: DieselError) -> Self {
        match error {
            DieselError::DatabaseError(kind, told) => {
                of_database(kind, told.message(), told.constraint_name())
            }
            other => Self::defect(other),
        }
    }
}

impl From<diesel::ConnectionError> for Error {
    fn from(error: diesel::ConnectionError) -> Self {
        Self::Unavailable(error.to_string())
    }
}

fn of_database(kind: DatabaseErrorKind, message: &str, constraint: Option<&str>) -> Error {
    let says = |words: &[&str]| words.iter().any(|word| message.contains(word));
    match kind {
        // Two requests with one key: run again, the second finds the answer of the first.
        DatabaseErrorKind::UniqueViolation if message.contains("idempotent_answers") => Error::Collision,
        DatabaseErrorKind::UniqueViolation => unique(constraint.unwrap_or(message))
            .map_or_else(|| Error::Defect(message.to_owned()), Error::Taken),
        DatabaseErrorKind::ForeignKeyViolation => Error::Referenced,
        DatabaseErrorKind::SerializationFailure => Error::Collision,
        DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand => {
            Error::Unavailable(message.to_owned())
        }
        _ if says(&["deadlock detected"]) => Error::Collision,
        _ if says(&["disk is full", "No space left", "could not extend file", "disk full"]) => Error::Full,
        _ if says(&[
            "database is locked",
            "database table is locked",
            "disk I/O error",
            "unable to open database file",
            "attempt to write a readonly database",
            "terminating connection",
            "server closed the connection",
            "canceling statement",
            "the database system is",
            "could not connect",
            "connection to server",
        ]) =>
        {
            Error::Unavailable(message.to_owned())
        }
        _ => Error::Defect(message.to_owned()),
    }
}

/// What a constraint guards, by PostgreSQL's name of it or by SQLite's list of its columns.
fn unique(constraint: &str) -> Option<Unique> {
    [
        ("users_email_key", "users.email", Unique::Email),
        ("photos_content_hash_key", "photos.content_hash", Unique::PhotoHash),
        ("article_slugs_pkey", "article_slugs.slug", Unique::ArticleSlug),
        ("reference_slugs_pkey", "reference_slugs.kind, reference_slugs.slug", Unique::ReferenceSlug),
        ("sections_slug_key", "sections.slug", Unique::ReferenceSlug),
        ("tags_slug_key", "tags.slug", Unique::ReferenceSlug),
        ("contributors_slug_key", "contributors.slug", Unique::ReferenceSlug),
        ("fronts_slug_key", "fronts.slug", Unique::ReferenceSlug),
    ]
    .into_iter()
    .find(|(name, columns, _)| constraint == *name || constraint.ends_with(columns))
    .map(|(_, _, unique)| unique)
}

/// The number of rows that a statement touched, where it must be one.
pub(crate) trait OneRow {
    /// Fails with `error` unless exactly one row was touched.
    fn one_row_or(self, error: impl FnOnce() -> Error) -> Result<(), Error>;
}

impl OneRow for Result<usize, DieselError> {
    fn one_row_or(self, error: impl FnOnce() -> Error) -> Result<(), Error> {
        match self {
            Ok(1) => Ok(()),
            Ok(_) => Err(error()),
            Err(cause) => Err(cause.into()),
        }
    }
}
