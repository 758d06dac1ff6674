//! What archives are asked.

use std::ops::Range;

use crate::scale::archive::{section, tag};
use crate::scale::shelf::Shelf;
use crate::scale::words::{Draw, word};

/// How often most questions are asked.
const OFTEN: u32 = 100;

/// How often what goes through everything is.
const SELDOM: u32 = 5;

/// Ranks of words that stand in most articles, in many, and in one of ten thousand or fewer.
const COMMON: Range<u32> = 1..30;
const FREQUENT: Range<u32> = 30..1_000;
const RARE: Range<u32> = 20_000..150_000;

/// A question of which the paths may differ from time to time.
#[derive(Debug, Clone, Copy)]
pub struct Question {
    /// What the measurement is called.
    pub name: &'static str,
    /// How often it is measured.
    times: u32,
    /// Where.
    path: fn(&Shelf, u32) -> String,
}

impl Question {
    /// The times at which it is measured.
    pub const fn measured(&self) -> Range<u32> {
        0..self.times
    }

    /// Those before, of which others are asked about.
    pub const fn before(&self) -> Range<u32> {
        self.times..2 * self.times
    }

    /// Where it is asked the `n`th time.
    pub fn path(&self, shelf: &Shelf, n: u32) -> String {
        (self.path)(shelf, n)
    }
}

/// All of them.
pub const QUESTIONS: [Question; 15] = [
    often("article", |_, n| format!("/v1/articles/story-{n}")),
    often("first_page", |_, _| "/v1/articles".to_owned()),
    often("far_page", |shelf, _| format!("/v1/articles?{}", shelf.far)),
    often("section", |_, n| format!("/v1/articles?section={}", section(n))),
    often("tag_of_many", |_, n| format!("/v1/articles?tag={}", tag(1 + n % 5))),
    often("tag", |_, n| format!("/v1/articles?tag={}", tag(40 + n % 10))),
    often("tag_of_few", |_, n| format!("/v1/articles?tag={}", tag(10_000 + n))),
    Question { name: "count_exact", times: SELDOM, path: |_, _| "/v1/articles?count=exact".to_owned() },
    often("search_common", |_, n| format!("/v1/search?q={}", one(n, &COMMON))),
    often("search_frequent", |_, n| format!("/v1/search?q={}", one(n, &FREQUENT))),
    often("search_rare", |_, n| format!("/v1/search?q={}", one(n, &RARE))),
    often("search_two_common", |_, n| format!("/v1/search?q={}", two(n, &COMMON, &COMMON))),
    often("search_common_and_rare", |_, n| format!("/v1/search?q={}", two(n, &COMMON, &RARE))),
    often("search_two_frequent", |_, n| format!("/v1/search?q={}", two(n, &FREQUENT, &FREQUENT))),
    often("changes_from_first", |_, _| "/v1/changes".to_owned()),
];

/// What is asked once something was published.
pub const AFTER_PUBLISHING: Question =
    often("changes_at_end", |shelf, _| format!("/v1/changes?{}&limit=20", shelf.end));

const fn often(name: &'static str, path: fn(&Shelf, u32) -> String) -> Question {
    Question { name, times: OFTEN, path }
}

fn one(n: u32, ranks: &Range<u32>) -> String {
    word(Draw::of(u64::from(n) + 1_000_000).among(ranks))
}

fn two(n: u32, first: &Range<u32>, second: &Range<u32>) -> String {
    let mut draw = Draw::of(u64::from(n) + 2_000_000);
    format!("{}+{}", word(draw.among(first)), word(draw.among(second)))
}
