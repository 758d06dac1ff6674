//! A node is killed with everything in hand that is leased in the database, and with work before it that is not. Another
//! goes on with all of it, within the time for which it was leased.

use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use masthead_tests::postgres;
use masthead_tests::receiver::{self, Receiver, Told};
use serde_json::json;
use tokio::time::sleep;

use super::due::Due;
use super::figures::Figures;
use super::writers::begin;
use super::{Client, Cluster, changes, made, until};
use crate::node::refused;

/// How many articles are published through the node that is killed.
const ARTICLES: usize = 40;

/// How many deliveries to a webhook a node has in hand at once.
const IN_HAND: usize = 4;

/// For how long a node has a delivery to itself, and a second for whoever looks next.
const DELIVERY_LEASE: Duration = Duration::from_secs(31);

/// A CDN is told twice, by whoever has the place of either passage: another node tells it the second time after two seconds,
/// though the place of the first is still leased.
const CDN_AGAIN: Duration = Duration::from_secs(6);

/// For how long that is leased, and a second.
const CDN_LEASE: Duration = Duration::from_secs(61);

/// How often a node sweeps, and two seconds: one for each step may take longer.
const SWEEPS: Duration = Duration::from_secs(65);

/// How long after its instant a change is announced at the latest.
const ANNOUNCED: Duration = Duration::from_secs(3);

/// How long it takes at most until others have done what nobody had in hand.
const AT_ONCE: Duration = Duration::from_secs(5);

/// The node that is killed.
const KILLED: usize = 0;

/// Those that go on.
const OTHERS: [usize; 2] = [1, 2];

/// Answers that are kept for who repeats a request.
const KEPT: &str = "SELECT count(*) FROM idempotent_answers";

/// Events that tell that an article appeared.
const PUBLISHED: &str = "SELECT count(*) FROM outbox WHERE kind = 'article.published'";

/// Whether the first passage of the CDN is through.
const CDN_THROUGH: &str =
    "SELECT count(*) FROM outbox_places WHERE name = 'cdn' AND seq = (SELECT max(seq) FROM outbox)";

/// Whether all that was committed has been passed on, and none of the places is leased.
const QUIET: &str = "SELECT (SELECT count(*) FROM webhook_deliveries WHERE state = 'pending') = 0 \
    AND (SELECT coalesce(bool_and(leased_until <= clock_timestamp() AND seq = (SELECT max(seq) FROM outbox)), false) \
    FROM outbox_places)";

/// What is told to somebody outside, who takes it only once they are let.
pub struct Desk {
    /// Who it is.
    pub receiver: Receiver,
    holds: Arc<AtomicBool>,
}

impl Desk {
    /// One that takes everything for now.
    pub fn open() -> Self {
        let (receiver, holds) = (Receiver::start(), Arc::new(AtomicBool::new(false)));
        let held = Arc::clone(&holds);
        receiver.acts(Arc::new(move |stream| {
            while held.load(Ordering::SeqCst) {
                std::thread::sleep(Duration::from_millis(5));
            }
            receiver::answer("200 OK", "")(stream)
        }));
        Self { receiver, holds }
    }

    fn holds(&self, holds: bool) {
        self.holds.store(holds, Ordering::SeqCst);
    }
}

async fn ask(database_url: &str, query: &'static str) -> io::Result<String> {
    let url = database_url.to_owned();
    let rows =
        tokio::task::spawn_blocking(move || postgres::ask(&url, query)).await.map_err(io::Error::other)?;
    Ok(rows.into_iter().next().unwrap_or_default())
}

/// Kills the node, and measures until others have done what was its to do.
pub async fn measure(
    cluster: &mut Cluster,
    database_url: &str,
    webhook: &Desk,
    cdn: &Desk,
    figures: &mut Figures,
) -> io::Result<()> {
    let mut editor = Client::of(&cluster.targets[KILLED]);
    let new = json!({"name": "Receiver", "url": webhook.receiver.url(), "events": ["article.published"]});
    editor.do_edit("POST", "/v1/editorial/webhooks", &new.to_string()).await?;
    let quiet =
        until(Instant::now(), Duration::from_secs(20), async || Ok(ask(database_url, QUIET).await? == "t"));
    quiet.await?.ok_or_else(|| io::Error::other("the cluster does not come to rest"))?;
    // The others stand still, so that it is this node that has everything in hand.
    for node in OTHERS {
        cluster.freeze(node)?;
    }
    webhook.holds(true);
    cdn.holds(true);
    let orders = cdn.receiver.connections();
    let mut published = BTreeSet::new();
    for n in 0..ARTICLES {
        let path = made(&editor.do_edit("POST", "/v1/editorial/articles", &begin(n)).await?)?;
        editor.do_edit("POST", &format!("{path}/publish"), "{}").await?;
        published.extend(path.rsplit('/').next().map(str::to_owned));
    }
    let path = made(&editor.do_edit("POST", "/v1/editorial/articles", &begin(ARTICLES)).await?)?;
    let due = Due::after(Duration::from_secs(3))?;
    let order = json!({"goes_live_at": due.told.to_rfc3339()}).to_string();
    editor.do_edit("POST", &format!("{path}/publish"), &order).await?;
    repeatable(&mut editor).await?;
    let taken = until(Instant::now(), Duration::from_secs(5), async || {
        Ok(webhook.receiver.connections() >= IN_HAND && cdn.receiver.connections() > orders)
    });
    taken.await?.ok_or_else(|| io::Error::other("the node takes nothing in hand"))?;
    cluster.kill(KILLED)?;
    let killed = Instant::now();
    let in_hand: BTreeSet<_> = webhook.receiver.took().iter().map(|told| told.id().to_owned()).collect();
    cdn.receiver.took_exports();
    figures.tell("published", published.len());
    figures.tell("webhook.in_hand", in_hand.len());
    figures.tell("answers.kept", ask(database_url, KEPT).await?);
    for node in OTHERS {
        cluster.go_on(node)?;
    }
    webhook.holds(false);
    cdn.holds(false);
    let mut reader = Client::of(&cluster.targets[OTHERS[0]]);
    let told = until(killed, AT_ONCE * 4, async || {
        Ok(changes(&mut reader).await?.iter().filter(|(id, _)| published.contains(id)).count() == ARTICLES)
    });
    figures.within("feed_of_changes", told.await?, AT_ONCE);
    let announced = until(due.at, ANNOUNCED * 4, async || {
        Ok(ask(database_url, PUBLISHED).await? == (ARTICLES + 1).to_string())
    });
    figures.within("due_change", announced.await?, ANNOUNCED);
    follow(killed, database_url, [webhook, cdn], (&published, &in_hand), figures).await?;
    cluster.examine()
}

/// Sends some requests whose answers are kept in case they come again.
async fn repeatable(editor: &mut Client) -> io::Result<()> {
    for n in 0..3 {
        let answer = editor.make_once("/v1/editorial/tags", &format!(r#"{{"name":"Tag {n}"}}"#), n).await?;
        if answer.status != 201 {
            return Err(refused(&answer));
        }
    }
    Ok(())
}

/// Waits for what was in hand: deliveries and the place of the CDN; and for the next sweep.
async fn follow(
    killed: Instant,
    database_url: &str,
    [webhook, cdn]: [&Desk; 2],
    (published, in_hand): (&BTreeSet<String>, &BTreeSet<String>),
    figures: &mut Figures,
) -> io::Result<()> {
    let (mut told, mut purged): (Vec<Told>, Vec<Told>) = (Vec::new(), Vec::new());
    let (mut of_cdn, mut through, mut swept) = (None, None, None);
    let is_told = |told: &[Told]| told.iter().filter(|told| published.contains(&told.resource())).count();
    while killed.elapsed() < SWEEPS * 2
        && (is_told(&told) < ARTICLES || of_cdn.is_none() || through.is_none() || swept.is_none())
    {
        sleep(Duration::from_millis(50)).await;
        told.extend(webhook.receiver.took());
        purged.extend(cdn.receiver.took_exports());
        let is_purged = |id: &String| {
            let key = format!("a:{}", id.replace('-', ""));
            purged.iter().any(|told| told.order.header("xkey-purge").split(' ').any(|own| own == key))
        };
        if of_cdn.is_none() && published.iter().all(is_purged) {
            of_cdn = Some(killed.elapsed());
        }
        if through.is_none() && ask(database_url, CDN_THROUGH).await? == "1" {
            through = Some(killed.elapsed());
        }
        if swept.is_none() && ask(database_url, KEPT).await? == "0" {
            swept = Some(killed.elapsed());
        }
    }
    let last = |again: bool| {
        let of = told.iter().filter(|told| published.contains(&told.resource()));
        let of: Vec<_> = of.filter(|told| in_hand.contains(told.id()) == again).collect();
        let all = if again { in_hand.len() } else { ARTICLES - in_hand.len() };
        (of.len() >= all).then(|| of.iter().map(|told| told.at - killed).max()).flatten()
    };
    figures.within("webhook.others", last(false), AT_ONCE);
    figures.within("webhook.in_hand_again", last(true), DELIVERY_LEASE);
    let ids: BTreeSet<_> = told.iter().map(Told::id).collect();
    // With the one that was due.
    figures.exactly("webhook.events", ids.len(), ARTICLES + 1);
    figures.tell("webhook.requests", told.len());
    figures.within("cdn.told", of_cdn, CDN_AGAIN);
    figures.within("cdn.place_again", through, CDN_LEASE);
    figures.within("sweep", swept, SWEEPS);
    Ok(())
}
