//! Looks at what a node answers, holds it against the truth, and writes down how long a change took to be seen.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io;
use std::time::{Duration, Instant};

use super::judge::Verdict;
use super::truth::{Seen, Truth};
use super::{Client, marks};
use crate::connection::Answer;

/// How many wrong answers are told of one by one.
const TOLD: usize = 20;

/// What an answer is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// One story.
    Story(usize),
    /// Each that is public.
    All,
}

/// Where and by whom a change was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sight {
    /// An article, at the node that was told of the change.
    OwnArticle,
    /// A list, there.
    OwnList,
    /// An article, at another node.
    OtherArticle,
    /// A list, there.
    OtherList,
}

/// An answer that somebody has.
#[derive(Debug)]
struct Last {
    path: String,
    tag: String,
    /// The stories that it showed, each with its state.
    shown: Vec<(usize, u32)>,
}

/// What somebody who reads remembers.
#[derive(Debug, Default)]
pub struct Memory {
    /// The last answer that had a tag.
    last: Option<Last>,
    /// How many changes it has seen of each story, from the first on of which it is measured when; `None` where it is of none.
    upto: Option<(usize, BTreeMap<usize, usize>)>,
    reads: usize,
}

impl Memory {
    /// Of one who reads all the time, so that it is known when they have seen what of the stories from this one on.
    pub fn of_reader(first: usize) -> Self {
        Self { upto: Some((first, BTreeMap::new())), ..Self::default() }
    }
}

/// What all readers together have seen.
#[derive(Debug, Default)]
pub struct Tally {
    /// Answers that were held against the truth.
    pub reads: usize,
    /// Of them, those that said that nothing had changed (304).
    pub unchanged: usize,
    /// Answers that a node could not give (5xx).
    pub refused: usize,
    /// Stories that were shown in an older state than they may be, or not yet.
    pub stale: usize,
    /// Stories that were shown and were not public: not yet, or no more.
    pub leaks: usize,
    /// How long after its answer each change was seen by each reader, at the latest.
    pub delays: BTreeMap<Sight, Vec<Duration>>,
}

/// The truth, and what was seen.
#[derive(Debug, Default)]
pub struct Observer {
    /// What was when.
    pub truth: RefCell<Truth>,
    /// What was seen.
    pub tally: RefCell<Tally>,
}

impl Observer {
    /// Reads `path` at a node, and looks whether the answer is right.
    pub async fn look(
        &self,
        client: &mut Client,
        node: usize,
        path: &str,
        of: Of,
        memory: &mut Memory,
    ) -> io::Result<()> {
        memory.reads += 1;
        // Every second time whoever reads says what they have.
        let known = memory.last.take().filter(|last| memory.reads.is_multiple_of(2) && last.path == path);
        let tag = known.as_ref().map_or(String::new(), |last| format!("If-None-Match: {}\r\n", last.tag));
        let sent = Instant::now();
        let answer =
            client.exchange(format!("GET {path} HTTP/1.1\r\nHost: bench\r\n{tag}\r\n").as_bytes()).await?;
        let received = Instant::now();
        let shown = match (answer.status, known) {
            (304, Some(Last { shown, .. })) => {
                self.tally.borrow_mut().unchanged += 1;
                shown
            }
            (200, _) => marks::shown(&answer.body),
            (404 | 410, _) => Vec::new(),
            (500.., _) => {
                self.tally.borrow_mut().refused += 1;
                return Ok(());
            }
            _ => return Err(strange(path, &answer)),
        };
        let seen = |shows| Seen { node, sent, received, shows };
        match of {
            Of::Story(story) => {
                let shows = shown.iter().find(|(other, _)| *other == story).map(|(_, state)| *state);
                self.hold(path, story, &seen(shows), memory);
            }
            Of::All => {
                let stories = self.truth.borrow().stories.len();
                let unknown = shown.iter().map(|(story, _)| *story).filter(|story| *story >= stories);
                for story in (0..stories).chain(unknown) {
                    let shows = shown.iter().find(|(other, _)| *other == story).map(|(_, state)| *state);
                    self.hold(path, story, &seen(shows), memory);
                }
            }
        }
        self.tally.borrow_mut().reads += 1;
        memory.last = answer.etag.map(|tag| Last { path: path.to_owned(), tag, shown });
        Ok(())
    }

    /// Holds what was seen of a story against the truth.
    fn hold(&self, path: &str, story: usize, seen: &Seen, memory: &mut Memory) {
        let truth = self.truth.borrow();
        let mut tally = self.tally.borrow_mut();
        let wrong = match truth.judge(story, seen) {
            Verdict::Right(changes) => {
                let Some((first, upto)) = &mut memory.upto else { return };
                if story < *first {
                    return;
                }
                let before = upto.insert(story, changes).unwrap_or(0);
                let new = truth.stories[story].changes.get(before..changes).unwrap_or_default();
                for change in new {
                    let Some(answered) = change.answered else { continue };
                    let sight = match (path.starts_with("/v1/articles/"), change.by == seen.node) {
                        (true, true) => Sight::OwnArticle,
                        (false, true) => Sight::OwnList,
                        (true, false) => Sight::OtherArticle,
                        (false, false) => Sight::OtherList,
                    };
                    let delay = truth.lived(seen.node, answered, seen.received);
                    tally.delays.entry(sight).or_default().push(delay);
                }
                return;
            }
            Verdict::Stale => {
                tally.stale += 1;
                "stale"
            }
            Verdict::Leak => {
                tally.leaks += 1;
                "leak"
            }
        };
        if tally.stale + tally.leaks <= TOLD {
            let since = |instant: Instant| match seen.sent.checked_duration_since(instant) {
                Some(since) => format!("{} ms before", since.as_millis()),
                None => format!("{} ms after", instant.duration_since(seen.sent).as_millis()),
            };
            let changes = truth.stories.get(story).map(|story| story.changes.as_slice()).unwrap_or_default();
            let changes: Vec<_> = changes
                .iter()
                .map(|change| {
                    let answered = change.answered.map_or_else(|| "not yet".into(), since);
                    format!("{:?} by {} answered {answered}", change.shows, change.by)
                })
                .collect();
            let (node, took) = (seen.node, seen.received - seen.sent);
            eprintln!(
                "{wrong}: node {node} {path} showed {:?} of story {story} in an answer of {took:?}: {}",
                seen.shows,
                changes.join(", ")
            );
        }
    }
}

fn strange(path: &str, answer: &Answer) -> io::Error {
    let Answer { status, body, .. } = answer;
    io::Error::other(format!("{path}: {status}: {}", String::from_utf8_lossy(body)))
}
