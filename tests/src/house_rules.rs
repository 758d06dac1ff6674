//! What every answer must keep, whatever its test asserts (abuse.md, G1, G2 and G5).

use serde_json::Value;

use crate::answer::Answer;
use crate::contract;
use crate::site::Site;

/// What no problem may show: SQL, paths, type names, backtraces.
const NEVER_TOLD: [&str; 16] = [
    "SELECT ",
    "INSERT INTO",
    "UPDATE ",
    "DELETE FROM",
    "diesel",
    "rusqlite",
    "libpq",
    "sqlite:",
    "postgres://",
    ".rs:",
    "::",
    "panicked",
    "backtrace",
    "/home/",
    "/root/",
    "/tmp/",
];

/// Panics where an answer breaks a rule.
#[track_caller]
pub(crate) fn hold(site: &Site, answer: &Answer) {
    assert!(answer.status < 500 || answer.status == 503, "{}: the server failed: {answer}", answer.to);
    if answer.status == 503 {
        answer.header("retry-after");
    }
    if answer.status >= 400 && !answer.body.is_empty() {
        problem(site, answer);
    }
    contract::hold(answer);
}

#[track_caller]
fn problem(site: &Site, answer: &Answer) {
    assert_eq!(answer.media_type(), "application/problem+json", "{}: {answer}", answer.to);
    let problem = answer.json();
    let request_id = answer.header("x-request-id");
    assert_eq!(problem["instance"], format!("urn:uuid:{request_id}"), "{}: {answer}", answer.to);
    assert_eq!(problem["status"], answer.status, "{}: {answer}", answer.to);
    let code = problem["code"].as_str().unwrap_or_else(|| panic!("{}: no code: {answer}", answer.to));
    assert_eq!(problem["type"], format!("{}/problems/{code}", site.public_url()), "{}: {answer}", answer.to);
    for place in ["title", "detail"] {
        assert!(problem.get(place).is_none_or(Value::is_string), "{}: {place} of {answer}", answer.to);
    }
    let told = String::from_utf8_lossy(&answer.body);
    for secret in NEVER_TOLD {
        assert!(!told.contains(secret), "{}: the problem tells `{secret}`: {told}", answer.to);
    }
}
