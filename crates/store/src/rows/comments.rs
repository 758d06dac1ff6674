//! The rows of comments. What delivery reads of one, and what is private of it, are rows of their own.

use std::net::IpAddr;

use diesel::{AsChangeset, Insertable, Queryable};
use domain::comment::email::CommenterEmail;
use domain::comment::name::CommenterName;
use domain::comment::place::Place;
use domain::comment::private::{KeyedHash, Private, Traces};
use domain::comment::state::{CommentState, Decided};
use domain::comment::step::Step;
use domain::comment::text::CommentText;
use domain::comment::{Author, Comment, Decision, DecisionReason};
use domain::id::{ArticleId, CommentId, UserId};
use domain::version::Version;

use super::{octets, stored};
use crate::error::Error;
use crate::live::LiveComment;
use crate::schema::comments;
use crate::sql::{At, Key};

/// What of a comment is never written again.
#[derive(Queryable, Insertable)]
#[diesel(table_name = comments)]
pub(crate) struct OriginRow {
    id: Key,
    article_id: Key,
    place: Vec<u8>,
    staff_id: Option<Key>,
    created_at: At,
}

/// What of a comment every decision writes. How many below it are visible is counted apart.
#[derive(Queryable, Insertable, AsChangeset)]
#[diesel(table_name = comments, treat_none_as_null = true)]
pub(crate) struct StateRow {
    version: i64,
    state: String,
    author_name: Option<String>,
    body: Option<String>,
    decided_by: String,
    step: String,
    decider_id: Option<Key>,
    reason: Option<String>,
    decided_at: At,
    featured_at: Option<At>,
    reports: i32,
    edited_at: Option<At>,
}

/// Who decided, by name; who that was where it was somebody.
const STEP: &str = "step";
const READERS: &str = "readers";
pub(crate) const USER: &str = "user";
const WRITER: &str = "writer";
const ERASURE: &str = "erasure";

impl OriginRow {
    pub(crate) fn of(comment: &Comment) -> Self {
        let staff = match comment.author {
            Author::Staff(user, _) => Some(Key(user.uuid())),
            Author::Reader(_) | Author::Forgotten => None,
        };
        Self {
            id: Key(comment.id.uuid()),
            article_id: Key(comment.article.uuid()),
            place: comment.place.octets(),
            staff_id: staff,
            created_at: At(comment.created_at),
        }
    }

    /// The comment of this row and the others.
    pub(crate) fn comment(self, state: StateRow, visible_below: i32) -> Result<Comment, Error> {
        let StateRow {
            version,
            state,
            author_name,
            body,
            decided_by,
            step,
            decider_id,
            reason,
            decided_at,
            featured_at,
            reports,
            edited_at,
        } = state;
        let step = stored(Step::parse(&step))?;
        let name = author_name.map(|name| stored(CommenterName::parse(&name))).transpose()?;
        let by = match (decided_by.as_str(), decider_id) {
            (STEP, None) => Decided::Step(step),
            (READERS, None) => Decided::Readers,
            (USER, Some(user)) => Decided::User(UserId::new(user.0)),
            (WRITER, None) => Decided::Writer,
            (ERASURE, _) => Decided::Erasure,
            _ => return Err(Error::defect("a comment was decided about by nobody that there is")),
        };
        let reason = reason.map(|reason| stored(DecisionReason::parse(&reason))).transpose()?;
        Ok(Comment {
            id: CommentId::new(self.id.0),
            version: stored(Version::parse(version))?,
            article: ArticleId::new(self.article_id.0),
            place: stored(Place::parse(&self.place))?,
            author: match (name, self.staff_id) {
                (Some(name), Some(user)) => Author::Staff(UserId::new(user.0), name),
                (Some(name), None) => Author::Reader(name),
                (None, _) => Author::Forgotten,
            },
            text: body.map(|body| stored(CommentText::parse(&body))).transpose()?,
            state: stored(CommentState::parse(&state))?,
            visible_below: u32::try_from(visible_below).map_err(Error::defect)?,
            step,
            decision: Decision { by, reason, at: decided_at.0 },
            featured_at: featured_at.map(|at| at.0),
            reports: u32::try_from(reports).map_err(Error::defect)?,
            created_at: self.created_at.0,
            edited_at: edited_at.map(|at| at.0),
        })
    }
}

impl StateRow {
    pub(crate) fn of(comment: &Comment, version: Version) -> Result<Self, Error> {
        let (decided_by, decider) = match comment.decision.by {
            Decided::Step(_) => (STEP, None),
            Decided::Readers => (READERS, None),
            Decided::User(user) => (USER, Some(Key(user.uuid()))),
            Decided::Writer => (WRITER, None),
            Decided::Erasure => (ERASURE, None),
        };
        Ok(Self {
            version: version.number(),
            state: comment.state.name().to_owned(),
            author_name: match &comment.author {
                Author::Reader(name) | Author::Staff(_, name) => Some(name.as_str().to_owned()),
                Author::Forgotten => None,
            },
            body: comment.text.as_ref().map(|text| text.as_str().to_owned()),
            decided_by: decided_by.to_owned(),
            step: comment.step.name().to_owned(),
            decider_id: decider,
            reason: comment.decision.reason.as_ref().map(|reason| reason.as_str().to_owned()),
            decided_at: At(comment.decision.at),
            featured_at: comment.featured_at.map(At),
            reports: i32::try_from(comment.reports).map_err(Error::defect)?,
            edited_at: comment.edited_at.map(At),
        })
    }
}

/// What is private of a comment.
#[derive(Queryable, Insertable)]
#[diesel(table_name = comments)]
pub(crate) struct PrivateRow {
    email: Option<String>,
    email_hash: Option<Vec<u8>>,
    address: Option<String>,
    address_hash: Option<Vec<u8>>,
    text_hash: Option<Vec<u8>>,
    edit_hash: Option<Vec<u8>>,
}

/// A hash as a column.
pub(crate) fn hash(hash: Option<KeyedHash>) -> Option<Vec<u8>> {
    hash.map(|hash| hash.octets().to_vec())
}

impl PrivateRow {
    pub(crate) fn of(private: &Private) -> Self {
        let Private { email, address, traces, edit_hash } = private;
        Self {
            email: email.as_ref().map(CommenterEmail::address),
            email_hash: hash(traces.email),
            address: address.map(|address| address.to_string()),
            address_hash: hash(traces.address),
            text_hash: hash(traces.text),
            edit_hash: edit_hash.map(|hash| hash.to_vec()),
        }
    }

    pub(crate) fn private(self) -> Result<Private, Error> {
        let Self { email, email_hash, address, address_hash, text_hash, edit_hash } = self;
        let keyed = |hash: Option<Vec<u8>>| hash.map(|hash| octets(&hash).map(KeyedHash::new)).transpose();
        Ok(Private {
            email: email.map(|email| stored(CommenterEmail::parse(&email))).transpose()?,
            address: address.map(|address| address.parse::<IpAddr>().map_err(Error::defect)).transpose()?,
            traces: Traces {
                email: keyed(email_hash)?,
                address: keyed(address_hash)?,
                text: keyed(text_hash)?,
            },
            edit_hash: edit_hash.map(|hash| octets(&hash)).transpose()?,
        })
    }
}

/// What readers get of a comment.
#[derive(Queryable)]
pub(crate) struct LiveCommentRow {
    place: Vec<u8>,
    state: String,
    author_name: Option<String>,
    staff_id: Option<Key>,
    body: Option<String>,
    featured_at: Option<At>,
    created_at: At,
    edited_at: Option<At>,
}

impl LiveCommentRow {
    pub(crate) fn comment(self) -> Result<LiveComment, Error> {
        let Self { place, state, author_name, staff_id, body, featured_at, created_at, edited_at } = self;
        let place = stored(Place::parse(&place))?;
        let visible = state == CommentState::Visible.name();
        let said = match (author_name, body) {
            (Some(name), Some(body)) if visible => Some(crate::live::Said {
                name: stored(CommenterName::parse(&name))?,
                by_staff: staff_id.is_some(),
                text: stored(CommentText::parse(&body))?,
                is_featured: featured_at.is_some(),
                edited_at: edited_at.map(|at| at.0),
            }),
            _ => None,
        };
        Ok(LiveComment { place, said, created_at: created_at.0 })
    }
}

/// All by which a comment is found, folded.
pub(crate) fn words(comment: &Comment) -> String {
    let name = match &comment.author {
        Author::Reader(name) | Author::Staff(_, name) => name.as_str(),
        Author::Forgotten => "",
    };
    let text = comment.text.as_ref().map(CommentText::as_str).unwrap_or_default();
    format!("{name}\n{text}").to_lowercase()
}
