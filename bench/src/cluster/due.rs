//! A thousand articles are due at the same second. Shortly before, one node is stopped and another is killed. No node shows
//! one of them before that second, each that answers shows all of them from it on, and each is told of once.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::rc::Rc;
use std::time::{Duration, Instant};

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use masthead_tests::postgres;
use masthead_tests::receiver::{Receiver, Told};
use serde_json::json;
use tokio::task::{JoinSet, LocalSet};
use tokio::time::{sleep, sleep_until};

use super::figures::Figures;
use super::readers::LISTS;
use super::writers::{begin, slug};
use super::{Client, Cluster, NODES, changes, made, marks, until};
use crate::load::Target;
use crate::node::refused;

/// How many are due.
const ARTICLES: usize = 1000;

/// How many write, and read, at the same time at one node.
const AT_ONCE: usize = 3;

/// The node that goes on living.
const LIVING: usize = 0;

/// The one that is stopped, and for how long after the instant.
const STOPPED: usize = 1;
const STANDS: Duration = Duration::from_secs(3);

/// The one that is killed.
const KILLED: usize = 2;

/// How long before the instant.
const BEFORE: Duration = Duration::from_millis(1500);

/// How long it may take until all are announced: a second for the clocks of others, one until it is looked, and the work for
/// a thousand, beside readers, on a slow machine.
const ANNOUNCED: Duration = Duration::from_secs(15);

/// How long until a webhook is told of all, likewise. What a node that was killed had in hand is told when its lease is over.
const DELIVERED: Duration = Duration::from_secs(90);

/// The moment at which all are due, on our clock of both kinds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Due {
    /// As the server is told of it.
    pub(super) told: DateTime<Utc>,
    /// As it is waited for.
    pub(super) at: Instant,
}

/// What readers saw that they should not have.
#[derive(Debug, Default)]
struct Wrong {
    early: Cell<usize>,
    late: Cell<usize>,
    reads: Cell<usize>,
    refused: Cell<usize>,
    /// How long after the instant the slowest first answer with an article was there.
    last: Cell<Duration>,
}

impl Due {
    /// The first whole second that is so far away.
    #[expect(
        clippy::disallowed_methods,
        reason = "the nodes go by the clock of the machine, and so do their readers"
    )]
    pub(super) fn after(time: Duration) -> io::Result<Self> {
        let (now, instant) = (Utc::now(), Instant::now());
        let told = (now + TimeDelta::from_std(time).map_err(io::Error::other)?).trunc_subsecs(0);
        Ok(Self { told, at: instant + (told - now).to_std().map_err(io::Error::other)? })
    }
}

/// Schedules, stops, kills, reads and counts, on a cluster that is new.
pub async fn measure(
    cluster: &mut Cluster,
    database_url: &str,
    receiver: &Receiver,
    figures: &mut Figures,
) -> io::Result<()> {
    let mut editor = Client::of(&cluster.targets[LIVING]);
    let webhook = json!({"name": "Receiver", "url": receiver.url(), "events": ["article.published"]});
    editor.do_edit("POST", "/v1/editorial/webhooks", &webhook.to_string()).await?;
    let local = LocalSet::new();
    let began = Instant::now();
    let begun = local.run_until(everywhere(&cluster.targets, Order::Begin)).await?;
    // Scheduling takes longer than beginning did, by how much varies.
    let due = Due::after(began.elapsed() * 3 + Duration::from_secs(6))?;
    figures.tell("articles", begun.len());
    let order = json!({"goes_live_at": due.told.to_rfc3339()}).to_string();
    local
        .run_until(everywhere(&cluster.targets, |n| Order::Schedule(begun[&n].clone(), order.clone())))
        .await?;
    let before = due.at.checked_duration_since(Instant::now()).filter(|left| *left > BEFORE * 2);
    figures.tell(
        "scheduled_before_ms",
        before.ok_or_else(|| io::Error::other("this machine is too slow"))?.as_millis(),
    );
    let wrong = Rc::<Wrong>::default();
    // Each node keeps that there is nothing.
    local.run_until(read_all(&cluster.targets, due, Round::One, &wrong)).await?;
    sleep_until((due.at - BEFORE).into()).await;
    cluster.freeze(STOPPED)?;
    cluster.kill(KILLED)?;
    let announced = async {
        sleep_until(due.at.into()).await;
        let first = until(due.at, ANNOUNCED * 2, async || Ok(outbox(database_url).await?.0 > 0)).await?;
        let all =
            until(due.at, ANNOUNCED * 2, async || Ok(outbox(database_url).await?.0 >= ARTICLES)).await?;
        Ok::<_, io::Error>((first, all))
    };
    let living = local.run_until(async {
        let living = &cluster.targets[LIVING..=LIVING];
        let (read, announced) = tokio::join!(read_all(living, due, Round::UntilDue, &wrong), announced);
        read.and(announced)
    });
    let (first, all) = living.await?;
    figures.within("announced.first", first, ANNOUNCED);
    figures.within("announced.all", all, ANNOUNCED);
    tell("living_node", &wrong, figures);
    sleep_until((due.at + STANDS).into()).await;
    let wrong = Rc::<Wrong>::default();
    let going_on = async {
        // The first questions wait for it.
        sleep(Duration::from_millis(50)).await;
        cluster.go_on(STOPPED)
    };
    let stopped = read_all(&cluster.targets[STOPPED..=STOPPED], due, Round::One, &wrong);
    let (read, went_on) = local.run_until(async { tokio::join!(stopped, going_on) }).await;
    read.and(went_on)?;
    tell("stopped_node", &wrong, figures);
    cluster.start_again(KILLED).await?;
    let wrong = Rc::<Wrong>::default();
    local.run_until(read_all(&cluster.targets[KILLED..=KILLED], due, Round::One, &wrong)).await?;
    tell("killed_node", &wrong, figures);
    deliveries(due, receiver, figures).await?;
    let (published, of) = outbox(database_url).await?;
    figures.exactly("events", published, ARTICLES);
    figures.exactly("events.articles", of, ARTICLES);
    for (node, target) in cluster.targets.iter().enumerate() {
        let told = changes(&mut Client::of(target)).await?;
        let live: BTreeSet<_> = told.iter().filter(|(_, gone)| !gone).map(|(id, _)| id).collect();
        figures.exactly(&format!("changes.node_{node}"), told.len(), ARTICLES);
        figures.exactly(&format!("changes.node_{node}.live"), live.len(), ARTICLES);
    }
    cluster.examine()
}

/// What is to be done with an article.
enum Order {
    Begin(usize),
    Schedule(String, String),
}

/// Does it with each article, through all nodes at once; tells where each is that was begun.
async fn everywhere(
    targets: &[Target],
    order: impl Fn(usize) -> Order,
) -> io::Result<BTreeMap<usize, String>> {
    let (mut tasks, lanes) = (JoinSet::new(), NODES * AT_ONCE);
    for lane in 0..lanes {
        let mut client = Client::of(&targets[lane % NODES]);
        let orders: Vec<_> = (lane..ARTICLES).step_by(lanes).map(|n| (n, order(n))).collect();
        tasks.spawn_local(async move {
            let mut done = Vec::new();
            for (n, order) in orders {
                match order {
                    Order::Begin(n) => {
                        let begun = client.do_edit("POST", "/v1/editorial/articles", &begin(n)).await?;
                        done.push((n, made(&begun)?));
                    }
                    Order::Schedule(path, order) => {
                        client.do_edit("POST", &format!("{path}/publish"), &order).await?;
                        done.push((n, path));
                    }
                }
            }
            Ok::<_, io::Error>(done)
        });
    }
    let mut all = BTreeMap::new();
    while let Some(ended) = tasks.join_next().await {
        all.extend(ended.map_err(io::Error::other)??);
    }
    Ok(all)
}

/// How often everything is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Round {
    /// Once.
    One,
    /// Again and again, for the last time from the instant on.
    UntilDue,
}

/// Reads every article and every list at these nodes, and notes what is wrong.
async fn read_all(targets: &[Target], due: Due, round: Round, wrong: &Rc<Wrong>) -> io::Result<()> {
    let mut tasks = JoinSet::new();
    for target in targets {
        for lane in 0..AT_ONCE {
            let articles = (lane..ARTICLES).step_by(AT_ONCE).map(|n| format!("/v1/articles/{}", slug(n)));
            let paths: Vec<_> = if lane == 0 {
                let lists = LISTS.iter().filter(|list| !list.starts_with("/v1/fronts/"));
                lists.map(|list| (*list).to_owned()).chain(articles).collect()
            } else {
                articles.collect()
            };
            let (mut client, wrong) = (Client::of(target), Rc::clone(wrong));
            tasks.spawn_local(async move {
                loop {
                    let is_due = Instant::now() >= due.at;
                    for path in &paths {
                        read(&mut client, path, due, &wrong).await?;
                    }
                    if is_due || round == Round::One {
                        return Ok::<_, io::Error>(());
                    }
                }
            });
        }
    }
    while let Some(ended) = tasks.join_next().await {
        ended.map_err(io::Error::other)??;
    }
    Ok(())
}

/// Reads an address. What was asked for from the instant on shows; what was answered before it does not.
async fn read(client: &mut Client, path: &str, due: Due, wrong: &Wrong) -> io::Result<()> {
    let sent = Instant::now();
    let answer = client.get(path).await?;
    let received = Instant::now();
    let shows = match answer.status {
        200 => !marks::shown(&answer.body).is_empty(),
        404 => false,
        500.. => {
            wrong.refused.set(wrong.refused.get() + 1);
            return Ok(());
        }
        _ => return Err(refused(&answer)),
    };
    wrong.reads.set(wrong.reads.get() + 1);
    if shows && received < due.at {
        wrong.early.set(wrong.early.get() + 1);
        eprintln!("early: {path}, {:?} before the instant", due.at - received);
    }
    if !shows && sent >= due.at {
        wrong.late.set(wrong.late.get() + 1);
        eprintln!("late: {path}, {:?} after the instant", sent - due.at);
    }
    if shows {
        wrong.last.set(wrong.last.get().max(received.saturating_duration_since(due.at)));
    }
    Ok(())
}

fn tell(node: &str, wrong: &Wrong, figures: &mut Figures) {
    figures.tell(&format!("{node}.reads"), wrong.reads.get());
    figures.tell(&format!("{node}.read_through_ms"), wrong.last.get().as_millis());
    figures.exactly(&format!("{node}.early"), wrong.early.get(), 0);
    figures.exactly(&format!("{node}.late"), wrong.late.get(), 0);
    figures.exactly(&format!("{node}.refused"), wrong.refused.get(), 0);
}

/// How many events tell that an article appeared, and of how many articles.
async fn outbox(database_url: &str) -> io::Result<(usize, usize)> {
    const EVENTS: &str =
        "SELECT count(*), count(DISTINCT subject_id) FROM outbox WHERE kind = 'article.published'";
    let url = database_url.to_owned();
    let told =
        tokio::task::spawn_blocking(move || postgres::ask(&url, EVENTS)).await.map_err(io::Error::other)?;
    let counts = told.first().and_then(|line| line.split_once('|'));
    let counts = counts.and_then(|(all, of)| Some((all.parse().ok()?, of.parse().ok()?)));
    counts.ok_or_else(|| io::Error::other("no counts"))
}

/// Waits until a webhook was told of each, and counts by how many events.
async fn deliveries(due: Due, receiver: &Receiver, figures: &mut Figures) -> io::Result<()> {
    let mut told: Vec<Told> = Vec::new();
    let of = |told: &[Told]| told.iter().map(Told::resource).collect::<BTreeSet<_>>().len();
    while of(&told) < ARTICLES && due.at.elapsed() < DELIVERED * 2 {
        sleep(Duration::from_millis(100)).await;
        told.extend(receiver.took());
    }
    let all = of(&told) == ARTICLES;
    let last = told.iter().map(|told| told.at.saturating_duration_since(due.at)).max();
    figures.within("delivered", last.filter(|_| all), DELIVERED);
    let ids: BTreeSet<_> = told.iter().map(Told::id).collect();
    figures.exactly("delivered.events", ids.len(), ARTICLES);
    figures.tell("delivered.requests", told.len());
    Ok(())
}
