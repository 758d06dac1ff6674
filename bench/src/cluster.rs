//! Many nodes on one PostgreSQL: what one of them changes the others show within a second, what was taken down nobody sees
//! after that, and what a node that ends had in hand another goes on with.

pub mod chance;
pub mod due;
pub mod figures;
pub mod judge;
pub mod leases;
pub mod listeners;
pub mod marks;
pub mod observer;
pub mod readers;
pub mod staleness;
pub mod truth;
pub mod writers;

use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::time::sleep;

use crate::connection::{Answer, Connection, request};
use crate::load::Target;
use crate::node::{Node, Site, refused};

/// How many nodes there are.
pub const NODES: usize = 3;

/// How often is looked whether something has come about.
const LOOK: Duration = Duration::from_millis(10);

/// Nodes on one database, each with its workers.
#[derive(Debug)]
pub struct Cluster {
    site: Site,
    /// `None` where it was killed.
    nodes: Vec<Option<Node>>,
    /// The nodes, and who may write there.
    pub targets: Vec<Target>,
}

impl Cluster {
    /// Founds a site in `dir` on an empty database and starts the nodes.
    pub async fn start(
        program: &Path,
        dir: &Path,
        database_url: &str,
        own: &[(&str, &str)],
    ) -> io::Result<Self> {
        let site = Site::new(program, dir, database_url, own);
        site.found()?;
        let mut cluster = Self { site, nodes: Vec::new(), targets: Vec::new() };
        for _ in 0..NODES {
            let node = cluster.site.start()?;
            cluster.targets.push(node.target().await?);
            cluster.nodes.push(Some(node));
        }
        Ok(cluster)
    }

    fn node(&self, number: usize) -> io::Result<&Node> {
        self.nodes.get(number).and_then(Option::as_ref).ok_or_else(|| io::Error::other("no such node runs"))
    }

    /// Stops a node where it is, as the machine does on which it runs when that is moved.
    pub fn freeze(&self, number: usize) -> io::Result<()> {
        self.node(number)?.freeze()
    }

    /// Lets it go on.
    pub fn go_on(&self, number: usize) -> io::Result<()> {
        self.node(number)?.go_on()
    }

    /// Ends a node as a power failure would.
    pub fn kill(&mut self, number: usize) -> io::Result<()> {
        match self.nodes.get_mut(number).and_then(Option::take) {
            Some(node) => node.kill(),
            None => Err(io::Error::other("no such node runs")),
        }
    }

    /// Starts a node that was killed again, at another address.
    pub async fn start_again(&mut self, number: usize) -> io::Result<()> {
        let node = self.site.start()?;
        self.targets[number] = node.target().await?;
        self.nodes[number] = Some(node);
        Ok(())
    }

    /// Lets `masthead doctor` examine what is left.
    pub fn examine(&self) -> io::Result<()> {
        self.site.examine()
    }
}

/// One client of a node, whose connection is opened anew where the node has closed it.
#[derive(Debug)]
pub struct Client {
    target: Target,
    connection: Option<Connection>,
}

impl Client {
    /// Of this node.
    pub fn of(target: &Target) -> Self {
        Self { target: target.clone(), connection: None }
    }

    /// Sends a request, once more where a connection that was kept turns out to be closed.
    pub async fn exchange(&mut self, request: &[u8]) -> io::Result<Answer> {
        if let Some(mut kept) = self.connection.take()
            && let Ok(answer) = kept.exchange(request).await
        {
            self.connection = Some(kept);
            return Ok(answer);
        }
        let mut connection = Connection::open(self.target.address).await?;
        let answer = connection.exchange(request).await?;
        self.connection = Some(connection);
        Ok(answer)
    }

    /// Reads as everybody may.
    pub async fn get(&mut self, path: &str) -> io::Result<Answer> {
        self.exchange(&request("GET", path, None, None, "")).await
    }

    /// Sends a request of an editor.
    pub async fn edit(&mut self, method: &str, path: &str, body: &str) -> io::Result<Answer> {
        let if_match = (method != "GET" && path.matches('/').count() > 3).then_some("*");
        let token = self.target.token.clone();
        self.exchange(&request(method, path, Some(&token), if_match, body)).await
    }

    /// Makes something with a key by which a repetition would be known.
    pub async fn make_once(&mut self, path: &str, body: &str, key: usize) -> io::Result<Answer> {
        let (token, length) = (self.target.token.clone(), body.len());
        let text = format!(
            "POST {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {token}\r\nIdempotency-Key: key-{key}\r\n\
             Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
        );
        self.exchange(text.as_bytes()).await
    }

    /// Sends one where nothing else than that it is done is right.
    pub async fn do_edit(&mut self, method: &str, path: &str, body: &str) -> io::Result<Answer> {
        let answer = self.edit(method, path, body).await?;
        if (200..300).contains(&answer.status) { Ok(answer) } else { Err(refused(&answer)) }
    }
}

/// The body of an answer.
pub fn json(answer: &Answer) -> io::Result<Value> {
    Ok(serde_json::from_slice(&answer.body)?)
}

/// The address of what was made.
pub fn made(answer: &Answer) -> io::Result<String> {
    answer.location.clone().ok_or_else(|| refused(answer))
}

/// Everything that the feed of changes tells, as this node gives it: for each article its id and whether it is gone.
pub async fn changes(client: &mut Client) -> io::Result<Vec<(String, bool)>> {
    let (mut all, mut cursor) = (Vec::new(), String::new());
    loop {
        let answer = client.get(&format!("/v1/changes?limit=100{cursor}")).await?;
        if answer.status != 200 {
            return Err(refused(&answer));
        }
        let page = json(&answer)?;
        for item in page["data"].as_array().into_iter().flatten().filter(|item| item["type"] == "article") {
            let id = item["id"].as_str().unwrap_or_default().to_owned();
            all.push((id, item["gone"].as_bool().unwrap_or_default()));
        }
        if page["is_end"].as_bool() != Some(false) {
            return Ok(all);
        }
        cursor = format!("&cursor={}", page["cursor"].as_str().unwrap_or_default());
    }
}

/// Waits until `holds`, and tells how long after `since` that was; `None` where it did not come about in `patience`.
pub async fn until(
    since: Instant,
    patience: Duration,
    mut holds: impl AsyncFnMut() -> io::Result<bool>,
) -> io::Result<Option<Duration>> {
    loop {
        if holds().await? {
            return Ok(Some(since.elapsed()));
        }
        if since.elapsed() > patience {
            return Ok(None);
        }
        sleep(LOOK).await;
    }
}
