//! Who may sign in, and as what. There is always an admin who can.

use domain::account::User;
use domain::actor::Actor;
use domain::article::content::change::Change;
use domain::audit::AuditAction;
use domain::id::UserId;
use domain::paging::From;
use domain::policy::right::ManageUsers;
use domain::policy::{Action, Denied, grant_house, may_give};
use domain::thing::Thing;
use domain::user::{Email, PersonName, Role};
use domain::version::Seen;
use domain::violation::Violation;
use serde_json::json;
use store::lock::Rule as Held;
use store::tx::Tx;

use crate::cx::{Cx, Deed, Recorded};
use crate::error::Error;

/// What of a user is to be different. None of it can be cleared.
#[derive(Debug, Clone, Default)]
pub struct UserPatch {
    /// The address to sign in with.
    pub email: Change<Email>,
    /// The name that colleagues see.
    pub name: Change<PersonName>,
    /// What they may do, from their next request on.
    pub role: Change<Role>,
    /// Whether they may sign in no more; it ends their sessions at once.
    pub disabled: Change<bool>,
}

/// Up to `limit` users in the order in which they were made; those before one backwards.
pub fn users(
    tx: &mut dyn Tx,
    actor: &Actor,
    from: Option<From<UserId>>,
    limit: u16,
) -> Result<Vec<User>, Error> {
    grant_house::<ManageUsers>(actor)?;
    Ok(tx.users(from, limit)?)
}

/// One user.
pub fn user(tx: &mut dyn Tx, actor: &Actor, id: UserId) -> Result<User, Error> {
    grant_house::<ManageUsers>(actor)?;
    Ok(tx.user(id)?.ok_or(Error::NotFound)?.user)
}

/// Changes a user.
pub fn change_user(
    cx: &mut Cx<'_>,
    id: UserId,
    seen: Seen,
    patch: &UserPatch,
) -> Result<Recorded<User>, Error> {
    cx.house::<ManageUsers>()?;
    cx.tx.hold(Held::LastAdmin)?;
    let before = cx.tx.user(id)?.ok_or(Error::NotFound)?.user;
    let UserPatch { email, name, role, disabled } = patch.clone();
    let required = |pointer: &str| Error::from(Violation::required().at(pointer));
    let disabled_at = match disabled {
        Change::Keep => before.disabled_at,
        Change::Set(true) => before.disabled_at.or(Some(cx.now)),
        Change::Set(false) => None,
        Change::Clear => return Err(required("/disabled")),
    };
    let mut user = User {
        email: email.or(Some(before.email.clone())).ok_or_else(|| required("/email"))?,
        name: name.or(Some(before.name.clone())).ok_or_else(|| required("/name"))?,
        role: role.or(Some(before.role)).ok_or_else(|| required("/role"))?,
        disabled_at,
        updated_at: cx.now,
        ..before.clone()
    };
    if !may_give(cx.actor.role, user.role) {
        return Err(Denied { action: Action::ManageUsers, hidden: false }.into());
    }
    user.version = cx.tx.change_user(&user, seen)?;
    if cx.tx.enabled_admins()? == 0 {
        return Err(Error::LastAdmin);
    }
    let action = match (before.disabled_at, user.disabled_at) {
        (None, Some(_)) => AuditAction::UserDisabled,
        (Some(_), None) => AuditAction::UserEnabled,
        (None, None) | (Some(_), Some(_)) => AuditAction::UserChanged,
    };
    if action == AuditAction::UserDisabled {
        cx.tx.end_sessions(id, None, cx.now)?;
    }
    let detail = json!({"before": {"role": before.role}, "after": {"role": user.role}});
    cx.record(Deed { action, subject: Thing::User(id), detail }, None, user)
}
