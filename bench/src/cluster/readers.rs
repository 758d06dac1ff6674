//! Readers of every node, who ask again and again for articles and for whatever shows them.

use std::cell::Cell;
use std::io;
use std::rc::Rc;
use std::time::{Duration, Instant};

use tokio::task::JoinSet;
use tokio::time::sleep;

use super::Client;
use super::observer::{Memory, Observer, Of};
use super::writers::{Current, slug};
use crate::load::Target;

/// Where more than one article is shown.
pub const LISTS: [&str; 7] = [
    "/v1/articles?limit=100",
    "/v1/articles?section=bench&limit=100",
    "/feeds/latest.rss",
    "/feeds/sections/bench.json",
    "/v1/fronts/home",
    "/v1/search?q=story&limit=100",
    "/sitemap-news.xml",
];

/// The front among them, which takes what is new.
pub const FRONT: &str = r#"{"name":"Home","slug":"home","fill_from":{"up_to":100}}"#;

/// How long a reader of an article rests between two reads.
const REST: Duration = Duration::from_millis(15);

/// And one of a list, each of which has to be composed anew after each change.
const LIST_REST: Duration = Duration::from_millis(100);

/// Addresses behind that of an article where it is shown too.
const FORMS: [&str; 3] = ["", "?include=html,json_ld", "/ninjs"];

/// Reads the story that a writer writes, and the one before, at a node until it is said that all is over.
pub async fn read_stories(
    observer: Rc<Observer>,
    target: Target,
    node: usize,
    current: Rc<Cell<Option<Current>>>,
    over: Rc<Cell<bool>>,
) -> io::Result<()> {
    let mut client = Client::of(&target);
    let mut memories: Vec<(usize, Memory)> = Vec::new();
    for n in 0_usize.. {
        if over.get() {
            break;
        }
        sleep(REST).await;
        let Some(Current { story, before }) = current.get() else { continue };
        // What was withdrawn must stay away.
        let story = before.filter(|_| n.is_multiple_of(3)).unwrap_or(story);
        let place = memories.iter().position(|(other, _)| *other == story);
        let place = place.unwrap_or_else(|| {
            memories.push((story, Memory::of_reader(story)));
            memories.len() - 1
        });
        let path = format!("/v1/articles/{}{}", slug(story), FORMS[n / 6 % FORMS.len()]);
        observer.look(&mut client, node, &path, Of::Story(story), &mut memories[place].1).await?;
    }
    Ok(())
}

/// Reads a list at a node until it is said that all is over.
pub async fn read_list(
    observer: Rc<Observer>,
    target: Target,
    node: usize,
    path: &'static str,
    over: Rc<Cell<bool>>,
) -> io::Result<()> {
    let first = observer.truth.borrow().stories.len();
    let (mut client, mut memory) = (Client::of(&target), Memory::of_reader(first));
    while !over.get() {
        let began = Instant::now();
        observer.look(&mut client, node, path, Of::All, &mut memory).await?;
        sleep(LIST_REST.saturating_sub(began.elapsed())).await;
    }
    Ok(())
}

/// Asks a node that stands still for each of these stories and for every list; tells of what it answers once it goes on.
pub async fn ask(observer: &Rc<Observer>, target: &Target, node: usize, stories: &[usize]) -> io::Result<()> {
    let mut looks = JoinSet::new();
    let articles = stories.iter().map(|story| (format!("/v1/articles/{}", slug(*story)), Of::Story(*story)));
    for (path, of) in articles.chain(LISTS.map(|list| (list.to_owned(), Of::All))) {
        let (observer, mut client) = (Rc::clone(observer), Client::of(target));
        looks.spawn_local(async move {
            observer.look(&mut client, node, &path, of, &mut Memory::default()).await
        });
    }
    while let Some(ended) = looks.join_next().await {
        ended.map_err(io::Error::other)??;
    }
    Ok(())
}
