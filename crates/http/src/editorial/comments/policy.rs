//! `/v1/editorial/articles/{id}/comment-policy`: where an article differs from the site in its comments.

use actix_web::web::Data;
use domain::comment::settings::{
    Closes, MaxDepth, MaxLength, MaxLinks, Mode, Moderation, OpenDays, ThreadOverride,
};
use domain::comment::words::WordList;
use domain::id::ArticleId;
use domain::policy::Action;
use domain::time::Moment;
use domain::violation::{Rule, Violation};
use newsroom::Newsroom;
use newsroom::comments::{self, Policy};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::api::Api;
use crate::api::operation::Verb;
use crate::api::tag::Tag;
use crate::problem::Problem;
use crate::read::conditional::IfMatch;
use crate::read::members::{Input, Members};
use crate::read::path::At;
use crate::read::query::Asked;
use crate::read::request::{SignedIn, Write};
use crate::reply::tag_of;
use crate::reply::told::Told;
use crate::reply::wrote::{Changed, Reply, Wrote};

const ONE: &str = "/v1/editorial/articles/{id}/comment-policy";

pub(super) fn operations(api: &mut Api) {
    api.get(ONE, "read_comment_policy", read)
        .told(
            Tag::Comments,
            "Read what an article says of its comments",
            "Where it differs from the site; `null` is as the site says. Its tag is that of the article.",
        )
        .asks(Action::ReadArticles);
    api.on(Verb::Put, ONE, "set_comment_policy", set)
        .told(
            Tag::Comments,
            "Set what an article says of its comments",
            "At once, and whole: what is left out is as the site says. `closes_at` is an instant, `open_days` counts from the \
             publication, 0 is for ever; one of the two can be given.",
        )
        .asks(Action::RestrictArticles);
}

/// Where an article differs from the site.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CommentPolicy)]
struct PolicyOut {
    /// Whether it has comments.
    mode: Option<Mode>,
    /// When readers see one.
    moderation: Option<Moderation>,
    /// Until when it takes them.
    closes_at: Option<Moment>,
    /// For how many days after its publication it takes them; 0 for ever.
    #[schema(minimum = 0, maximum = 3650, examples(30))]
    open_days: Option<u16>,
    /// How deep replies may stand.
    max_depth: Option<MaxDepth>,
    /// How long a comment may be.
    max_length: Option<MaxLength>,
    /// How many links it may hold.
    max_links: Option<MaxLinks>,
    /// Words that hold one back.
    words: Option<WordList>,
}

impl From<ThreadOverride> for PolicyOut {
    fn from(own: ThreadOverride) -> Self {
        let ThreadOverride { mode, moderation, closes, max_depth, max_length, max_links, words } = own;
        let (closes_at, open_days) = match closes {
            None => (None, None),
            Some(Closes::At(at)) => (Some(at), None),
            Some(Closes::After(days)) => (None, Some(days.number())),
            Some(Closes::Never) => (None, Some(0)),
        };
        Self { mode, moderation, closes_at, open_days, max_depth, max_length, max_links, words }
    }
}

/// The order to differ so from the site.
pub(in crate::editorial) struct PolicyIn(pub(in crate::editorial) ThreadOverride);

impl Input for PolicyIn {
    const NAME: Option<&'static str> = Some("CommentPolicyOrder");
    const ABOUT: Option<&'static str> = Some("Where an article differs from the site in its comments.");

    fn read(members: &mut Members) -> Option<Self> {
        let mode = members.text("mode", Mode::parse).or(None);
        let moderation = members.text("moderation", Moderation::parse).or(None);
        let at = members.text("closes_at", Moment::parse).or(None);
        let schema = json!({"type": "integer", "minimum": 0, "maximum": OpenDays::MAX, "example": 30});
        let days = members.read_by("open_days", |_| schema, open_days).or(None);
        if at.is_some() && days.is_some() {
            members.fault("open_days", Violation::new(Rule::Inconsistent, "says again what closes_at says"));
        }
        Some(Self(ThreadOverride {
            mode,
            moderation,
            closes: at.map(Closes::At).or(days),
            max_depth: members.value("max_depth").or(None),
            max_length: members.value("max_length").or(None),
            max_links: members.value("max_links").or(None),
            words: members.value("words").or(None),
        }))
    }

    fn example() -> Option<Value> {
        Some(json!({"mode": "open", "moderation": "post", "open_days": 30}))
    }
}

fn open_days(value: Value) -> Result<Closes, domain::violation::Faults> {
    if value == json!(0) {
        return Ok(Closes::Never);
    }
    <OpenDays as domain::json::FromJson>::from_json(value)
        .map(Closes::After)
        .map_err(|faults| faults.below("/open_days"))
}

async fn read(
    newsroom: Data<Newsroom>,
    SignedIn(actor): SignedIn,
    _: Asked<()>,
    id: At<ArticleId>,
) -> Result<Told<PolicyOut>, Problem> {
    let id = id.one()?;
    let Policy { version, own } =
        newsroom.read(actor, move |tx, actor, _| comments::policy(tx, &actor, id)).await?;
    Told::of_version(&tag_of(version), own.into()).map_err(Problem::from)
}

async fn set(
    newsroom: Data<Newsroom>,
    IfMatch(seen): IfMatch,
    Write { asked, said: PolicyIn(own) }: Write<PolicyIn>,
    id: At<ArticleId>,
) -> Result<Wrote<Changed<PolicyOut>>, Problem> {
    let id = id.one()?;
    let written = newsroom.write(asked, move |cx| {
        Ok(comments::set_policy(cx, id, seen, &own)?
            .map(|Policy { version, own }| Reply::changed(tag_of(version), PolicyOut::from(own))))
    });
    Ok(written.await?.into())
}
