//! The secret of a webhook, rotated.

use actix_web::web::Data;
use domain::article::content::change::Change;
use domain::id::WebhookId;
use domain::json::wrong_type;
use domain::policy::Action;
use domain::violation::{Rule, Violation};
use domain::webhook::Webhook;
use newsroom::Newsroom;
use newsroom::webhooks::{self, Lasts};
use serde_json::{Value, json};

use super::webhook_out::WebhookOut;
use crate::api::Api;
use crate::api::tag::Tag;
use crate::problem::Problem;
use crate::read::conditional::IfMatch;
use crate::read::members::{Input, Members};
use crate::read::path::At;
use crate::read::request::Write;
use crate::reply::tag_of;
use crate::reply::wrote::{Renewed, Wrote};

pub(super) fn operations(api: &mut Api) {
    api.post("/v1/editorial/webhooks/{id}/rotate-secret", "rotate_webhook_secret", rotate)
        .told(
            Tag::Administration,
            "Give a webhook another secret",
            "Events are signed by both until the former one is over, in 24 hours or as said, so that the receiver can learn the \
             new one meanwhile; say 0 where somebody else knows it. The secret is shown this once: a repeat by \
             `Idempotency-Key` has `null` there.",
        )
        .asks(Action::ManageWebhooks);
}

struct RotationIn(Lasts);

impl Input for RotationIn {
    const NAME: Option<&'static str> = Some("WebhookSecretRotation");
    const ABOUT: Option<&'static str> =
        Some("How long the former secret still counts; 24 hours where nothing is said.");

    fn read(members: &mut Members) -> Option<Self> {
        let most = Webhook::FORMER_SECRET_LASTS_AT_MOST.num_seconds();
        let schema = json!({"type": "integer", "minimum": 0, "maximum": most, "example": 3600});
        let about = "For how many seconds the former secret still counts.";
        let lasts = members.about(about).read_by(
            "former_lasts_s",
            |_| schema,
            |value| {
                let at = |violation: Violation| violation.at("/former_lasts_s");
                let seconds = value.as_u64().ok_or_else(|| at(wrong_type("a number of seconds")))?;
                let lasts = u32::try_from(seconds).ok().and_then(Lasts::seconds);
                let too_long = || Violation::new(Rule::OutOfRange, format!("must be at most {most}"));
                Ok(lasts.ok_or_else(|| at(too_long()))?)
            },
        );
        Some(Self(match lasts {
            Change::Set(lasts) => lasts,
            Change::Keep | Change::Clear => Lasts::USUALLY,
        }))
    }

    fn example() -> Option<Value> {
        Some(json!({"former_lasts_s": 3600}))
    }
}

async fn rotate(
    newsroom: Data<Newsroom>,
    IfMatch(seen): IfMatch,
    Write { asked, said: RotationIn(lasts) }: Write<RotationIn>,
    webhook: At<WebhookId>,
) -> Result<Wrote<Renewed<WebhookOut>>, Problem> {
    let id = webhook.one()?;
    let (secret, sealed) = newsroom.draw_webhook_secret(id)?;
    let written = newsroom.write(asked, move |cx| {
        Ok(webhooks::rotate_secret(cx, id, seen, &sealed, lasts)?.map(WebhookOut::from))
    });
    let tag = |webhook: &WebhookOut| tag_of(webhook.version());
    Ok(Wrote::renewing(written.await?, tag, |webhook| webhook.secret = Some(secret.reveal())))
}
