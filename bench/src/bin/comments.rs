//! `make bench-comments PROGRAM`: how many comments are handed in per second, next to saves of articles in the same run and
//! in turns, and what the first page of a long thread costs next to that of a short one.

use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use masthead_bench::comment;
use masthead_bench::connection::{Connection, request};
use masthead_bench::load::{self, Pace, Target, Work};
use masthead_bench::node::{Node, Site, refused};
use masthead_bench::story;
use masthead_tests::database::Database;
use masthead_tests::{postgres, scratch};
use serde_json::Value;

/// As many as comment at the same instant below a story that everybody reads.
const CLIENTS: u32 = 64;

/// How often each is measured; the median counts.
const ROUNDS: usize = 3;

/// How long each time.
const TIME: Duration = Duration::from_secs(5);

/// Comments of the long thread, at least.
const LONG: u64 = 100_000;

/// Comments of the short one: a whole page.
const SHORT: u64 = 100;

/// How often each thread is read.
const READS: usize = 500;

/// What lets all comments in: they are shown at once, and say themselves from where they come.
const SETTINGS: [(&str, &str); 2] =
    [("MASTHEAD_COMMENTS_MODERATION", "post"), ("MASTHEAD_SERVER_TRUSTED_PROXIES", "127.0.0.1")];

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let program = PathBuf::from(std::env::args_os().nth(1).ok_or_else(|| io::Error::other("which binary?"))?);
    let dir = scratch::run_dir();
    postgres::keep_commits();
    let database = Database::Postgres.empty(dir);
    println!("{CLIENTS} clients, median of {ROUNDS} rounds of {} s\n", TIME.as_secs());
    println!("| server | saves/s | comments/s | ratio | median / p99 ms of a comment |");
    println!("| --- | --- | --- | --- | --- |");
    let (node, target) = open(&program, &dir.join("sqlite"), "sqlite:masthead.db").await?;
    compare("SQLite", &target).await?;
    let (_postgres, other) = open(&program, &dir.join("postgres"), database.url()).await?;
    compare("PostgreSQL", &other).await?;
    read(&node, &target).await
}

/// A server with two articles.
async fn open(program: &Path, dir: &Path, database: &str) -> io::Result<(Node, Target)> {
    let site = Site::new(program, dir, database, &SETTINGS);
    site.found()?;
    let node = site.start()?;
    let target = node.target().await?;
    for slug in ["long", "short"] {
        publish(&target, slug).await?;
    }
    Ok((node, target))
}

async fn publish(target: &Target, slug: &str) -> io::Result<()> {
    let mut connection = Connection::open(target.address).await?;
    let token = Some(target.token.as_str());
    let begin = request("POST", "/v1/editorial/articles", token, None, &story::begin(slug));
    let begun = connection.exchange(&begin).await?;
    let path = format!("{}/publish", begun.location.as_deref().ok_or_else(|| refused(&begun))?);
    let answer = connection.exchange(&request("POST", &path, token, begun.etag.as_deref(), "{}")).await?;
    if answer.status == 200 { Ok(()) } else { Err(refused(&answer)) }
}

/// Saves and comments in turns.
async fn compare(name: &str, target: &Target) -> io::Result<()> {
    let (mut saves, mut comments) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let run = |work: &str| format!("{work}-{round}");
        saves.push(load::run(target, Work::Saves, CLIENTS, TIME, &run("saves")).await?);
        comments.push(load::run(target, Work::Comments("long"), CLIENTS, TIME, &run("comments")).await?);
    }
    let (saves, comments) = (median(saves), median(comments));
    println!(
        "| {name} | {:.0} | {:.0} | {:.2} | {} / {} |",
        saves.per_second,
        comments.per_second,
        comments.per_second / saves.per_second,
        comments.median.as_millis(),
        comments.p99.as_millis()
    );
    Ok(())
}

fn median(mut paces: Vec<Pace>) -> Pace {
    paces.sort_by(|a, b| a.per_second.total_cmp(&b.per_second));
    paces[paces.len() / 2]
}

/// The first pages of both threads, in turns.
async fn read(node: &Node, target: &Target) -> io::Result<()> {
    for round in 0.. {
        if count(node, "long").await? >= LONG {
            break;
        }
        load::run(target, Work::Comments("long"), CLIENTS, TIME, &format!("fill-{round}")).await?;
    }
    let mut connection = Connection::open(node.address).await?;
    for _ in 0..SHORT {
        comment::hand_in(&mut connection, "short").await?;
    }
    let (long, short) = (count(node, "long").await?, count(node, "short").await?);
    println!("\n| first page of | {long} comments, µs | {short} comments, µs | ratio |");
    println!("| --- | --- | --- | --- |");
    for query in ["", "?sort=newest", "?limit=100"] {
        let (mut of_long, mut of_short) = (Vec::new(), Vec::new());
        for _ in 0..READS {
            of_long.push(timed(&mut connection, &format!("{}{query}", comments_of("long"))).await?);
            of_short.push(timed(&mut connection, &format!("{}{query}", comments_of("short"))).await?);
        }
        let [of_long, of_short] = [of_long, of_short].map(|mut times| {
            times.sort_unstable();
            times[times.len() / 2]
        });
        let ratio = of_long.as_secs_f64() / of_short.as_secs_f64();
        println!("| `…/comments{query}` | {} | {} | {ratio:.2} |", of_long.as_micros(), of_short.as_micros());
    }
    Ok(())
}

/// How many comments a thread has. The connection is a new one: between rounds the server closes what is idle.
async fn count(node: &Node, slug: &str) -> io::Result<u64> {
    let mut connection = Connection::open(node.address).await?;
    let answer = connection.exchange(&request("GET", &comments_of(slug), None, None, "")).await?;
    let told: Value = serde_json::from_slice(&answer.body)?;
    told["thread"]["count"].as_u64().ok_or_else(|| refused(&answer))
}

/// How long a page takes to arrive.
async fn timed(connection: &mut Connection, path: &str) -> io::Result<Duration> {
    let began = Instant::now();
    let answer = connection.exchange(&request("GET", path, None, None, "")).await?;
    if answer.status == 200 { Ok(began.elapsed()) } else { Err(refused(&answer)) }
}

fn comments_of(slug: &str) -> String {
    format!("/v1/articles/{slug}/comments")
}
