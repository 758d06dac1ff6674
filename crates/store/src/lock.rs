//! What one transaction at a time may hold: rules that span rows, and rows that are read to be written.

use domain::comment::private::KeyedHash;
use uuid::Uuid;

use crate::error::Error;
use crate::sql::Key;

/// A rule that one transaction at a time may decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(i32)]
pub enum Rule {
    /// There is always an admin who can sign in.
    LastAdmin = 1,
    /// Sections form a tree, and are changed one after the other as tags are.
    SectionTree = 2,
    /// Tags, contributors and fronts are changed, merged and deleted one after the other: what was merged has a survivor
    /// that was not, and who comes too late is told the version that there is.
    References = 3,
    /// Events are numbered in the order of commits (ruling 21).
    EventOrder = 4,
    /// Bans are made one after the other, so that none stands twice.
    Bans = 5,
    /// Events are put on their way to webhooks one after the other, and to those that are switched on at that time.
    Webhooks = 13,
    /// What happened by the clock is announced by one node at a time, so that another finds what is left and waits for no row.
    DueChanges = 14,
    /// What was published lately is sorted into the index of searches by one node at a time.
    SortedTerms = 15,
}

impl Rule {
    /// The number of its lock on PostgreSQL.
    pub(crate) const fn number(self) -> i32 {
        self as i32
    }
}

/// A kind of row that can be held from its reading to the end of the transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Row {
    /// An article.
    Article,
    /// The thread of an article, by the id of the article.
    Thread,
    /// A photo.
    Photo,
    /// A user.
    User,
    /// A session.
    Session,
    /// An invitation.
    Invitation,
    /// An API key.
    ApiKey,
}

impl Row {
    /// Its table.
    pub(crate) const fn table(self) -> &'static str {
        match self {
            Self::Article => "articles",
            Self::Thread => "comment_threads",
            Self::Photo => "photos",
            Self::User => "users",
            Self::Session => "sessions",
            Self::Invitation => "invitations",
            Self::ApiKey => "api_keys",
        }
    }

    /// The column by which its rows are named.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Thread => "article_id",
            Self::Article | Self::Photo | Self::User | Self::Session | Self::Invitation | Self::ApiKey => {
                "id"
            }
        }
    }
}

/// Holding rows and what is no row, for the statements of this crate.
pub(crate) trait Rows {
    /// Holds a row until the transaction ends: who reads it to write it waits. `false` where there is none to hold.
    fn hold_row(&mut self, row: Row, id: Uuid) -> Result<bool, Error>;

    /// Holds these rows, as far as they are there, in the order of their names: who holds several waits for nobody who waits
    /// for them.
    fn hold_rows(&mut self, row: Row, ids: &[Key]) -> Result<(), Error>;

    /// Holds whatever has this hash until the transaction ends: who counts it to add to it waits.
    fn hold_hash(&mut self, hash: &KeyedHash) -> Result<(), Error>;

    /// The same where nobody holds it; else nobody waits, and it is `false`.
    fn take_hash(&mut self, hash: &[u8; 32]) -> Result<bool, Error>;
}
