//! A node whose clock is wrong lets its workers rest, until it is right again.

use std::path::Path;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use masthead_bench::cluster::writers::begin;
use masthead_bench::cluster::{Client, made, until};
use masthead_bench::node::Site;
use masthead_tests::database::Database;
use masthead_tests::{postgres, scratch};
use serde_json::json;
use tokio::runtime::Builder;
use tokio::time::sleep;

/// Longer than it takes from the order until an article is announced that goes live five seconds after it.
const BEYOND: Duration = Duration::from_secs(10);

/// How long the workers are given once the clock is right.
const PATIENCE: Duration = Duration::from_secs(10);

/// Lets the database ask our function for the time instead of its own.
const OURS_FIRST: &str = "DO $$ BEGIN EXECUTE \
    format('ALTER DATABASE %I SET search_path = public, pg_catalog', current_database()); END $$";

/// Has the database at `url` believe that it is so much earlier.
fn set_back(url: &str, by: &str) {
    let clock = format!(
        "CREATE OR REPLACE FUNCTION public.clock_timestamp() RETURNS timestamptz LANGUAGE sql \
         AS $$SELECT pg_catalog.clock_timestamp() - interval '{by}'$$"
    );
    postgres::ask(url, &clock);
}

/// How many articles were announced there.
fn announced(url: &str) -> Vec<String> {
    postgres::ask(url, "SELECT count(*) FROM outbox WHERE kind = 'article.published'")
}

// abuse: OP-07
#[test]
fn workers_rest_while_the_clock_of_their_node_is_wrong() {
    let dir = scratch::new_dir("masthead-clock-");
    let database = Database::Postgres.empty(&dir);
    let url = database.url();
    let site = Site::new(Path::new(env!("CARGO_BIN_EXE_masthead")), &dir.join("site"), url, &[]);
    Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
        site.found().unwrap();
        postgres::ask(url, OURS_FIRST);
        set_back(url, "2 hours");
        let node = site.start().unwrap();
        let mut editor = Client::of(&node.target().await.unwrap());
        assert_eq!(editor.get("/health/ready").await.unwrap().status, 503);
        let begun = editor.do_edit("POST", "/v1/editorial/articles", &begin(0)).await.unwrap();
        let soon = masthead::clock::machine().now().plus(TimeDelta::seconds(5));
        let order = json!({"goes_live_at": soon.to_string()}).to_string();
        editor.do_edit("POST", &format!("{}/publish", made(&begun).unwrap()), &order).await.unwrap();
        sleep(BEYOND).await;
        assert_eq!(announced(url), ["0"], "the database says that there are two hours left");
        set_back(url, "0 hours");
        let told = until(Instant::now(), PATIENCE, async || Ok(announced(url) == ["1"])).await.unwrap();
        assert!(told.is_some(), "its clock is right, and nothing is announced");
        node.stop().unwrap();
    });
    drop(database);
    std::fs::remove_dir_all(dir).unwrap();
}
