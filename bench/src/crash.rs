//! Kills a server in the middle of its work, starts it again, and holds what it has against what it said it had.

pub mod photos;
pub mod shelves;

use std::collections::BTreeMap;
use std::io;
use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::task::{JoinSet, LocalSet};

use crate::connection::{Answer, Connection, request};
use crate::load::Target;
use crate::node::{Site, refused};
use crate::story;

/// How many write at the same time.
const WRITERS: u32 = 20;

/// How many saves an article gets before it is published.
const SAVES: u64 = 3;

/// What the server has acknowledged of one article.
#[derive(Debug, Clone)]
struct Acknowledged {
    slug: String,
    path: String,
    version: u64,
    /// The number in the text of the last save.
    save: u64,
    published: bool,
}

/// What came of one round.
#[derive(Debug, Clone, Copy, Default)]
pub struct Round {
    /// Writes that were answered.
    pub acknowledged: usize,
    /// Writes that were not answered and are there, whole.
    pub unanswered_kept: usize,
    /// Answered writes that are not there, or not as they were answered.
    pub lost: usize,
    /// How long the new start took until it answered.
    pub ready: Duration,
}

/// One round on a site that is not running: load, kill after `time`, start, check. A database that contradicts itself
/// is an error.
pub async fn round(site: &Site, number: usize, time: Duration) -> io::Result<Round> {
    let node = site.start()?;
    let target = node.target().await?;
    let local = LocalSet::new();
    let journal = local.run_until(async {
        let mut writers = JoinSet::new();
        for writer in 0..WRITERS {
            writers.spawn_local(write(target.clone(), format!("crash-{number}-{writer}")));
        }
        tokio::time::sleep(time).await;
        node.kill()?;
        let mut journal = Vec::new();
        while let Some(articles) = writers.join_next().await {
            journal.extend(articles.map_err(io::Error::other)?);
        }
        Ok::<_, io::Error>(journal)
    });
    let journal = journal.await?;
    let began = Instant::now();
    let node = site.start()?;
    let ready = began.elapsed();
    let target = node.target().await?;
    let mut round = Round { ready, ..Round::default() };
    let mut connection = Connection::open(target.address).await?;
    for article in &journal {
        round.acknowledged += usize::try_from(article.version).unwrap_or(usize::MAX);
        match check(&mut connection, &target, article).await? {
            Kept::Exactly => {}
            Kept::WithOneMore => round.unanswered_kept += 1,
            Kept::Not => round.lost += 1,
        }
    }
    site.examine()?;
    node.kill()?;
    Ok(round)
}

/// Writes until the server is gone, and tells what it acknowledged.
async fn write(target: Target, name: String) -> Vec<Acknowledged> {
    let mut journal = BTreeMap::new();
    // It ends as the server does: in the middle.
    let _ = write_into(&mut journal, &target, &name).await;
    journal.into_values().collect()
}

async fn write_into(
    journal: &mut BTreeMap<u64, Acknowledged>,
    target: &Target,
    name: &str,
) -> io::Result<()> {
    let mut connection = Connection::open(target.address).await?;
    for n in 0.. {
        let slug = format!("{name}-{n}");
        let begin =
            request("POST", "/v1/editorial/articles", Some(&target.token), None, &story::begin(&slug));
        let (answer, version) = acknowledged(connection.exchange(&begin).await?)?;
        let path = answer.location.clone().ok_or_else(|| refused(&answer))?;
        let article = Acknowledged { slug, path, version, save: 0, published: false };
        let article = journal.entry(n).or_insert(article);
        for save in 1..=SAVES {
            let body = story::save(save);
            let seen = format!("\"{}\"", article.version);
            let save_it = request("PATCH", &article.path, Some(&target.token), Some(&seen), &body);
            let (_, version) = acknowledged(connection.exchange(&save_it).await?)?;
            (article.version, article.save) = (version, save);
        }
        let (path, seen) = (format!("{}/publish", article.path), format!("\"{}\"", article.version));
        let publish = request("POST", &path, Some(&target.token), Some(&seen), "{}");
        let (_, version) = acknowledged(connection.exchange(&publish).await?)?;
        (article.version, article.published) = (version, true);
    }
    Ok(())
}

/// The answer to a write with the version that it tells. One that is refused ends the round with an error in the check,
/// since nothing here may be refused.
fn acknowledged(answer: Answer) -> io::Result<(Answer, u64)> {
    let version = version(&answer).filter(|_| (200..300).contains(&answer.status));
    version.map(|version| (answer.clone(), version)).ok_or_else(|| refused(&answer))
}

fn version(answer: &Answer) -> Option<u64> {
    let tag = answer.etag.as_deref()?.trim_matches('"');
    tag.split('.').next()?.parse().ok()
}

/// How much of an article is there.
enum Kept {
    Exactly,
    /// The write that was on its way when the server ended is there too.
    WithOneMore,
    Not,
}

async fn check(connection: &mut Connection, target: &Target, article: &Acknowledged) -> io::Result<Kept> {
    let Acknowledged { slug, path, version: acknowledged, save, published } = article;
    let answer = connection.exchange(&request("GET", path, Some(&target.token), None, "")).await?;
    let more = match version(&answer) {
        Some(version) if version == *acknowledged => 0,
        Some(version) if version == acknowledged + 1 => 1,
        Some(_) | None => return Ok(Kept::Not),
    };
    let told: Value = serde_json::from_slice(&answer.body)?;
    let text = told["content"]["body"][0]["content"][0]["text"].as_str().unwrap_or_default();
    // The write after the last save is the publish, which leaves the text.
    let expected = if *published || *save == SAVES { *save } else { save + more };
    if !text.starts_with(&format!("{expected:012} ")) {
        return Ok(Kept::Not);
    }
    let live = connection.exchange(&request("GET", &format!("/v1/articles/{slug}"), None, None, "")).await?;
    let should_be_live = *published || (*save == SAVES && more == 1);
    if (live.status == 200) != should_be_live {
        return Ok(Kept::Not);
    }
    Ok(if more == 0 { Kept::Exactly } else { Kept::WithOneMore })
}
