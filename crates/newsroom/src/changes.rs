//! Writes the feed of changes: goes through the outbox, in the order of commits, and moves to the end of the feed whatever each
//! event did to what readers see, and then what shows that. Any number of nodes may do it; one at a time does.

use std::collections::{BTreeMap, BTreeSet};

use domain::change::{Resource, Showing, Sight, Touch};
use domain::section::tree::Tree;
use domain::time::Moment;
use store::records::{Passage, Sequenced};
use store::tx::Tx;

use crate::error::Error;
use crate::room::Newsroom;

/// How many events are gone through in one transaction, so that nobody waits long behind it.
const EVENTS: u16 = 100;

/// How many things that show what has changed are told of in one transaction.
const SHOWING: u16 = 500;

impl Newsroom {
    /// Tells followers of all that has changed by now, and tells how many entries of the feed moved.
    pub async fn tell_changes(&self) -> Result<usize, Error> {
        let (store, mut told) = (&self.room().parts.store, 0);
        loop {
            let now = self.now();
            let waits = store
                .read(move |tx| Ok::<_, Error>(tx.is_behind(Passage::Changes, now)? || tx.has_spreads()?));
            if !waits.await? {
                return Ok(told);
            }
            match store.write(move |tx| tell_some(tx, now)).await? {
                None => return Ok(told),
                Some(more) => told += more,
            }
        }
    }
}

/// A part of the way; `None` where there is nothing more to be told of at `now`, or another is at it.
fn tell_some(tx: &mut dyn Tx, now: Moment) -> Result<Option<usize>, Error> {
    // The row of the place is held until the commit: whoever comes meanwhile waits, and goes on behind.
    let Some(place) = tx.take_place(Passage::Changes, now, now)? else { return Ok(None) };
    let events = tx.events(place, EVENTS)?;
    // What a node did whose clock is ahead is not to be seen by this clock yet.
    let events: Vec<_> = events.into_iter().take_while(|sequenced| sequenced.event.at <= now).collect();
    let mut told = 0;
    if let Some(last) = events.last() {
        told += tell_of(tx, &events, now)?;
        tx.leave_place(Passage::Changes, last.seq, now)?;
    }
    let mut left = SHOWING;
    while left > 0 {
        let Some(spread) = tx.take_spread(left)? else { break };
        left = left.saturating_sub(u16::try_from(spread.resources.len()).unwrap_or(u16::MAX).max(1));
        if let Showing::Credits(_) = spread.showing {
            for showing in spread.resources.iter().copied().flat_map(Showing::of) {
                tx.add_spread(showing)?;
            }
        }
        let changed = spread.resources.into_iter().map(|resource| (resource, Touch::Changed)).collect();
        told += tell(tx, &changed, now)?;
    }
    Ok((!events.is_empty() || left < SHOWING).then_some(told))
}

/// Tells of what these events did, and notes what shows it.
fn tell_of(tx: &mut dyn Tx, events: &[Sequenced], now: Moment) -> Result<usize, Error> {
    let mut touched: BTreeMap<Resource, Touch> = BTreeMap::new();
    for (resource, touch) in events.iter().flat_map(|sequenced| sequenced.event.touches()) {
        let known = touched.entry(resource).or_insert(touch);
        *known = touch.max(*known);
    }
    let changed: BTreeSet<_> = touched
        .iter()
        .filter(|(_, touch)| **touch == Touch::Changed)
        .map(|(resource, _)| *resource)
        .collect();
    let articles: Vec<_> = changed
        .iter()
        .filter_map(|resource| if let Resource::Article(id) = resource { Some(*id) } else { None })
        .collect();
    tx.relink(&articles)?;
    let mut showing: BTreeSet<_> = changed.into_iter().flat_map(Showing::of).collect();
    if touched.keys().any(|resource| matches!(resource, Resource::Section(_))) {
        let sections = tx.sections()?;
        let tree = Tree::new(sections.iter().map(|section| (section.id, section.parent)));
        for section in &sections {
            // A section is to be seen while an article is in or below it, and the articles below it show it in their path.
            touched.entry(Resource::Section(section.id)).or_insert(Touch::Perhaps);
            if showing.contains(&Showing::Within(section.id)) {
                showing.extend(tree.below(section.id).into_iter().map(Showing::Within));
            }
        }
    }
    if events.iter().any(|sequenced| sequenced.event.changes_lists()) {
        touched.extend(tx.filled_fronts()?.into_iter().map(|id| (Resource::Front(id), Touch::Changed)));
    }
    for showing in showing {
        tx.add_spread(showing)?;
    }
    tell(tx, &touched, now)
}

/// Moves to the end of the feed what is news.
fn tell(tx: &mut dyn Tx, touched: &BTreeMap<Resource, Touch>, now: Moment) -> Result<usize, Error> {
    let resources: Vec<_> = touched.keys().copied().collect();
    let (told, seen) = (tx.told_of(&resources)?, tx.seen_of(&resources, now)?);
    let news: Vec<_> = touched
        .iter()
        .filter_map(|(resource, touch)| {
            let sight = if seen.contains(resource) { Sight::Seen } else { Sight::Gone };
            touch.is_news(told.get(resource).copied(), sight).then_some((*resource, sight))
        })
        .collect();
    for (resource, sight) in &news {
        // Credits of photos lead to whom readers know of, and to nobody else.
        if let Resource::Contributor(id) = resource
            && told.get(resource).copied().unwrap_or(Sight::Gone) != *sight
        {
            tx.add_spread(Showing::Credits(*id))?;
        }
    }
    tx.tell(&news, now)?;
    Ok(news.len())
}
