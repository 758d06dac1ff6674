//! Access tokens: JWTs that name a user and a sign-in, signed with EdDSA (RFC 8037), good for some minutes. Whether the
//! sign-in still stands, and the user's role, are asked of the store at each request.

mod cache;
mod claims;
mod provider;
mod ring;

use chrono::TimeDelta;
use domain::id::{SessionId, UserId};
use domain::time::Moment;
use jsonwebtoken::{Algorithm, Validation};
use serde_json::Value;

pub use claims::Claims;

use crate::keys::KeySet;
use cache::Cache;
use claims::Payload;
use ring::Rings;

/// What a token is for: the `typ` of its header (RFC 9068, 2.1).
const TYPE: &str = "at+jwt";

/// How far the clocks of two nodes may be apart: a token counts this long after its end and before its beginning.
pub const LEEWAY: TimeDelta = TimeDelta::seconds(30);

/// Longest token that is looked at. Ours have about 500 octets.
pub const MAX_OCTETS: usize = 2048;

/// Why a token does not count. For logs: a client is told one thing for all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Longer than [`MAX_OCTETS`].
    #[error("the token is too long")]
    TooLong,
    /// Does not begin with a header that one of our keys writes.
    #[error("the header of the token is not ours")]
    Header,
    /// The signature is not that of the key, or the payload has not exactly our claims in our types.
    #[error("the signature or the form of the token is wrong")]
    Forged,
    /// Made by another site, or for another use.
    #[error("the token is for something else")]
    Purpose,
    /// Past its end.
    #[error("the token has expired")]
    Expired,
    /// Its beginning lies ahead, or its life is longer than ours are.
    #[error("the times of the token are not ours")]
    Times,
}

/// The keys of a site cannot sign, which a [`KeySet`] that was loaded does not let happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the signing key cannot be used")]
pub struct Unsigned;

/// Makes and checks the access tokens of one site.
pub struct AccessTokens {
    issuer: String,
    audience: String,
    /// How long a token is good. A stolen one is worth no more than this, and nothing once its sign-in has ended.
    lifetime: TimeDelta,
    rings: Rings,
    validation: Validation,
    known: Cache,
}

impl AccessTokens {
    /// Takes over the keys; `source` reads them anew, where another node may sign with one that is not known here.
    /// `issuer` and `audience` are written into tokens, and demanded of them, to the letter.
    pub fn new(
        issuer: impl Into<String>,
        audience: impl Into<String>,
        lifetime: TimeDelta,
        keys: &KeySet,
        source: impl Fn() -> Option<KeySet> + Send + Sync + 'static,
    ) -> Result<Self, Unsigned> {
        provider::install();
        Ok(Self {
            issuer: issuer.into(),
            audience: audience.into(),
            lifetime,
            rings: Rings::new(keys, source)?,
            validation: signature_only(),
            known: Cache::new(),
        })
    }

    /// How long a token is good.
    pub const fn lifetime(&self) -> TimeDelta {
        self.lifetime
    }

    /// A token for `user` by the sign-in `session`, good from `now` for as long as tokens are.
    pub fn mint(&self, user: UserId, session: SessionId, now: Moment) -> Result<String, Unsigned> {
        let payload = Payload::new(&self.issuer, &self.audience, user, session, now, self.lifetime);
        let ring = self.rings.present();
        jsonwebtoken::encode(&ring.header, &payload, &ring.signing).map_err(|_| Unsigned)
    }

    /// The public keys as a JWK set.
    pub fn jwks(&self) -> Value {
        self.rings.present().jwks.clone()
    }

    /// Whom a token names, if it is one of ours and counts at `now`.
    ///
    /// The first part has to be, letter for letter, what one of our keys writes there. No header is therefore ever
    /// interpreted before its key is known: neither another algorithm, nor a key, an address or an extension that the
    /// token brings along (`jwk`, `jku`, `x5u`, `crit`), nor a `kid` that we did not give, gets anywhere.
    pub fn verify(&self, raw: &str, now: Moment) -> Result<Claims, Refused> {
        if raw.len() > MAX_OCTETS {
            return Err(Refused::TooLong);
        }
        if let Some(claims) = self.known.find(raw) {
            return claims.at(now);
        }
        let (header, _) = raw.split_once('.').ok_or(Refused::Header)?;
        let ring = self.rings.with(header, now).ok_or(Refused::Header)?;
        let key = ring.verifying.get(header).ok_or(Refused::Header)?;
        let token =
            jsonwebtoken::decode::<Payload>(raw, key, &self.validation).map_err(|_| Refused::Forged)?;
        let claims = token.claims.check(&self.issuer, &self.audience, self.lifetime)?.at(now)?;
        self.known.keep(raw, claims);
        Ok(claims)
    }
}

/// Has the library check the signature and nothing else. Its checks of claims let what is absent or of another type
/// pass, and go by the machine's clock; ours are in [`claims`].
fn signature_only() -> Validation {
    let mut validation = Validation::new(Algorithm::EdDSA);
    validation.required_spec_claims.clear();
    validation.validate_exp = false;
    validation.validate_nbf = false;
    validation.validate_aud = false;
    validation
}

/// Shows no key.
impl std::fmt::Debug for AccessTokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "AccessTokens({} for {})", self.issuer, self.audience)
    }
}
