//! API keys: made, listed, changed, taken back. Who acts with one is told in `auth`.

use domain::actor::Actor;
use domain::api_key::{ApiKey, ApiKeyName, ApiKeyState};
use domain::article::content::change::Change;
use domain::audit::AuditAction;
use domain::id::ApiKeyId;
use domain::paging::From;
use domain::policy::right::ManageApiKeys;
use domain::policy::{Action, Denied, grant_house, may_give};
use domain::scope::Scopes;
use domain::thing::Thing;
use domain::time::Moment;
use domain::user::Role;
use domain::version::{Seen, Version};
use domain::violation::{Fault, Violation};
use identity::opaque::SecretHash;
use serde_json::json;
use store::tx::Tx;

use crate::cx::{Cx, Deed, Recorded};
use crate::error::Error;

/// A key to be made.
#[derive(Debug, Clone)]
pub struct NewApiKey {
    /// What it is called.
    pub name: ApiKeyName,
    /// As what it acts; in the role of who makes it where that is not said.
    pub role: Option<Role>,
    /// What of that it may do.
    pub scopes: Scopes,
    /// Until when it counts; for [`ApiKey::USUAL_LIFE`] where that is not said.
    pub expires_at: Option<Moment>,
}

/// What of a key is to be different.
#[derive(Debug, Clone, Default)]
pub struct ApiKeyPatch {
    /// What it is called.
    pub name: Change<ApiKeyName>,
    /// What it may do; none where that is cleared.
    pub scopes: Change<Scopes>,
    /// Until when it counts. It cannot be cleared.
    pub expires_at: Change<Moment>,
}

/// Makes a key that acts for the actor, and gives no more than they have. Its secret is drawn before, and stored only as
/// `secret`.
pub fn make_api_key(cx: &mut Cx<'_>, new: &NewApiKey, secret: SecretHash) -> Result<Recorded<ApiKey>, Error> {
    let keeper = cx.house::<ManageApiKeys>()?;
    let NewApiKey { name, role, scopes, expires_at } = new.clone();
    let role = role.unwrap_or(cx.actor.role);
    if !may_give(cx.actor.role, role) {
        return Err(Denied { action: Action::ManageApiKeys, hidden: false }.into());
    }
    let expires_at = match expires_at {
        Some(end) => ApiKey::end(end, cx.now)?,
        None => cx.now.plus(ApiKey::USUAL_LIFE),
    };
    let key = ApiKey {
        id: ApiKeyId::new(cx.id()),
        version: Version::FIRST,
        name,
        owner: cx.actor.user,
        role,
        scopes,
        created_at: cx.now,
        expires_at,
        last_used_at: None,
        revoked_at: None,
    };
    cx.tx.add_api_key(&keeper, &key, secret.octets())?;
    let detail = json!({"role": role, "scopes": scopes, "expires_at": expires_at});
    cx.record(Deed { action: AuditAction::ApiKeyCreated, subject: Thing::ApiKey(key.id), detail }, None, key)
}

/// Up to `limit` keys, newest first, whatever became of them; those before one backwards.
pub fn api_keys(
    tx: &mut dyn Tx,
    actor: &Actor,
    from: Option<From<ApiKeyId>>,
    limit: u16,
) -> Result<Vec<ApiKey>, Error> {
    let keeper = grant_house::<ManageApiKeys>(actor)?;
    Ok(tx.api_keys(&keeper, from, limit)?)
}

/// One key.
pub fn api_key(tx: &mut dyn Tx, actor: &Actor, id: ApiKeyId) -> Result<ApiKey, Error> {
    let keeper = grant_house::<ManageApiKeys>(actor)?;
    tx.api_key(&keeper, id)?.ok_or(Error::NotFound)
}

/// Changes a key that is not taken back; one that is over may be given more time. It acts for its owner as before.
pub fn change_api_key(
    cx: &mut Cx<'_>,
    id: ApiKeyId,
    seen: Seen,
    patch: &ApiKeyPatch,
) -> Result<Recorded<ApiKey>, Error> {
    let keeper = cx.house::<ManageApiKeys>()?;
    let before = cx.tx.hold_api_key(&keeper, id)?.ok_or(Error::NotFound)?;
    if before.revoked_at.is_some() {
        return Err(Error::NotFound);
    }
    let ApiKeyPatch { name, scopes, expires_at } = patch.clone();
    let required = |pointer: &str| -> Fault { Violation::required().at(pointer) };
    let expires_at = match expires_at {
        Change::Keep => before.expires_at,
        Change::Set(end) => ApiKey::end(end, cx.now)?,
        Change::Clear => return Err(required("/expires_at").into()),
    };
    let mut key = ApiKey {
        name: name.or(Some(before.name.clone())).ok_or_else(|| required("/name"))?,
        scopes: scopes.or_default(before.scopes),
        expires_at,
        ..before.clone()
    };
    key.version = cx.tx.change_api_key(&keeper, &key, seen)?;
    let told = |key: &ApiKey| json!({"scopes": key.scopes, "expires_at": key.expires_at});
    let detail = json!({"before": told(&before), "after": told(&key)});
    cx.record(Deed { action: AuditAction::ApiKeyChanged, subject: Thing::ApiKey(id), detail }, None, key)
}

/// Takes a key back, at once and for ever. One that was taken back is not there.
pub fn revoke_api_key(cx: &mut Cx<'_>, id: ApiKeyId) -> Result<Recorded<()>, Error> {
    let keeper = cx.house::<ManageApiKeys>()?;
    let key = cx.tx.hold_api_key(&keeper, id)?.ok_or(Error::NotFound)?;
    if key.state(cx.now) == ApiKeyState::Revoked {
        return Err(Error::NotFound);
    }
    cx.tx.change_api_key(&keeper, &ApiKey { revoked_at: Some(cx.now), ..key }, Seen::Any)?;
    let deed = Deed { action: AuditAction::ApiKeyRevoked, subject: Thing::ApiKey(id), detail: json!({}) };
    cx.record(deed, None, ())
}
