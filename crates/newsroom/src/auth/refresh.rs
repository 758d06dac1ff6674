//! Trades a refresh token for the next one. Of two who have the same token, one is a thief: then the session ends.

use domain::account::User;
use domain::actor::{Actor, Credential};
use domain::audit::AuditAction;
use domain::thing::Thing;
use identity::refresh::{Decision, Ended, Family as Tokens, RefreshToken};
use serde_json::json;
use store::accounts::{Family, Rotation};
use store::tx::Tx;

use super::SignedIn;
use crate::asked::Origin;
use crate::cx::{Cx, Deed};
use crate::error::Error;
use crate::room::Newsroom;

impl Newsroom {
    /// Refreshes a session by the token that `raw` is.
    pub async fn refresh(&self, raw: &str, origin: Origin) -> Result<SignedIn, Error> {
        let (room, now) = (self.room(), self.now());
        let key = &room.parts.refresh_key;
        let token = RefreshToken::parse(key, raw).ok_or(Error::Unauthenticated)?;
        let (id, ids, idle, max) =
            (token.session(), room.parts.ids.clone(), room.parts.session_idle, room.parts.session_max);
        let newsroom = self.clone();
        let refreshed = room
            .parts
            .store
            .write(move |tx| {
                let Some((family, user)) = standing(tx, &token)? else { return Ok(None) };
                let Family { session, rotation } = family;
                let tokens = Tokens {
                    generation: rotation.generation,
                    rotated_at: rotation.rotated_at,
                    expires_at: session.expires_at,
                    ended: if session.revoked_at.is_some() { Ended::Yes } else { Ended::No },
                };
                match tokens.decide(&token, now) {
                    Decision::Rotate { generation } => {
                        let ends = now.plus(idle).min(session.created_at.plus(max));
                        tx.rotate(id, &Rotation { generation, rotated_at: Some(now) }, ends, now)?;
                        Ok(Some((user, generation)))
                    }
                    Decision::Repeat { generation } => Ok(Some((user, generation))),
                    Decision::Reuse => {
                        tx.end_session(id, now)?;
                        let site = newsroom.site();
                        let actor = Actor {
                            user: user.id,
                            role: user.role,
                            with: Credential::Session(id),
                            drafts: site.drafts,
                        };
                        let mut cx = Cx::new(tx, actor, now, site, &ids, &origin);
                        let deed = Deed {
                            action: AuditAction::RefreshTokenReused,
                            subject: Thing::Session(id),
                            detail: json!({"user": user.id}),
                        };
                        cx.record(deed, None, None).map(crate::cx::Recorded::into_inner)
                    }
                    Decision::Over => Ok::<_, Error>(None),
                }
            })
            .await?;
        let (user, generation) = refreshed.ok_or(Error::Unauthenticated)?;
        self.signed_in(user, &RefreshToken::of(key, id, generation))
    }
}

/// The session of a token and its user, if they may still sign in.
fn standing(tx: &mut dyn Tx, token: &RefreshToken) -> Result<Option<(Family, User)>, Error> {
    let Some(family) = tx.session(token.session())? else { return Ok(None) };
    let found = tx.user(family.session.user)?;
    let user = found.map(|found| found.user).filter(|user| user.disabled_at.is_none());
    Ok(user.map(|user| (family, user)))
}
