//! `make bench-uploads PROGRAM PHOTO`: how long readers of an article wait while photos of 24 megapixels are brought in, one
//! behind the other, and how long without. In turns in one run, so that the ratio holds on a machine that others use too.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

use masthead_bench::connection::{Connection, request};
use masthead_bench::node::{Node, Site, refused};
use masthead_bench::pictures::send;
use masthead_bench::reads;
use masthead_tests::scratch;
use rustix::process::setpriority_process;
use serde_json::Value;
use tokio::runtime::Builder;

/// How often each is measured; the median counts.
const ROUNDS: u32 = 7;

/// How long each time.
const TIME: Duration = Duration::from_secs(8);

/// How much nicer than readers those are who send photos. Both stand for other machines; on ours they share the processors
/// with the server, and a desk that sends must not be what keeps a reader waiting.
const NICER: i32 = 10;

/// How many send photos at the same time: as many as the server works on at once.
const SENDERS: u32 = 2;

/// What readers may wait longer, as a multiple.
const AIM: f64 = 2.0;

const ARTICLE: &str = "/v1/articles/harbour-talks-resume";
const PHOTOS: &str = "/v1/editorial/photos";

fn main() -> io::Result<()> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let missing = || io::Error::other("which binary, and which photo?");
    let (program, photo) = (arguments.next().ok_or_else(missing)?, arguments.next().ok_or_else(missing)?);
    let photo = std::fs::read(photo)?;
    let site = Site::new(&program, &scratch::run_dir().join("uploads"), "sqlite:masthead.db", &[]);
    site.found()?;
    site.import_demo()?;
    let clients = Builder::new_current_thread().enable_all().build()?;
    let (mut quiet, mut busy, uploaded) = (Waits::default(), Waits::default(), AtomicU32::new(0));
    for round in 0..ROUNDS {
        let node = site.start()?;
        let (address, token) = (node.address, clients.block_on(node.token())?);
        clients.block_on(reads::run(address, ARTICLE, TIME / 4))?;
        quiet.add(&clients.block_on(reads::run(address, ARTICLE, TIME))?);
        let end = AtomicBool::new(false);
        busy.add(&thread::scope(|scope| {
            let senders: Vec<_> = (0..SENDERS)
                .map(|sender| {
                    let first = (round * SENDERS + sender) << 16;
                    let (end, uploaded, token, photo) = (&end, &uploaded, token.as_str(), &photo);
                    scope.spawn(move || {
                        setpriority_process(None, NICER)?;
                        upload(address, token, photo, first, end, uploaded)
                    })
                })
                .collect();
            // The first photos must have arrived before it counts.
            thread::sleep(TIME / 8);
            let waits = clients.block_on(reads::run(address, ARTICLE, TIME));
            end.store(true, Ordering::Relaxed);
            for sender in senders {
                sender.join().map_err(|_| io::Error::other("a sender panicked"))??;
            }
            waits
        })?);
        clients.block_on(forget_photos(&node, &token))?;
        // In the middle of an AVIF that nobody waits for: the next round begins in peace.
        node.kill()?;
    }
    let ratio = busy.p99().as_secs_f64() / quiet.p99().as_secs_f64();
    quiet.tell("quiet");
    busy.tell("uploads");
    println!("photos={}", uploaded.into_inner());
    println!("ratio_p99={ratio:.2}");
    println!("aim={AIM}");
    Ok(())
}

/// What each round found.
#[derive(Default)]
struct Waits {
    reads: usize,
    median: Vec<Duration>,
    p99: Vec<Duration>,
    longest: Duration,
}

impl Waits {
    fn add(&mut self, waits: &[Duration]) {
        self.reads += waits.len();
        self.median.push(reads::at(waits, 50));
        self.p99.push(reads::at(waits, 99));
        self.longest = self.longest.max(reads::at(waits, 100)).max(waits.last().copied().unwrap_or_default());
    }

    fn p99(&self) -> Duration {
        middle(&self.p99)
    }

    fn tell(&self, name: &str) {
        println!("{name}_reads={}", self.reads);
        println!("{name}_median_us={}", middle(&self.median).as_micros());
        println!("{name}_p99_us={}", self.p99().as_micros());
        println!("{name}_longest_us={}", self.longest.as_micros());
    }
}

fn middle(times: &[Duration]) -> Duration {
    let mut times = times.to_vec();
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// Sends one photo after the other until the end, each of them another file.
fn upload(
    address: SocketAddr,
    token: &str,
    photo: &[u8],
    first: u32,
    end: &AtomicBool,
    uploaded: &AtomicU32,
) -> io::Result<()> {
    let sending = Builder::new_current_thread().enable_all().build()?;
    sending.block_on(async {
        let mut connection = Connection::open(address).await?;
        for number in first.. {
            if end.load(Ordering::Relaxed) {
                break;
            }
            let file = numbered(photo, number);
            let answer = connection.exchange(&send("POST", PHOTOS, token, None, &file)).await?;
            if answer.status != 201 {
                return Err(refused(&answer));
            }
            uploaded.fetch_add(1, Ordering::Relaxed);
        }
        Ok(())
    })
}

/// The photo with a number in a comment behind its beginning.
fn numbered(photo: &[u8], number: u32) -> Vec<u8> {
    let (begin, rest) = photo.split_at(2.min(photo.len()));
    let comment = [[0xff, 0xfe, 0, 6].as_slice(), &number.to_be_bytes()].concat();
    [begin, &comment, rest].concat()
}

/// Deletes all photos that no article uses, so that no worker makes AVIF of them.
async fn forget_photos(node: &Node, token: &str) -> io::Result<()> {
    let mut connection = Connection::open(node.address).await?;
    let list = format!("{PHOTOS}?limit=100&used=false");
    loop {
        let answer = connection.exchange(&request("GET", &list, Some(token), None, "")).await?;
        let told: Value = serde_json::from_slice(&answer.body)?;
        let ids: Vec<_> =
            told["data"].as_array().into_iter().flatten().filter_map(|photo| photo["id"].as_str()).collect();
        if ids.is_empty() {
            return Ok(());
        }
        for id in ids {
            let delete = request("DELETE", &format!("{PHOTOS}/{id}"), Some(token), Some("*"), "");
            let answer = connection.exchange(&delete).await?;
            if answer.status != 204 {
                return Err(refused(&answer));
            }
        }
    }
}
