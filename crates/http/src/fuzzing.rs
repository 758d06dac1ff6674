//! What a fuzzer reaches of the readers that are private to this crate; only a fuzzer builds it. Each panics where what
//! must hold of any input does not.

use domain::id::ArticleId;
use domain::time::Moment;
use domain::violation::Faults;
use identity::keys::Subkey;

use crate::editorial::content_in::NewArticle;
use crate::read::{json, members, query};
use crate::{articles, cursor};

/// Longest text of a fault, in octets: an answer is never much longer than what it answers.
const MOST_DETAIL: usize = 1000;

/// The body of a new article.
pub fn new_article(octets: &[u8]) {
    let Ok(value) = json::parse(octets) else { return };
    if let Err(faults) = members::read::<NewArticle>(value) {
        hold(&faults);
    }
}

/// The query of a list of articles.
pub fn query_of_articles(raw: &str) {
    if let Err(faults) = query::parse::<articles::PageAsked>(raw) {
        hold(&faults);
    }
}

/// A cursor, and the question that it may belong to. One that is read has one spelling.
pub fn cursor(key: &Subkey, query: &str, given: &str) {
    let question = cursor::question(query);
    if let Ok(place) = cursor::read::<(Moment, ArticleId)>(key, &question, given) {
        assert_eq!(cursor::write(key, &question, place), given);
    }
}

fn hold(faults: &Faults) {
    let count = faults.iter().count();
    assert!((1..=Faults::MAX).contains(&count), "{count} faults");
    for fault in faults {
        assert!(fault.violation.detail.len() <= MOST_DETAIL, "{}", fault.violation.detail);
    }
}
