//! An archive of one size, and the node that serves it.

use std::io;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::connection::{Answer, Connection, request};
use crate::node::{Node, Site, refused};
use crate::scale::archive;

/// An archive that is served.
#[derive(Debug)]
pub struct Shelf {
    /// How many articles it has.
    pub articles: u32,
    /// The query of a page of its list at the far end, where the oldest articles are.
    pub far: String,
    /// The query of the end of its feed of changes, before anything was published here.
    pub end: String,
    node: Node,
    connection: Connection,
    token: String,
}

impl Shelf {
    /// Serves the site.
    pub async fn open(articles: u32, site: &Site) -> io::Result<Self> {
        let node = site.start()?;
        let token = node.token().await?;
        let connection = Connection::open(node.address).await?;
        let mut shelf = Self { articles, far: String::new(), end: String::new(), node, connection, token };
        let (_, end) = shelf.ask("/v1/changes?from=now").await?;
        shelf.end = format!("cursor={}", text(&end["cursor"])?);
        shelf.far = shelf.walk().await?;
        Ok(shelf)
    }

    /// Takes a new connection: the server closes one that rests while other archives are looked through.
    pub async fn connect(&mut self) -> io::Result<()> {
        self.connection = Connection::open(self.node.address).await?;
        Ok(())
    }

    /// The answer at a path, and how long it took.
    pub async fn ask(&mut self, path: &str) -> io::Result<(Duration, Value)> {
        let began = Instant::now();
        let answer = self.get(path).await?;
        let took = began.elapsed();
        Ok((took, serde_json::from_slice(&answer.body)?))
    }

    /// How long it takes to begin and publish the `n`th article that is published here.
    pub async fn publish(&mut self, n: u32) -> io::Result<Duration> {
        let begin = archive::begin(n, &format!("today-{n}"));
        let began = Instant::now();
        archive::publish(&mut self.connection, &self.token, &begin).await?;
        Ok(began.elapsed())
    }

    /// How much memory the node has in use, in KiB.
    pub fn resident_kib(&self) -> io::Result<u64> {
        self.node.resident_kib()
    }

    /// Ends it in order.
    pub fn close(self) -> io::Result<()> {
        self.node.stop()
    }

    async fn get(&mut self, path: &str) -> io::Result<Answer> {
        let answer = self.connection.exchange(&request("GET", path, None, None, "")).await?;
        if answer.status == 200 { Ok(answer) } else { Err(refused(&answer)) }
    }

    /// Turns over all pages, as a reader would have to, up to the last but one.
    async fn walk(&mut self) -> io::Result<String> {
        let (mut query, mut next) = (String::new(), String::new());
        loop {
            let (_, page) = self.ask(&format!("/v1/articles?{next}")).await?;
            let Ok(cursor) = text(&page["page"]["next_cursor"]) else { return Ok(query) };
            query = std::mem::replace(&mut next, format!("cursor={cursor}"));
        }
    }
}

fn text(value: &Value) -> io::Result<&str> {
    value.as_str().ok_or_else(|| io::ErrorKind::NotFound.into())
}
