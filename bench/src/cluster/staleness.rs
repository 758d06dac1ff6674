//! Stories are published, corrected, taken down and withdrawn through one node or another while readers of all nodes read
//! them and whatever shows them. No answer may be older than the bound, and none may show what is not public.

use std::cell::Cell;
use std::io;
use std::rc::Rc;
use std::time::{Duration, Instant};

use tokio::task::{JoinSet, LocalSet};
use tokio::time::sleep;

use super::figures::Figures;
use super::observer::{Observer, Sight, Tally};
use super::readers::{self, FRONT, LISTS};
use super::truth::BOUND;
use super::writers::{Ledger, Writer};
use super::{Client, Cluster, listeners};

/// How many write at the same time.
const WRITERS: usize = 8;

/// How many stories each of them writes, of seven changes each: 1,008 changes together.
const STORIES: usize = 18;

/// The node that is stopped where one is.
const STOPPED: usize = 2;

/// How long it stands still: it has long missed its heartbeat by then.
const STANDS: Duration = Duration::from_secs(4);

/// How long it goes on in between.
const GOES: Duration = Duration::from_secs(3);

/// What is done to the cluster meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// Nothing.
    None,
    /// The connections over which nodes are told are cut at random.
    Cuts,
    /// A node stands still for some seconds, again and again, in the middle of whatever it does.
    Standstills,
}

/// What the cluster needs before the first story is written.
pub async fn prepare(cluster: &Cluster) -> io::Result<()> {
    let [first, ..] = cluster.targets.as_slice() else { return Ok(()) };
    Client::of(first).do_edit("POST", "/v1/editorial/fronts", FRONT).await.map(drop)
}

/// Lets all stories be written and read in this trouble. `observer` knows of those of the parts before.
pub async fn measure(
    cluster: &Cluster,
    database_url: &str,
    trouble: Trouble,
    observer: &Rc<Observer>,
    figures: &mut Figures,
) -> io::Result<()> {
    *observer.tally.borrow_mut() = Tally::default();
    let (ledger, over, spared) =
        (Rc::<Ledger>::default(), Rc::new(Cell::new(false)), Rc::new(Cell::new(None)));
    let (local, mut readers, mut writers) = (LocalSet::new(), JoinSet::new(), JoinSet::new());
    local
        .run_until(async {
            for (node, target) in cluster.targets.iter().enumerate() {
                for path in LISTS {
                    let (observer, over) = (Rc::clone(observer), Rc::clone(&over));
                    readers.spawn_local(readers::read_list(observer, target.clone(), node, path, over));
                }
            }
            for number in 0..WRITERS {
                let current = Rc::new(Cell::new(None));
                for (node, target) in cluster.targets.iter().enumerate() {
                    let (observer, current, over) =
                        (Rc::clone(observer), Rc::clone(&current), Rc::clone(&over));
                    readers.spawn_local(readers::read_stories(observer, target.clone(), node, current, over));
                }
                let (observer, ledger, spared) =
                    (Rc::clone(observer), Rc::clone(&ledger), Rc::clone(&spared));
                let writer = Writer::new(number as u64, &cluster.targets, observer, ledger, spared, current);
                writers.spawn_local(writer.write(STORIES));
            }
            let written = Cell::new(false);
            let writing = async {
                let wrote = all(&mut writers).await;
                written.set(true);
                wrote
            };
            let troubling = async {
                match trouble {
                    Trouble::None => Ok(0),
                    Trouble::Cuts => listeners::cut(database_url, &written).await,
                    Trouble::Standstills => stop_again_and_again(cluster, observer, &spared, &written).await,
                }
            };
            let (wrote, troubles) = tokio::join!(writing, troubling);
            wrote?;
            figures.tell("troubles", troubles?);
            // The last withdrawals are looked at beyond the bound too.
            sleep(2 * BOUND).await;
            over.set(true);
            all(&mut readers).await
        })
        .await?;
    let stopped = (trouble == Trouble::Standstills).then_some(STOPPED);
    tell(&ledger, stopped, &observer.tally.borrow(), figures);
    Ok(())
}

/// Waits until all are done.
async fn all(tasks: &mut JoinSet<io::Result<()>>) -> io::Result<()> {
    while let Some(ended) = tasks.join_next().await {
        ended.map_err(io::Error::other)??;
    }
    Ok(())
}

/// Stops a node and lets it go on until all is written; tells how often.
async fn stop_again_and_again(
    cluster: &Cluster,
    observer: &Rc<Observer>,
    spared: &Cell<Option<usize>>,
    written: &Cell<bool>,
) -> io::Result<usize> {
    let mut times = 0;
    loop {
        let until = Instant::now() + GOES;
        while Instant::now() < until {
            if written.get() {
                return Ok(times);
            }
            sleep(Duration::from_millis(20)).await;
        }
        let first = observer.truth.borrow().stories.len().saturating_sub(2 * WRITERS);
        // With what writers have under way there.
        cluster.freeze(STOPPED)?;
        let since = Instant::now();
        spared.set(Some(STOPPED));
        sleep(STANDS).await;
        let going_on = async {
            // The first questions wait for it.
            sleep(Duration::from_millis(50)).await;
            let until = Instant::now();
            cluster.go_on(STOPPED)?;
            observer.truth.borrow_mut().stood_still(STOPPED, since, until);
            spared.set(None);
            Ok::<_, io::Error>(())
        };
        let stories: Vec<_> = (first..observer.truth.borrow().stories.len()).collect();
        let asking = readers::ask(observer, &cluster.targets[STOPPED], STOPPED, &stories);
        let (asked, went_on) = tokio::join!(asking, going_on);
        asked.and(went_on)?;
        times += 1;
    }
}

fn tell(ledger: &Ledger, stopped: Option<usize>, tally: &Tally, figures: &mut Figures) {
    for (what, done) in &*ledger.done.borrow() {
        figures.tell(&format!("changes.{what}"), done);
    }
    // What is asked of a node that stands still waits until it goes on; the others are not to wait with it.
    let took = ledger.took.take().into_iter().filter(|(node, _)| stopped != Some(*node));
    figures.times("change", took.map(|(_, took)| took).collect());
    figures.tell("changes.refused", ledger.refused.get());
    figures.tell("reads", tally.reads);
    figures.tell("reads.unchanged", tally.unchanged);
    figures.tell("reads.refused", tally.refused);
    for (sight, name) in [
        (Sight::OwnArticle, "seen.same_node.article"),
        (Sight::OwnList, "seen.same_node.list"),
        (Sight::OtherArticle, "seen.other_nodes.article"),
        (Sight::OtherList, "seen.other_nodes.list"),
    ] {
        figures.times(name, tally.delays.get(&sight).cloned().unwrap_or_default());
    }
    figures.exactly("stale", tally.stale, 0);
    figures.exactly("leaks", tally.leaks, 0);
}
