//! `make bench-reads`: answers to readers per second, as a part of what nginx does with a file of the same size. Each round
//! measures nginx and the server in turn, so that a ratio is of one moment; the median of the rounds counts.

use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;

use masthead_bench::connection::{Answer, Connection, request};
use masthead_bench::nginx::Nginx;
use masthead_bench::node::{Node, Site, refused};
use masthead_bench::story;
use masthead_bench::wrk::{self, Pace};
use masthead_tests::scratch;
use serde_json::Value;

/// How often each is measured.
const ROUNDS: usize = 3;

/// How long each time, in seconds.
const SECONDS: u32 = 4;

const ARTICLE: &str = "/v1/articles/harbour-talks-resume";
const LIST: &str = "/v1/articles?section=bench";

/// One measurement.
struct Lane {
    name: &'static str,
    /// Where the server answers it.
    url: String,
    headers: Vec<String>,
    /// The same of nginx.
    file: String,
    file_headers: Vec<String>,
    paces: Vec<(Pace, Pace)>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let program = PathBuf::from(std::env::args_os().nth(1).ok_or_else(|| io::Error::other("which binary?"))?);
    let dir = scratch::run_dir();
    let site =
        |name: &str, own: &[(&str, &str)]| Site::new(&program, &dir.join(name), "sqlite:masthead.db", own);
    let (keeping, bare) = (site("keeping", &[]), site("bare", &[("MASTHEAD_CACHE_ENABLED", "off")]));
    keeping.found()?;
    keeping.import_demo()?;
    // The slow renditions of its photos are made before, not while others are measured.
    keeping.work()?;
    copy(&keeping.dir, &bare.dir)?;
    let (nginx, keeping, bare) = (Nginx::start(&dir.join("nginx"))?, keeping.start()?, bare.start()?);
    publish(&keeping).await?;
    let [not_modified, not_modified_both] = known(&nginx, &keeping).await?;
    let mut lanes = vec![
        lane(&nginx, "hit_identity", &keeping, ARTICLE, None).await?,
        lane(&nginx, "hit_brotli", &keeping, ARTICLE, Some("br")).await?,
        not_modified,
        not_modified_both,
        lane(&nginx, "hit_list_of_20", &keeping, LIST, None).await?,
        lane(&nginx, "cache_off", &bare, ARTICLE, None).await?,
    ];
    for _ in 0..ROUNDS {
        for lane in &mut lanes {
            let file = wrk::run(&lane.file, &lane.file_headers, SECONDS)?;
            let ours = wrk::run(&lane.url, &lane.headers, SECONDS)?;
            lane.paces.push((file, ours));
        }
    }
    for lane in &lanes {
        let of = |value: fn(&(Pace, Pace)) -> f64| median(lane.paces.iter().map(value).collect());
        let name = lane.name;
        println!("reads_{name}_ratio={:.3}", of(|(file, ours)| ours.per_second / file.per_second));
        println!("reads_{name}_per_s={:.0}", of(|(_, ours)| ours.per_second));
        println!("reads_{name}_nginx_per_s={:.0}", of(|(file, _)| file.per_second));
        println!("reads_{name}_p99_ms={:.2}", of(|(_, ours)| ours.p99_ms));
    }
    keeping.stop()?;
    bare.stop()
}

/// A copy of a site that does not run.
fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let copied = Command::new("cp").arg("-a").args([from, to]).status()?;
    if copied.success() { Ok(()) } else { Err(io::Error::other("the site was not copied")) }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// An answer of the server in a coding, beside a file of its octets.
async fn lane(
    nginx: &Nginx,
    name: &'static str,
    node: &Node,
    path: &str,
    coding: Option<&str>,
) -> io::Result<Lane> {
    let headers: Vec<_> = coding.map(|coding| format!("Accept-Encoding: {coding}")).into_iter().collect();
    let answer = asked(node.address, path, &headers).await?;
    nginx.serve(name, &answer.body)?;
    eprintln!("{name}: {} octets", answer.body.len());
    Ok(Lane {
        name,
        url: format!("http://{}{path}", node.address),
        headers,
        file: format!("http://{}/{name}", nginx.address),
        file_headers: Vec::new(),
        paces: Vec::new(),
    })
}

/// Where the client has the answer already: beside the file as nginx sends it, and beside its own 304.
async fn known(nginx: &Nginx, node: &Node) -> io::Result<[Lane; 2]> {
    let condition = |answer: &Answer| {
        answer.etag.as_ref().map(|etag| format!("If-None-Match: {etag}")).ok_or_else(|| refused(answer))
    };
    let headers = vec![condition(&asked(node.address, ARTICLE, &[]).await?)?];
    let sent = lane(nginx, "not_modified", node, ARTICLE, None).await?;
    let both = lane(nginx, "not_modified_both", node, ARTICLE, None).await?;
    let file_headers = vec![condition(&asked(nginx.address, "/not_modified_both", &[]).await?)?];
    Ok([Lane { headers: headers.clone(), ..sent }, Lane { headers, file_headers, ..both }])
}

async fn asked(address: SocketAddr, path: &str, headers: &[String]) -> io::Result<Answer> {
    let mut ask = format!("GET {path} HTTP/1.1\r\nHost: bench\r\n");
    for header in headers {
        ask += &format!("{header}\r\n");
    }
    let answer = Connection::open(address).await?.exchange((ask + "\r\n").as_bytes()).await?;
    if answer.status == 200 { Ok(answer) } else { Err(refused(&answer)) }
}

/// Publishes the articles of the list.
async fn publish(node: &Node) -> io::Result<()> {
    let target = node.target().await?;
    let mut connection = Connection::open(target.address).await?;
    for n in 0..25 {
        let body = story::begin(&format!("read-{n}"));
        let begin = request("POST", "/v1/editorial/articles", Some(&target.token), None, &body);
        let begun = connection.exchange(&begin).await?;
        let path = begun.location.clone().ok_or_else(|| refused(&begun))?;
        let publish = request("POST", &format!("{path}/publish"), Some(&target.token), Some("*"), "{}");
        let published = connection.exchange(&publish).await?;
        if published.status != 200 {
            return Err(refused(&published));
        }
    }
    let list = asked(node.address, LIST, &[]).await?;
    let told: Value = serde_json::from_slice(&list.body)?;
    let listed = told["data"].as_array().map_or(0, Vec::len);
    if listed == 20 { Ok(()) } else { Err(io::Error::other(format!("{listed} articles are listed"))) }
}
