//! The cache by itself: its time is set here, and nothing in it is an answer of HTTP.

use std::sync::Mutex;

use super::*;

/// A clock that its test sets.
fn clock(at: &Arc<Mutex<Moment>>) -> Clock {
    let at = Arc::clone(at);
    Clock::new(move || *at.lock().unwrap())
}

fn moment(raw: &str) -> Moment {
    Moment::parse(raw).unwrap()
}

fn noon() -> Arc<Mutex<Moment>> {
    Arc::new(Mutex::new(moment("2026-01-01T12:00:00Z")))
}

fn keys(names: &[&str]) -> Vec<SurrogateKey> {
    names.iter().map(|name| SurrogateKey::parse(name).unwrap()).collect()
}

fn made(answer: u32, names: &[&str], until: Option<&str>) -> Made<u32> {
    let noted = Noted {
        keys: keys(names).into_iter().collect(),
        at: Some(moment("2026-01-01T12:00:00Z")),
        until: until.map(moment),
    };
    Made { answer, noted, keeping: Keeping::As(100) }
}

async fn flight<'a>(cache: &'a Cache<u32>, key: &str) -> Flight<'a, u32> {
    match cache.turn(key).await {
        Turn::Theirs(flight) => flight,
        Turn::Had(kept) => panic!("{} is kept", kept.answer),
    }
}

fn answer(cache: &Cache<u32>, key: &str) -> Option<u32> {
    cache.get(key).map(|kept| kept.answer)
}

#[tokio::test]
async fn an_answer_is_kept_until_something_that_went_into_it_is_purged() {
    let cache = Cache::new(1 << 20, clock(&noon()));
    flight(&cache, "/a").await.land(made(1, &["a:1", "l"], None));
    flight(&cache, "/b").await.land(made(2, &["a:2"], None));
    assert_eq!((answer(&cache, "/a"), answer(&cache, "/b")), (Some(1), Some(2)));
    cache.purge(&keys(&["x", "l"]));
    assert_eq!((answer(&cache, "/a"), answer(&cache, "/b")), (None, Some(2)));
    cache.purge_all();
    assert_eq!(answer(&cache, "/b"), None);
}

// abuse: CA-04
#[tokio::test]
async fn a_purge_while_an_answer_is_composed_finds_it_too() {
    let cache = Cache::new(1 << 20, clock(&noon()));
    let late = flight(&cache, "/a").await;
    cache.purge(&keys(&["a:1"]));
    late.land(made(1, &["a:1"], None));
    assert_eq!(answer(&cache, "/a"), None, "it may have been read before the change");
    flight(&cache, "/a").await.land(made(2, &["a:1"], None));
    assert_eq!(answer(&cache, "/a"), Some(2));
}

// abuse: CA-04
#[tokio::test]
async fn who_asks_after_a_purge_is_not_given_what_was_begun_before_it() {
    let cache = Cache::new(1 << 20, clock(&noon()));
    let late = flight(&cache, "/a").await;
    cache.purge(&keys(&["a:1"]));
    let asks_after = cache.turn("/a");
    let (turn, ()) = tokio::join!(asks_after, async {
        tokio::task::yield_now().await;
        late.land(made(1, &["a:1"], None));
    });
    assert!(matches!(turn, Turn::Theirs(_)));
}

// abuse: CA-05
#[tokio::test]
async fn all_who_wait_get_the_one_answer_though_it_is_not_kept() {
    let cache = Cache::new(1 << 20, clock(&noon()));
    let first = flight(&cache, "/a").await;
    let ((second, third), ()) =
        tokio::join!(async { tokio::join!(cache.turn("/a"), cache.turn("/a")) }, async {
            tokio::task::yield_now().await;
            first.land(Made { keeping: Keeping::Not, ..made(503, &[], None) });
        });
    for turn in [second, third] {
        assert!(matches!(turn, Turn::Had(kept) if kept.answer == 503));
    }
    assert_eq!(answer(&cache, "/a"), None, "a failure is not kept");
}

// abuse: CA-05
#[tokio::test]
async fn where_the_first_goes_away_the_next_composes() {
    let cache = Cache::new(1 << 20, clock(&noon()));
    let first = flight(&cache, "/a").await;
    let (turn, ()) = tokio::join!(cache.turn("/a"), async {
        tokio::task::yield_now().await;
        drop(first);
    });
    assert!(matches!(turn, Turn::Theirs(_)));
}

// abuse: CA-06
#[tokio::test]
async fn an_answer_ends_at_its_instant_and_is_not_given_before_it_was() {
    let now = noon();
    let cache = Cache::new(1 << 20, clock(&now));
    flight(&cache, "/a").await.land(made(1, &["a:1"], Some("2026-01-01T12:00:30Z")));
    let at = |raw| *now.lock().unwrap() = moment(raw);
    at("2026-01-01T12:00:29.999Z");
    assert_eq!(answer(&cache, "/a"), Some(1));
    at("2026-01-01T12:00:30Z");
    assert_eq!(answer(&cache, "/a"), None);
    at("2026-01-01T11:59:59Z");
    assert_eq!(answer(&cache, "/a"), Some(1), "the clocks of processors differ");
    at("2026-01-01T11:00:00Z");
    assert_eq!(answer(&cache, "/a"), None, "the clock was set back");
}

// abuse: CA-03
#[tokio::test]
async fn what_is_kept_stays_within_its_bound() {
    let cache = Cache::new(100_000, clock(&noon()));
    for n in 0..2000 {
        flight(&cache, &format!("/{n}")).await.land(made(n, &["l"], None));
        flight(&cache, &format!("/{n}?{}", "q".repeat(4000))).await.land(made(n, &["l"], None));
    }
    let storage = cache.storage.as_ref().unwrap();
    assert!(storage.weight() <= 100_000 && storage.len() < 300, "{} in {}", storage.len(), storage.weight());
    let large = Made { keeping: Keeping::As(50_000), ..made(1, &["l"], None) };
    flight(&cache, "/large").await.land(large);
    assert_eq!(answer(&cache, "/large"), None, "it would drive out all others");
}

#[tokio::test]
async fn of_no_octets_nothing_is_kept() {
    let cache = Cache::new(0, clock(&noon()));
    flight(&cache, "/a").await.land(made(1, &["a:1"], None));
    assert_eq!(answer(&cache, "/a"), None);
    drop(flight(&cache, "/a").await);
}
