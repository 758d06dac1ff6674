//! The statements of the audit log, the outbox and kept answers.

use std::collections::{BTreeSet, HashMap};
use std::slice;

use diesel::dsl::max;
use diesel::prelude::*;
use domain::audit::AuditEntry;
use domain::change::Resource;
use domain::event::Event;
use domain::id::{ContributorId, EventId, PhotoId, TagId};
use domain::paging::From;
use domain::surrogate_key::SurrogateKey;
use domain::time::Moment;

use super::super::Conn;
use super::{contributors, slugs};
use crate::among::among;
use crate::engine::told;
use crate::error::Error;
use crate::lock::{Rows, Rule};
use crate::records::{AuditFilter, KeptAnswer, Passage, Purge, Records, Sequenced};
use crate::rows::records::{AnswerRow, AuditRow, EventRow, NewEventRow, surrogate_keys};
use crate::schema::{audit_log, idempotent_answers, installation, outbox, outbox_places};
use crate::sql::{At, Json, Key};
use crate::tx::Tx;

impl Records for Conn {
    fn add_audit_entry(&mut self, entry: &AuditEntry) -> Result<(), Error> {
        diesel::insert_into(audit_log::table).values(AuditRow::from(entry)).execute(self)?;
        Ok(())
    }

    fn audit_entries(&mut self, filter: AuditFilter, limit: u16) -> Result<Vec<AuditEntry>, Error> {
        let AuditFilter { actor, subject, from } = filter;
        let mut entries = audit_log::table.into_boxed();
        if let Some(actor) = actor {
            entries = entries.filter(audit_log::actor_id.eq(Key(actor.uuid())));
        }
        if let Some(subject) = subject {
            entries = entries.filter(audit_log::subject_kind.eq(subject.kind().name()));
            if let Some(id) = subject.uuid() {
                entries = entries.filter(audit_log::subject_id.eq(Key(id)));
            }
        }
        let entries = match from {
            None => entries.order(audit_log::id.desc()),
            Some(From::Behind(id)) => {
                entries.filter(audit_log::id.lt(Key(id.uuid()))).order(audit_log::id.desc())
            }
            Some(From::Before(id)) => entries.filter(audit_log::id.gt(Key(id.uuid()))).order(audit_log::id),
        };
        let rows: Vec<AuditRow> = entries.limit(limit.into()).load(self)?;
        rows.into_iter().map(AuditRow::entry).collect()
    }

    fn add_event(&mut self, event: &Event) -> Result<(), Error> {
        self.add_events(slice::from_ref(event))
    }

    fn add_events(&mut self, events: &[Event]) -> Result<(), Error> {
        self.hold(Rule::EventOrder)?;
        let events = completed(self, events)?;
        let rows = events.iter().map(NewEventRow::of).collect::<Result<Vec<_>, _>>()?;
        diesel::insert_into(outbox::table).values(rows).execute(self)?;
        events.iter().for_each(told::note);
        Ok(())
    }

    fn events(&mut self, after: i64, limit: u16) -> Result<Vec<Sequenced>, Error> {
        let rows: Vec<EventRow> =
            outbox::table.filter(outbox::seq.gt(after)).order(outbox::seq).limit(limit.into()).load(self)?;
        rows.into_iter().map(EventRow::sequenced).collect()
    }

    fn purges(&mut self, after: i64, last: i64, limit: u16) -> Result<Vec<Purge>, Error> {
        let rows: Vec<(i64, Key, At, Json)> = outbox::table
            .filter(outbox::seq.gt(after))
            .filter(outbox::seq.le(last))
            .filter(outbox::keys.ne(Json("[]".to_owned())))
            .order(outbox::seq)
            .limit(limit.into())
            .select((outbox::seq, outbox::id, outbox::at, outbox::keys))
            .load(self)?;
        rows.into_iter()
            .map(|(seq, id, at, keys)| {
                Ok(Purge { seq, event: EventId::new(id.0), at: at.0, keys: surrogate_keys(&keys)? })
            })
            .collect()
    }

    fn is_behind(&mut self, passage: Passage, now: Moment) -> Result<bool, Error> {
        let place: Option<(i64, At)> = outbox_places::table
            .find(passage.name())
            .select((outbox_places::seq, outbox_places::leased_until))
            .get_result(self)
            .optional()?;
        Ok(match place {
            None => true,
            Some((seq, free)) => free.0 <= now && seq < self.last_event()?,
        })
    }

    fn take_place(&mut self, passage: Passage, now: Moment, lease: Moment) -> Result<Option<i64>, Error> {
        let first = (
            outbox_places::name.eq(passage.name()),
            outbox_places::seq.eq(self.last_event()?),
            outbox_places::leased_until.eq(At(now)),
        );
        diesel::insert_into(outbox_places::table).values(first).on_conflict_do_nothing().execute(self)?;
        let taken = diesel::update(outbox_places::table.find(passage.name()))
            .filter(outbox_places::leased_until.le(At(now)))
            .set(outbox_places::leased_until.eq(At(lease)))
            .returning(outbox_places::seq)
            .get_result(self)
            .optional()?;
        Ok(taken)
    }

    fn leave_place(&mut self, passage: Passage, seq: i64, free: Moment) -> Result<(), Error> {
        diesel::update(outbox_places::table.find(passage.name()))
            .set((outbox_places::seq.eq(seq), outbox_places::leased_until.eq(At(free))))
            .execute(self)?;
        Ok(())
    }

    fn last_event(&mut self) -> Result<i64, Error> {
        let last: Option<i64> = outbox::table.select(max(outbox::seq)).get_result(self)?;
        Ok(last.unwrap_or_default())
    }

    fn take_scope(&mut self, scope: &[u8; 32]) -> Result<bool, Error> {
        self.take_hash(scope)
    }

    fn kept_answer(&mut self, scope: &[u8; 32], now: Moment) -> Result<Option<KeptAnswer>, Error> {
        let row: Option<AnswerRow> = idempotent_answers::table
            .find(scope.as_slice())
            .filter(idempotent_answers::expires_at.gt(At(now)))
            .get_result(self)
            .optional()?;
        row.map(AnswerRow::kept).transpose()
    }

    fn keep_answer(&mut self, scope: &[u8; 32], answer: &KeptAnswer, now: Moment) -> Result<(), Error> {
        diesel::delete(idempotent_answers::table.find(scope.as_slice()))
            .filter(idempotent_answers::expires_at.le(At(now)))
            .execute(self)?;
        diesel::insert_into(idempotent_answers::table).values(AnswerRow::of(scope, answer)).execute(self)?;
        Ok(())
    }

    fn sweep_answers(&mut self, now: Moment, limit: u16) -> Result<usize, Error> {
        let due: Vec<Vec<u8>> = idempotent_answers::table
            .filter(idempotent_answers::expires_at.le(At(now)))
            .order(idempotent_answers::expires_at)
            .limit(limit.into())
            .select(idempotent_answers::scope)
            .load(self)?;
        let due = idempotent_answers::table.filter(among(idempotent_answers::scope, due));
        Ok(diesel::delete(due).execute(self)?)
    }

    fn fact(&mut self, name: &str) -> Result<Option<String>, Error> {
        Ok(installation::table.find(name).select(installation::value).get_result(self).optional()?)
    }

    fn set_fact(&mut self, name: &str, value: &str) -> Result<(), Error> {
        diesel::insert_into(installation::table)
            .values((installation::name.eq(name), installation::value.eq(value)))
            .on_conflict(installation::name)
            .do_update()
            .set(installation::value.eq(value))
            .execute(self)?;
        Ok(())
    }
}

/// These events with the keys that follow from theirs. It is asked while the order of events is held: a merge or another
/// portrait that is committed by then is known, and a later one tells of both by itself.
fn completed(conn: &mut Conn, events: &[Event]) -> Result<Vec<Event>, Error> {
    let survivors = survivors(conn, events)?;
    let events: Vec<_> = events.iter().map(|event| with(event, |key| survivor(key, &survivors))).collect();
    let portraits = portraits(conn, &events)?;
    Ok(events.iter().map(|event| with(event, |key| portrait(key, &portraits))).collect())
}

/// The event with the keys that follow from its own, each once.
fn with(event: &Event, follows: impl Fn(&SurrogateKey) -> Option<SurrogateKey>) -> Event {
    let mut event = event.clone();
    let found: BTreeSet<_> = event.keys.iter().filter_map(follows).collect();
    let unnamed: Vec<_> = found.into_iter().filter(|key| !event.keys.contains(key)).collect();
    event.keys.extend(unnamed);
    event
}

/// What became of the tags and contributors that these events name, where they were merged.
fn survivors(conn: &mut Conn, events: &[Event]) -> Result<HashMap<Key, Key>, Error> {
    let named = events.iter().flat_map(|event| &event.keys).filter_map(SurrogateKey::resource);
    let named = named.filter(|named| matches!(named, Resource::Tag(_) | Resource::Contributor(_)));
    let ids: BTreeSet<_> = named.map(|named| Key(named.uuid())).collect();
    slugs::survivors(conn, &ids.into_iter().collect::<Vec<_>>())
}

/// What is stored of an article may for ever name one that was merged, and readers see the survivor (ruling 23).
fn survivor(key: &SurrogateKey, survivors: &HashMap<Key, Key>) -> Option<SurrogateKey> {
    let merged = key.resource()?;
    let Key(id) = *survivors.get(&Key(merged.uuid()))?;
    match merged {
        Resource::Tag(_) => Some(SurrogateKey::tag(TagId::new(id))),
        Resource::Contributor(_) => Some(SurrogateKey::contributor(ContributorId::new(id))),
        _ => None,
    }
}

/// The portraits of the contributors whom these events name.
fn portraits(conn: &mut Conn, events: &[Event]) -> Result<HashMap<ContributorId, PhotoId>, Error> {
    let named = events.iter().flat_map(|event| &event.keys).filter_map(contributor);
    let ids: BTreeSet<_> = named.collect();
    contributors::portraits_of(conn, &ids.into_iter().collect::<Vec<_>>())
}

/// Readers get a portrait for as long as they see whom it portrays, and no article names it for them.
fn portrait(key: &SurrogateKey, portraits: &HashMap<ContributorId, PhotoId>) -> Option<SurrogateKey> {
    portraits.get(&contributor(key)?).copied().map(SurrogateKey::photo)
}

/// The contributor whom a key names, if it names one.
fn contributor(key: &SurrogateKey) -> Option<ContributorId> {
    match key.resource()? {
        Resource::Contributor(id) => Some(id),
        _ => None,
    }
}
