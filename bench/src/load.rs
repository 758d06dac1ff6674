//! Clients that write as fast as they are answered, and how often that was.

use std::cell::Cell;
use std::io;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::{Duration, Instant};

use tokio::task::{JoinSet, LocalSet};

use crate::comment;
use crate::connection::{Answer, Connection, request};
use crate::node::refused;
use crate::story;

/// What the clients do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// Each saves an article of its own, again and again.
    Saves,
    /// Each begins articles and publishes them.
    Publishes,
    /// Each comments on the article with this slug, as another reader every time.
    Comments(&'static str),
}

/// How it went.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// Saves, or articles that were begun and published.
    pub done: u64,
    /// How many of them per second.
    pub per_second: f64,
    /// How long half of the requests waited at most.
    pub median: Duration,
    /// How long 99 of 100 waited at most.
    pub p99: Duration,
}

/// A server and who may write there.
#[derive(Debug, Clone)]
pub struct Target {
    /// Where it answers.
    pub address: SocketAddr,
    /// An access token.
    pub token: String,
}

/// Lets `clients` work for a time. `run` is part of the slugs, so that no two runs meet in one.
pub async fn run(target: &Target, work: Work, clients: u32, time: Duration, run: &str) -> io::Result<Pace> {
    let (done, until) = (Rc::new(Cell::new(0_u64)), Rc::new(Cell::new(None)));
    let (set, mut tasks) = (LocalSet::new(), JoinSet::new());
    let began = set
        .run_until(async {
            for client in 0..clients {
                let client = Client::open(target, format!("{run}-{client}")).await?;
                tasks.spawn_local(client.work(work, Rc::clone(&done), Rc::clone(&until)));
            }
            let began = Instant::now();
            until.set(Some(began + time));
            Ok::<_, io::Error>(began)
        })
        .await?;
    let mut waits = Vec::new();
    set.run_until(async {
        while let Some(ended) = tasks.join_next().await {
            waits.extend(ended.map_err(io::Error::other)??);
        }
        Ok::<_, io::Error>(())
    })
    .await?;
    let took = began.elapsed();
    waits.sort_unstable();
    let at = |percent: usize| waits.get(waits.len() * percent / 100).copied().unwrap_or_default();
    #[expect(clippy::cast_precision_loss, reason = "a count of some thousands")]
    let per_second = done.get() as f64 / took.as_secs_f64();
    Ok(Pace { done: done.get(), per_second, median: at(50), p99: at(99) })
}

struct Client {
    connection: Connection,
    token: String,
    name: String,
}

impl Client {
    async fn open(target: &Target, name: String) -> io::Result<Self> {
        let connection = Connection::open(target.address).await?;
        Ok(Self { connection, token: target.token.clone(), name })
    }

    /// Works until the end is set and past, and tells how long each request waited.
    async fn work(
        mut self,
        work: Work,
        done: Rc<Cell<u64>>,
        until: Rc<Cell<Option<Instant>>>,
    ) -> io::Result<Vec<Duration>> {
        let mut waits = Vec::new();
        let mut article = self.begin(0).await?;
        for n in 1.. {
            let began = Instant::now();
            match until.get() {
                Some(end) if began >= end => break,
                Some(_) => {}
                None => {
                    tokio::task::yield_now().await;
                    continue;
                }
            }
            match work {
                Work::Saves => article = self.save(&article, n).await?,
                Work::Publishes => {
                    let begun = self.begin(n).await?;
                    self.publish(&begun).await?;
                }
                Work::Comments(slug) => comment::hand_in(&mut self.connection, slug).await?,
            }
            done.set(done.get() + 1);
            waits.push(began.elapsed());
        }
        Ok(waits)
    }

    async fn begin(&mut self, n: u64) -> io::Result<Article> {
        let body = story::begin(&format!("{}-{n}", self.name));
        let answer = self.send("POST", "/v1/editorial/articles", None, &body).await?;
        Ok(Article { path: answer.location.clone().ok_or_else(|| refused(&answer))?, etag: etag(&answer)? })
    }

    async fn save(&mut self, article: &Article, n: u64) -> io::Result<Article> {
        let answer = self.send("PATCH", &article.path, Some(&article.etag), &story::save(n)).await?;
        Ok(Article { path: article.path.clone(), etag: etag(&answer)? })
    }

    async fn publish(&mut self, article: &Article) -> io::Result<()> {
        let path = format!("{}/publish", article.path);
        self.send("POST", &path, Some(&article.etag), "{}").await.map(|_| ())
    }

    async fn send(&mut self, method: &str, path: &str, seen: Option<&str>, body: &str) -> io::Result<Answer> {
        let answer = self.connection.exchange(&request(method, path, Some(&self.token), seen, body)).await?;
        if (200..300).contains(&answer.status) { Ok(answer) } else { Err(refused(&answer)) }
    }
}

/// An article as its client last saw it.
struct Article {
    path: String,
    etag: String,
}

fn etag(answer: &Answer) -> io::Result<String> {
    answer.etag.clone().ok_or_else(|| refused(answer))
}
