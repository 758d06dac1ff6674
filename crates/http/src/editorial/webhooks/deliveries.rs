//! What a webhook was told: the log of its deliveries, one of them sent again, and one that only tries it.

use actix_web::HttpRequest;
use actix_web::web::Data;
use domain::id::{DeliveryId, WebhookId};
use domain::policy::Action;
use domain::webhook::delivery::DeliveryState;
use newsroom::Newsroom;
use newsroom::webhooks::{self, Asked as ListAsked};

use super::webhook_out::DeliveryOut;
use crate::api::Api;
use crate::api::tag::Tag;
use crate::editorial::leaf::Leaf;
use crate::problem::Problem;
use crate::problem::catalogue::Code;
use crate::read::path::At;
use crate::read::query::{Asked, Query, Question};
use crate::read::request::{SignedIn, Write};
use crate::reply::told::{Told, ToldPage};
use crate::reply::wrote::{Kept, Reply, Wrote};
use crate::settings::Settings;

pub(super) fn operations(api: &mut Api) {
    api.post("/v1/editorial/webhooks/{id}/test", "test_webhook", test)
        .told(
            Tag::Administration,
            "Try a webhook",
            "Sends an event of the type `webhook.test`, which waits for no other. Its delivery tells what came of it.",
        )
        .asks(Action::ManageWebhooks)
        .refuses(&[Code::TargetRefused, Code::Conflict]);
    api.get("/v1/editorial/webhooks/{id}/deliveries", "list_webhook_deliveries", list)
        .told(
            Tag::Administration,
            "List the deliveries of a webhook",
            "Newest first; those that have come to an end for 30 days. `state=dead` are those that were tried for three days \
             in vain.",
        )
        .asks(Action::ManageWebhooks);
    api.get("/v1/editorial/webhooks/{id}/deliveries/{did}", "read_webhook_delivery", read)
        .told(Tag::Administration, "Read a delivery", "With its latest tries.")
        .asks(Action::ManageWebhooks);
    api.post("/v1/editorial/webhooks/{id}/deliveries/{did}/redeliver", "redeliver_webhook_delivery", redeliver)
        .told(
            Tag::Administration,
            "Send an event once more",
            "One that was taken, is dead or was cancelled, under its own `webhook-id`; it is tried for three days again, waits \
             for no other, and none for it.",
        )
        .asks(Action::ManageWebhooks)
        .refuses(&[Code::Conflict]);
}

struct PageAsked {
    state: Option<DeliveryState>,
    leaf: Leaf,
}

impl Question for PageAsked {
    fn read(query: &mut Query) -> Self {
        let leaf = Leaf::read(query);
        Self { state: query.take("state", DeliveryState::parse), leaf }
    }
}

async fn test(
    newsroom: Data<Newsroom>,
    Write { asked, said: () }: Write<()>,
    webhook: At<WebhookId>,
) -> Result<Wrote<Kept<DeliveryOut>>, Problem> {
    let id = webhook.one()?;
    newsroom.check_target_of(asked.actor, id).await?;
    let written = newsroom.write(asked, move |cx| {
        Ok(webhooks::test(cx, id)?.map(|delivery| Reply::kept(DeliveryOut::from(delivery))))
    });
    Ok(written.await?.into())
}

async fn list(
    newsroom: Data<Newsroom>,
    SignedIn(actor): SignedIn,
    Asked(PageAsked { state, leaf }): Asked<PageAsked>,
    webhook: At<WebhookId>,
    settings: Data<Settings>,
    request: HttpRequest,
) -> Result<ToldPage<DeliveryOut>, Problem> {
    let from = leaf.from(&settings, &request, DeliveryId::parse)?;
    let (limit, webhook) = (leaf.reach(), webhook.one()?);
    let asked = ListAsked { webhook, state, from };
    let found =
        newsroom.read(actor, move |tx, actor, _| webhooks::deliveries(tx, &actor, asked, limit)).await?;
    let data = found.into_iter().map(DeliveryOut::from).collect();
    Ok(leaf.page(&settings, &request, from.as_ref(), data, |delivery: &DeliveryOut| delivery.id))
}

async fn read(
    newsroom: Data<Newsroom>,
    SignedIn(actor): SignedIn,
    _: Asked<()>,
    place: At<(WebhookId, DeliveryId)>,
) -> Result<Told<DeliveryOut>, Problem> {
    let (webhook, id) = place.both()?;
    let found = newsroom.read(actor, move |tx, actor, _| webhooks::delivery(tx, &actor, webhook, id)).await?;
    Ok(Told::of(found.into()))
}

async fn redeliver(
    newsroom: Data<Newsroom>,
    Write { asked, said: () }: Write<()>,
    place: At<(WebhookId, DeliveryId)>,
) -> Result<Wrote<Kept<DeliveryOut>>, Problem> {
    let (webhook, id) = place.both()?;
    let written = newsroom.write(asked, move |cx| {
        Ok(webhooks::redeliver(cx, webhook, id)?.map(|delivery| Reply::kept(DeliveryOut::from(delivery))))
    });
    Ok(written.await?.into())
}
