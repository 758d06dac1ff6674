//! Why a store cannot be opened.

/// Why a store cannot be opened. No variant shows an address with its password.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The database does not answer, or its file cannot be used.
    #[error("the database does not answer: {0}")]
    Unavailable(String),
    /// Another server uses the file.
    #[error("another server uses this database file; on SQLite there is one")]
    InUse,
    /// The linked SQLite has a defect that loses commits.
    #[error("SQLite {0} is too old: it must be 3.51.3 or later")]
    TooOld(String),
    /// A later release has brought the database further than this one knows.
    #[error("the database is of a later release, which has taken step {0} that this one does not know")]
    Newer(String),
    /// A migration failed; the database is as it was before it.
    #[error("cannot migrate the database: {0}")]
    Migration(String),
}
