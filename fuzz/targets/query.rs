//! The query of a list of articles.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|query: &str| http::fuzzing::query_of_articles(query));
