//! Every reason for which a use case or a reading is refused, as a problem: the one exhaustive place.

use domain::article::checks::{Check, CheckCode, Severity};
use domain::article::conflict::Conflict;
use domain::article::withdrawal::{WithdrawalKind, WithdrawalReason};
use domain::slug::Slug;
use domain::time::Moment;
use identity::hashing::NotHashed;
use newsroom::error::Withdrawn;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::Problem;
use super::catalogue::Code;

impl From<newsroom::error::Error> for Problem {
    fn from(error: newsroom::error::Error) -> Self {
        use newsroom::error::{Error, Users};

        match error {
            Error::NotFound => Self::new(Code::NotFound),
            Error::Forbidden(denied) => Self::new(Code::Forbidden)
                .because(format!("your role, or your API key, lacks `{}` here", denied.action.code())),
            Error::Invalid(faults) => Self::invalid(&faults),
            Error::Conflict(conflict) => of_conflict(conflict),
            Error::SlugTaken => Self::new(Code::SlugTaken),
            Error::NotPublishable(checks) => Self::new(Code::NotPublishable)
                .with("checks", json!(checks.iter().map(CheckOut::from).collect::<Vec<_>>())),
            Error::InUse(Users { articles, photos, contributors, fronts, sections }) => {
                let mut problem = Self::new(Code::InUse).with("articles", named(&articles));
                let others = [
                    ("photos", named(&photos)),
                    ("contributors", named(&contributors)),
                    ("fronts", named(&fronts)),
                    ("sections", named(&sections)),
                ];
                for (name, users) in others.into_iter().filter(|(_, users)| *users != json!([])) {
                    problem = problem.with(name, users);
                }
                problem
            }
            Error::Withdrawn(withdrawn) => {
                let Withdrawn { at, kind, public_reason, replacement } = *withdrawn;
                Self::withdrawn(at, kind, &public_reason, replacement)
            }
            Error::CommentsClosed(because) => Self::new(Code::CommentsClosed).with("reason", because.name()),
            Error::DuplicateComment => Self::new(Code::DuplicateComment),
            Error::CommentConflict(conflict) => {
                Self::new(Code::Conflict).because(conflict.detail()).with("reason", conflict.name())
            }
            Error::WebhookConflict(conflict) => {
                Self::new(Code::Conflict).because(conflict.detail()).with("reason", conflict.name())
            }
            Error::TargetRefused(refusal) => Self::new(Code::TargetRefused).because(refusal.detail()),
            Error::LastAdmin => Self::new(Code::LastAdmin),
            Error::Unauthenticated => Self::new(Code::Unauthenticated),
            Error::InvalidCredentials => Self::new(Code::InvalidCredentials),
            Error::Throttled { retry_after_s } => Self::new(Code::RateLimited).retry_after(retry_after_s),
            Error::NoPicture(told) => Self::new(Code::UnsupportedMediaType).because(told),
            Error::TooLargePicture(told) => Self::new(Code::ImageTooLarge).because(told),
            Error::UnreadablePicture(told) => Self::new(Code::UnreadableImage).because(told),
            Error::Missing => {
                tracing::error!("the bytes of a photo are missing");
                Self::new(Code::NotFound)
                    .because("the bytes of the photo are missing; `masthead doctor` tells of it")
            }
            Error::Running => Self::new(Code::IdempotencyInProgress),
            Error::KeyReused => Self::new(Code::IdempotencyKeyReused),
            Error::NotHashed(cause @ NotHashed::Failed) => defect(&cause),
            Error::Stale(current) => Self::new(Code::StaleVersion).with("etag", format!("\"{current}\"")),
            Error::Referenced => Self::new(Code::InUse),
            Error::Overloaded | Error::NotHashed(NotHashed::Busy) => Self::new(Code::Overloaded),
            Error::Collision => Self::new(Code::StorageUnavailable),
            Error::Unavailable(cause) => unavailable(&cause),
            Error::Full => {
                tracing::error!("the database is full");
                Self::new(Code::StorageFull)
            }
            Error::Defect(cause) => defect(&cause),
        }
    }
}

/// Things by their ids.
fn named<Id: Serialize>(ids: &[Id]) -> Value {
    json!(ids)
}

impl From<delivery::error::Error> for Problem {
    fn from(error: delivery::error::Error) -> Self {
        use delivery::error::Error;

        match error {
            Error::Overloaded => Self::new(Code::Overloaded),
            Error::Unavailable(cause) => unavailable(&cause),
            Error::Defect(cause) => defect(&cause),
        }
    }
}

impl Problem {
    /// What readers are told of an article that was withdrawn.
    pub(crate) fn withdrawn(
        at: Moment,
        kind: WithdrawalKind,
        public_reason: &WithdrawalReason,
        replacement: Option<Slug>,
    ) -> Self {
        Self::new(Code::Withdrawn)
            .with("withdrawn_at", at.to_string())
            .with("kind", kind.name())
            .with("public_reason", public_reason.as_str())
            .with("replacement", replacement.map(String::from))
    }
}

fn unavailable(cause: &str) -> Problem {
    tracing::error!(cause, "the database or the store of photos does not answer");
    Problem::new(Code::StorageUnavailable)
}

/// A defect of ours: its cause is logged here, once, and nobody outside is told.
fn defect(cause: &dyn std::fmt::Display) -> Problem {
    tracing::error!(%cause, "a request failed");
    Problem::new(Code::Internal)
}

fn of_conflict(conflict: Conflict) -> Problem {
    Problem::new(Code::Conflict).because(conflict.detail()).with("reason", conflict.code())
}

/// A finding as clients get it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Check)]
pub(crate) struct CheckOut {
    code: CheckCode,
    severity: Severity,
    /// Where in the content, as a JSON pointer (RFC 6901).
    #[schema(max_length = 1000, examples("/section"))]
    pointer: String,
    /// What to do, for a person.
    #[schema(max_length = 1000, examples("the article belongs to no section"))]
    text: String,
}

impl From<&Check> for CheckOut {
    fn from(check: &Check) -> Self {
        let Check { code, pointer } = check;
        Self {
            code: *code,
            severity: code.severity(),
            pointer: pointer.clone(),
            text: code.text().to_owned(),
        }
    }
}
