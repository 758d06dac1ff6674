//! The rows of bans.

use diesel::{Insertable, Queryable};
use domain::comment::ban::{BanKind, Network};
use domain::comment::banned::{Ban, BanNote, BanTarget};
use domain::comment::email::EmailHost;
use domain::comment::private::KeyedHash;
use domain::id::{BanId, UserId};

use super::stored;
use crate::error::Error;
use crate::schema::comment_bans;
use crate::sql::{At, Key};

/// The kind of a ban of a range of addresses.
pub(crate) const NETWORK: &str = BanKind::Network.name();

/// How the hash of a mailbox stands in a column of text.
pub(crate) fn mailbox(hash: &KeyedHash) -> String {
    hash.octets().iter().fold(String::new(), |digits, octet| digits + &format!("{octet:02x}"))
}

/// Whom a ban meets, as a column.
pub(crate) fn pattern(target: &BanTarget) -> String {
    match target {
        BanTarget::Mailbox(hash) => mailbox(hash),
        BanTarget::Domain(host) => host.as_str().to_owned(),
        BanTarget::Network(network) => network.to_string(),
    }
}

/// Whom a stored ban meets.
pub(crate) fn target(kind: &str, pattern: &str) -> Result<BanTarget, Error> {
    Ok(match stored(BanKind::parse(kind))? {
        BanKind::Email => BanTarget::Mailbox(hash_of(pattern)?),
        BanKind::Domain => BanTarget::Domain(stored(EmailHost::parse(pattern))?),
        BanKind::Network => BanTarget::Network(stored(Network::parse(pattern))?),
    })
}

fn hash_of(text: &str) -> Result<KeyedHash, Error> {
    let number = |i: usize| text.get(2 * i..2 * i + 2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
    let mut octets = [0; 32];
    for (i, octet) in octets.iter_mut().enumerate() {
        *octet = number(i).ok_or_else(|| Error::defect("a ban of a mailbox has no hash"))?;
    }
    Ok(KeyedHash::new(octets))
}

#[derive(Queryable, Insertable)]
#[diesel(table_name = comment_bans)]
pub(crate) struct BanRow {
    id: Key,
    kind: String,
    pattern: String,
    until: Option<At>,
    note: Option<String>,
    created_by: Option<Key>,
    created_at: At,
}

impl BanRow {
    pub(crate) fn of(ban: &Ban) -> Self {
        let Ban { id, target, until, note, created_by, created_at } = ban;
        let pattern = pattern(target);
        Self {
            id: Key(id.uuid()),
            kind: target.kind().name().to_owned(),
            pattern,
            until: until.map(At),
            note: note.as_ref().map(|note| note.as_str().to_owned()),
            created_by: created_by.map(|user| Key(user.uuid())),
            created_at: At(*created_at),
        }
    }

    pub(crate) fn ban(self) -> Result<Ban, Error> {
        Ok(Ban {
            id: BanId::new(self.id.0),
            target: target(&self.kind, &self.pattern)?,
            until: self.until.map(|at| at.0),
            note: self.note.map(|note| stored(BanNote::parse(&note))).transpose()?,
            created_by: self.created_by.map(|user| UserId::new(user.0)),
            created_at: self.created_at.0,
        })
    }
}
