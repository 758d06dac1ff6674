//! `[auth]`: how long a sign-in lasts, what a password hash costs, and how many wrong guesses are answered.

use super::reader::Section;

/// The settings of sign-in.
#[derive(Debug, Clone)]
pub struct Auth {
    /// Lifetime of an access token, in seconds.
    pub access_ttl_s: u32,
    /// A session ends after this long without a refresh, in seconds.
    pub session_idle_s: u32,
    /// A session ends this long after its sign-in, in seconds, however busy it is.
    pub session_max_s: u32,
    /// Lifetime of an invitation, in seconds.
    pub invitation_ttl_s: u32,
    /// Memory of one password hash, in KiB.
    pub hash_memory_kib: u32,
    /// Passes of one password hash over its memory.
    pub hash_passes: u32,
    /// Password hashes that are computed at the same time.
    pub hashes_at_once: usize,
    /// Password hashes that wait for their turn; past it the answer is 503 `overloaded`.
    pub hashes_waiting: usize,
    /// Wrong passwords per account that are answered within the window.
    pub login_per_account: u32,
    /// Wrong passwords per address that are answered within the window.
    pub login_per_address: u32,
    /// The window of the two budgets, in seconds.
    pub login_window_s: u32,
}

const HOUR_S: u32 = 3600;
const DAY_S: u32 = 24 * HOUR_S;

impl Auth {
    pub(super) fn read(section: &mut Section<'_>) -> Self {
        Self {
            access_ttl_s: section.number(
                "access_ttl_s",
                900,
                10..=HOUR_S,
                "Lifetime of an access token in seconds",
            ),
            session_idle_s: section.number(
                "session_idle_s",
                14 * DAY_S,
                60..=90 * DAY_S,
                "A session ends after this many seconds without a refresh",
            ),
            session_max_s: section.number(
                "session_max_s",
                30 * DAY_S,
                60..=365 * DAY_S,
                "A session ends this many seconds after its sign-in",
            ),
            invitation_ttl_s: section.number(
                "invitation_ttl_s",
                7 * DAY_S,
                60..=30 * DAY_S,
                "Lifetime of an invitation in seconds",
            ),
            // Memory and passes: the least that OWASP's password storage cheat sheet allows for argon2id.
            hash_memory_kib: section.number(
                "hash_memory_kib",
                19_456,
                8..=1_048_576,
                "Memory of one password hash (argon2id) in KiB; under 19456 only tests should run",
            ),
            hash_passes: section.number(
                "hash_passes",
                2,
                1..=16,
                "Passes of one password hash over its memory",
            ),
            hashes_at_once: section.number(
                "hashes_at_once",
                2,
                1..=64,
                "Password hashes that are computed at the same time",
            ),
            hashes_waiting: section.number(
                "hashes_waiting",
                64,
                0..=10_000,
                "Password hashes that wait for their turn; past it sign-in answers 503",
            ),
            login_per_account: section.number(
                "login_per_account",
                10,
                1..=1_000_000,
                "Wrong passwords per account that are answered within the window",
            ),
            login_per_address: section.number(
                "login_per_address",
                30,
                1..=1_000_000,
                "Wrong passwords per client address that are answered within the window",
            ),
            login_window_s: section.number(
                "login_window_s",
                900,
                1..=DAY_S,
                "Window of the two budgets in seconds",
            ),
        }
    }
}
