//! Webhooks: listed, made, read, changed, deleted.

use actix_web::HttpRequest;
use actix_web::web::Data;
use domain::article::content::change::Change;
use domain::event::EventKind;
use domain::id::WebhookId;
use domain::json::{list, wrong_type};
use domain::policy::Action;
use domain::violation::Faults;
use domain::webhook::WebhookName;
use domain::webhook::subscription::Subscription;
use domain::webhook::target::TargetUrl;
use newsroom::Newsroom;
use newsroom::webhooks::{self, NewWebhook, WebhookPatch};
use serde_json::{Value, json};

use super::webhook_out::WebhookOut;
use super::{ALL, ONE};
use crate::api::Api;
use crate::api::operation::Verb;
use crate::api::shape;
use crate::api::tag::Tag;
use crate::editorial::leaf::Leaf;
use crate::problem::Problem;
use crate::problem::catalogue::Code;
use crate::read::conditional::IfMatch;
use crate::read::members::{Input, Members};
use crate::read::path::At;
use crate::read::query::Asked;
use crate::read::request::{SignedIn, Write};
use crate::reply::tag_of;
use crate::reply::told::{Told, ToldPage};
use crate::reply::wrote::{Changed, Entrusted, Gone, Reply, Wrote};
use crate::settings::Settings;

pub(super) fn operations(api: &mut Api) {
    api.get(ALL, "list_webhooks", list_all)
        .told(
            Tag::Administration,
            "List webhooks",
            "In the order in which they were made, without their secrets.",
        )
        .asks(Action::ManageWebhooks);
    api.post(ALL, "create_webhook", create)
        .told(
            Tag::Administration,
            "Make a webhook",
            "It is told of what happens from now on, signed as Standard Webhooks has it: `docs/webhooks.md` says how to check \
             that. The secret is shown this once: a repeat by `Idempotency-Key` has `null` there. At most 100 can be made.",
        )
        .asks(Action::ManageWebhooks)
        .refuses(&[Code::TargetRefused, Code::Conflict]);
    api.get(ONE, "read_webhook", read)
        .told(Tag::Administration, "Read a webhook", "Without its secret.")
        .asks(Action::ManageWebhooks);
    api.on(Verb::Patch, ONE, "change_webhook", change)
        .told(
            Tag::Administration,
            "Change a webhook",
            "What waits for one that is switched off is cancelled, and can be sent again by hand; one that is switched on again \
             is told of what happens from then on.",
        )
        .asks(Action::ManageWebhooks)
        .refuses(&[Code::TargetRefused]);
    api.on(Verb::Delete, ONE, "delete_webhook", delete)
        .told(
            Tag::Administration,
            "Delete a webhook",
            "With its log and all that waits for it: nothing more is sent to it.",
        )
        .asks(Action::ManageWebhooks);
}

/// Reads of which events a webhook is to be told; `null`: of all that change what readers see.
fn events(members: &mut Members) -> Change<Subscription> {
    let about = "Of which events it is told; null or left out: of all that change what readers see. Events of the newsroom alone, such as \
                 `comment.submitted`, are told to those that name them.";
    members.about(about).read_by(
        "events",
        |components| {
            let kind = shape::reference::<EventKind>(components);
            let mut kinds = shape::list(&kind, Subscription::MAX);
            kinds["minItems"] = json!(1);
            kinds["uniqueItems"] = json!(true);
            kinds
        },
        |value| {
            let at = |faults: Faults| faults.below("/events");
            if !value.is_array() {
                return Err(at(wrong_type("a list").at("").into()));
            }
            let kinds = list::<EventKind>(value, Subscription::MAX).map_err(at)?;
            Subscription::of(kinds).map_err(|violation| at(violation.at("").into()))
        },
    )
}

impl Input for NewWebhook {
    const NAME: Option<&'static str> = Some("NewWebhook");
    const ABOUT: Option<&'static str> = Some("An address that is to be told of events.");

    fn read(members: &mut Members) -> Option<Self> {
        let name = members.required("name", WebhookName::parse);
        let url = members.required("url", TargetUrl::parse);
        let events = events(members).or(None).unwrap_or(Subscription::Readers);
        Some(Self { name: name?, url: url?, events })
    }

    fn example() -> Option<Value> {
        let events = ["article.published", "article.updated", "article.unpublished", "article.withdrawn"];
        Some(
            json!({"name": "Rebuild of the site", "url": "https://hooks.varn.example/masthead", "events": events}),
        )
    }
}

impl Input for WebhookPatch {
    const NAME: Option<&'static str> = Some("WebhookPatch");
    const ABOUT: Option<&'static str> = Some("What of a webhook is to be different; what is left out stays.");

    fn read(members: &mut Members) -> Option<Self> {
        Some(Self {
            name: members.lasting_text("name", WebhookName::parse),
            url: members.lasting_text("url", TargetUrl::parse),
            events: events(members),
            disabled: members.about("Whether it is told nothing.").flag("disabled"),
        })
    }
}

async fn list_all(
    newsroom: Data<Newsroom>,
    SignedIn(actor): SignedIn,
    Asked(leaf): Asked<Leaf>,
    settings: Data<Settings>,
    request: HttpRequest,
) -> Result<ToldPage<WebhookOut>, Problem> {
    let from = leaf.from(&settings, &request, WebhookId::parse)?;
    let limit = leaf.reach();
    let found = newsroom.read(actor, move |tx, actor, _| webhooks::webhooks(tx, &actor, from, limit)).await?;
    let data = found.into_iter().map(WebhookOut::from).collect();
    Ok(leaf.page(&settings, &request, from.as_ref(), data, |webhook: &WebhookOut| webhook.id))
}

async fn create(
    newsroom: Data<Newsroom>,
    settings: Data<Settings>,
    Write { asked, said: new }: Write<NewWebhook>,
) -> Result<Wrote<Entrusted<WebhookOut>>, Problem> {
    newsroom.check_target(&asked.actor, &new.url).await?;
    let id = newsroom.new_webhook_id();
    let (secret, sealed) = newsroom.draw_webhook_secret(id)?;
    let written =
        newsroom.write(asked, move |cx| Ok(webhooks::create(cx, &new, id, &sealed)?.map(WebhookOut::from)));
    let place =
        |made: &WebhookOut| (tag_of(made.version()), format!("{}{ALL}/{}", settings.public_url, made.id));
    Ok(Wrote::entrusting(written.await?, place, |made| made.secret = Some(secret.reveal())))
}

async fn read(
    newsroom: Data<Newsroom>,
    SignedIn(actor): SignedIn,
    _: Asked<()>,
    webhook: At<WebhookId>,
) -> Result<Told<WebhookOut>, Problem> {
    let id = webhook.one()?;
    let webhook = newsroom.read(actor, move |tx, actor, _| webhooks::read(tx, &actor, id)).await?;
    Ok(Told::tagged(tag_of(webhook.version), webhook.into()))
}

async fn change(
    newsroom: Data<Newsroom>,
    IfMatch(seen): IfMatch,
    Write { asked, said: patch }: Write<WebhookPatch>,
    webhook: At<WebhookId>,
) -> Result<Wrote<Changed<WebhookOut>>, Problem> {
    if let Change::Set(url) = &patch.url {
        newsroom.check_target(&asked.actor, url).await?;
    }
    let id = webhook.one()?;
    let written = newsroom.write(asked, move |cx| {
        Ok(webhooks::change(cx, id, seen, &patch)?
            .map(|webhook| Reply::changed(tag_of(webhook.version), WebhookOut::from(webhook))))
    });
    Ok(written.await?.into())
}

async fn delete(
    newsroom: Data<Newsroom>,
    IfMatch(seen): IfMatch,
    Write { asked, said: () }: Write<()>,
    webhook: At<WebhookId>,
) -> Result<Wrote<Gone>, Problem> {
    let id = webhook.one()?;
    let written =
        newsroom.write(asked, move |cx| Ok(webhooks::delete(cx, id, seen)?.map(|()| Reply::gone())));
    Ok(written.await?.into())
}
