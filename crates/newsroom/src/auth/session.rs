//! Who is signed in, their sessions, and ending them.

use domain::account::{Session, Standing, User};
use domain::actor::{Actor, Credential};
use domain::audit::AuditAction;
use domain::id::SessionId;
use domain::thing::Thing;
use identity::api_key::ApiKey;
use serde_json::json;

use crate::asked::Origin;
use crate::cx::{Cx, Deed, Recorded};
use crate::error::Error;
use crate::room::Newsroom;

impl Newsroom {
    /// Who asks by this access token or API key, if it counts at this moment.
    pub async fn actor(&self, presented: &str) -> Result<Actor, Error> {
        if presented.starts_with(ApiKey::PREFIX) {
            self.actor_of_key(presented).await
        } else {
            self.actor_of_session(presented).await
        }
    }

    /// Who asks by this access token, if its session stands at this moment, on whichever node it was ended.
    async fn actor_of_session(&self, access_token: &str) -> Result<Actor, Error> {
        let (room, now) = (self.room(), self.now());
        let claims = room.parts.tokens.verify(access_token, now).map_err(|_| Error::Unauthenticated)?;
        let session = claims.session;
        let standing = room.parts.store.peek(move |tx| Ok::<_, Error>(tx.standing(session, now)?)).await?;
        match standing {
            Some(Standing { user, role }) if user == claims.user => {
                Ok(Actor { user, role, with: Credential::Session(session), drafts: room.parts.site.drafts })
            }
            Some(_) | None => Err(Error::Unauthenticated),
        }
    }

    /// The user who asks.
    pub async fn me(&self, actor: Actor) -> Result<User, Error> {
        self.read(actor, |tx, actor, _| Ok(tx.user(actor.user)?.ok_or(Error::Unauthenticated)?.user)).await
    }

    /// The sessions of the user who asks, newest first.
    pub async fn sessions(&self, actor: Actor) -> Result<Vec<Session>, Error> {
        self.read(actor, |tx, actor, now| Ok(tx.sessions(actor.user, now)?)).await
    }

    /// Ends one of one's own sessions; another's is not there.
    pub async fn end_session(&self, actor: Actor, id: SessionId, origin: Origin) -> Result<(), Error> {
        self.ending(actor, origin, move |cx| {
            let family = cx.tx.session(id)?.filter(|family| family.session.user == cx.actor.user);
            family.ok_or(Error::NotFound)?;
            cx.tx.end_session(id, cx.now)?;
            let own = cx.actor.session() == Some(id);
            let action = if own { AuditAction::SignedOut } else { AuditAction::SessionRevoked };
            cx.record(Deed { action, subject: Thing::Session(id), detail: json!({}) }, None, ())
        })
        .await
    }

    /// Ends every session of the user who asks.
    pub async fn end_sessions(&self, actor: Actor, origin: Origin) -> Result<(), Error> {
        self.ending(actor, origin, |cx| {
            let ended = cx.tx.end_sessions(cx.actor.user, None, cx.now)?;
            let subject = Thing::User(cx.actor.user);
            let detail = json!({"sessions": ended.len()});
            cx.record(Deed { action: AuditAction::AllSessionsRevoked, subject, detail }, None, ())
        })
        .await
    }

    async fn ending(
        &self,
        actor: Actor,
        origin: Origin,
        work: impl Fn(&mut Cx<'_>) -> Result<Recorded<()>, Error> + Send + Sync + 'static,
    ) -> Result<(), Error> {
        let asked = crate::asked::Asked { actor, origin, once: None };
        self.write(asked, work).await.map(|_| ())
    }
}
