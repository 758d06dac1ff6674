//! Tells webhooks of events: puts on their way what was committed, and sends what is due. Any number of nodes do it at once;
//! each delivery is in the hands of one. What is sent, and when again, is the newsroom's.

mod client;
mod names;
mod tally;

use std::collections::HashMap;
use std::time::Duration;

use domain::id::WebhookId;
use domain::webhook::attempt::Tried;
use newsroom::Newsroom;
use newsroom::error::Error;
use newsroom::webhooks::Parcel;
use prometheus_client::registry::Registry;
use tokio::task::{Id, JoinSet};

use self::client::Client;
pub(crate) use self::names::targets;
use self::tally::Tally;
use crate::pace::Pace;

/// How often it is looked whether there is something to tell.
const STEP: Duration = Duration::from_millis(250);

/// The longest time between two looks while the database does not answer.
const LONGEST_REST: Duration = Duration::from_secs(10);

/// How many deliveries to one webhook are under way at once from this node. Each webhook has its own, and there are at most
/// [`domain::webhook::Webhook::MAX`] of them, so that one that is slow takes nothing from another.
const AT_ONCE: usize = 4;

/// After how many steps it is counted what waits.
const STEPS_TO_COUNT: u32 = 40;

/// Who tells webhooks.
#[derive(Debug, Clone)]
pub(crate) struct Messenger {
    newsroom: Newsroom,
    client: Client,
    tally: Tally,
}

/// What is under way.
#[derive(Default)]
struct UnderWay {
    tries: JoinSet<Option<Tried>>,
    parcels: HashMap<Id, Parcel>,
}

impl UnderWay {
    fn of(&self, webhook: WebhookId) -> usize {
        self.parcels.values().filter(|parcel| parcel.webhook == webhook).count()
    }

    /// Waits for the next to come to its end, and gives it with all that did meanwhile; for ever where none is under way.
    async fn ended(&mut self) -> Vec<(Parcel, Option<Tried>)> {
        let mut all = Vec::new();
        loop {
            let next = if all.is_empty() {
                self.tries.join_next_with_id().await
            } else {
                self.tries.try_join_next_with_id()
            };
            let (id, tried) = match next {
                Some(Ok((id, tried))) => (id, tried),
                Some(Err(broken)) => (broken.id(), None),
                None if all.is_empty() => return std::future::pending().await,
                None => return all,
            };
            all.extend(self.parcels.remove(&id).map(|parcel| (parcel, tried)));
        }
    }
}

impl Messenger {
    /// Tells the webhooks of this newsroom. Fails where the machine has no TLS.
    pub(crate) fn new(newsroom: Newsroom) -> Result<Self, reqwest::Error> {
        let client = Client::new(newsroom.targets().clone())?;
        Ok(Self { newsroom, client, tally: Tally::default() })
    }

    /// Lets `registry` tell how it went.
    pub(crate) fn register(&self, registry: &mut Registry) {
        self.tally.register(registry);
    }

    /// Tells all that is due, until nothing is.
    pub(crate) async fn tell(&self) -> Result<(), Error> {
        let mut under_way = UnderWay::default();
        loop {
            self.send_due(&mut under_way).await?;
            if under_way.parcels.is_empty() {
                return self.count().await;
            }
            let ended = under_way.ended().await;
            self.settle(ended).await?;
        }
    }

    /// Tells what is due as time goes by, until all is to stop. What is under way then is given back.
    pub(crate) async fn work(&self, mut pace: Pace) {
        let (mut under_way, mut rest) = (UnderWay::default(), STEP);
        for n in 0_u32.. {
            let done = async {
                if pace.keeps_time().await {
                    self.send_due(&mut under_way).await?;
                }
                if n.is_multiple_of(STEPS_TO_COUNT) {
                    self.count().await?;
                }
                Ok::<_, Error>(())
            };
            let mut failure = done.await.err();
            let ended = tokio::select! {
                () = pace.stopped() => {
                    let parcels: Vec<_> = under_way.parcels.into_values().collect();
                    drop(under_way.tries);
                    if let Err(error) = self.newsroom.give_back_parcels(&parcels).await {
                        tracing::warn!(%error, "what was under way to webhooks will be sent again");
                    }
                    return;
                }
                ended = under_way.ended() => Some(ended),
                () = tokio::time::sleep(rest) => None,
            };
            if let Some(ended) = ended {
                failure = failure.or(self.settle(ended).await.err());
            }
            rest = match failure {
                None => STEP,
                Some(error) => {
                    tracing::warn!(%error, "webhooks will be told later");
                    LONGEST_REST.min(rest * 2)
                }
            };
        }
    }

    /// Puts on its way what was committed, and sends what is due as far as there is room.
    async fn send_due(&self, under_way: &mut UnderWay) -> Result<(), Error> {
        self.newsroom.fan_out().await?;
        for webhook in self.newsroom.due_webhooks().await? {
            let room = AT_ONCE.saturating_sub(under_way.of(webhook));
            let limit = u16::try_from(room).unwrap_or(u16::MAX);
            if limit == 0 {
                continue;
            }
            for parcel in self.newsroom.take_parcels(webhook, limit).await? {
                let (client, newsroom, sent) = (self.client.clone(), self.newsroom.clone(), parcel.clone());
                let handle = under_way.tries.spawn(async move {
                    // A node that was stopped for a while has lost what it took: somebody else sends it.
                    let in_time = newsroom.now().plus(client::PATIENCE_AT_MOST) < sent.lease;
                    if in_time { Some(client.send(&sent).await) } else { None }
                });
                under_way.parcels.insert(handle.id(), parcel);
            }
        }
        Ok(())
    }

    async fn settle(&self, ended: Vec<(Parcel, Option<Tried>)>) -> Result<(), Error> {
        let tried: Vec<_> = ended.into_iter().filter_map(|(parcel, tried)| Some((parcel, tried?))).collect();
        for (_, tried) in &tried {
            self.tally.tried(tried.outcome);
        }
        self.newsroom.settle(tried).await
    }

    async fn count(&self) -> Result<(), Error> {
        self.tally.waiting(self.newsroom.webhook_backlog().await?, self.newsroom.now());
        Ok(())
    }
}
