//! `/v1/articles/{name}/comments`: threads as readers see them, and what readers write, from whichever page.

pub(crate) mod counts;
mod own;
mod report;

use actix_web::HttpRequest;
use actix_web::web::Data;
use delivery::Answer as Led;
use delivery::comments::{Asked as ThreadAsked, Facts, Order, PublicComment, Thread};
use domain::article::content::change::Change;
use domain::article::content::reference::Ref;
use domain::comment::email::CommenterEmail;
use domain::comment::name::CommenterName;
use domain::comment::pipeline::facts::{Form, Trap};
use domain::comment::state::CommentState;
use domain::comment::text::CommentText;
use domain::id::{ArticleId, CommentId};
use domain::json::wrong_type;
use domain::text;
use domain::time::Moment;
use identity::opaque::{CommentEdit, Secret};
use newsroom::Newsroom;
use newsroom::comments::{self, Submission, Submitted};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::api::Api;
use crate::api::tag::Tag;
use crate::cursor;
use crate::problem::Problem;
use crate::problem::catalogue::Code;
use crate::read::canonical::canonical;
use crate::read::members::{Input, Members, Room};
use crate::read::path::At;
use crate::read::query::{Asked, Query, Question};
use crate::read::reading::Reading;
use crate::read::request::Handed;
use crate::reply::list::Place;
use crate::reply::public::{Found, FoundPage, LIST, Shown};
use crate::reply::wrote::{Revealed, Wrote, drawn};
use crate::settings::Settings;

/// Longest text of the trap: an address, as programs enter there.
const TRAP_CHARS: usize = 500;

const ALL: &str = "/v1/articles/{name}/comments";

pub(crate) fn operations(api: &mut Api) {
    api.get(ALL, "list_comments", list)
        .told(
            Tag::Comments,
            "Read the comments of an article",
            "A flat list in thread order, each with `parent_id` and `depth`, and the facts that a form needs, also while \
             there are none. `sort=newest` begins with the conversation that began last; replies always stand below what \
             they reply to. A comment that is not shown but has replies that are is a tombstone.",
        )
        .refuses(&[Code::Withdrawn]);
    api.post(ALL, "submit_comment", submit)
        .told(
            Tag::Comments,
            "Hand in a comment",
            "By anybody, from any page. The address is never published, nor anything made from it. `state` says whether \
             readers see it now or a moderator first. `edit_token` is told this once: it lets its holder change the comment \
             or take it away until `editable_until`. `website` is a trap for programs, which people do not see and leave \
             empty; `filled_in_ms` says how long the form stood open.",
        )
        .refuses(&[
            Code::Withdrawn,
            Code::CommentsClosed,
            Code::DuplicateComment,
            Code::RateLimited,
            Code::NotFound,
        ]);
    own::operations(api);
    report::operations(api);
    counts::operations(api);
}

/// The thread of an article, with a page of its comments.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CommentThread)]
pub(crate) struct ThreadOut {
    /// What a form must know.
    thread: Facts,
    /// The comments of the page, in thread order.
    #[schema(max_items = 100)]
    data: Vec<PublicComment>,
    /// Where the page stands in the thread.
    page: Place,
}

impl ThreadOut {
    /// A page of a thread, whose cursors are good for this question.
    fn of(Thread { facts, slice, shown_until: _ }: Thread, question: &str, settings: &Settings) -> Self {
        let cursor = |from| cursor::write(&settings.cursor_key, &bound(question), from);
        let (next, prev) = (slice.next.map(cursor), slice.prev.map(cursor));
        let page = Place { next_cursor: next, prev_cursor: prev, total: None };
        Self { thread: facts, data: slice.items, page }
    }

    /// The first page of a thread, as it is answered where nothing is said of its order.
    pub(crate) fn first(thread: Thread, settings: &Settings) -> Self {
        Self::of(thread, "", settings)
    }
}

/// What the cursors of a thread are bound to.
fn bound(question: &str) -> String {
    format!("comments?{question}")
}

pub(crate) struct PageAsked {
    asked: ThreadAsked,
    cursor: Option<String>,
}

impl Question for PageAsked {
    fn read(query: &mut Query) -> Self {
        let order = query.word("sort", &[("oldest", Order::Oldest), ("newest", Order::Newest)]);
        let asked = ThreadAsked { order: order.unwrap_or_default(), from: None, limit: query.limit() };
        Self { asked, cursor: query.cursor() }
    }
}

async fn list(
    delivery: Reading,
    settings: Data<Settings>,
    request: HttpRequest,
    Asked(PageAsked { mut asked, cursor }): Asked<PageAsked>,
    name: At<Ref<ArticleId>>,
) -> Result<FoundPage<ThreadOut>, Problem> {
    let query = cursor::question(request.query_string());
    if let Some(cursor) = cursor {
        asked.from = Some(cursor::read(&settings.cursor_key, &bound(&query), &cursor)?);
    }
    match delivery.thread(name.one()?, asked).await? {
        Led::Article(thread) => {
            let lifetime = LIST.until(thread.shown_until);
            let body = ThreadOut::of(thread, &query, &settings);
            let links = body.page.links(&format!("{}{}", settings.public_url, request.path()), &query);
            Ok(FoundPage(Found::Here(Shown::linked(lifetime, body, links))))
        }
        Led::Moved(slug) => {
            let query = Some(canonical(request.query_string())).filter(|query| !query.is_empty());
            let query = query.map(|query| format!("?{query}")).unwrap_or_default();
            Ok(FoundPage(Found::Moved(format!("{}/v1/articles/{slug}/comments{query}", settings.public_url))))
        }
        Led::Withdrawn { at, kind, public_reason, replacement } => {
            Err(Problem::withdrawn(at, kind, &public_reason, replacement))
        }
        Led::Nothing => Err(Problem::new(Code::NotFound)),
    }
}

impl Input for Submission {
    const NAME: Option<&'static str> = Some("CommentSubmission");
    const ABOUT: Option<&'static str> = Some("A comment as a reader hands it in.");
    const ROOM: Room = Room::Letter;

    fn read(members: &mut Members) -> Option<Self> {
        let name = members.required("author_name", CommenterName::parse);
        let email = members.required("author_email", CommenterEmail::parse);
        let text = members.required("body", CommentText::parse);
        let about = "The comment that it replies to, which readers see below the same article.";
        let parent = members.about(about).text("parent_id", CommentId::parse).or(None);
        let form = Form { trap: trap(members), filled_in_ms: filled_in_ms(members) };
        Some(Self { name: name?, email: email?, text: text?, parent, form })
    }

    fn example() -> Option<Value> {
        Some(json!({
            "author_name": "Ines from the harbour", "author_email": "ines@post.example",
            "body": "The ferry was full by seven.", "website": "", "filled_in_ms": 41_500,
        }))
    }
}

/// A field that people do not see, and programs fill in.
fn trap(members: &mut Members) -> Trap {
    let about = "A trap for programs: people do not see it, so that they leave it empty.";
    let schema = json!({"type": "string", "maxLength": TRAP_CHARS, "example": ""});
    let filled = members.about(about).read_by(
        "website",
        |_| schema,
        |value| {
            let text = value.as_str().filter(|text| text.chars().count() <= TRAP_CHARS);
            let text = text.ok_or_else(|| wrong_type("a short string").at("/website"))?;
            let text = text::lines(text).map_err(|violation| violation.at("/website"))?;
            Ok(!text.is_empty())
        },
    );
    if filled == Change::Set(true) { Trap::Filled } else { Trap::Empty }
}

/// How long the form stood open, as its sender says.
fn filled_in_ms(members: &mut Members) -> Option<u32> {
    let about = "Milliseconds between the form being shown and being sent.";
    let schema = json!({"type": "integer", "minimum": 0, "maximum": u32::MAX, "example": 41_500});
    let read = members.about(about).read_by(
        "filled_in_ms",
        |_| schema,
        |value| {
            let number = value.as_u64().and_then(|number| u32::try_from(number).ok());
            Ok(number.ok_or_else(|| wrong_type("a number of milliseconds").at("/filled_in_ms"))?)
        },
    );
    read.or(None)
}

/// What becomes of a comment that was handed in.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = SubmittedComment)]
pub(crate) struct SubmittedOut {
    /// Its identity.
    id: CommentId,
    /// `visible`, or `pending` while a moderator has not seen it.
    state: CommentState,
    /// What lets its holder change it or take it away; told this once, `null` in a repeated answer.
    #[schema(required, max_length = 100, examples("mhc_0a1b2c3d"))]
    edit_token: Option<String>,
    /// Until when it does.
    editable_until: Moment,
}

impl From<Submitted> for SubmittedOut {
    fn from(submitted: Submitted) -> Self {
        let Submitted { id, state, editable_until } = submitted;
        Self { id, state, edit_token: None, editable_until }
    }
}

async fn submit(
    newsroom: Data<Newsroom>,
    Handed { asked, said }: Handed<Submission>,
    name: At<Ref<ArticleId>>,
) -> Result<Wrote<Revealed<SubmittedOut>>, Problem> {
    let name = name.one()?;
    let secret: Secret<CommentEdit> = drawn()?;
    let hash = secret.hash();
    let written = newsroom
        .write_for_reader(asked, move |cx| comments::submit(cx, &name, &said, hash).map(SubmittedOut::from))
        .await?;
    Ok(Wrote::revealing(written, |out| out.edit_token = Some(secret.reveal().to_owned())))
}
