//! The binary is killed at random while it tells a webhook of hundreds of events.

#![expect(clippy::unwrap_used, reason = "a test ends where what it stands on is not there")]

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use masthead_bench::connection::{Answer, Connection, request};
use masthead_bench::load::Target;
use masthead_bench::node::{Site, refused};
use masthead_bench::story;
use masthead_tests::receiver::{Receiver, Told};
use masthead_tests::{on_both, scratch};
use serde_json::{Value, json};
use tokio::task::{JoinSet, LocalSet};

/// How many articles are published at the same time.
const ARTICLES: usize = 10;

/// How often each is.
const PUBLICATIONS: u64 = 50;

/// How long a receiver takes for one event, so that most kills come while something is under way.
const TAKES: Duration = Duration::from_millis(15);

/// The node that answers at the moment.
type Now = Rc<RefCell<Target>>;

async fn ask(now: &Now, method: &str, path: &str, if_match: Option<&str>, body: &str) -> io::Result<Answer> {
    let Target { address, token } = now.borrow().clone();
    let mut connection = Connection::open(address).await?;
    let answer = connection.exchange(&request(method, path, Some(&token), if_match, body)).await?;
    if (200..300).contains(&answer.status) { Ok(answer) } else { Err(refused(&answer)) }
}

/// The same until it is answered, by whichever node.
async fn insist(now: &Now, method: &str, path: &str, if_match: Option<&str>, body: &str) -> Answer {
    loop {
        match ask(now, method, path, if_match, body).await {
            Ok(answer) => return answer,
            Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
        }
    }
}

/// Publishes an article again and again, and tells its id.
async fn publish(now: Now, n: usize) -> String {
    // A beginning that was not answered may have taken its slug.
    let mut begun = None;
    for again in 0.. {
        let slug = format!("story-{n}-{again}");
        if let Ok(answer) = ask(&now, "POST", "/v1/editorial/articles", None, &story::begin(&slug)).await {
            begun = Some(answer);
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let path = begun.and_then(|begun| begun.location).unwrap();
    for save in 1..=PUBLICATIONS {
        insist(&now, "PATCH", &path, Some("*"), &story::save(save)).await;
        insist(&now, "POST", &format!("{path}/publish"), Some("*"), "{}").await;
    }
    path.rsplit('/').next().unwrap().to_owned()
}

/// Kills the node and starts it again, at times that nobody can foretell, until all is published; tells how often.
async fn kill(site: &Site, now: Now, published: Rc<Cell<bool>>) -> usize {
    for kills in 0.. {
        let running = site.start().unwrap();
        // It signs for another address than the one before.
        let target = running.target().await.unwrap();
        *now.borrow_mut() = target;
        let octet = uuid::Uuid::now_v7().into_bytes()[15];
        let until = Instant::now() + Duration::from_millis(300 + 8 * u64::from(octet));
        while Instant::now() < until && !published.get() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        if published.get() {
            // What was in hand at the last kill is due again when its lease is over.
            all_is_delivered(&now).await;
            return kills;
        }
        running.kill().unwrap();
    }
    0
}

async fn all_is_delivered(now: &Now) {
    let list = ask(now, "GET", "/v1/editorial/webhooks", None, "").await.unwrap();
    let list: Value = serde_json::from_slice(&list.body).unwrap();
    let id = list["data"][0]["id"].as_str().unwrap();
    let path = |state: &str| format!("/v1/editorial/webhooks/{id}/deliveries?limit=1&state={state}");
    let until = Instant::now() + Duration::from_mins(3);
    loop {
        // What is committed is put on its way within a quarter of a second.
        tokio::time::sleep(Duration::from_secs(2)).await;
        let waiting = ask(now, "GET", &path("pending"), None, "").await.unwrap();
        let waiting: Value = serde_json::from_slice(&waiting.body).unwrap();
        if waiting["data"] == json!([]) {
            let dead = ask(now, "GET", &path("dead"), None, "").await.unwrap();
            assert!(serde_json::from_slice::<Value>(&dead.body).unwrap()["data"] == json!([]));
            return;
        }
        assert!(Instant::now() < until, "something still waits: {waiting:#}");
    }
}

on_both! {
    // abuse: WH-08
    fn every_event_is_delivered_in_order_though_the_node_is_killed(database: Database) {
        let dir = scratch::new_dir("masthead-webhooks-");
        let own = database.empty(&dir);
        let settings = [
            ("MASTHEAD_WEBHOOKS_ALLOW_NETWORKS", "127.0.0.1"),
            ("MASTHEAD_WEBHOOKS_HTTP", "on"),
            ("MASTHEAD_WEBHOOKS_PORTS", "1024-65535"),
        ];
        let site = Site::new(Path::new(env!("CARGO_BIN_EXE_masthead")), &dir.join("site"), own.url(), &settings);
        let receiver = Receiver::start();
        receiver.acts(Arc::new(|stream| {
            std::thread::sleep(TAKES);
            masthead_tests::receiver::answer("200 OK", "")(stream)
        }));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let (articles, kills) = LocalSet::new().block_on(&runtime, async {
            site.found().unwrap();
            let node = site.start().unwrap();
            let now = Rc::new(RefCell::new(node.target().await.unwrap()));
            let new = json!({"name": "Receiver", "url": receiver.url(), "events": ["article.published", "article.updated"]});
            ask(&now, "POST", "/v1/editorial/webhooks", None, &new.to_string()).await.unwrap();
            node.kill().unwrap();
            let published = Rc::new(Cell::new(false));
            let mut writers = JoinSet::new();
            for n in 0..ARTICLES {
                writers.spawn_local(publish(Rc::clone(&now), n));
            }
            let done = Rc::clone(&published);
            let all = async {
                let articles = writers.join_all().await;
                done.set(true);
                articles
            };
            tokio::join!(all, kill(&site, Rc::clone(&now), published))
        });
        let told = receiver.took();
        println!("{} requests, {} kills", told.len(), kills);
        assert!(kills >= 3, "it was killed {kills} times only");
        hold(&told, &articles);
        drop(own);
        std::fs::remove_dir_all(dir).unwrap();
    }
}

/// Each article's events are all there, in their order; a repetition has the same id and says the same.
fn hold(told: &[Told], articles: &[String]) {
    let mut bodies = BTreeMap::new();
    for one in told {
        let body = bodies.entry(one.id().to_owned()).or_insert_with(|| one.order.body.clone());
        assert_eq!(*body, one.order.body);
    }
    let distinct: BTreeSet<_> = told.iter().map(Told::seq).collect();
    assert_eq!(distinct.len(), bodies.len(), "each event has one id");
    for article in articles {
        let own: Vec<_> = told.iter().filter(|told| told.resource() == *article).collect();
        let seqs: Vec<_> = own.iter().map(|told| told.seq()).collect();
        assert!(seqs.is_sorted(), "{article}: {seqs:?}");
        let events: BTreeSet<_> = seqs.iter().collect();
        // One whose answer was lost was published once more.
        assert!(events.len() as u64 >= PUBLICATIONS, "{article}: {} events", events.len());
        assert_eq!(own[0].kind(), "article.published");
    }
}
