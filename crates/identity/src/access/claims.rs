//! The claims of an access token: their form on the wire, and every check of them. Signatures are checked before.

use std::borrow::Cow;

use chrono::{DateTime, TimeDelta};
use domain::id::{SessionId, UserId};
use domain::time::Moment;
use serde::{Deserialize, Serialize};

use super::{LEEWAY, Refused};

/// The payload (RFC 7519, 4.1). Exactly these members, each of its one type: a list of audiences, a fraction of a
/// second or a claim of which we know nothing, such as `nbf`, is refused.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Payload<'a> {
    iss: Cow<'a, str>,
    aud: Cow<'a, str>,
    sub: UserId,
    sid: SessionId,
    iat: i64,
    exp: i64,
}

impl<'a> Payload<'a> {
    pub(super) fn new(
        issuer: &'a str,
        audience: &'a str,
        user: UserId,
        session: SessionId,
        now: Moment,
        lifetime: TimeDelta,
    ) -> Self {
        let iat = now.utc().timestamp();
        let exp = iat + lifetime.num_seconds();
        Self { iss: issuer.into(), aud: audience.into(), sub: user, sid: session, iat, exp }
    }

    /// The claims, if the token is for this site and its life is as long as ours are; its times are not yet held
    /// against the present.
    pub(super) fn check(self, issuer: &str, audience: &str, longest: TimeDelta) -> Result<Claims, Refused> {
        if self.iss != issuer || self.aud != audience {
            return Err(Refused::Purpose);
        }
        let instant = |seconds| DateTime::from_timestamp(seconds, 0).map(Moment::new).ok_or(Refused::Times);
        let (issued_at, expires_at) = (instant(self.iat)?, instant(self.exp)?);
        let life = expires_at.since(issued_at);
        if life <= TimeDelta::zero() || life > longest {
            return Err(Refused::Times);
        }
        Ok(Claims { user: self.sub, session: self.sid, expires_at, issued_at })
    }
}

/// What a token that counts says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claims {
    /// Who asks.
    pub user: UserId,
    /// The sign-in by which they ask.
    pub session: SessionId,
    /// When the token ends, to the second.
    pub expires_at: Moment,
    pub(super) issued_at: Moment,
}

impl Claims {
    /// These claims, if they count at `now`, give or take [`LEEWAY`].
    pub(super) fn at(self, now: Moment) -> Result<Self, Refused> {
        if now >= self.expires_at.plus(LEEWAY) {
            Err(Refused::Expired)
        } else if now < self.issued_at.plus(-LEEWAY) {
            Err(Refused::Times)
        } else {
            Ok(self)
        }
    }
}
