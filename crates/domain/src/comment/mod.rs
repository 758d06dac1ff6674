//! Readers' comments: a comment as the newsroom keeps it, and what is private of it apart. The texts that readers send,
//! and the steps that judge them, are in files of their own.

pub mod ban;
pub mod banned;
pub mod conflict;
pub mod email;
mod fold;
pub mod links;
pub mod name;
pub mod pipeline;
pub mod place;
pub mod private;
pub mod repeat;
pub mod search;
pub mod settings;
pub mod state;
pub mod step;
pub mod text;
pub mod words;

use self::name::CommenterName;
use self::place::Place;
use self::state::{CommentState, Decided};
use self::step::Step;
use self::text::CommentText;
use crate::bounded::bounded;
use crate::id::{ArticleId, CommentId, UserId};
use crate::policy::{Action, Relation, Subject};
use crate::time::Moment;
use crate::version::Version;

/// A comment as the newsroom keeps it. What is private of its writer is not part of it: see [`private::Private`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// Its identity.
    pub id: CommentId,
    /// How often it was written.
    pub version: Version,
    /// What it is about.
    pub article: ArticleId,
    /// Where it stands in the thread.
    pub place: Place,
    /// Who wrote it.
    pub author: Author,
    /// What it says; `None` once it had to be forgotten.
    pub text: Option<CommentText>,
    /// What became of it.
    pub state: CommentState,
    /// How many comments below it readers see.
    pub visible_below: u32,
    /// The step that decided about it as it came in or was changed.
    pub step: Step,
    /// Who decided last.
    pub decision: Decision,
    /// Since when the newsroom recommends it.
    pub featured_at: Option<Moment>,
    /// How many readers reported it since a moderator last decided.
    pub reports: u32,
    /// When it came in.
    pub created_at: Moment,
    /// When its writer last changed it.
    pub edited_at: Option<Moment>,
}

/// Who wrote a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Author {
    /// A reader, under the name that they gave.
    Reader(CommenterName),
    /// Somebody of the newsroom, under their name as it was then.
    Staff(UserId, CommenterName),
    /// Somebody who had to be forgotten.
    Forgotten,
}

/// A decision about a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Whose.
    pub by: Decided,
    /// Why, for the newsroom.
    pub reason: Option<DecisionReason>,
    /// When.
    pub at: Moment,
}

bounded! {
    /// Why a moderator decided so, for the newsroom.
    DecisionReason: lines up to 500, "a few sentences for colleagues",
        like "Names a private person.";
    /// Why a reader reports a comment, for the moderators.
    ReportReason: lines up to 500, "a few sentences",
        like "This is the address of somebody else.";
}

impl Comment {
    /// Whether readers see it.
    pub fn is_visible(&self) -> bool {
        self.state == CommentState::Visible
    }

    /// Whether it stands in the thread: it is visible, or something below it is.
    pub fn is_listed(&self) -> bool {
        self.is_visible() || self.visible_below > 0
    }

    /// It after a step has decided about it anew, or somebody else has.
    #[must_use]
    pub fn decided(self, state: CommentState, decision: Decision) -> Self {
        let featured_at = self.featured_at.filter(|_| state == CommentState::Visible);
        let reports = if matches!(decision.by, Decided::User(_)) { 0 } else { self.reports };
        Self { state, decision, featured_at, reports, ..self }
    }
}

impl Subject for Comment {
    fn relation(&self, _: UserId) -> Relation {
        Relation::Others
    }

    const SEE: Action = Action::SignIn;
}
