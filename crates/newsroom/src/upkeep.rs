//! What has to be done as time goes by. Any number of nodes may do it at once: each piece of it is done by one.

use chrono::TimeDelta;
use domain::comment::settings::OpenDays;
use domain::event::{Event, EventKind};
use domain::id::{ArticleId, EventId};
use domain::surrogate_key::SurrogateKey;
use domain::thing::Thing;
use domain::time::Moment;
use store::articles::Appearance;
use store::records::Sequenced;
use store::tx::Tx;
use store::upkeep::{DueChange, PlannedAgain};

use crate::articles::news;
use crate::asked::Ids;
use crate::comments::times as closings;
use crate::cx::News;
use crate::error::Error;
use crate::photos::{keys_with_users, times};
use crate::room::Newsroom;

/// How much is done in one transaction, so that nobody waits long behind it.
const BATCH: u16 = 200;

/// How many articles are looked through in one transaction: each takes some milliseconds.
const LOOKED_THROUGH: u16 = 20;

/// After how many of them what searches find them by is sorted: a word that several have is sorted in once for all of them, and
/// every search goes through what is not.
const SORTED: usize = 100;

/// How long after its instant a change is announced: every node sees it by then (ruling 15).
const GRACE: TimeDelta = TimeDelta::seconds(1);

/// How long sign-ins, invitations, links to working copies and deliveries to webhooks that are over can still be looked at.
const REMEMBERED: TimeDelta = TimeDelta::days(30);

/// How much was done.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Upkept {
    /// Changes that were announced.
    pub announced: usize,
    /// Rows and files that were forgotten.
    pub swept: usize,
    /// Photos whose renditions were made.
    pub rendered: usize,
    /// Articles that were looked through to be found by searches.
    pub looked_through: usize,
    /// Entries of the feed of changes that moved to its end.
    pub told: usize,
}

impl Newsroom {
    /// Announces what readers see or no longer see by the clock alone: an event each, in the transaction that takes it
    /// off the list, so that it is announced once, by whichever node.
    pub async fn announce(&self) -> Result<usize, Error> {
        if let Err(error) = self.set_right().await {
            tracing::warn!(%error, "what a clock stamped that was ahead waits for the hour that it told");
        }
        let until = self.now().plus(-GRACE);
        let shown = self.announce_articles(until).await? + self.announce_photos(until).await?;
        Ok(shown + self.announce_threads(until).await?)
    }

    /// Where the clock was ahead, nothing is to wait for the hour that it told, and what it announced before its time is announced
    /// again when that comes.
    async fn set_right(&self) -> Result<(), Error> {
        let (store, open_days, now) = (&self.room().parts.store, self.site().comments.open_days, self.now());
        if store.read(move |tx| Ok::<_, Error>(tx.was_ahead(now)?)).await? {
            let ids = self.room().parts.ids.clone();
            store.write(move |tx| set_right(tx, &ids, now, open_days)).await?;
        }
        Ok(())
    }

    async fn announce_photos(&self, until: Moment) -> Result<usize, Error> {
        let (store, mut announced) = (&self.room().parts.store, 0);
        loop {
            let due = store.read(move |tx| Ok::<_, Error>(tx.due_photo_changes(until, 1)?)).await?;
            if due.is_empty() {
                return Ok(announced);
            }
            let ids = self.room().parts.ids.clone();
            announced += store.write(move |tx| times::announce(tx, &ids, until, BATCH)).await?;
        }
    }

    async fn announce_threads(&self, until: Moment) -> Result<usize, Error> {
        let (store, open_days) = (&self.room().parts.store, self.site().comments.open_days);
        let mut announced = 0;
        loop {
            let due = store.read(move |tx| Ok::<_, Error>(tx.due_closings(until, open_days, 1)?)).await?;
            if due.is_empty() {
                return Ok(announced);
            }
            let newsroom = self.clone();
            announced += store
                .write(move |tx| {
                    let parts = &newsroom.room().parts;
                    closings::announce(tx, &parts.ids, &parts.site, until, BATCH)
                })
                .await?;
        }
    }

    async fn announce_articles(&self, until: Moment) -> Result<usize, Error> {
        let mut announced = 0;
        loop {
            let store = &self.room().parts.store;
            if store.read(move |tx| Ok::<_, Error>(tx.due_changes(until, 1)?)).await?.is_empty() {
                return Ok(announced);
            }
            let ids = self.room().parts.ids.clone();
            announced += store
                .write(move |tx| {
                    let taken = tx.take_due_changes(until, BATCH)?;
                    let events = events_of(tx, &ids, &taken)?;
                    tx.add_events(&events)?;
                    Ok::<_, Error>(events.len())
                })
                .await?;
        }
    }

    /// The next events behind the place `after`, in the order in which they are passed on.
    pub async fn events(&self, after: i64) -> Result<Vec<Sequenced>, Error> {
        self.room().parts.store.read(move |tx| Ok::<_, Error>(tx.events(after, BATCH)?)).await
    }

    /// Forgets answers that nobody can ask for again, and what was over long ago; and of refused sign-ins writes down how
    /// many there were.
    pub async fn sweep(&self) -> Result<usize, Error> {
        self.tell_refusals().await?;
        let (now, before) = (self.now(), self.now().plus(-REMEMBERED));
        let kept = TimeDelta::days(self.site().comments.keep_addresses_days.into());
        let mut swept = 0;
        loop {
            let batch = self.room().parts.store.write(move |tx| {
                let answers = tx.sweep_answers(now, BATCH)?;
                let sessions = tx.sweep_sessions(before, BATCH)?;
                let invitations = tx.sweep_invitations(before, BATCH)?;
                let commenters = tx.forget_addresses(now.plus(-kept), BATCH)?
                    + tx.forget_reports(now.plus(-kept), BATCH)?;
                let webhooks = tx.sweep_former_secrets(now)? + tx.sweep_deliveries(before, BATCH)?;
                let previews = tx.sweep_preview_tokens(before, BATCH)?;
                Ok::<_, Error>(commenters + answers + sessions + invitations + webhooks + previews)
            });
            match batch.await? {
                0 => return Ok(swept),
                more => swept += more,
            }
        }
    }

    /// Looks through articles that searches are to find by other words than before, and has caches ask anew. What is
    /// published is found at once; this is for photos that were changed, and after a migration. Has what was written to be
    /// found by sorted, too.
    pub async fn look_through(&self) -> Result<usize, Error> {
        let (store, mut done, mut unsorted) = (&self.room().parts.store, 0, 0);
        self.sort_terms().await;
        while store.read(|tx| Ok::<_, Error>(tx.has_search_job()?)).await? {
            let (ids, at) = (self.room().parts.ids.clone(), self.now());
            let batch = store.write(move |tx| {
                let batch = tx.carry_out_search_jobs(LOOKED_THROUGH)?;
                if let Some(article) = batch.last() {
                    let (id, subject) = (EventId::new(ids.draw()), Thing::Article(*article));
                    let keys = vec![SurrogateKey::lists()];
                    tx.add_event(&Event { id, at, kind: EventKind::ArticleChanged, subject, keys })?;
                }
                Ok::<_, Error>(batch.len())
            });
            let batch = batch.await?;
            done += batch;
            unsorted += batch;
            if unsorted >= SORTED {
                self.sort_terms().await;
                unsorted = 0;
            }
        }
        if unsorted > 0 {
            self.sort_terms().await;
        }
        Ok(done)
    }

    /// Where it fails, nothing is lost: the next time there is more of it.
    async fn sort_terms(&self) {
        if let Err(error) = self.room().parts.store.sort_terms().await {
            tracing::warn!(%error, "what was published lately is found more slowly until it is sorted");
        }
    }

    /// All of it, once.
    pub async fn upkeep(&self) -> Result<Upkept, Error> {
        let (announced, swept, rendered) =
            (self.announce().await?, self.sweep().await?, self.render().await?);
        let (looked_through, swept) = (self.look_through().await?, swept + self.sweep_files().await?);
        Ok(Upkept { announced, swept, rendered, looked_through, told: self.tell_changes().await? })
    }
}

/// Has what a clock that was ahead announced before its time announced again, and told now that readers do not see it yet.
fn set_right(tx: &mut dyn Tx, ids: &Ids, now: Moment, open_days: Option<OpenDays>) -> Result<(), Error> {
    if !tx.is_first_to_set_right(now)? {
        return Ok(());
    }
    tracing::warn!("the clock was ahead and has been set right");
    let PlannedAgain { shown, hidden, closing, photos } = tx.set_right(now, open_days)?;
    let of = |kind: EventKind| move |article| DueChange { article, at: now, kind };
    let updated = shown.into_iter().map(of(EventKind::ArticleUpdated));
    let changed = hidden.into_iter().chain(closing).map(of(EventKind::ArticleChanged));
    let mut events = events_of(tx, ids, &updated.chain(changed).collect::<Vec<_>>())?;
    for photo in photos {
        let (id, subject) = (EventId::new(ids.draw()), Thing::Photo(photo));
        let keys = keys_with_users(tx, photo, now)?;
        events.push(Event { id, at: now, kind: EventKind::PhotoChanged, subject, keys });
    }
    Ok(tx.add_events(&events)?)
}

/// The events of what became of an article by the clock up to `now` and nobody has announced, which are announced by whoever
/// asks. Where our clock is ahead of the database's, that counts: what is under embargo there is told of by nobody.
pub(crate) fn overdue(
    tx: &mut dyn Tx,
    ids: &Ids,
    article: ArticleId,
    now: Moment,
) -> Result<Vec<Event>, Error> {
    if !tx.has_change_of(article, now)? {
        return Ok(Vec::new());
    }
    let until = tx.time()?.map_or(now, |theirs| theirs.min(now));
    let taken = tx.take_changes_of(article, until)?;
    events_of(tx, ids, &taken)
}

/// What others are told of these changes.
fn events_of(tx: &mut dyn Tx, ids: &Ids, changes: &[DueChange]) -> Result<Vec<Event>, Error> {
    let articles: Vec<_> = changes.iter().map(|change| change.article).collect();
    let (appear, none) = (tx.appearances(&articles)?, Appearance::default());
    let told = changes.iter().map(|change| {
        let appears = appear.get(&change.article).unwrap_or(&none);
        let News { kind, keys } = news(change.kind, change.article, appears, &[]);
        let (id, subject) = (EventId::new(ids.draw()), Thing::Article(change.article));
        Event { id, at: change.at, kind, subject, keys }
    });
    Ok(told.collect())
}
