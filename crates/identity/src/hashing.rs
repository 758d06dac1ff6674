//! Hashes of passwords: Argon2id (RFC 9106), a bounded number at a time, off the threads that answer.

use std::sync::Arc;

use argon2::password_hash::phc::{Output, ParamsString, Salt};
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, PasswordHash, Version};
use tokio::sync::Semaphore;

use crate::password::Password;
use crate::random::{self, NoRandomness};

/// Why nothing was hashed or checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotHashed {
    /// As many as may wait are waiting.
    #[error("too many passwords wait to be hashed")]
    Busy,
    /// No salt could be drawn, or the machine has no memory left.
    #[error("cannot hash a password")]
    Failed,
}

impl From<NoRandomness> for NotHashed {
    fn from(_: NoRandomness) -> Self {
        Self::Failed
    }
}

/// Whether a password is the right one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is.
    Right,
    /// It is not, or there is nobody whose it could be.
    Wrong,
}

/// What one hash costs. Stored hashes carry their own cost, so that it can be raised at any time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// Memory, in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
}

/// Where passwords are hashed.
#[derive(Debug, Clone)]
pub struct Hashing {
    cost: Cost,
    running: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
    /// What is checked where there is no account, so that this takes as long.
    nobody: Arc<str>,
}

impl Hashing {
    /// A place for `running` hashes at a time, each with a thread and its memory, and `waiting` behind them.
    pub fn new(cost: Cost, running: usize, waiting: usize) -> Result<Self, NotHashed> {
        Ok(Self {
            cost,
            running: Arc::new(Semaphore::new(running)),
            waiting: Arc::new(Semaphore::new(running + waiting)),
            nobody: nobodys(cost)?.into(),
        })
    }

    /// The hash of a password in PHC form, with a salt of its own.
    pub async fn hash(&self, password: Password) -> Result<String, NotHashed> {
        let cost = self.cost;
        self.run(move || hash(&password, cost)).await?
    }

    /// Holds a password against the hash of an account. Without one it takes as long and is wrong (abuse AUTH-10).
    pub async fn verify(&self, password: Password, stored: Option<String>) -> Result<Verdict, NotHashed> {
        let nobody = Arc::clone(&self.nobody);
        self.run(
            move || {
                if matches(&password, stored.as_deref(), &nobody) { Verdict::Right } else { Verdict::Wrong }
            },
        )
        .await
    }

    /// Whether a stored hash costs less than a new one would, so that it is to be made anew while the password is at hand.
    pub fn is_outdated(&self, stored: &str) -> bool {
        let params = PasswordHash::new(stored).ok().and_then(|hash| Params::try_from(&hash).ok());
        params
            .is_none_or(|params| params.m_cost() < self.cost.memory_kib || params.t_cost() < self.cost.passes)
    }

    /// Does `work` on a thread of its own. Once begun it cannot be stopped, so its places belong to the thread and not
    /// to the caller, who may be gone before.
    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, NotHashed> {
        let queue = Arc::clone(&self.waiting).try_acquire_owned().map_err(|_| NotHashed::Busy)?;
        let place = Arc::clone(&self.running).acquire_owned().await.map_err(|_| NotHashed::Busy)?;
        let held = (queue, place);
        let work = move || {
            let done = work();
            drop(held);
            done
        };
        tokio::task::spawn_blocking(work).await.map_err(|_| NotHashed::Failed)
    }
}

/// What looks like a hash and is none: drawn, not computed, so that a start costs neither its time nor its memory, and
/// there is no password that fits.
fn nobodys(cost: Cost) -> Result<String, NotHashed> {
    let (salt, drawn) = (random::bytes::<16>()?, random::bytes::<{ Params::DEFAULT_OUTPUT_LEN }>()?);
    let params = ParamsString::try_from(params(cost)?).map_err(|_| NotHashed::Failed)?;
    let hash = PasswordHash {
        algorithm: Algorithm::Argon2id.ident(),
        version: Some(Version::V0x13.into()),
        params,
        salt: Some(Salt::new(&salt).map_err(|_| NotHashed::Failed)?),
        hash: Some(Output::new(&drawn).map_err(|_| NotHashed::Failed)?),
    };
    Ok(hash.to_string())
}

fn params(cost: Cost) -> Result<Params, NotHashed> {
    Params::new(cost.memory_kib, cost.passes, 1, None).map_err(|_| NotHashed::Failed)
}

fn hash(password: &Password, cost: Cost) -> Result<String, NotHashed> {
    let salt: [u8; 16] = random::bytes()?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params(cost)?);
    let hash: PasswordHash =
        argon2.hash_password_with_salt(password.octets(), &salt).map_err(|_| NotHashed::Failed)?;
    Ok(hash.to_string())
}

/// Whether `password` is that of `stored`. Where nothing is stored, or nothing that can be read, `nobody` is checked
/// for its time only.
fn matches(password: &Password, stored: Option<&str>, nobody: &str) -> bool {
    // The cost is that of the hash.
    let fits = |hash: &PasswordHash| Argon2::default().verify_password(password.octets(), hash).is_ok();
    if let Some(hash) = stored.and_then(|stored| PasswordHash::new(stored).ok()) {
        return fits(&hash);
    }
    std::hint::black_box(PasswordHash::new(nobody).is_ok_and(|hash| fits(&hash)));
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(raw: &str) -> Password {
        Password::typed(raw).unwrap()
    }

    const COST: Cost = Cost { memory_kib: 64, passes: 1 };

    fn wait<T>(work: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(work)
    }

    #[test]
    fn the_right_password_is_right_and_all_else_is_wrong() {
        let hashing = Hashing::new(COST, 1, 10).unwrap();
        let right = || typed("gulls over the harbour");
        let stored = wait(hashing.hash(right())).unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=64,t=1,p=1$"), "{stored}");
        assert_ne!(wait(hashing.hash(right())).unwrap(), stored);
        let verdict = |password, stored| wait(hashing.verify(password, stored)).unwrap();
        assert_eq!(verdict(right(), Some(stored.clone())), Verdict::Right);
        assert_eq!(verdict(typed("gulls over the harbours"), Some(stored)), Verdict::Wrong);
        assert_eq!(verdict(right(), None), Verdict::Wrong);
        assert_eq!(verdict(right(), Some("not a hash".to_owned())), Verdict::Wrong);
    }

    // abuse: AUTH-10
    #[test]
    fn a_hash_is_outdated_once_new_ones_cost_more() {
        let stored = hash(&typed("gulls over the harbour"), COST).unwrap();
        let outdated = |memory_kib, passes| {
            Hashing::new(Cost { memory_kib, passes }, 1, 1).unwrap().is_outdated(&stored)
        };
        assert!(!outdated(64, 1) && !outdated(32, 1), "{stored}");
        assert!(outdated(128, 1) && outdated(64, 2) && outdated(32, 2), "{stored}");
    }

    // abuse: AUTH-10
    #[test]
    fn what_is_checked_for_nobody_costs_what_a_new_hash_costs() {
        let real = hash(&typed("gulls over the harbour"), COST).unwrap();
        let (nobody, another) = (nobodys(COST).unwrap(), nobodys(COST).unwrap());
        assert_ne!(nobody, another);
        let [real, nobody] = [&real, &nobody].map(|hash| PasswordHash::new(hash).unwrap());
        assert_eq!(
            (nobody.algorithm, nobody.version, &nobody.params),
            (real.algorithm, real.version, &real.params)
        );
        let lengths = |hash: &PasswordHash| (hash.salt.unwrap().len(), hash.hash.unwrap().len());
        assert_eq!(lengths(&nobody), lengths(&real));
    }

    // abuse: AUTH-10
    #[test]
    fn a_hash_that_cannot_be_read_costs_as_much_as_no_account() {
        let password = typed("gulls over the harbour");
        let nobody = hash(&password, Cost { memory_kib: 8192, passes: 2 }).unwrap();
        let time = |stored| {
            let begun = std::time::Instant::now();
            // Even the right password of nobody opens nothing.
            assert!(!matches(&password, stored, &nobody));
            begun.elapsed()
        };
        let (absent, unreadable) = (time(None), time(Some("not a hash")));
        // One hash takes hundreds of times as long as none: a factor of twenty leaves room for a busy machine.
        assert!(unreadable * 20 > absent, "{unreadable:?} against {absent:?}");
    }

    // abuse: AUTH-13
    #[test]
    fn who_hangs_up_frees_no_place_before_the_work_is_done() {
        // The runtime waits for its threads, so it goes after the channel that lets them end.
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let hashing = Hashing::new(COST, 1, 0).unwrap();
        let (end, may_end) = std::sync::mpsc::channel::<()>();
        let (started, has_started) = std::sync::mpsc::channel();
        runtime.block_on(async {
            let mut asked = Box::pin(hashing.run(move || {
                started.send(()).unwrap();
                may_end.recv().ok();
            }));
            // Polled once, the work is on its thread; then the client is gone.
            std::future::poll_fn(|context| {
                assert!(asked.as_mut().poll(context).is_pending());
                std::task::Poll::Ready(())
            })
            .await;
            has_started.recv().unwrap();
            drop(asked);
            assert_eq!(hashing.run(|| ()).await, Err(NotHashed::Busy));
        });
        drop(end);
        drop(runtime);
        assert_eq!((hashing.running.available_permits(), hashing.waiting.available_permits()), (1, 1));
    }

    // abuse: AUTH-13
    #[test]
    fn a_crowd_is_turned_away_instead_of_filling_the_memory() {
        let hashing = Hashing::new(COST, 1, 0).unwrap();
        let _busy = hashing.waiting.try_acquire().unwrap();
        assert_eq!(wait(hashing.hash(typed("gulls over the harbour"))), Err(NotHashed::Busy));
    }
}
