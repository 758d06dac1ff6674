//! Tells a CDN what to let go of: what the events of the outbox name, once they are committed, and once more two seconds
//! later (ruling 28). One node at a time does it; what it could not tell the next one tells.

mod order;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use domain::surrogate_key::SurrogateKey;
use domain::time::{Clock, Moment};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::registry::Registry;
use reqwest::Client;
use store::Store;
use store::error::Error;
use store::records::{Passage, Purge};
use tokio::sync::watch;

use self::order::{order, portions};
use crate::config::cdn::Cdn;

/// How long a node has a passage to itself. Where it dies, another goes on after that.
const LEASE: TimeDelta = TimeDelta::seconds(60);

/// How long it may go on with what it has taken: no order that it sends then is still under way when another begins.
const HASTE: TimeDelta = TimeDelta::seconds(30);

/// How long the CDN may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// After how long the same is told again.
const AGAIN: TimeDelta = TimeDelta::seconds(2);

/// For how long it is of use to tell of an event: no answer lives longer in a cache than a rendition, which lives a day
/// (`FRESH_S` of `http::pictures`).
const USEFUL: TimeDelta = TimeDelta::days(1);

/// How many events are told of together.
const BATCH: u16 = 500;

/// Why a CDN could not be told.
#[derive(Debug, thiserror::Error)]
pub enum Untold {
    /// The outbox could not be read.
    #[error(transparent)]
    Store(#[from] Error),
    /// It was not reached, or did not answer.
    #[error("the CDN does not answer: {0}")]
    Unreached(#[source] reqwest::Error),
    /// It refused.
    #[error("the CDN refused with {0}")]
    Refused(u16),
}

/// Who tells a CDN.
#[derive(Debug, Clone)]
pub(crate) struct Purger {
    cdn: Cdn,
    client: Client,
    store: Arc<Store>,
    clock: Clock,
    told: Counter,
    untold: Counter,
}

impl Purger {
    /// Tells this CDN. Fails where the machine has no TLS.
    pub(crate) fn new(cdn: Cdn, store: Arc<Store>, clock: Clock) -> Result<Self, reqwest::Error> {
        let client =
            Client::builder().timeout(PATIENCE).redirect(reqwest::redirect::Policy::none()).build()?;
        Ok(Self { cdn, client, store, clock, told: Counter::default(), untold: Counter::default() })
    }

    /// Lets `registry` tell how it went.
    pub(crate) fn register(&self, registry: &mut Registry) {
        registry.register("masthead_cdn_purges", "Orders to let go that the CDN took", self.told.clone());
        registry.register(
            "masthead_cdn_failures",
            "Orders to let go that it did not take",
            self.untold.clone(),
        );
    }

    /// Tells it of what there is to tell.
    pub(crate) async fn tell(&self) -> Result<(), Untold> {
        let (_nobody, mut stop) = watch::channel(());
        self.tell_until(&mut stop).await
    }

    /// The same until whoever holds the other end of `stop` lets go of it. What is under way then is left to whoever is next,
    /// who need not wait for the end of a lease.
    pub(crate) async fn tell_until(&self, stop: &mut watch::Receiver<()>) -> Result<(), Untold> {
        let first = self.pass(Passage::Cdn, TimeDelta::zero(), stop).await;
        let again = self.pass(Passage::CdnAgain, AGAIN, stop).await;
        first.and(again)
    }

    /// Tells of the events that are at least so old.
    async fn pass(
        &self,
        passage: Passage,
        age: TimeDelta,
        stop: &mut watch::Receiver<()>,
    ) -> Result<(), Untold> {
        if stop.has_changed().unwrap_or(true) {
            return Ok(());
        }
        let now = self.clock.now();
        if !self.store.read(move |tx| tx.is_behind(passage, now)).await? {
            return Ok(());
        }
        let lease = now.plus(LEASE);
        let taken = self.store.write(move |tx| tx.take_place(passage, now, lease)).await?;
        let Some(mut place) = taken else { return Ok(()) };
        let told = tokio::select! {
            told = self.tell_from(&mut place, age, now) => told,
            // Behind the place is what it was told in whole.
            _ = stop.changed() => Ok(()),
        };
        let free = self.clock.now();
        self.store.write(move |tx| tx.leave_place(passage, place, free)).await?;
        told
    }

    /// Tells of the events behind `place`, and moves it behind those that were told of.
    async fn tell_from(&self, place: &mut i64, age: TimeDelta, began: Moment) -> Result<(), Untold> {
        let (until, since) = (began.plus(-age), began.plus(-USEFUL));
        while self.clock.now() <= began.plus(HASTE) {
            let after = *place;
            let (last, purges) = self
                .store
                .read(move |tx| {
                    let last = tx.last_event()?;
                    Ok::<_, Error>((last, tx.purges(after, last, BATCH)?))
                })
                .await?;
            let all = purges.len();
            let due: Vec<Purge> = purges.into_iter().take_while(|purge| purge.at <= until).collect();
            let keys: BTreeSet<_> =
                due.iter().filter(|purge| purge.at > since).flat_map(|purge| purge.keys.clone()).collect();
            self.send(keys).await?;
            if due.len() < usize::from(BATCH) {
                let behind_all = due.len() == all;
                *place = if behind_all { last } else { due.last().map_or(after, |purge| purge.seq) };
                return Ok(());
            }
            *place = due.last().map_or(last, |purge| purge.seq);
        }
        Ok(())
    }

    async fn send(&self, keys: BTreeSet<SurrogateKey>) -> Result<(), Untold> {
        let keys: Vec<_> = keys.into_iter().collect();
        for some in portions(self.cdn.form, &keys) {
            let sent = order(&self.client, &self.cdn, some).send().await;
            // The address may hold a secret.
            let taken = sent.map_err(|error| Untold::Unreached(error.without_url())).and_then(|answer| {
                let status = answer.status();
                if status.is_success() { Ok(()) } else { Err(Untold::Refused(status.as_u16())) }
            });
            if taken.is_ok() {
                self.told.inc()
            } else {
                self.untold.inc()
            };
            taken?;
        }
        Ok(())
    }
}
