//! `make bench-start`: how long the server takes from its start to its first answer, with the demo edition, and how much
//! memory it then has in use.

use std::io;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use masthead_bench::connection::{Connection, request};
use masthead_bench::node::{Site, refused};
use masthead_tests::scratch;

/// How often it is started; the median counts.
const STARTS: usize = 9;

/// How long it rests before its memory is looked at.
const REST: Duration = Duration::from_secs(2);

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let program = PathBuf::from(std::env::args_os().nth(1).ok_or_else(|| io::Error::other("which binary?"))?);
    let site = Site::new(&program, &scratch::run_dir().join("start"), "sqlite:masthead.db", &[]);
    site.found()?;
    site.import_demo()?;
    // The photos' slow sizes are made first: a server that encodes pictures does not rest.
    site.work()?;
    let (mut times, mut resident) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        let began = Instant::now();
        let node = site.start()?;
        let ask = request("GET", "/v1/articles/harbour-talks-resume", None, None, "");
        let answer = Connection::open(node.address).await?.exchange(&ask).await?;
        if answer.status != 200 {
            return Err(refused(&answer));
        }
        times.push(began.elapsed());
        tokio::time::sleep(REST).await;
        resident.push(node.resident_kib()?);
        node.stop()?;
    }
    times.sort_unstable();
    resident.sort_unstable();
    let (time, most) = (times[STARTS / 2].as_millis(), times[STARTS - 1].as_millis());
    println!("From start to the first 200: {time} ms (median of {STARTS}; at most {most} ms)");
    println!("Resident memory, idle: {} MiB (median)", resident[STARTS / 2] / 1024);
    Ok(())
}
