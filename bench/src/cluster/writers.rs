//! Writes stories through whichever node comes next, and notes what readers are to see of them.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::io;
use std::rc::Rc;
use std::time::{Duration, Instant};

use tokio::time::sleep;

use super::chance::Chance;
use super::marks::headline;
use super::observer::{Memory, Observer, Of};
use super::readers::LISTS;
use super::{Client, NODES, made};
use crate::connection::Answer;
use crate::load::Target;
use crate::node::refused;

/// How long a change is tried again that a node could not make.
const PATIENCE: Duration = Duration::from_secs(30);

/// What is written down of the writes of all writers.
#[derive(Debug, Default)]
pub struct Ledger {
    /// Changes of what readers see, by what they are.
    pub done: RefCell<BTreeMap<&'static str, usize>>,
    /// Answers that a node could not do it now (5xx).
    pub refused: Cell<usize>,
    /// How long each change took until it was answered, and by which node.
    pub took: RefCell<Vec<(usize, Duration)>>,
}

/// What readers have to know of a story that is being written.
#[derive(Debug, Clone, Copy)]
pub struct Current {
    /// Its number, which is in its slug too.
    pub story: usize,
    /// The one that its writer withdrew before.
    pub before: Option<usize>,
}

/// One who writes story after story.
pub struct Writer {
    /// A client of each node.
    clients: Vec<Client>,
    observer: Rc<Observer>,
    ledger: Rc<Ledger>,
    /// Nodes that are left alone.
    spared: Rc<Cell<Option<usize>>>,
    /// What chance is drawn from.
    chance: Chance,
    /// Where it is told which story is written.
    current: Rc<Cell<Option<Current>>>,
}

/// The slug of a story.
pub fn slug(story: usize) -> String {
    format!("story-{story:05}")
}

/// A story in its first state, as it is begun.
pub fn begin(story: usize) -> String {
    let (headline, slug) = (headline(story, 1), slug(story));
    let body = r#"[{"type":"paragraph","content":[{"text":"Twice a day the river stops."}]}]"#;
    format!(r#"{{"headline":"{headline}","slug":"{slug}","section":"bench","no_byline":true,"body":{body}}}"#)
}

impl Writer {
    /// The writer with this number.
    pub fn new(
        number: u64,
        targets: &[Target],
        observer: Rc<Observer>,
        ledger: Rc<Ledger>,
        spared: Rc<Cell<Option<usize>>>,
        current: Rc<Cell<Option<Current>>>,
    ) -> Self {
        let clients = targets.iter().map(Client::of).collect();
        Self { clients, observer, ledger, spared, chance: Chance::of(number), current }
    }

    /// Writes so many stories, from the first word to their withdrawal.
    pub async fn write(mut self, stories: usize) -> io::Result<()> {
        for _ in 0..stories {
            self.story().await?;
        }
        Ok(())
    }

    async fn story(&mut self) -> io::Result<()> {
        let story = self.observer.truth.borrow_mut().begin();
        let before = self.current.get().map(|current| current.story);
        self.current.set(Some(Current { story, before }));
        let node = self.node();
        let begun = self.clients[node].do_edit("POST", "/v1/editorial/articles", &begin(story)).await?;
        let path = made(&begun)?;
        let state = |state| format!(r#"{{"headline":"{}"}}"#, headline(story, state));
        self.change("publish", story, Some(1), &format!("{path}/publish"), "{}").await?;
        let correction = r#"{"kind":"correction","text":"It was Monday, not Sunday."}"#;
        let corrected = format!(r#"{{"patch":{},"correction":{correction}}}"#, state(2));
        self.change("correct", story, Some(2), &format!("{path}/amend"), &corrected).await?;
        // Nobody is to see what is saved before it is published.
        self.save(&path, &state(3)).await?;
        self.change("update", story, Some(3), &format!("{path}/publish"), "{}").await?;
        self.change("unpublish", story, None, &format!("{path}/unpublish"), "{}").await?;
        self.save(&path, &state(4)).await?;
        self.change("publish", story, Some(4), &format!("{path}/publish"), "{}").await?;
        let minor = format!(r#"{{"patch":{},"change":"minor"}}"#, state(5));
        self.change("correct", story, Some(5), &format!("{path}/amend"), &minor).await?;
        let reason = r#"{"kind":"legal","public_reason":"A court says so."}"#;
        self.change("withdraw", story, None, &format!("{path}/withdraw"), reason).await
    }

    async fn save(&mut self, path: &str, patch: &str) -> io::Result<()> {
        let node = self.node();
        self.insist(node, "PATCH", path, patch).await.map(drop)
    }

    /// Changes what readers see, and looks at once whether they see it where it was changed.
    async fn change(
        &mut self,
        what: &'static str,
        story: usize,
        shows: Option<u32>,
        path: &str,
        body: &str,
    ) -> io::Result<()> {
        let node = self.node();
        self.observer.truth.borrow_mut().ask(story, node, shows);
        let began = Instant::now();
        self.insist(node, "POST", path, body).await?;
        self.observer.truth.borrow_mut().answer(story);
        self.ledger.took.borrow_mut().push((node, began.elapsed()));
        *self.ledger.done.borrow_mut().entry(what).or_default() += 1;
        let (article, list) = (format!("/v1/articles/{}", slug(story)), LISTS[story % LISTS.len()]);
        for (path, of) in [(article.as_str(), Of::Story(story)), (list, Of::All)] {
            self.observer.look(&mut self.clients[node], node, path, of, &mut Memory::default()).await?;
        }
        // Some changes follow at once, others when all nodes have long shown the one before.
        let pause = self.chance.draw(120);
        sleep(Duration::from_millis(pause)).await;
        Ok(())
    }

    /// Sends a change until it is made: the same change twice does no harm.
    async fn insist(&mut self, node: usize, method: &str, path: &str, body: &str) -> io::Result<Answer> {
        let until = Instant::now() + PATIENCE;
        for tries in 0.. {
            let answer = self.clients[node].edit(method, path, body).await?;
            match answer.status {
                200..300 => return Ok(answer),
                // The answer before told of a failure of what was done.
                409 if tries > 0 => return Ok(answer),
                500.. if Instant::now() < until => self.ledger.refused.set(self.ledger.refused.get() + 1),
                _ => return Err(refused(&answer)),
            }
            sleep(Duration::from_millis(50)).await;
        }
        Err(io::ErrorKind::TimedOut.into())
    }

    /// The node that comes next, as chance has it.
    fn node(&mut self) -> usize {
        loop {
            let node = usize::try_from(self.chance.draw(NODES as u64)).unwrap_or(0);
            if self.spared.get() != Some(node) {
                return node;
            }
        }
    }
}
