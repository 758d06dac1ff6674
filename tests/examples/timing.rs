//! Measures whether the time of a refused sign-in tells if there is an account: `make test-timing`. It needs a quiet
//! machine, so it is no part of the tests.

use std::time::Instant;

use chrono::TimeDelta;
use masthead_tests::database::Database;
use masthead_tests::people::EDITOR;
use masthead_tests::site::Site;
use serde_json::json;

/// Tries of each kind.
const TRIES: usize = 200;

/// How far medians may be apart, and how often the best guess by time alone may be right (abuse.md, 5.2, figure 11).
const MOST_APART: f64 = 0.10;
const BEST_GUESS: f64 = 0.60;

fn main() {
    let mut failed = false;
    for database in [Database::Sqlite, Database::Postgres] {
        let site = Site::with(
            database,
            &[("MASTHEAD_AUTH_HASH_MEMORY_KIB", "19456"), ("MASTHEAD_AUTH_HASH_PASSES", "2")],
        );
        let (mut known, mut unknown) = (Vec::new(), Vec::new());
        for n in 0..TRIES {
            // Interleaved and in changing order, so that what the machine does meanwhile falls on both alike.
            let strangers = format!("nobody{n}@varn.example");
            if n % 2 == 0 {
                known.push(time_of(&site, EDITOR.email));
                unknown.push(time_of(&site, &strangers));
            } else {
                unknown.push(time_of(&site, &strangers));
                known.push(time_of(&site, EDITOR.email));
            }
            // Past the wait of whoever guesses.
            site.wait(TimeDelta::hours(2));
        }
        let (a, b) = (median(&known), median(&unknown));
        let apart = (a - b).abs() / a.max(b);
        let right = best_guess(&known, &unknown);
        println!(
            "{database:?}: a wrong password {a:.2} ms, no account {b:.2} ms, {:.1} % apart; the best threshold is right in {:.1} %",
            apart * 100.0,
            right * 100.0
        );
        failed |= apart > MOST_APART || right > BEST_GUESS;
    }
    assert!(!failed, "the time of a refusal tells whether there is an account");
}

/// Milliseconds until a sign-in is refused.
fn time_of(site: &Site, email: &str) -> f64 {
    let begun = Instant::now();
    let sent = json!({"email": email, "password": "the harbour is loud tonight"});
    site.reader().post("/v1/auth/login", sent).refused(401, "invalid_credentials");
    begun.elapsed().as_secs_f64() * 1000.0
}

fn median(times: &[f64]) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}

/// How often somebody is right who calls everything above a threshold one kind, with the threshold that serves best.
fn best_guess(one: &[f64], other: &[f64]) -> f64 {
    let all = (one.len() + other.len()) as f64;
    let right = |threshold: f64| {
        let above = one.iter().filter(|time| **time > threshold).count();
        let below = other.iter().filter(|time| **time <= threshold).count();
        let right = (above + below) as f64 / all;
        right.max(1.0 - right)
    };
    one.iter().chain(other).map(|time| right(*time)).fold(0.5, f64::max)
}
