//! `make bench-writes PROGRAM`: how many writes a second, with group commit and without and on PostgreSQL, and how many
//! fsyncs they cost. All in one run, in turns, so that the ratios hold on a machine that others use too.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use masthead_bench::load::{self, Pace, Target, Work};
use masthead_bench::node::{Node, Site};
use masthead_bench::syncs;
use masthead_tests::database::Database;
use masthead_tests::{postgres, scratch};

/// As many as a big newsroom saves with at the same instant.
const CLIENTS: u32 = 64;

/// How often each is measured; the median counts.
const ROUNDS: usize = 3;

/// How long each time.
const TIME: Duration = Duration::from_secs(5);

/// What an fsync takes longer on a disk that has no memory of its own to answer from: 2 ms.
const SLOW_SYNC_US: u32 = 2000;

const WORKS: [Work; 2] = [Work::Saves, Work::Publishes];

/// A server of the comparison, with the paces of its works.
struct Lane {
    name: &'static str,
    _node: Node,
    target: Target,
    paces: [Vec<Pace>; 2],
}

impl Lane {
    async fn open(name: &'static str, site: &Site) -> io::Result<Self> {
        site.found()?;
        let node = site.start()?;
        let target = node.target().await?;
        Ok(Self { name, _node: node, target, paces: [Vec::new(), Vec::new()] })
    }

    async fn measure(&mut self, round: usize) -> io::Result<()> {
        for (work, paces) in WORKS.into_iter().zip(&mut self.paces) {
            let run = format!("{work:?}-{round}").to_lowercase();
            paces.push(load::run(&self.target, work, CLIENTS, TIME, &run).await?);
        }
        Ok(())
    }

    /// The median of a work's paces.
    fn median(&self, work: usize) -> Pace {
        let mut paces = self.paces[work].clone();
        paces.sort_by(|a, b| a.per_second.total_cmp(&b.per_second));
        paces[paces.len() / 2]
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let program = PathBuf::from(std::env::args_os().nth(1).ok_or_else(|| io::Error::other("which binary?"))?);
    let dir = scratch::run_dir();
    compare(&program, dir).await?;
    count(&program, dir).await?;
    compare_on_slow_disk(&program, dir).await
}

async fn compare(program: &Path, dir: &Path) -> io::Result<()> {
    postgres::keep_commits();
    let database = Database::Postgres.empty(dir);
    let file = "sqlite:masthead.db";
    let single = [("MASTHEAD_DATABASE_GROUP_COMMIT", "off")];
    let mut lanes = [
        Lane::open("SQLite", &Site::new(program, &dir.join("grouped"), file, &[])).await?,
        Lane::open("SQLite, group_commit = off", &Site::new(program, &dir.join("single"), file, &single))
            .await?,
        Lane::open("PostgreSQL", &Site::new(program, &dir.join("postgres"), database.url(), &[])).await?,
    ];
    for round in 0..ROUNDS {
        for lane in &mut lanes {
            lane.measure(round).await?;
        }
    }
    println!(
        "{CLIENTS} clients, median of {ROUNDS} rounds of {} s; times are median and p99 of a request pair\n",
        TIME.as_secs()
    );
    println!("| server | saves/s | ratio | ms | create + publish/s | ratio | ms |");
    println!("| --- | --- | --- | --- | --- | --- | --- |");
    for lane in &lanes {
        let cell = |work: usize| {
            let (pace, first) = (lane.median(work), lanes[0].median(work));
            let ratio = pace.per_second / first.per_second;
            let (median, p99) = (pace.median.as_millis(), pace.p99.as_millis());
            format!("{:.0} | {ratio:.2} | {median} / {p99}", pace.per_second)
        };
        println!("| {} | {} | {} |", lane.name, cell(0), cell(1));
    }
    let ratio = |work| lanes[0].median(work).per_second / lanes[1].median(work).per_second;
    println!(
        "\nGroup commit does {:.1} times as many saves, {:.1} times as many publishes\n",
        ratio(0),
        ratio(1)
    );
    Ok(())
}

async fn count(program: &Path, dir: &Path) -> io::Result<()> {
    if !syncs::can_be_counted() {
        println!("fsyncs are not counted: strace is missing (apt-get install strace)");
        return Ok(());
    }
    println!("| clients | saves | fsyncs | saves per fsync |");
    println!("| --- | --- | --- | --- |");
    for clients in [1, CLIENTS] {
        let site = Site::new(program, &dir.join(format!("traced-{clients}")), "sqlite:masthead.db", &[]);
        let (saves, syncs) = syncs::of_saves(&site, clients, TIME).await?;
        #[expect(clippy::cast_precision_loss, reason = "counts of some thousands")]
        let ratio = saves as f64 / syncs as f64;
        println!("| {clients} | {saves} | {syncs} | {ratio:.1} |");
    }
    Ok(())
}

/// Group commit and one commit for each on a disk whose fsync takes [`SLOW_SYNC_US`] longer than it does here.
async fn compare_on_slow_disk(program: &Path, dir: &Path) -> io::Result<()> {
    if !syncs::can_be_counted() {
        return Ok(());
    }
    let inject = format!("inject=fsync,fdatasync:delay_exit={SLOW_SYNC_US}");
    let log = dir.join("slow-syncs").display().to_string();
    let before = syncs::follow(&log, &["-e", &inject]);
    println!("\n| each fsync {SLOW_SYNC_US} µs longer | saves/s | create + publish/s |");
    println!("| --- | --- | --- |");
    for group_commit in ["on", "off"] {
        let own = [("MASTHEAD_DATABASE_GROUP_COMMIT", group_commit)];
        let place = dir.join(format!("slow-{group_commit}"));
        let site = Site::new(program, &place, "sqlite:masthead.db", &own);
        site.found()?;
        let node = site.start_under(&before)?;
        let target = node.target().await?;
        let saves = load::run(&target, Work::Saves, CLIENTS, TIME, "saves").await?;
        let publishes = load::run(&target, Work::Publishes, CLIENTS, TIME, "publishes").await?;
        node.stop()?;
        println!("| group_commit = {group_commit} | {:.0} | {:.0} |", saves.per_second, publishes.per_second);
    }
    Ok(())
}
