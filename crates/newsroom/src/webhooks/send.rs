//! The work of telling but for the connection: what is due is taken under a lease and signed, and what came of it is
//! settled by whoever still has it in hand.

use chrono::TimeDelta;
use domain::audit::{AuditAction, AuditEntry};
use domain::id::{AuditId, DeliveryId, EventId, WebhookId};
use domain::thing::Thing;
use domain::time::Moment;
use domain::webhook::attempt::{Attempt, LONGEST_ASKED, Outcome, Tried, next};
use domain::webhook::delivery::DeliveryState;
use domain::webhook::target::TargetUrl;
use identity::webhook::Vault;
use serde_json::json;
use store::lock::Rule as Held;
use store::tx::Tx;
use store::webhooks::{Backlog, InHand, Settled};
use uuid::Uuid;

use crate::asked::Ids;
use crate::error::Error;
use crate::room::Newsroom;

/// How long a node has a delivery to itself: three times as long as a try may take. What a node had in hand that died
/// another tries again after that.
const LEASE: TimeDelta = TimeDelta::seconds(30);

/// What is sent to a webhook.
#[derive(Debug, Clone)]
pub struct Parcel {
    /// To where.
    pub url: TargetUrl,
    /// Which webhook that is.
    pub webhook: WebhookId,
    /// The event, by which the receiver knows a repetition.
    pub event: EventId,
    /// When it was signed, in seconds since 1970.
    pub timestamp: i64,
    /// The signatures, apart by spaces.
    pub signatures: String,
    /// What is told.
    pub body: String,
    /// Until when this node has it to itself.
    pub lease: Moment,
    delivery: DeliveryId,
    attempt: u32,
}

impl Newsroom {
    /// The webhooks to which something is to be sent.
    pub async fn due_webhooks(&self) -> Result<Vec<WebhookId>, Error> {
        let now = self.now();
        self.room().parts.store.read(move |tx| Ok::<_, Error>(tx.due_webhooks(now)?)).await
    }

    /// Takes up to `limit` deliveries to a webhook, to be sent now. What cannot be signed is settled at once.
    pub async fn take_parcels(&self, webhook: WebhookId, limit: u16) -> Result<Vec<Parcel>, Error> {
        let (now, parts) = (self.now(), &self.room().parts);
        let lease = now.plus(LEASE);
        let taken = parts
            .store
            .write(move |tx| Ok::<_, Error>(tx.take_deliveries(webhook, now, lease, limit)?))
            .await?;
        let mut parcels = Vec::new();
        for one in taken {
            let (delivery, attempt) = (one.delivery, one.attempt);
            if let Some(parcel) = signed(&parts.post.vault, one, now, lease) {
                parcels.push(parcel);
            } else {
                tracing::error!(
                    %webhook,
                    "the secret of a webhook cannot be read with the keys of this node: bring back the keys by which it \
                     was made, or rotate it"
                );
                let tried = Tried::without_answer(Outcome::SecretUnreadable);
                self.settle_deliveries(vec![Ended { webhook, delivery, attempt, tried }]).await?;
            }
        }
        Ok(parcels)
    }

    /// Settles what came of parcels, but for those that somebody else has in hand by now.
    pub async fn settle(&self, tried: Vec<(Parcel, Tried)>) -> Result<(), Error> {
        let ended = |(parcel, tried): (Parcel, Tried)| {
            let Parcel { webhook, delivery, attempt, .. } = parcel;
            Ended { webhook, delivery, attempt, tried }
        };
        self.settle_deliveries(tried.into_iter().map(ended).collect()).await
    }

    /// Gives back parcels that were not tried to their end, for whoever is next.
    pub async fn give_back_parcels(&self, parcels: &[Parcel]) -> Result<(), Error> {
        let (now, in_hand) = (self.now(), parcels.iter().map(|one| (one.delivery, one.attempt)));
        let in_hand: Vec<_> = in_hand.collect();
        self.room()
            .parts
            .store
            .write(move |tx| {
                for (delivery, attempt) in &in_hand {
                    tx.give_back_delivery(*delivery, *attempt, now)?;
                }
                Ok::<_, Error>(())
            })
            .await
    }

    /// What waits for webhooks.
    pub async fn webhook_backlog(&self) -> Result<Backlog, Error> {
        self.room().parts.store.read(|tx| Ok::<_, Error>(tx.webhook_backlog()?)).await
    }

    async fn settle_deliveries(&self, all: Vec<Ended>) -> Result<(), Error> {
        let (gone, mut others): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|ended| ended.tried.outcome == Outcome::Gone);
        // In one order on every node, so that none waits for what waits for it.
        others.sort_by_key(|ended| (ended.webhook, ended.delivery));
        // What was taken first, since a webhook that is gone has the rest cancelled; each of those by itself, since it waits
        // for whoever changes webhooks.
        let batches = std::iter::once(others).chain(gone.into_iter().map(|ended| vec![ended]));
        for batch in batches.filter(|batch| !batch.is_empty()) {
            let (now, ids) = (self.now(), self.room().parts.ids.clone());
            let settle =
                move |tx: &mut dyn Tx| batch.iter().try_for_each(|ended| settle(tx, ended, &ids, now));
            self.room().parts.store.write(settle).await?;
        }
        Ok(())
    }
}

/// What came of a delivery that was tried.
#[derive(Debug, Clone, Copy)]
struct Ended {
    webhook: WebhookId,
    delivery: DeliveryId,
    attempt: u32,
    tried: Tried,
}

fn settle(tx: &mut dyn Tx, ended: &Ended, ids: &Ids, now: Moment) -> Result<(), Error> {
    let Ended { webhook, delivery, attempt, tried } = *ended;
    if tried.outcome == Outcome::Gone {
        tx.hold(Held::Webhooks)?;
    }
    let Some((before, began)) = tx.delivery_in_hand(delivery, attempt)? else { return Ok(()) };
    let settled = settled(before.log, began, attempt, now, tried, ids.draw());
    if !tx.settle_delivery(delivery, attempt, &settled)? {
        return Ok(());
    }
    if let Some(asked) = tried.retry_after {
        tx.rest_webhook(webhook, now.plus(asked.min(LONGEST_ASKED)))?;
    }
    if tried.outcome == Outcome::Gone {
        switch_off(tx, webhook, now, ids.draw())?;
    }
    Ok(())
}

/// What becomes of a delivery. The last octet of an id serves as chance.
fn settled(
    mut log: Vec<Attempt>,
    began: Moment,
    attempt: u32,
    now: Moment,
    tried: Tried,
    chance: Uuid,
) -> Settled {
    let Tried { outcome, status, octets, retry_after } = tried;
    log.push(Attempt { number: attempt, at: now, outcome, status, octets });
    log.drain(..log.len().saturating_sub(Attempt::MAX));
    let failures = log.iter().filter(|attempt| attempt.at >= began).count();
    let [.., chance] = chance.into_bytes();
    let again = next(began, now, u32::try_from(failures).unwrap_or(u32::MAX), retry_after, chance);
    let (state, at) = match (outcome, again) {
        (Outcome::Delivered, _) => (DeliveryState::Delivered, now),
        (Outcome::Gone, _) | (_, None) => (DeliveryState::Dead, now),
        (_, Some(then)) => (DeliveryState::Pending, then),
    };
    Settled { state, log, at }
}

/// A webhook that answers that it is gone is told nothing more. The audit log names nobody for it.
fn switch_off(tx: &mut dyn Tx, webhook: WebhookId, now: Moment, id: Uuid) -> Result<(), Error> {
    if !tx.webhook_is_gone(webhook, now)? {
        return Ok(());
    }
    let cancelled = tx.cancel_deliveries(webhook, now)?;
    tx.add_audit_entry(&AuditEntry {
        id: AuditId::new(id),
        at: now,
        actor: None,
        api_key: None,
        address: None,
        request: None,
        action: AuditAction::WebhookDisabled,
        subject: Thing::Webhook(webhook),
        detail: json!({"because": "gone", "cancelled": cancelled}),
    })?;
    Ok(())
}

/// A delivery with its signatures: by the former secret too, while that counts and can be read. `None` where the present one
/// cannot: a rotation must be all that it takes after keys were lost.
fn signed(vault: &Vault, taken: InHand, now: Moment, lease: Moment) -> Option<Parcel> {
    let InHand { delivery, webhook, attempt, event, body, url, secret, former_secret } = taken;
    let (id, timestamp) = (event.to_string(), now.utc().timestamp());
    let sign = |sealed: &[u8]| Some(vault.open(webhook.uuid(), sealed)?.sign(&id, timestamp, &body));
    let (present, former) = (sign(&secret)?, former_secret.as_deref().and_then(sign));
    let signatures = match former {
        Some(former) => format!("{present} {former}"),
        None => present,
    };
    Some(Parcel { url, webhook, event, timestamp, signatures, body, lease, delivery, attempt })
}

#[cfg(test)]
mod tests {
    use identity::keys::KeySet;
    use identity::webhook::WebhookSecret;

    use super::*;

    // abuse: WH-07
    #[test]
    fn a_former_secret_that_cannot_be_read_holds_nothing_up() {
        let dir = tempfile::tempdir().unwrap();
        let keys = KeySet::load_or_make(dir.path()).unwrap();
        let [own, lost] = ["own", "lost"].map(|label| Vault::new(&keys.secret().derive(label)));
        let [secret, former] = [(); 2].map(|()| WebhookSecret::draw().unwrap());
        let (webhook, event) = (WebhookId::new(Uuid::from_u128(1)), EventId::new(Uuid::from_u128(2)));
        let now = Moment::parse("2026-01-01T12:00:00Z").unwrap();
        let signatures = |present: &Vault, before: &Vault| {
            let in_hand = InHand {
                delivery: DeliveryId::new(Uuid::from_u128(3)),
                webhook,
                attempt: 1,
                event,
                body: "{}".to_owned(),
                url: TargetUrl::parse("https://hooks.varn.example/masthead").unwrap(),
                secret: present.seal(webhook.uuid(), &secret).unwrap(),
                former_secret: Some(before.seal(webhook.uuid(), &former).unwrap()),
            };
            signed(&own, in_hand, now, now).map(|parcel| parcel.signatures)
        };
        let by = |secret: &WebhookSecret| secret.sign(&event.to_string(), now.utc().timestamp(), "{}");
        assert_eq!(signatures(&own, &own), Some(format!("{} {}", by(&secret), by(&former))));
        assert_eq!(signatures(&own, &lost), Some(by(&secret)));
        assert_eq!(signatures(&lost, &own), None, "nothing is signed by the former one alone");
    }
}
