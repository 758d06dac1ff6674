//! A comment as the newsroom gets it. What is private of its writer is told apart, to those who may see it.

use domain::comment::name::CommenterName;
use domain::comment::state::{CommentState, Decided};
use domain::comment::step::Step;
use domain::comment::text::CommentText;
use domain::comment::{Author, Comment, Decision, DecisionReason};
use domain::id::{ArticleId, CommentId, UserId};
use domain::time::Moment;
use domain::version::Version;
use serde::Serialize;
use utoipa::ToSchema;

/// A comment.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = EditorialComment)]
pub(crate) struct CommentOut {
    /// Its identity.
    id: CommentId,
    /// How often it was written.
    version: Version,
    /// What it is about.
    article_id: ArticleId,
    /// The comment that it hangs on; `null` where it begins a conversation.
    parent_id: Option<CommentId>,
    /// How many stand above it.
    #[schema(minimum = 0, maximum = 10, examples(0))]
    depth: u8,
    /// The name that its writer gave; `null` once it had to be forgotten.
    author_name: Option<CommenterName>,
    /// Who of the newsroom wrote it; `null` of a reader's.
    staff: Option<UserId>,
    /// What it says; `null` once it had to be forgotten.
    body: Option<CommentText>,
    /// What became of it.
    state: CommentState,
    /// The step that decided about it as it came in or was changed.
    step: Step,
    /// Who decided last.
    decision: DecisionOut,
    /// Whether the newsroom recommends it.
    featured: bool,
    /// How many readers reported it since a moderator last decided.
    #[schema(minimum = 0, examples(0))]
    reports: u32,
    /// When it came in.
    created_at: Moment,
    /// When its writer last changed it.
    edited_at: Option<Moment>,
}

/// Who decided about a comment, and why.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = DecisionOnComment)]
pub(crate) struct DecisionOut {
    /// `step`: the one that `step` names. `readers`: they reported it. `user`: a moderator. `writer`: they took it away.
    /// `erasure`: it had to be forgotten.
    #[schema(examples("user"))]
    by: &'static str,
    /// The moderator, where it was one.
    user: Option<UserId>,
    /// Why.
    reason: Option<DecisionReason>,
    /// When.
    at: Moment,
}

impl From<Comment> for CommentOut {
    fn from(comment: Comment) -> Self {
        let Comment {
            id,
            version,
            article,
            place,
            author,
            text,
            state,
            visible_below: _,
            step,
            decision,
            featured_at,
            reports,
            created_at,
            edited_at,
        } = comment;
        let (author_name, staff) = match author {
            Author::Reader(name) => (Some(name), None),
            Author::Staff(user, name) => (Some(name), Some(user)),
            Author::Forgotten => (None, None),
        };
        Self {
            id,
            version,
            article_id: article,
            parent_id: place.parent(),
            depth: place.depth(),
            author_name,
            staff,
            body: text,
            state,
            step,
            decision: decision.into(),
            featured: featured_at.is_some(),
            reports,
            created_at,
            edited_at,
        }
    }
}

impl From<Decision> for DecisionOut {
    fn from(decision: Decision) -> Self {
        let Decision { by, reason, at } = decision;
        let (by, user) = match by {
            Decided::Step(_) => ("step", None),
            Decided::Readers => ("readers", None),
            Decided::User(user) => ("user", Some(user)),
            Decided::Writer => ("writer", None),
            Decided::Erasure => ("erasure", None),
        };
        Self { by, user, reason, at }
    }
}
