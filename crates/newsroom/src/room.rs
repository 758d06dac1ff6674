//! Runs use cases: each write in one transaction, and once per idempotency key.

use std::collections::HashSet;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::TimeDelta;
use domain::actor::Actor;
use domain::site::Site;
use domain::time::{Clock, Moment};
use identity::access::AccessTokens;
use identity::hashing::Hashing;
use identity::keys::Subkey;
use identity::throttle::{Budget, Throttle};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::Store;
use store::error::{Error as StoreError, Failure, Fate};
use store::records::KeptAnswer;
use store::tx::Tx;

use crate::asked::{Asked, Ids, Once};
use crate::auth::Refusals;
use crate::cx::{Cx, Recorded};
use crate::error::Error;
use crate::grant::Grant;
use crate::photos::Darkroom;
use crate::webhooks::Post;

/// What a newsroom is made of.
#[derive(Debug)]
pub struct Parts {
    /// Where everything is stored.
    pub store: Arc<Store>,
    /// The time.
    pub clock: Clock,
    /// New ids.
    pub ids: Ids,
    /// The rules of the site.
    pub site: Site,
    /// Where passwords are hashed.
    pub hashing: Hashing,
    /// Where files become photos.
    pub darkroom: Darkroom,
    /// Access tokens.
    pub tokens: AccessTokens,
    /// The key by whose hashes commenters are found again.
    pub comment_key: Subkey,
    /// The key of refresh tokens.
    pub refresh_key: Subkey,
    /// How long a session lasts without a refresh.
    pub session_idle: TimeDelta,
    /// How long a session lasts at most.
    pub session_max: TimeDelta,
    /// How far our clock may be from the database's; `None` where that is not asked.
    pub most_skew: Option<TimeDelta>,
    /// How long an invitation can be accepted.
    pub invitation_life: TimeDelta,
    /// How long an answer is kept for the same request to come again.
    pub answers_kept: TimeDelta,
    /// What webhooks need.
    pub post: Post,
    /// How many failures to sign in are answered at once, and wrong secrets of comments from one address.
    pub login_budget: Budget,
}

/// The newsroom of a site.
#[derive(Debug, Clone)]
pub struct Newsroom(Arc<Room>);

#[derive(Debug)]
pub(crate) struct Room {
    pub(crate) parts: Parts,
    pub(crate) throttle: Throttle,
    /// Of readers who guess what lets others change their comments: it keeps nobody from signing in.
    pub(crate) guesses: Throttle,
    pub(crate) refusals: Refusals,
    running: Mutex<HashSet<[u8; 32]>>,
}

impl Newsroom {
    /// Opens a newsroom.
    pub fn new(parts: Parts) -> Self {
        let (throttle, guesses) = (Throttle::new(parts.login_budget), Throttle::new(parts.login_budget));
        let refusals = Refusals::new(TimeDelta::seconds(parts.login_budget.window_s.into()));
        Self(Arc::new(Room { parts, throttle, guesses, refusals, running: Mutex::default() }))
    }

    pub(crate) fn room(&self) -> &Room {
        &self.0
    }

    /// How many SQL statements the store has sent since it was opened.
    pub fn statements(&self) -> u64 {
        self.0.parts.store.statements()
    }

    /// The rules of the site.
    pub fn site(&self) -> &Site {
        &self.0.parts.site
    }

    /// How long an invitation can be accepted.
    pub fn invitation_life(&self) -> TimeDelta {
        self.0.parts.invitation_life
    }

    /// The public keys that check access tokens, as a JWK set.
    pub fn public_keys(&self) -> Value {
        self.0.parts.tokens.jwks()
    }

    /// The present.
    pub fn now(&self) -> Moment {
        self.0.parts.clock.now()
    }

    /// Reads for `actor` in one snapshot.
    pub async fn read<T: Send + 'static>(
        &self,
        actor: Actor,
        work: impl FnOnce(&mut dyn Tx, Actor, Moment) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let now = self.now();
        self.0.parts.store.read(move |tx| work(tx, actor, now)).await
    }

    /// Does a write and undoes it: tells what it would answer, and keeps nothing.
    pub async fn rehearse<T: Send + 'static>(
        &self,
        asked: Asked,
        work: impl Fn(&mut Cx<'_>) -> Result<Recorded<T>, Error> + Send + Sync + 'static,
    ) -> Result<T, Error> {
        let now = self.now();
        let room = Arc::clone(&self.0);
        let undone = self.0.parts.store.write(move |tx| {
            let Asked { actor, origin, once: _ } = &asked;
            let mut cx = Cx::new(tx, *actor, now, &room.parts.site, &room.parts.ids, origin);
            // A transaction that fails keeps nothing.
            Err::<Infallible, _>(match work(&mut cx) {
                Ok(would_be) => Rehearsal::Over(would_be.into_inner()),
                Err(error) => Rehearsal::Failed(error),
            })
        });
        match undone.await {
            Err(Rehearsal::Over(answer)) => Ok(answer),
            Err(Rehearsal::Failed(error)) => Err(error),
            Ok(never) => match never {},
        }
    }

    /// Does a write in one transaction, and answers when it is durable. Where `asked.once` is given, a second request
    /// of the same is answered as the first was.
    pub async fn write<T>(
        &self,
        asked: Asked,
        work: impl Fn(&mut Cx<'_>) -> Result<Recorded<T>, Error> + Send + Sync + 'static,
    ) -> Result<Written<T>, Error>
    where
        T: Serialize + DeserializeOwned + Send + 'static,
    {
        let (now, newsroom) = (self.now(), self.clone());
        let Asked { actor, origin, once } = asked;
        let granted_again = move |tx: &mut dyn Tx, grants: &[Grant]| {
            grants.iter().try_for_each(|grant| grant.again(tx, &actor))
        };
        self.once(once, now, granted_again, move |tx| {
            let parts = &newsroom.room().parts;
            let mut cx = Cx::new(tx, actor, now, &parts.site, &parts.ids, &origin);
            let answer = work(&mut cx)?.into_inner();
            Ok((answer, std::mem::take(&mut cx.grants)))
        })
        .await
    }

    /// Does `work` once per key, in one transaction: a second request of the same is answered as the first was, if what
    /// was granted for it is `granted_again`.
    pub(crate) async fn once<T>(
        &self,
        once: Option<Once>,
        now: Moment,
        granted_again: impl Fn(&mut dyn Tx, &[Grant]) -> Result<(), Error> + Send + Sync + 'static,
        work: impl Fn(&mut dyn Tx) -> Result<(T, Vec<Grant>), Error> + Send + Sync + 'static,
    ) -> Result<Written<T>, Error>
    where
        T: Serialize + DeserializeOwned + Send + 'static,
    {
        let running = once.map(|once| Running::start(Arc::clone(&self.0), once)).transpose()?;
        let answers_kept = self.0.parts.answers_kept;
        let written = self.0.parts.store.write(move |tx| {
            if let Some(once) = once {
                // Another node may be at it.
                if !tx.take_scope(&once.scope)? {
                    return Err(Error::Running);
                }
                if let Some(kept) = kept(tx, &granted_again, once, now)? {
                    return Ok(kept);
                }
            }
            let (answer, grants) = work(tx)?;
            if let Some(Once { scope, fingerprint }) = once {
                let text = serde_json::to_string(&Kept { grants, answer: &answer });
                let text = text.map_err(|cause| defect(&cause))?;
                let expires_at = now.plus(answers_kept);
                tx.keep_answer(&scope, &KeptAnswer { fingerprint, answer: text, expires_at }, now)?;
            }
            Ok(Written { answer, given: Given::Now })
        });
        let written = written.await;
        drop(running);
        written
    }
}

/// The end of a write that is not to be kept, as the store is told it.
enum Rehearsal<T> {
    Over(T),
    Failed(Error),
}

impl<T> From<StoreError> for Rehearsal<T> {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

impl<T: Send + 'static> Failure for Rehearsal<T> {
    fn fate(&self) -> Fate {
        match self {
            Self::Over(_) => Fate::Refused,
            Self::Failed(error) => error.fate(),
        }
    }
}

/// The answer of a write.
#[derive(Debug)]
pub struct Written<T> {
    /// The answer.
    pub answer: T,
    /// Whether it was given before.
    pub given: Given,
}

/// When an answer was first given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    /// Now.
    Now,
    /// Before, to the same request.
    Before,
}

/// An answer as it is kept: with what was granted for it.
#[derive(Serialize, Deserialize)]
struct Kept<T> {
    grants: Vec<Grant>,
    answer: T,
}

/// What the same request was answered, if what was granted then would be still (ruling 30).
fn kept<T: DeserializeOwned>(
    tx: &mut dyn Tx,
    granted_again: &impl Fn(&mut dyn Tx, &[Grant]) -> Result<(), Error>,
    once: Once,
    now: Moment,
) -> Result<Option<Written<T>>, Error> {
    let Some(kept) = tx.kept_answer(&once.scope, now)? else { return Ok(None) };
    if kept.fingerprint != once.fingerprint {
        return Err(Error::KeyReused);
    }
    let Kept { grants, answer } = serde_json::from_str(&kept.answer).map_err(|cause| defect(&cause))?;
    granted_again(tx, &grants)?;
    Ok(Some(Written { answer, given: Given::Before }))
}

fn defect(cause: &serde_json::Error) -> Error {
    Error::Defect(cause.to_string())
}

/// A key that is being worked on in this process, from before it waits for the database. Between processes the database
/// parts two of the same.
struct Running {
    room: Arc<Room>,
    scope: [u8; 32],
}

impl Running {
    fn start(room: Arc<Room>, once: Once) -> Result<Self, Error> {
        let free = room.running.lock().unwrap_or_else(PoisonError::into_inner).insert(once.scope);
        if free { Ok(Self { room, scope: once.scope }) } else { Err(Error::Running) }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.room.running.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.scope);
    }
}
