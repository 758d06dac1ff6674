//! Reads the audit log.

use domain::actor::Actor;
use domain::audit::AuditEntry;
use domain::id::{AuditId, UserId};
use domain::paging::From;
use domain::policy::grant_house;
use domain::policy::right::ReadAudit;
use domain::thing::Thing;
use store::records::AuditFilter;
use store::tx::Tx;

use crate::error::Error;

/// Which entries are asked for, newest first.
#[derive(Debug, Clone, Copy, Default)]
pub struct AuditAsked {
    /// Only what this user did.
    pub by: Option<UserId>,
    /// Only what was done to this thing.
    pub subject: Option<Thing>,
    /// Only what lies there.
    pub from: Option<From<AuditId>>,
}

/// Up to `limit` entries; those before one backwards.
pub fn audit(
    tx: &mut dyn Tx,
    actor: &Actor,
    asked: AuditAsked,
    limit: u16,
) -> Result<Vec<AuditEntry>, Error> {
    grant_house::<ReadAudit>(actor)?;
    let AuditAsked { by, subject, from } = asked;
    Ok(tx.audit_entries(AuditFilter { actor: by, subject, from }, limit)?)
}
