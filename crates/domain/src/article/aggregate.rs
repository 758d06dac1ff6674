//! The article as a thing with a history: who works on it, its stage and its publication. Its content is not here.

use serde::{Deserialize, Serialize};

use super::embargo::Embargo;
use super::publication::{ChangeKind, Publication, PublicationState, Times};
use super::revision::RevisionNumber;
use super::stage::Stage;
use super::windows::{Window, windows};
use crate::bounded::bounded;
use crate::id::{ArticleId, UserId};
use crate::policy::{Action, Relation, Subject};
use crate::schema::{self, described};
use crate::time::Moment;
use crate::version::Version;
use crate::violation::{Rule, Violation};

/// An article without its content. `stage` and `publication` are two axes: "live, with an edit in progress" is normal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// Its identity.
    pub id: ArticleId,
    /// The version that the store has. Commands leave it: the store counts.
    pub version: Version,
    /// Whose it is.
    pub owner: UserId,
    /// Who may edit it as its owner may.
    pub writers: Writers,
    /// How far the working copy is.
    pub stage: Stage,
    /// What readers see and will see; `None` while nothing of it was published or scheduled.
    pub publication: Option<Publication>,
    /// Until when it must not be shown, whatever is scheduled.
    pub embargo: Option<Embargo>,
    /// What the newsroom tells itself about it.
    pub internal_note: Option<InternalNote>,
    /// The revision that the working copy is.
    pub revision: RevisionNumber,
    /// The newest revision. An amendment of the live article can be newer than the working copy.
    pub last_revision: RevisionNumber,
    /// When it was begun.
    pub created_at: Moment,
    /// When anything of it last changed, for the newsroom.
    pub updated_at: Moment,
}

impl Article {
    /// A new draft of `owner`.
    pub fn begun(id: ArticleId, owner: UserId, now: Moment) -> Self {
        Self {
            id,
            version: Version::FIRST,
            owner,
            writers: Writers::default(),
            stage: Stage::Draft,
            publication: None,
            embargo: None,
            internal_note: None,
            revision: RevisionNumber::FIRST,
            last_revision: RevisionNumber::FIRST,
            created_at: now,
            updated_at: now,
        }
    }

    /// This article as the store gives it back, unless its parts cannot belong together.
    pub fn stored(self) -> Result<Self, Violation> {
        let live = self.publication.as_ref().and_then(Publication::live).map(|live| live.revision);
        let next =
            self.publication.as_ref().and_then(|publication| publication.next).map(|next| next.revision);
        if [Some(self.revision), live, next]
            .into_iter()
            .flatten()
            .any(|revision| revision > self.last_revision)
        {
            return Err(Violation::new(Rule::Inconsistent, "names a revision that was never saved"));
        }
        Ok(self)
    }

    /// This article as of `now`: what was scheduled and is due is live.
    #[must_use]
    pub fn settled(mut self, now: Moment) -> Self {
        self.publication = self.publication.map(|p| p.settled(self.embargo.as_ref(), now));
        self
    }

    /// The state of its publication at `now`.
    pub fn publication_state(&self, now: Moment) -> Option<PublicationState> {
        self.publication.as_ref().map(|p| p.state(self.embargo.as_ref(), now))
    }

    /// The times that readers would be told if it was published at `now`, for a preview.
    pub fn times_if_published(&self, now: Moment) -> Times {
        let shown = self.publication.as_ref().and_then(|publication| publication.shown_by(now));
        Times::after(shown.as_ref(), now, ChangeKind::Update, None)
    }

    /// When readers see what of it.
    pub fn windows(&self) -> Vec<Window> {
        self.publication.as_ref().map(|p| windows(p, self.embargo.as_ref())).unwrap_or_default()
    }

    /// Whether the working copy differs from what is scheduled or else live. No where neither is.
    pub fn has_unpublished_changes(&self) -> bool {
        let published = self
            .publication
            .as_ref()
            .and_then(|p| p.next.map(|next| next.revision).or_else(|| p.live().map(|live| live.revision)));
        published.is_some_and(|published| published != self.revision)
    }
}

impl Subject for Article {
    fn relation(&self, user: UserId) -> Relation {
        if self.owner != user && !self.writers.contains(user) {
            Relation::Others
        } else if self.stage == Stage::Ready {
            Relation::Own
        } else {
            Relation::OwnUntilReady
        }
    }

    const SEE: Action = Action::ReadArticles;
}

/// Those who may edit an article beside its owner, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<UserId>", into = "Vec<UserId>")]
pub struct Writers(Vec<UserId>);

impl Writers {
    /// Most writers: a team on one story, not a department (ruling 9).
    pub const MAX: usize = 10;

    /// Takes over a list of different users.
    pub fn parse(users: Vec<UserId>) -> Result<Self, Violation> {
        if users.len() > Self::MAX {
            return Err(Violation::limited(Rule::TooMany, Self::MAX, "at most 10 writers fit"));
        }
        if users.iter().enumerate().any(|(i, user)| users[..i].contains(user)) {
            return Err(Violation::new(Rule::Duplicate, "names a user twice"));
        }
        Ok(Self(users))
    }

    /// Whether `user` is one of them.
    pub fn contains(&self, user: UserId) -> bool {
        self.0.contains(&user)
    }

    /// All of them, in the order given.
    pub fn as_slice(&self) -> &[UserId] {
        &self.0
    }
}

described!(Writers: schema::list::<UserId>("Those who may edit an article beside its owner.", Self::MAX).unique_items(true), with UserId);

impl TryFrom<Vec<UserId>> for Writers {
    type Error = Violation;

    fn try_from(users: Vec<UserId>) -> Result<Self, Violation> {
        Self::parse(users)
    }
}

impl From<Writers> for Vec<UserId> {
    fn from(writers: Writers) -> Self {
        writers.0
    }
}

bounded! {
    /// What the newsroom tells itself about an article: never delivered.
    InternalNote: lines up to 5000, "a page of text; more belongs into a document of its own",
        like "The minister calls back on Friday.";
}
