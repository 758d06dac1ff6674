//! A node is stopped where it stands, as it is when the machine on which it runs is moved, and goes on after a while. Neither
//! it nor the others do harm by it.

#![expect(clippy::unwrap_used, reason = "a test ends where what it stands on is not there")]

use std::path::Path;
use std::time::{Duration, Instant};

use masthead_bench::cluster::writers::{begin, slug};
use masthead_bench::cluster::{Client, Cluster, made, until};
use masthead_tests::database::{Database, OwnDatabase};
use masthead_tests::{postgres, scratch};
use tokio::runtime::Builder;
use tokio::time::sleep;

/// The node that is asked to change something, and the one that is stopped.
const ACTING: usize = 0;
const STOPPED: usize = 1;

/// Longer than another node may show what is no more (ruling 27).
const BEYOND: Duration = Duration::from_millis(1500);

/// How often it is done: of those who run again at once, any may be first.
const TIMES: usize = 5;

/// How long others may have to wait for a write that stands still, and for their own.
const STANDS: Duration = Duration::from_secs(4);

/// How long the database is given to come to something.
const PATIENCE: Duration = Duration::from_secs(10);

fn run(test: impl AsyncFnOnce(&Cluster, &OwnDatabase)) {
    let dir = scratch::new_dir("masthead-standstill-");
    let database = Database::Postgres.empty(&dir);
    let program = Path::new(env!("CARGO_BIN_EXE_masthead"));
    Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
        let cluster = Cluster::start(program, &dir.join("site"), database.url(), &[]).await.unwrap();
        test(&cluster, &database).await;
    });
    drop(database);
    std::fs::remove_dir_all(dir).unwrap();
}

// abuse: CA-04, OP-10
#[test]
fn a_node_that_goes_on_gives_nothing_that_was_withdrawn_meanwhile() {
    run(async |cluster, _| {
        let mut editor = Client::of(&cluster.targets[ACTING]);
        let mut reader = Client::of(&cluster.targets[STOPPED]);
        for story in 0..TIMES {
            let begun = editor.do_edit("POST", "/v1/editorial/articles", &begin(story)).await.unwrap();
            let (path, address) = (made(&begun).unwrap(), format!("/v1/articles/{}", slug(story)));
            editor.do_edit("POST", &format!("{path}/publish"), "{}").await.unwrap();
            let kept =
                until(Instant::now(), PATIENCE, async || Ok(reader.get(&address).await?.status == 200));
            kept.await.unwrap().unwrap();
            cluster.freeze(STOPPED).unwrap();
            let reason = r#"{"kind":"legal","public_reason":"A court says so."}"#;
            editor.do_edit("POST", &format!("{path}/withdraw"), reason).await.unwrap();
            sleep(BEYOND).await;
            let going_on = async {
                // The question waits for it.
                sleep(Duration::from_millis(50)).await;
                cluster.go_on(STOPPED).unwrap();
            };
            let (answer, ()) = tokio::join!(reader.get(&address), going_on);
            assert_eq!(answer.unwrap().status, 410);
        }
    });
}

// abuse: OP-10
#[test]
fn a_write_that_stands_still_holds_up_nobody_for_long() {
    run(async |cluster, database| {
        let [mut acting, mut stopped] = [ACTING, STOPPED].map(|node| Client::of(&cluster.targets[node]));
        let mut paths = Vec::new();
        for story in 0..2 {
            let begun = acting.do_edit("POST", "/v1/editorial/articles", &begin(story)).await.unwrap();
            paths.push(format!("{}/publish", made(&begun).unwrap()));
        }
        let event = async |is: &str| {
            const WRITING: &str = "SELECT count(*) FROM pg_stat_activity \
                WHERE datname = current_database() AND query ILIKE 'INSERT INTO \"outbox\"%'";
            Ok(postgres::ask(database.url(), &format!("{WRITING} AND {is}")) != ["0"])
        };
        let held = postgres::hold_open(database.url(), "LOCK TABLE outbox IN SHARE MODE");
        let standing_still = async {
            let waits = async || event("wait_event_type = 'Lock'").await;
            until(Instant::now(), PATIENCE, waits).await.unwrap().unwrap();
            cluster.freeze(STOPPED).unwrap();
            drop(held);
            let is_written = async || event("state = 'idle in transaction'").await;
            until(Instant::now(), PATIENCE, is_written).await.unwrap().unwrap();
            let began = Instant::now();
            let answer = acting.edit("POST", &paths[0], "{}").await.unwrap();
            let took = began.elapsed();
            cluster.go_on(STOPPED).unwrap();
            assert_eq!(answer.status, 200, "after {took:?}: {}", String::from_utf8_lossy(&answer.body));
            assert!(took < STANDS, "{took:?}");
        };
        let (undone, ()) = tokio::join!(stopped.edit("POST", &paths[1], "{}"), standing_still);
        assert_eq!(undone.unwrap().status, 503, "the database undid it");
        assert_eq!(acting.get(&format!("/v1/articles/{}", slug(1))).await.unwrap().status, 404);
        stopped.do_edit("POST", &paths[1], "{}").await.unwrap();
        assert_eq!(acting.get(&format!("/v1/articles/{}", slug(0))).await.unwrap().status, 200);
    });
}
