//! The rows of the audit log, the outbox and kept answers.

use diesel::{Insertable, Queryable};
use domain::audit::{AuditAction, AuditEntry};
use domain::event::{Event, EventKind};
use domain::id::{ApiKeyId, AuditId, EventId, RequestId, UserId};
use domain::surrogate_key::SurrogateKey;
use domain::thing::{Thing, ThingKind};

use super::{octets, stored};
use crate::error::Error;
use crate::records::{KeptAnswer, Sequenced};
use crate::schema::{audit_log, idempotent_answers, outbox};
use crate::sql::{At, Json, Key};

#[derive(Queryable, Insertable)]
#[diesel(table_name = audit_log)]
pub(crate) struct AuditRow {
    id: Key,
    at: At,
    actor_id: Option<Key>,
    address: Option<String>,
    request_id: Option<Key>,
    action: String,
    subject_kind: String,
    subject_id: Option<Key>,
    detail: Json,
    api_key_id: Option<Key>,
}

impl From<&AuditEntry> for AuditRow {
    fn from(entry: &AuditEntry) -> Self {
        let AuditEntry { id, at, actor, api_key, address, request, action, subject, detail } = entry;
        Self {
            id: Key(id.uuid()),
            at: At(*at),
            actor_id: actor.map(|user| Key(user.uuid())),
            address: address.map(|address| address.to_string()),
            request_id: request.map(|request| Key(request.uuid())),
            action: action.name().to_owned(),
            subject_kind: subject.kind().name().to_owned(),
            subject_id: subject.uuid().map(Key),
            detail: Json(detail.to_string()),
            api_key_id: api_key.map(|key| Key(key.uuid())),
        }
    }
}

impl AuditRow {
    pub(crate) fn entry(self) -> Result<AuditEntry, Error> {
        let Self {
            id,
            at,
            actor_id,
            address,
            request_id,
            action,
            subject_kind,
            subject_id,
            detail,
            api_key_id,
        } = self;
        Ok(AuditEntry {
            id: AuditId::new(id.0),
            at: at.0,
            actor: actor_id.map(|key| UserId::new(key.0)),
            api_key: api_key_id.map(|key| ApiKeyId::new(key.0)),
            address: address.map(|address| address.parse().map_err(Error::defect)).transpose()?,
            request: request_id.map(|key| RequestId::new(key.0)),
            action: stored(AuditAction::parse(&action))?,
            subject: thing(&subject_kind, subject_id)?,
            detail: serde_json::from_str(&detail.0).map_err(Error::defect)?,
        })
    }
}

/// SQLite adds many rows in one statement only where each gives every column a value.
#[derive(Insertable)]
#[diesel(table_name = outbox, treat_none_as_default_value = false)]
pub(crate) struct NewEventRow {
    id: Key,
    at: At,
    kind: String,
    subject_kind: String,
    subject_id: Option<Key>,
    keys: Json,
}

impl NewEventRow {
    pub(crate) fn of(event: &Event) -> Result<Self, Error> {
        let Event { id, at, kind, subject, keys } = event;
        let keys: Vec<_> = keys.iter().map(SurrogateKey::as_str).collect();
        Ok(Self {
            id: Key(id.uuid()),
            at: At(*at),
            kind: kind.name().to_owned(),
            subject_kind: subject.kind().name().to_owned(),
            subject_id: subject.uuid().map(Key),
            keys: Json(serde_json::to_string(&keys).map_err(Error::defect)?),
        })
    }
}

#[derive(Queryable)]
pub(crate) struct EventRow {
    seq: i64,
    id: Key,
    at: At,
    kind: String,
    subject_kind: String,
    subject_id: Option<Key>,
    keys: Json,
}

impl EventRow {
    pub(crate) fn sequenced(self) -> Result<Sequenced, Error> {
        let Self { seq, id, at, kind, subject_kind, subject_id, keys } = self;
        let event = Event {
            id: EventId::new(id.0),
            at: at.0,
            kind: stored(EventKind::parse(&kind))?,
            subject: thing(&subject_kind, subject_id)?,
            keys: surrogate_keys(&keys)?,
        };
        Ok(Sequenced { seq, event })
    }
}

pub(crate) fn surrogate_keys(keys: &Json) -> Result<Vec<SurrogateKey>, Error> {
    let keys: Vec<String> = serde_json::from_str(&keys.0).map_err(Error::defect)?;
    keys.iter().map(|key| stored(SurrogateKey::parse(key))).collect()
}

pub(crate) fn thing(kind: &str, id: Option<Key>) -> Result<Thing, Error> {
    stored(ThingKind::parse(kind).and_then(|kind| Thing::named(kind, id.map(|key| key.0))))
}

#[derive(Queryable, Insertable)]
#[diesel(table_name = idempotent_answers)]
pub(crate) struct AnswerRow {
    scope: Vec<u8>,
    fingerprint: Vec<u8>,
    answer: String,
    expires_at: At,
}

impl AnswerRow {
    pub(crate) fn of(scope: &[u8; 32], kept: &KeptAnswer) -> Self {
        let KeptAnswer { fingerprint, answer, expires_at } = kept;
        Self {
            scope: scope.to_vec(),
            fingerprint: fingerprint.to_vec(),
            answer: answer.clone(),
            expires_at: At(*expires_at),
        }
    }

    pub(crate) fn kept(self) -> Result<KeptAnswer, Error> {
        let Self { scope: _, fingerprint, answer, expires_at } = self;
        Ok(KeptAnswer { fingerprint: octets(&fingerprint)?, answer, expires_at: expires_at.0 })
    }
}
