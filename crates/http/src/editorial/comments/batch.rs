//! `POST /v1/editorial/comments/batch`: decides about many comments, each with a result of its own.

use std::sync::Arc;

use actix_web::web::Data;
use domain::comment::DecisionReason;
use domain::comment::state::{CommentState, Verb};
use domain::id::CommentId;
use domain::json::wrong_type;
use domain::policy::Action;
use domain::version::Version;
use newsroom::Newsroom;
use newsroom::comments::{Item, MOST, Order, Outcome, decide_all};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::api::Api;
use crate::api::tag::Tag;
use crate::problem::Problem;
use crate::read::members::{Input, Members};
use crate::read::request::Write;
use crate::reply::list::All;
use crate::reply::wrote::{Kept, Reply, Wrote};

pub(super) fn operations(api: &mut Api) {
    api.post("/v1/editorial/comments/batch", "decide_comments", decide)
        .told(
            Tag::Comments,
            "Decide about many comments",
            "Up to 200, each at the version that was seen and with a result of its own: what was done with some is done \
             whatever became of others. A comment that is named again is decided about once.",
        )
        .asks(Action::ModerateComments);
}

/// What is to become of which comments.
struct Batch {
    items: Vec<Item>,
    order: Order,
}

/// A comment as it was seen.
struct ItemIn(Item);

impl Input for ItemIn {
    const NAME: Option<&'static str> = Some("CommentSeen");
    const ABOUT: Option<&'static str> = Some("A comment, at the version that was seen.");

    fn read(members: &mut Members) -> Option<Self> {
        let id = members.required("id", CommentId::parse);
        let version = members.required_by(
            "version",
            |_| json!({"type": "integer", "minimum": 1, "maximum": i64::MAX, "example": 1}),
            |value| {
                let number = value.as_i64().ok_or_else(|| wrong_type("a whole number").at("/version"))?;
                Ok(Version::parse(number).map_err(|violation| violation.at("/version"))?)
            },
        );
        Some(Self(Item { id: id?, version: version? }))
    }
}

impl Input for Batch {
    const NAME: Option<&'static str> = Some("CommentBatch");
    const ABOUT: Option<&'static str> = Some("What is to become of which comments.");

    fn read(members: &mut Members) -> Option<Self> {
        let verb = members.required("action", Verb::parse);
        let reason = members.text("reason", DecisionReason::parse).or(None);
        let items = members.required_objects::<ItemIn>("items", MOST);
        let items = items?.into_iter().map(|ItemIn(item)| item).collect();
        Some(Self { items, order: Order { verb: verb?, reason } })
    }

    fn example() -> Option<Value> {
        let id = "019ba157-1f00-7c3d-9a41-5b7e2f60d8a4";
        Some(json!({"action": "approve", "items": [{"id": id, "version": 1}]}))
    }
}

/// What became of a comment of a batch.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CommentOutcome)]
struct OutcomeOut {
    /// It.
    id: CommentId,
    /// The status that the decision alone would have been answered with.
    #[schema(minimum = 200, maximum = 499, examples(200))]
    status: u16,
    /// The code of the problem; `null` where it was decided.
    #[schema(max_length = 60, examples(json!(null)))]
    code: Option<&'static str>,
    /// The version that it has now; `null` where that is not told.
    version: Option<Version>,
    /// What became of it; `null` where nothing was decided.
    state: Option<CommentState>,
}

impl From<Outcome> for OutcomeOut {
    fn from(outcome: Outcome) -> Self {
        let Outcome { id, done } = outcome;
        match done {
            Ok(comment) => Self {
                id,
                status: 200,
                code: None,
                version: Some(comment.version),
                state: Some(comment.state),
            },
            Err(error) => {
                let code = Problem::from(error).code();
                Self {
                    id,
                    status: code.status().as_u16(),
                    code: Some(code.name()),
                    version: None,
                    state: None,
                }
            }
        }
    }
}

async fn decide(
    newsroom: Data<Newsroom>,
    Write { asked, said }: Write<Batch>,
) -> Result<Wrote<Kept<All<OutcomeOut>>>, Problem> {
    let said = Arc::new(said);
    let written = newsroom.write(asked, move |cx| {
        let Batch { items, order } = &*said;
        Ok(decide_all(cx, items, order)?
            .map(|outcomes| Reply::kept(All { data: outcomes.into_iter().map(OutcomeOut::from).collect() })))
    });
    Ok(written.await?.into())
}
