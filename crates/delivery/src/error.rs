//! Why readers get no answer.

use store::error::{Error as StoreError, Failure, Fate};

/// Why readers get no answer. What is not visible is no error: it is nothing.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// More work waits than may wait.
    #[error("too much work waits")]
    Overloaded,
    /// The database does not answer.
    #[error("the database does not answer: {0}")]
    Unavailable(String),
    /// A defect of ours.
    #[error("{0}")]
    Defect(String),
}

/// Reading changes nothing, so that there is nothing to run again or to undo.
impl Failure for Error {
    fn fate(&self) -> Fate {
        Fate::Refused
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Overloaded => Self::Overloaded,
            StoreError::Unavailable(cause) => Self::Unavailable(cause),
            other => Self::Defect(other.to_string()),
        }
    }
}
