//! A ban as it is kept: of a mailbox only a hash, so that the ban outlives an erasure and tells of nobody.

use super::ban::{BanKind, Network};
use super::email::EmailHost;
use super::private::KeyedHash;
use crate::bounded::bounded;
use crate::id::{BanId, UserId};
use crate::time::Moment;

/// A ban of commenters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ban {
    /// Its identity.
    pub id: BanId,
    /// Whom it meets.
    pub target: BanTarget,
    /// Until when; `None` for ever.
    pub until: Option<Moment>,
    /// Why, for the newsroom.
    pub note: Option<BanNote>,
    /// Who made it.
    pub created_by: Option<UserId>,
    /// When.
    pub created_at: Moment,
}

/// Whom a ban meets, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BanTarget {
    /// Who writes from the mailbox of this hash.
    Mailbox(KeyedHash),
    /// Whose address lies in this domain or in one below it.
    Domain(EmailHost),
    /// Who comes from this range of addresses.
    Network(Network),
}

impl BanTarget {
    /// What kind of ban that is.
    pub const fn kind(&self) -> BanKind {
        match self {
            Self::Mailbox(_) => BanKind::Email,
            Self::Domain(_) => BanKind::Domain,
            Self::Network(_) => BanKind::Network,
        }
    }
}

bounded! {
    /// Why commenters are banned, for the newsroom.
    BanNote: lines up to 500, "a few sentences for colleagues",
        like "Threatened another reader; see the note of Friday.";
}
