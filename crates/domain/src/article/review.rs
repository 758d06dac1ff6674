//! The commands on the working copy: edit, hand in, return, approve, assign, delete. What readers see is in `publish`.
//!
//! Each takes the article as the store has it, and answers the changed one for the store to keep.

use super::aggregate::{Article, InternalNote, Writers};
use super::conflict::Conflict;
use super::stage::Stage;
use crate::actor::Actor;
use crate::id::UserId;
use crate::policy::{self, Action, Subject};
use crate::time::Moment;

impl Article {
    /// The working copy got new content, as the revision after the last. An edit by somebody who may not publish
    /// takes back that it was ready: who approved it approved something else (AZ-14).
    #[must_use]
    pub fn edited(mut self, actor: &Actor, now: Moment) -> Self {
        let publisher = policy::allows(actor, Action::PublishArticles, self.relation(actor.user));
        if self.stage == Stage::Ready && !publisher {
            self.stage = Stage::Draft;
        }
        self.last_revision = self.last_revision.next();
        self.revision = self.last_revision;
        self.touched(now)
    }

    /// Hands the draft in for review.
    pub fn submitted(self, now: Moment) -> Result<Self, Conflict> {
        match self.stage {
            Stage::Draft => Ok(self.at_stage(Stage::InReview, now)),
            Stage::InReview | Stage::Ready => Err(Conflict::NotDraft),
        }
    }

    /// Gives it back to its writers.
    pub fn returned(self, now: Moment) -> Result<Self, Conflict> {
        match self.stage {
            Stage::InReview | Stage::Ready => Ok(self.at_stage(Stage::Draft, now)),
            Stage::Draft => Err(Conflict::NotHandedIn),
        }
    }

    /// Declares it ready to publish.
    pub fn approved(self, now: Moment) -> Result<Self, Conflict> {
        match self.stage {
            Stage::InReview => Ok(self.at_stage(Stage::Ready, now)),
            Stage::Draft | Stage::Ready => Err(Conflict::NotInReview),
        }
    }

    /// Gives it another owner and other writers.
    #[must_use]
    pub fn assigned(mut self, owner: UserId, writers: Writers, now: Moment) -> Self {
        self.owner = owner;
        self.writers = writers;
        self.touched(now)
    }

    /// Gives it another internal note, or none.
    #[must_use]
    pub fn noted(mut self, note: Option<InternalNote>, now: Moment) -> Self {
        self.internal_note = note;
        self.touched(now)
    }

    /// Whether it may be deleted: only while nothing of it was published or scheduled.
    pub fn deletable(&self) -> Result<(), Conflict> {
        if self.publication.is_none() { Ok(()) } else { Err(Conflict::Published) }
    }

    fn at_stage(mut self, stage: Stage, now: Moment) -> Self {
        self.stage = stage;
        self.touched(now)
    }

    /// Notes a change at `now`. A clock that was set back does not turn `updated_at` back (OP-07).
    #[must_use]
    pub fn touched(mut self, now: Moment) -> Self {
        self.updated_at = self.updated_at.max(now);
        self
    }
}
