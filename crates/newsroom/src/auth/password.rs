//! Changes one's own password, which ends every other session of the same user.

use domain::actor::Actor;
use domain::audit::AuditAction;
use domain::id::UserId;
use domain::thing::Thing;
use domain::violation::Violation;
use identity::hashing::Verdict;
use identity::password::Password;
use identity::throttle::Wait;
use serde_json::json;

use crate::asked::{Asked, Origin};
use crate::cx::{Cx, Deed, Recorded};
use crate::error::Error;
use crate::room::Newsroom;

impl Newsroom {
    /// Sets the password of the user who asks to `new`, if `old` is the one that they have. Guessing it is throttled
    /// as guessing at a sign-in is.
    pub async fn change_password(
        &self,
        actor: Actor,
        old: Password,
        new: &str,
        origin: Origin,
    ) -> Result<(), Error> {
        let room = self.room();
        let asking = move |tx: &mut dyn store::tx::Tx| Ok::<_, Error>(tx.user(actor.user)?);
        let found = room.parts.store.read(asking).await?.ok_or(Error::Unauthenticated)?;
        let user = found.user;
        let chosen = Password::chosen(new, &user.email, &user.name, &self.site().name);
        let chosen = chosen.map_err(|violation: Violation| violation.at("/new_password"))?;
        // Not before it was read, for which may have been waited.
        let now = self.now();
        room.throttle
            .charge(&user.email, origin.address, now)
            .map_err(|Wait { retry_after_s }| Error::Throttled { retry_after_s })?;
        let stored = found.password_hash;
        let verdict = room.parts.hashing.verify(old, stored.clone()).await;
        if verdict.inspect_err(|_| room.throttle.refund(&user.email, origin.address))? == Verdict::Wrong {
            return Err(Error::InvalidCredentials);
        }
        room.throttle.succeeded(&user.email, origin.address, now);
        let hash = room.parts.hashing.hash(chosen).await?;
        let asked = Asked { actor, origin, once: None };
        self.write(asked, move |cx| set(cx, actor.user, stored.as_deref(), &hash)).await.map(|_| ())
    }
}

/// Sets a password in the place of the one that was verified, if it still is that.
fn set(cx: &mut Cx<'_>, user: UserId, verified: Option<&str>, hash: &str) -> Result<Recorded<()>, Error> {
    let held = cx.tx.hold_user(user)?.ok_or(Error::Unauthenticated)?;
    if held.password_hash.as_deref() != verified {
        return Err(Error::InvalidCredentials);
    }
    cx.tx.set_password(user, hash, cx.now)?;
    let ended = cx.tx.end_sessions(user, cx.actor.session(), cx.now)?;
    let detail = json!({"sessions_ended": ended.len()});
    let deed = Deed { action: AuditAction::PasswordChanged, subject: Thing::User(user), detail };
    cx.record(deed, None, ())
}
