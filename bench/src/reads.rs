//! Readers who ask at a steady pace, whatever else the server does, and how long each waited.

use std::io;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use tokio::task::{JoinSet, LocalSet};

use crate::connection::{Connection, request};
use crate::node::refused;

/// How many readers there are.
const READERS: u32 = 8;

/// How often each asks: 200 times a second all together, which takes a small part of one processor.
const PACE: Duration = Duration::from_millis(40);

/// Reads `path` at that pace for a time. The waits are in order, the shortest first; each is from the sending to the whole
/// answer. No reader waits so long that it misses its next turn, unless the server is far beyond what is measured here.
pub async fn run(address: SocketAddr, path: &str, time: Duration) -> io::Result<Vec<Duration>> {
    let (set, mut tasks) = (LocalSet::new(), JoinSet::new());
    let mut waits = Vec::new();
    set.run_until(async {
        let until = Instant::now() + time;
        for reader in 0..READERS {
            let ask = request("GET", path, None, None, "");
            tasks.spawn_local(read(address, ask, PACE * reader / READERS, until));
        }
        while let Some(ended) = tasks.join_next().await {
            waits.extend(ended.map_err(io::Error::other)??);
        }
        Ok::<_, io::Error>(())
    })
    .await?;
    waits.sort_unstable();
    Ok(waits)
}

async fn read(
    address: SocketAddr,
    ask: Vec<u8>,
    first: Duration,
    until: Instant,
) -> io::Result<Vec<Duration>> {
    let mut connection = Connection::open(address).await?;
    tokio::time::sleep(first).await;
    let (mut turns, mut waits) = (tokio::time::interval(PACE), Vec::new());
    loop {
        turns.tick().await;
        let began = Instant::now();
        if began >= until {
            return Ok(waits);
        }
        let answer = connection.exchange(&ask).await?;
        if answer.status != 200 {
            return Err(refused(&answer));
        }
        waits.push(began.elapsed());
    }
}

/// How long `percent` of 100 waited at most.
pub fn at(waits: &[Duration], percent: usize) -> Duration {
    waits.get(waits.len() * percent / 100).copied().unwrap_or_default()
}
