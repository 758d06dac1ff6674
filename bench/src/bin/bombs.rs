//! `make test-bombs PROGRAM`: sends pictures that would take a machine's memory or time, four at a time, to a server of its
//! own on each database, and tells how long the slowest refusal took and what memory the server had at most. More than
//! 2 seconds, or more than 256 MiB beyond what it had before, is a failure. How long good photos wait that carry too much
//! beside the picture, and are taken without it, is told apart: they are decoded and stored.

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use masthead_bench::connection::Connection;
use masthead_bench::node::{Node, Site, refused};
use masthead_bench::pictures::send;
use masthead_tests::bombs::{self, Bomb};
use masthead_tests::database::Database;
use masthead_tests::scratch;
use tokio::task::{JoinSet, LocalSet};

/// How many are sent at a time.
const AT_ONCE: usize = 4;

/// How long the answer to one may take.
const TIME: Duration = Duration::from_secs(2);

/// What memory the server may take beyond what it had, in KiB.
const MEMORY_KIB: u64 = 256 * 1024;

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<ExitCode> {
    let program = PathBuf::from(std::env::args_os().nth(1).ok_or_else(|| io::Error::other("which binary?"))?);
    let dir = scratch::run_dir();
    let database = Database::Postgres.empty(dir);
    let on_sqlite = holds("sqlite", &program, dir, "sqlite:masthead.db").await?;
    let on_postgres = holds("postgres", &program, dir, database.url()).await?;
    Ok(if on_sqlite && on_postgres { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn holds(name: &str, program: &Path, dir: &Path, database: &str) -> io::Result<bool> {
    let site = Site::new(program, &dir.join(format!("bombs-{name}")), database, &[]);
    site.found()?;
    let node = site.start()?;
    let token = node.token().await?;
    let idle = node.resident_kib()?;
    let refused =
        slowest(&node, &token, bombs::of_pixels().into_iter().chain(bombs::of_streams()), 422).await?;
    let taken = slowest(&node, &token, bombs::of_metadata(), 201).await?;
    let more = node.most_resident_kib()?.saturating_sub(idle);
    println!("{name}_slowest_refusal_ms={} ({})", refused.1.as_millis(), refused.0);
    println!("{name}_slowest_taken_ms={} ({})", taken.1.as_millis(), taken.0);
    println!("{name}_idle_mib={}", idle / 1024);
    println!("{name}_more_mib={}", more / 1024);
    node.stop()?;
    Ok(refused.1 <= TIME && more <= MEMORY_KIB)
}

/// The file that waited longest for its answer, and how long.
async fn slowest(
    node: &Node,
    token: &str,
    files: impl IntoIterator<Item = Bomb>,
    status: u16,
) -> io::Result<(&'static str, Duration)> {
    let mut slowest = ("", Duration::ZERO);
    for (what, file) in files {
        let longest = LocalSet::new().run_until(four(node.address, token, (what, file), status)).await?;
        if longest > slowest.1 {
            slowest = (what, longest);
        }
    }
    Ok(slowest)
}

/// Sends the same file four times at once; the longest wait. Where it is taken, one of them brings it and the others find it.
async fn four(
    address: std::net::SocketAddr,
    token: &str,
    (what, file): Bomb,
    status: u16,
) -> io::Result<Duration> {
    let mut all = JoinSet::new();
    for _ in 0..AT_ONCE {
        let message = send("POST", "/v1/editorial/photos", token, None, &file);
        all.spawn_local(async move {
            let mut connection = Connection::open(address).await?;
            let began = Instant::now();
            let answer = connection.exchange(&message).await?;
            Ok::<_, io::Error>((answer, began.elapsed()))
        });
    }
    let mut longest = Duration::ZERO;
    while let Some(one) = all.join_next().await {
        let (answer, time) = one.map_err(io::Error::other)??;
        if answer.status != status && (status, answer.status) != (201, 200) {
            eprintln!("{what}:");
            return Err(refused(&answer));
        }
        longest = longest.max(time);
    }
    Ok(longest)
}
