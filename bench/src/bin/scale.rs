//! `make bench-scale`: what pages, searches, the feed of changes, publishing and a start cost with ten thousand, a hundred
//! thousand and a million articles, or with other numbers (200 or more) a tenth and a hundredth as large, on both databases, each
//! as a ratio to the smallest. All three archives are served at the same time and asked in turns, one question at a time, so that
//! a ratio is of one moment. Finished answers are not kept. Each question is asked as often before, about other articles and words
//! where it names any, and not measured: a server that runs has read what it is asked of every day.

use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use masthead_bench::connection::{Connection, request};
use masthead_bench::node::{Node, Site, refused};
use masthead_bench::scale::archive;
use masthead_bench::scale::question::{AFTER_PUBLISHING, QUESTIONS, Question};
use masthead_bench::scale::shelf::Shelf;
use masthead_tests::database::{Database, OwnDatabase};
use masthead_tests::{postgres, scratch};

/// How many articles are published through the API, unless another number is given.
const FIRST: u32 = 10_000;

/// The archives, by the number of days for which those articles are copied.
const DAYS: [u8; 3] = [0, 9, 99];

/// The databases, by name. They are measured one after the other; the arguments may name one alone.
const DATABASES: [(&str, Database); 2] = [("sqlite", Database::Sqlite), ("postgres", Database::Postgres)];

/// How often articles are published on each, and how often each is started.
const PUBLISHED: u32 = 60;
const STARTS: u32 = 5;

/// How long an archive may take to be told of in the feed of changes.
const PATIENCE: Duration = Duration::from_mins(1);

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let mut arguments = std::env::args_os().skip(1);
    let mut program =
        |what: &str| arguments.next().map(PathBuf::from).ok_or_else(|| io::Error::other(what.to_owned()));
    let (program, grower) = (program("which binary?")?, program("what makes archives?")?);
    let (mut first, mut databases) = (FIRST, DATABASES.to_vec());
    for argument in arguments.filter_map(|argument| argument.into_string().ok()) {
        match (argument.parse(), DATABASES.into_iter().find(|(name, _)| *name == argument)) {
            (Ok(number), _) => first = number,
            (Err(_), Some(alone)) => databases = vec![alone],
            (Err(_), None) => return Err(io::Error::other("which number, or which database?")),
        }
    }
    postgres::keep_commits();
    for (name, database) in databases {
        measure(name, database, &program, &grower, first).await?;
    }
    Ok(())
}

/// Makes the archives of one database and measures them.
async fn measure(
    name: &str,
    database: Database,
    program: &Path,
    grower: &Path,
    first: u32,
) -> io::Result<()> {
    let dir = scratch::run_dir().join(name);
    let sites = build(database, &dir, program, grower, first).await?;
    let mut shelves = Vec::new();
    for (days, (site, _)) in DAYS.iter().zip(&sites) {
        let (began, articles) = (Instant::now(), first * (u32::from(*days) + 1));
        shelves.push(Shelf::open(articles, site).await?);
        eprintln!("{name}: all pages of {articles} turned over in {} s", began.elapsed().as_secs());
    }
    let sizes: Vec<_> = shelves.iter().map(|shelf| shelf.articles).collect();
    for shelf in &mut shelves {
        shelf.connect().await?;
    }
    for question in &QUESTIONS {
        ask(&mut shelves, question, question.before()).await?;
        tell(name, question.name, &sizes, ask(&mut shelves, question, question.measured()).await?);
    }
    let mut waits = vec![Vec::new(); shelves.len()];
    for n in 0..PUBLISHED {
        for (shelf, waits) in shelves.iter_mut().zip(&mut waits) {
            waits.push(shelf.publish(first + n).await?);
        }
    }
    tell(name, "publish", &sizes, waits);
    for shelf in &mut shelves {
        told(shelf).await?;
    }
    let waits = ask(&mut shelves, &AFTER_PUBLISHING, AFTER_PUBLISHING.measured()).await?;
    tell(name, AFTER_PUBLISHING.name, &sizes, waits);
    for shelf in shelves {
        println!("scale_{name}_resident_{}_mib={}", shelf.articles, shelf.resident_kib()? / 1024);
        shelf.close()?;
    }
    tell(name, "start", &sizes, start(&sites).await?);
    drop(sites);
    std::fs::remove_dir_all(dir)
}

/// The archives, the smallest first. Each is a copy of it that was given its past.
async fn build(
    database: Database,
    dir: &Path,
    program: &Path,
    grower: &Path,
    first: u32,
) -> io::Result<Vec<(Site, OwnDatabase)>> {
    let mut sites: Vec<(Site, OwnDatabase)> = Vec::new();
    for days in DAYS {
        let began = Instant::now();
        let dir = dir.join(days.to_string());
        std::fs::create_dir_all(&dir)?;
        let own = match sites.first() {
            None => database.empty(&dir),
            Some((_, smallest)) => smallest.copy(&dir),
        };
        let site = Site::new(program, &dir, own.url(), &[("MASTHEAD_CACHE_ENABLED", "off")]);
        if let Some((smallest, _)) = sites.first() {
            site.take_keys_of(smallest)?;
        } else {
            site.found()?;
            publish(&site, first).await?;
        }
        if days > 0 {
            let grown = Command::new(grower).args([own.url(), &days.to_string()]).status()?;
            if !grown.success() {
                return Err(io::Error::other("the archive was not made"));
            }
        }
        if matches!(database, Database::Postgres) {
            // As a server does by itself once so much was written; those of the tests do not.
            postgres::ask(own.url(), "VACUUM ANALYZE");
        }
        eprintln!("{database:?}: the archive of {days} days made in {} s", began.elapsed().as_secs());
        sites.push((site, own));
    }
    // The largest would take as long again; it is made as the one before.
    let [_, (middle, _), _] = sites.as_slice() else { return Err(io::ErrorKind::InvalidData.into()) };
    middle.examine()?;
    Ok(sites)
}

/// Publishes the first articles, and ends when all of them are in the feed of changes.
async fn publish(site: &Site, articles: u32) -> io::Result<()> {
    let node = site.start()?;
    archive::fill(&node.target().await?, articles).await?;
    node.stop()?;
    site.work()
}

/// Asks all of them in turns.
async fn ask(
    shelves: &mut [Shelf],
    question: &Question,
    times: Range<u32>,
) -> io::Result<Vec<Vec<Duration>>> {
    let mut waits = vec![Vec::new(); shelves.len()];
    for n in times {
        for (shelf, waits) in shelves.iter_mut().zip(&mut waits) {
            let path = question.path(shelf, n);
            waits.push(shelf.ask(&path).await?.0);
        }
    }
    Ok(waits)
}

/// Waits until the feed has a page of what was published.
async fn told(shelf: &mut Shelf) -> io::Result<()> {
    let path = AFTER_PUBLISHING.path(shelf, 0);
    let until = Instant::now() + PATIENCE;
    while Instant::now() < until {
        if shelf.ask(&path).await?.1["data"].as_array().is_some_and(|data| data.len() == 20) {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Err(io::ErrorKind::TimedOut.into())
}

/// How long each takes from its start to its first answer, in turns.
async fn start(sites: &[(Site, OwnDatabase)]) -> io::Result<Vec<Vec<Duration>>> {
    let mut waits = vec![Vec::new(); sites.len()];
    for _ in 0..STARTS {
        for ((site, _), waits) in sites.iter().zip(&mut waits) {
            let began = Instant::now();
            let node: Node = site.start()?;
            let ask = request("GET", "/v1/articles/story-7", None, None, "");
            let answer = Connection::open(node.address).await?.exchange(&ask).await?;
            if answer.status != 200 {
                return Err(refused(&answer));
            }
            waits.push(began.elapsed());
            node.stop()?;
        }
    }
    Ok(waits)
}

/// Tells the median and the slowest of a hundred of each size, and the median as a ratio to that of the smallest.
fn tell(database: &str, name: &str, sizes: &[u32], waits: Vec<Vec<Duration>>) {
    let mut least = None;
    for (size, mut waits) in sizes.iter().zip(waits) {
        waits.sort_unstable();
        let at = |percent: usize| waits.get(waits.len() * percent / 100).copied().unwrap_or_default();
        let (median, p99) = (at(50).as_secs_f64() * 1000.0, at(99).as_secs_f64() * 1000.0);
        let least = *least.get_or_insert(median);
        println!("scale_{database}_{name}_{size}_ms={median:.2}");
        println!("scale_{database}_{name}_{size}_p99_ms={p99:.2}");
        println!("scale_{database}_{name}_{size}_ratio={:.2}", median / least);
    }
}
