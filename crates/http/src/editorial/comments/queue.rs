//! `GET /v1/editorial/comments`: the queue, and one comment with all that is known of it.

use actix_web::HttpRequest;
use actix_web::web::Data;
use domain::comment::ReportReason;
use domain::comment::private::Private;
use domain::comment::search::{CommentFilter, Edit, QueueOrder, Reported, Reports};
use domain::comment::state::CommentState;
use domain::comment::step::Step;
use domain::comment::text::CommentText;
use domain::id::{ArticleId, CommentId};
use domain::paging::From;
use domain::policy::Action;
use domain::slug::Slug;
use domain::text;
use domain::time::Moment;
use domain::violation::Violation;
use newsroom::Newsroom;
use newsroom::articles::Count;
use newsroom::comments::{self, Dossier};
use serde::Serialize;
use utoipa::ToSchema;

use super::comment_out::CommentOut;
use crate::api::Api;
use crate::api::tag::Tag;
use crate::cursor;
use crate::problem::Problem;
use crate::read::path::At;
use crate::read::query::{Asked, Query, Question};
use crate::read::request::SignedIn;
use crate::reply::list::Place;
use crate::reply::tag_of;
use crate::reply::told::{Told, ToldList};
use crate::settings::Settings;

/// Longest words that are looked for, in characters.
const MOST_WORDS: usize = 200;

const ALL: &str = "/v1/editorial/comments";

pub(super) fn operations(api: &mut Api) {
    api.get(ALL, "list_editorial_comments", list)
        .told(
            Tag::Comments,
            "List comments",
            "Of all threads, the newest first; `state=pending&sort=created_at` is the queue. `newer_cursor` leads to what comes \
             in later than all of the page, also once the page is the last: ask with it from time to time. `commenter_of` names a comment: all by its writer are told.",
        )
        .asks(Action::ReadComments);
    api.get("/v1/editorial/comments/{id}", "read_editorial_comment", read)
        .told(
            Tag::Comments,
            "Read a comment",
            "With what it said before, and why readers reported it. `commenter` is told to those alone who hold `comments:pii`, and `null` to others.",
        )
        .asks(Action::ReadComments);
}

/// A page of comments.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = EditorialCommentPage)]
struct QueueOut {
    /// The comments of the page.
    #[schema(max_items = 100)]
    data: Vec<CommentOut>,
    /// Where it stands in the list.
    page: Place,
    /// The cursor of what comes in later than all of the page; `null` of an empty list.
    #[schema(required, max_length = 512, examples("AAY0bXF2wABlNTBhY2U"))]
    newer_cursor: Option<String>,
}

struct ListAsked {
    asked: comments::Asked,
    cursor: Option<String>,
}

impl Question for ListAsked {
    fn read(query: &mut Query) -> Self {
        let orders = [("-created_at", QueueOrder::NewestFirst), ("created_at", QueueOrder::OldestFirst)];
        let reported = [("true", Reported::Yes), ("false", Reported::No)];
        let filter = CommentFilter {
            states: query.list("state", CommentState::ALL.len(), CommentState::parse).unwrap_or_default(),
            article: query.take("article", ArticleId::parse),
            step: query.take("step", Step::parse),
            words: query.words_sought("q", MOST_WORDS, words),
            reported: query.word("reported", &reported),
            order: query.word("sort", &orders).unwrap_or_default(),
            ..CommentFilter::default()
        };
        let asked = comments::Asked {
            filter,
            section: query.take("section", Slug::parse),
            commenter_of: query.take("commenter_of", CommentId::parse),
            limit: query.limit(),
            count: query.counted(Count::Exact),
        };
        Self { asked, cursor: query.cursor() }
    }
}

fn words(raw: &str) -> Result<String, Violation> {
    let words = text::one_line(raw)?;
    text::length(&words, 1..=MOST_WORDS).map(|()| words)
}

async fn list(
    newsroom: Data<Newsroom>,
    settings: Data<Settings>,
    SignedIn(actor): SignedIn,
    Asked(ListAsked { mut asked, cursor }): Asked<ListAsked>,
    request: HttpRequest,
) -> Result<ToldList<QueueOut>, Problem> {
    let question = cursor::question(request.query_string());
    let bound = format!("editorial comments {question}");
    if let Some(cursor) = cursor {
        let from = cursor::read_named(&settings.cursor_key, &bound, &cursor, CommentId::parse)?;
        asked.filter.from = Some(from);
    }
    let found = newsroom.read(actor, move |tx, actor, _| comments::list(tx, &actor, &asked)).await?;
    let slice = found.slice.map(CommentOut::from);
    let cursor =
        |from: From<CommentId>| cursor::write(&settings.cursor_key, &bound, from.map(|id| id.to_string()));
    let (next, prev, newer_cursor) =
        (slice.next.map(cursor), slice.prev.map(cursor), found.newer.map(cursor));
    let page = Place { next_cursor: next, prev_cursor: prev, total: found.total };
    let links = page.links(&format!("{}{ALL}", settings.public_url), &question);
    Ok(ToldList { page: QueueOut { data: slice.items, page, newer_cursor }, links })
}

/// A comment with all that is known of it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CommentDossier)]
struct DossierOut {
    /// It.
    #[serde(flatten)]
    comment: CommentOut,
    /// What it said before its writer changed it, oldest first.
    edits: Vec<EditOut>,
    /// Why readers reported it, at any time, the reason that most gave first; who they were is told to nobody.
    reported: Vec<ReportsOut>,
    /// Who wrote it; `null` for those who may not see that, and of the newsroom's own.
    #[schema(required)]
    commenter: Option<CommenterOut>,
}

/// What a comment said before.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CommentEdit)]
pub(super) struct EditOut {
    /// What it said.
    body: CommentText,
    /// Until when.
    replaced_at: Moment,
}

/// Reports of a comment that give the same reason.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CommentReports)]
struct ReportsOut {
    /// The reason; `null` of those that give none.
    reason: Option<ReportReason>,
    /// How many readers gave it.
    #[schema(minimum = 1, examples(2))]
    count: u32,
}

/// What is private of a commenter.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Commenter)]
pub(super) struct CommenterOut {
    /// The address that they gave; `null` once it had to be forgotten.
    #[schema(max_length = 254, examples("ines@post.example"))]
    email: Option<String>,
    /// From where they wrote; `null` once the time to keep that is over.
    #[schema(max_length = 45, examples("192.0.2.7"))]
    address: Option<String>,
}

async fn read(
    newsroom: Data<Newsroom>,
    SignedIn(actor): SignedIn,
    _: Asked<()>,
    id: At<CommentId>,
) -> Result<Told<DossierOut>, Problem> {
    let id = id.one()?;
    let dossier = newsroom.read(actor, move |tx, actor, _| comments::read(tx, &actor, id)).await?;
    let etag = tag_of(dossier.comment.version);
    Told::of_version(&etag, dossier.into()).map_err(Problem::from)
}

impl std::convert::From<Dossier> for DossierOut {
    fn from(dossier: Dossier) -> Self {
        let Dossier { comment, edits, reports, private } = dossier;
        let commenter = private.map(CommenterOut::from);
        let commenter =
            commenter.filter(|commenter| commenter.email.is_some() || commenter.address.is_some());
        Self {
            comment: comment.into(),
            edits: edits.into_iter().map(EditOut::from).collect(),
            reported: reports.into_iter().map(ReportsOut::from).collect(),
            commenter,
        }
    }
}

impl std::convert::From<Reports> for ReportsOut {
    fn from(reports: Reports) -> Self {
        let Reports { reason, count } = reports;
        Self { reason, count }
    }
}

impl std::convert::From<Edit> for EditOut {
    fn from(edit: Edit) -> Self {
        let Edit { text, replaced_at } = edit;
        Self { body: text, replaced_at }
    }
}

impl std::convert::From<Private> for CommenterOut {
    fn from(private: Private) -> Self {
        let Private { email, address, traces: _, edit_hash: _ } = private;
        Self {
            email: email.map(|email| email.address()),
            address: address.map(|address| address.to_string()),
        }
    }
}
