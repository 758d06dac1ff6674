//! Bans of commenters: made, listed, lifted. Whom one meets is told in `judge`.

use domain::actor::Actor;
use domain::audit::AuditAction;
use domain::comment::ban::BanPattern;
use domain::comment::banned::{Ban, BanNote, BanTarget};
use domain::comment::private::KeyedHash;
use domain::id::{BanId, CommentId};
use domain::paging::From;
use domain::policy::grant_house;
use domain::policy::right::BanCommenters;
use domain::thing::Thing;
use domain::time::Moment;
use domain::violation::{Rule, Violation};
use serde_json::{Value, json};
use store::lock::Rule as Held;
use store::tx::Tx;

use super::keys;
use crate::cx::{Cx, Deed, Recorded};
use crate::error::Error;
use crate::room::Newsroom;

/// Whom a new ban is to meet.
#[derive(Debug, Clone)]
pub enum Whom {
    /// Whom this names.
    Named(BanPattern),
    /// Who wrote this comment, by their mailbox, which is not told.
    WriterOf(CommentId),
}

/// A ban to be made.
#[derive(Debug, Clone)]
pub struct NewBan {
    /// Whom it meets.
    pub whom: Whom,
    /// Until when; `None` for ever.
    pub until: Option<Moment>,
    /// Why.
    pub note: Option<BanNote>,
}

/// A ban after it was ordered.
#[derive(Debug, Clone)]
pub enum Banned {
    /// It is new.
    New(Ban),
    /// The same stood already, with the note that it has.
    There(Ban),
}

/// Bans commenters from the next comment on. What they wrote stays as it is.
pub fn ban(cx: &mut Cx<'_>, newsroom: &Newsroom, new: &NewBan) -> Result<Recorded<Banned>, Error> {
    let granted = cx.house::<BanCommenters>()?;
    let NewBan { whom, until, note } = new.clone();
    if until.is_some_and(|until| until <= cx.now) {
        return Err(Violation::new(Rule::OutOfRange, "must lie in the future").at("/until").into());
    }
    let target = match whom {
        Whom::Named(BanPattern::Email(email)) => {
            BanTarget::Mailbox(keys::of_mailbox(&newsroom.room().parts.comment_key, &email))
        }
        Whom::Named(BanPattern::Domain(host)) => BanTarget::Domain(host),
        Whom::Named(BanPattern::Network(network)) => BanTarget::Network(network),
        Whom::WriterOf(id) => BanTarget::Mailbox(mailbox_of(cx.tx, id)?),
    };
    cx.tx.hold(Held::Bans)?;
    if let Some(there) = cx.tx.same_ban(&target, until)? {
        let deed = banned(&there, json!({"kind": there.target.kind(), "there": true}));
        return cx.record(deed, None, Banned::There(there));
    }
    let (id, created_by) = (BanId::new(cx.id()), Some(cx.actor.user));
    let ban = Ban { id, target, until, note, created_by, created_at: cx.now };
    cx.tx.add_ban(&granted, &ban)?;
    let deed = banned(&ban, json!({"kind": ban.target.kind(), "until": ban.until}));
    cx.record(deed, None, Banned::New(ban))
}

const fn banned(ban: &Ban, detail: Value) -> Deed {
    Deed { action: AuditAction::CommentersBanned, subject: Thing::Ban(ban.id), detail }
}

fn mailbox_of(tx: &mut dyn Tx, id: CommentId) -> Result<KeyedHash, Error> {
    let traces = tx.traces_of(id)?;
    traces.and_then(|traces| traces.email).ok_or_else(|| {
        let unknown = Violation::new(Rule::UnknownReference, "names no comment of a reader that is known");
        unknown.at("/writer_of").into()
    })
}

/// Up to `limit` bans, newest first, those that are over too; those before one backwards.
pub fn bans(
    tx: &mut dyn Tx,
    actor: &Actor,
    from: Option<From<BanId>>,
    limit: u16,
) -> Result<Vec<Ban>, Error> {
    grant_house::<BanCommenters>(actor)?;
    Ok(tx.bans(from, limit)?)
}

/// The ban of an id.
pub fn read_ban(tx: &mut dyn Tx, actor: &Actor, id: BanId) -> Result<Ban, Error> {
    grant_house::<BanCommenters>(actor)?;
    tx.ban(id)?.ok_or(Error::NotFound)
}

/// Lifts a ban.
pub fn lift_ban(cx: &mut Cx<'_>, id: BanId) -> Result<Recorded<()>, Error> {
    let granted = cx.house::<BanCommenters>()?;
    if !cx.tx.delete_ban(&granted, id)? {
        return Err(Error::NotFound);
    }
    let deed = Deed { action: AuditAction::BanLifted, subject: Thing::Ban(id), detail: json!({}) };
    cx.record(deed, None, ())
}
