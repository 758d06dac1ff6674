//! Signs somebody in: one answer and one cost for every failure.

use domain::account::{Session, User};
use domain::actor::{Actor, Credential};
use domain::audit::{AuditAction, AuditEntry};
use domain::id::{AuditId, SessionId, UserId};
use domain::thing::Thing;
use domain::user::Email;
use identity::hashing::Verdict;
use identity::password::Password;
use identity::refresh::RefreshToken;
use identity::throttle::Wait;
use serde_json::json;
use store::accounts::{Credentials, Family, Rotation};

use super::SignedIn;
use super::refusals::Refused;
use crate::asked::Origin;
use crate::cx::{Cx, Deed};
use crate::error::Error;
use crate::room::Newsroom;

/// What somebody signs in with.
#[derive(Debug)]
pub struct Login {
    /// Their address.
    pub email: Email,
    /// What they typed.
    pub password: Password,
}

impl Newsroom {
    /// Signs in. A wrong password, an unknown and a disabled account are answered alike and take as long.
    pub async fn log_in(&self, login: Login, origin: Origin) -> Result<SignedIn, Error> {
        let proved = self.proved(&login, &origin).await?;
        let begun = self.begin_session(proved.clone(), origin.clone()).await?;
        let (signed_in, proved) = if let Some(signed_in) = begun {
            (signed_in, proved)
        } else {
            // The hash was made anew meanwhile, or the password is another one now: the second look tells.
            let proved = self.proved(&login, &origin).await?;
            let begun = self.begin_session(proved.clone(), origin).await?;
            (begun.ok_or(Error::InvalidCredentials)?, proved)
        };
        let Credentials { user, password_hash } = proved;
        let outdated = password_hash.filter(|stored| self.room().parts.hashing.is_outdated(stored));
        if let Some(stored) = outdated {
            self.hash_anew(user.id, login.password, stored).await?;
        }
        Ok(signed_in)
    }

    /// Whose password this is, by the hash that it was held against.
    async fn proved(&self, login: &Login, origin: &Origin) -> Result<Credentials, Error> {
        let Login { email, password } = login;
        let (room, now) = (self.room(), self.now());
        room.throttle
            .charge(email, origin.address, now)
            .map_err(|Wait { retry_after_s }| Error::Throttled { retry_after_s })?;
        let asked = email.clone();
        let found = room.parts.store.read(move |tx| Ok::<_, Error>(tx.user_of_email(&asked)?)).await?;
        let known = found.as_ref().map(|found| found.user.id);
        let found = found.filter(|found| found.user.disabled_at.is_none());
        let stored = found.as_ref().and_then(|found| found.password_hash.clone());
        let verdict = room.parts.hashing.verify(password.clone(), stored).await;
        let verdict = verdict.inspect_err(|_| room.throttle.refund(email, origin.address))?;
        let (Some(found), Verdict::Right) = (found, verdict) else {
            tracing::info!(address = %origin.address, "a sign-in was refused");
            self.note_refusal(email, known, origin).await?;
            return Err(Error::InvalidCredentials);
        };
        room.throttle.succeeded(email, origin.address, now);
        Ok(found)
    }

    /// Notes that a sign-in was refused: at whose account, if there is one, and from where. What is typed is not kept.
    async fn note_refusal(&self, typed: &Email, known: Option<UserId>, origin: &Origin) -> Result<(), Error> {
        let due = self.room().refusals.note(typed, known, origin, self.now());
        self.tell_refused(due).await
    }

    /// Writes down the refused sign-ins of a window that is over.
    pub(crate) async fn tell_refusals(&self) -> Result<(), Error> {
        let due = self.room().refusals.over(self.now());
        self.tell_refused(due).await
    }

    async fn tell_refused(&self, due: Vec<Refused>) -> Result<(), Error> {
        if due.is_empty() {
            return Ok(());
        }
        let (room, at) = (self.room(), self.now());
        let entry = |refused: Refused| AuditEntry {
            id: AuditId::new(room.parts.ids.draw()),
            at,
            actor: None,
            api_key: None,
            address: refused.address,
            request: refused.request,
            action: AuditAction::SignInRefused,
            subject: refused.account.map_or(Thing::Site, Thing::User),
            detail: json!({"refused": refused.count, "since": refused.since}),
        };
        let entries: Vec<_> = due.into_iter().map(entry).collect();
        let told = room
            .parts
            .store
            .write(move |tx| entries.iter().try_for_each(|entry| Ok::<_, Error>(tx.add_audit_entry(entry)?)));
        told.await
    }

    /// Hashes a password that was right at today's cost. Where no hash can be made now, the next sign-in does it.
    async fn hash_anew(&self, user: UserId, password: Password, stored: String) -> Result<(), Error> {
        let parts = &self.room().parts;
        let Ok(hash) = parts.hashing.hash(password).await else { return Ok(()) };
        parts.store.write(move |tx| Ok::<_, Error>(tx.rehash_password(user, &stored, &hash)?)).await
    }

    /// Begins a session of somebody who has proved to be `proved`; `None` where that is not so any more: they may have
    /// been disabled, or have another password.
    pub(crate) async fn begin_session(
        &self,
        proved: Credentials,
        origin: Origin,
    ) -> Result<Option<SignedIn>, Error> {
        let Credentials { user, password_hash } = proved;
        let (room, now) = (self.room(), self.now());
        let ids = room.parts.ids.clone();
        let id = SessionId::new(ids.draw());
        let session = Session {
            id,
            user: user.id,
            address: Some(origin.address),
            agent: origin.agent.clone(),
            created_at: now,
            last_used_at: now,
            expires_at: now.plus(room.parts.session_idle.min(room.parts.session_max)),
            revoked_at: None,
        };
        let family = Family { session, rotation: Rotation { generation: 0, rotated_at: None } };
        let newsroom = self.clone();
        let drafts = self.site().drafts;
        let actor = Actor { user: user.id, role: user.role, with: Credential::Session(id), drafts };
        let begun = room
            .parts
            .store
            .write(move |tx| {
                let held = tx.hold_user(actor.user)?.filter(|held| held.user.disabled_at.is_none());
                if held.is_none_or(|held| held.password_hash != password_hash) {
                    return Ok(None);
                }
                tx.add_session(&family)?;
                let mut cx = Cx::new(tx, actor, now, newsroom.site(), &ids, &origin);
                let deed =
                    Deed { action: AuditAction::SignedIn, subject: Thing::Session(id), detail: json!({}) };
                cx.record(deed, None, ()).map(|_| Some(()))
            })
            .await?;
        let token = RefreshToken::of(&room.parts.refresh_key, id, 0);
        begun.map(|()| self.signed_in(user, &token)).transpose()
    }

    pub(crate) fn signed_in(&self, user: User, token: &RefreshToken) -> Result<SignedIn, Error> {
        let (room, now) = (self.room(), self.now());
        let minted = room.parts.tokens.mint(user.id, token.session(), now);
        let access_token = minted.map_err(|cause| Error::Defect(cause.to_string()))?;
        Ok(SignedIn {
            access_token,
            refresh_token: token.reveal().to_owned(),
            lifetime: room.parts.tokens.lifetime(),
            user,
        })
    }
}
