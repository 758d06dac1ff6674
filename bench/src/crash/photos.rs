//! The same for photos: kills a server in the middle of uploads, replacements and deletions, and looks whether it has
//! every photo that it answered, with the file that it answered.

use std::collections::BTreeMap;
use std::io;
use std::rc::Rc;
use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::sync::Notify;
use tokio::task::{JoinSet, LocalSet};
use tokio::time::{sleep, timeout};

use super::shelves::{self, ALL};
use super::{Round, acknowledged, version};
use crate::connection::{Answer, Connection, request};
use crate::load::Target;
use crate::node::{Site, refused};
use crate::pictures::{send, small};

/// How many send files at the same time.
const SENDERS: u64 = 8;

/// How long the first file may take to be answered, on the busiest machine.
const MOST_PATIENCE: Duration = Duration::from_secs(60);

/// How many photos of a round stay for those after it.
const KEPT: usize = 10;

/// What a photo is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum State {
    /// Not there.
    Absent,
    /// There, with this version and this file.
    Of { version: u64, file: Vec<u8> },
}

/// A photo as the server has acknowledged it, and what it may have become since.
#[derive(Debug, Clone)]
struct Acknowledged {
    /// Where it is; `None` until its first answer.
    path: Option<String>,
    answered: usize,
    state: State,
    under_way: Option<State>,
}

/// What came of one round.
#[derive(Debug, Clone, Copy, Default)]
pub struct PhotoRound {
    /// What was answered and what was lost.
    pub round: Round,
    /// Files that a row names and that are not there, or not whole.
    pub missing: usize,
    /// Files that no row names, before they were swept.
    pub orphans: usize,
    /// And after.
    pub left: usize,
}

/// One round on a site that is not running: uploads, kill after `time`, start, check, sweep.
pub async fn round(site: &Site, number: usize, time: Duration) -> io::Result<PhotoRound> {
    let journal = uploads(site, number, time).await?;
    let began = Instant::now();
    let node = site.start()?;
    let mut round = Round { ready: began.elapsed(), ..Round::default() };
    let target = node.target().await?;
    let mut connection = Connection::open(target.address).await?;
    for photo in &journal {
        round.acknowledged += photo.answered;
        let is = state(&mut connection, &target, photo).await?;
        if is == photo.state {
        } else if photo.under_way.as_ref() == Some(&is) {
            round.unanswered_kept += 1;
        } else {
            round.lost += 1;
        }
    }
    let needed = shelves::needed(&mut connection, &target).await?;
    let orphans = shelves::lying(site)?.difference(&needed.files).count();
    delete_all_but(KEPT, &mut connection, &target).await?;
    site.examine()?;
    node.kill()?;
    let left = shelves::sweep(site).await?;
    Ok(PhotoRound { round, missing: needed.missing, orphans, left })
}

/// Lets files be sent until the server is killed, this long after it has answered the first, and tells what it has acknowledged.
async fn uploads(site: &Site, number: usize, time: Duration) -> io::Result<Vec<Acknowledged>> {
    let node = site.start()?;
    let target = node.target().await?;
    let local = LocalSet::new();
    let journal = local.run_until(async {
        let mut senders = JoinSet::new();
        let begun = Rc::new(Notify::new());
        for sender in 0..SENDERS {
            let first = (number as u64 * SENDERS + sender) << 16;
            senders.spawn_local(upload(target.clone(), Rc::clone(&begun), first));
        }
        timeout(MOST_PATIENCE, begun.notified()).await?;
        sleep(time).await;
        node.kill()?;
        let mut journal = Vec::new();
        while let Some(photos) = senders.join_next().await {
            journal.extend(photos.map_err(io::Error::other)?);
        }
        Ok(journal)
    });
    journal.await
}

/// Sends files until the server is gone, and tells what it acknowledged. Each photo has pictures of its own, numbered
/// from `first` on. Where one is answered, it is said that the work has begun.
async fn upload(target: Target, begun: Rc<Notify>, first: u64) -> Vec<Acknowledged> {
    let mut journal = BTreeMap::new();
    // It ends as the server does: in the middle.
    let _ = upload_into(&mut journal, &target, &begun, first).await;
    journal.into_values().collect()
}

async fn upload_into(
    journal: &mut BTreeMap<u64, Acknowledged>,
    target: &Target,
    begun: &Notify,
    first: u64,
) -> io::Result<()> {
    let mut connection = Connection::open(target.address).await?;
    for n in 0.. {
        let file = small(first + 2 * n);
        let under_way = Some(State::Of { version: 1, file: file.clone() });
        let new = Acknowledged { path: None, answered: 0, state: State::Absent, under_way };
        let photo = journal.entry(n).or_insert(new);
        let (answer, _) =
            acknowledged(connection.exchange(&send("POST", ALL, &target.token, None, &file)).await?)?;
        let path = answer.location.clone().ok_or_else(|| refused(&answer))?;
        photo.path = Some(path.clone());
        photo.is_now();
        begun.notify_one();
        let seen = Some("\"1\"");
        match n % 3 {
            1 => {
                let file = small(first + 2 * n + 1);
                photo.under_way = Some(State::Of { version: 2, file: file.clone() });
                acknowledged(connection.exchange(&send("PUT", &path, &target.token, seen, &file)).await?)?;
                photo.is_now();
            }
            2 => {
                photo.under_way = Some(State::Absent);
                let answer =
                    connection.exchange(&request("DELETE", &path, Some(&target.token), seen, "")).await?;
                if answer.status != 204 {
                    return Err(refused(&answer));
                }
                photo.is_now();
            }
            _ => {}
        }
    }
    Ok(())
}

impl Acknowledged {
    /// What was under way has been answered.
    fn is_now(&mut self) {
        self.answered += 1;
        if let Some(state) = self.under_way.take() {
            self.state = state;
        }
    }
}

/// What a photo is after the crash. One whose upload was not answered is sent again: the server tells whether it has it.
async fn state(connection: &mut Connection, target: &Target, photo: &Acknowledged) -> io::Result<State> {
    let path = match (&photo.path, &photo.under_way) {
        (Some(path), _) => path.clone(),
        (None, Some(State::Of { file, .. })) => {
            let again = connection.exchange(&send("POST", ALL, &target.token, None, file)).await?;
            match again.status {
                200 => of(&again)?,
                201 => return Ok(State::Absent),
                _ => return Err(refused(&again)),
            }
        }
        (None, _) => return Ok(State::Absent),
    };
    let read = |path: &str| request("GET", path, Some(&target.token), None, "");
    let answer = connection.exchange(&read(&path)).await?;
    let Some(version) = version(&answer).filter(|_| answer.status == 200) else { return Ok(State::Absent) };
    let file = connection.exchange(&read(&format!("{path}/file"))).await?;
    Ok(State::Of { version, file: file.body })
}

/// The path of the photo that an answer shows.
fn of(answer: &Answer) -> io::Result<String> {
    let told: Value = serde_json::from_slice(&answer.body)?;
    told["id"].as_str().map(|id| format!("{ALL}/{id}")).ok_or_else(|| refused(answer))
}

/// Deletes the photos but for the first, so that the rounds do not become longer and sweeps have work.
async fn delete_all_but(kept: usize, connection: &mut Connection, target: &Target) -> io::Result<()> {
    for path in shelves::paths(connection, target).await?.into_iter().skip(kept) {
        let delete = request("DELETE", &path, Some(&target.token), Some("*"), "");
        let answer = connection.exchange(&delete).await?;
        if answer.status != 204 {
            return Err(refused(&answer));
        }
    }
    Ok(())
}
