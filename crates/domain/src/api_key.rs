//! API keys: with what a program acts for one of the newsroom. Their secrets are made elsewhere.

use chrono::TimeDelta;

use crate::bounded::bounded;
use crate::codes::codes;
use crate::id::{ApiKeyId, UserId};
use crate::scope::Scopes;
use crate::time::Moment;
use crate::user::Role;
use crate::version::Version;
use crate::violation::{Fault, Rule, Violation};

bounded! {
    /// By what a newsroom knows an API key.
    ApiKeyName: name up to 100, "as long as the name of a person",
        like "Import from the wire";
}

codes! {
    /// What became of an API key.
    pub enum ApiKeyState {
        /// It counts, as long as its owner can sign in and may give its role.
        Active = "active",
        /// It was taken back.
        Revoked = "revoked",
        /// Its time is over.
        Expired = "expired",
    }
}

/// An API key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// Its identity, which opens nothing.
    pub id: ApiKeyId,
    /// How often it was changed.
    pub version: Version,
    /// What it is called.
    pub name: ApiKeyName,
    /// Who made it, and as whom it acts. It counts only while they can sign in, and may still give its role.
    pub owner: UserId,
    /// As what it acts.
    pub role: Role,
    /// What of that it may do.
    pub scopes: Scopes,
    /// When it was made.
    pub created_at: Moment,
    /// Until when it counts.
    pub expires_at: Moment,
    /// When it was last used, to the minute.
    pub last_used_at: Option<Moment>,
    /// When somebody took it back.
    pub revoked_at: Option<Moment>,
}

impl ApiKey {
    /// How long a key counts unless somebody says otherwise.
    pub const USUAL_LIFE: TimeDelta = TimeDelta::days(90);

    /// How long a key may count: past it, somebody should look whether it is needed.
    pub const LONGEST_LIFE: TimeDelta = TimeDelta::days(366);

    /// How exact [`Self::last_used_at`] is: a use that follows another sooner is not written down.
    pub const USE_NOTED_EVERY: TimeDelta = TimeDelta::minutes(1);

    /// What has become of it at `now`.
    pub fn state(&self, now: Moment) -> ApiKeyState {
        if self.revoked_at.is_some() {
            ApiKeyState::Revoked
        } else if self.expires_at <= now {
            ApiKeyState::Expired
        } else {
            ApiKeyState::Active
        }
    }

    /// The end of a key that is asked at `now` to count until `end`.
    pub fn end(end: Moment, now: Moment) -> Result<Moment, Fault> {
        if end <= now || end > now.plus(Self::LONGEST_LIFE) {
            return Err(Violation::new(Rule::OutOfRange, "must lie in the next 366 days").at("/expires_at"));
        }
        Ok(end)
    }
}

/// What every request with a key is checked against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyStanding {
    /// The key.
    pub id: ApiKeyId,
    /// Whose it is.
    pub owner: UserId,
    /// What they are now.
    pub owner_role: Role,
    /// As what it acts.
    pub role: Role,
    /// What of that it may do.
    pub scopes: Scopes,
    /// When its use was last noted.
    pub last_used_at: Option<Moment>,
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    #[test]
    fn a_key_counts_for_a_year_at_most() {
        let now = Moment::new(DateTime::from_timestamp(1_800_000_000, 0).unwrap());
        let longest = now.plus(ApiKey::LONGEST_LIFE);
        assert_eq!(ApiKey::end(longest, now), Ok(longest));
        for refused in [now, longest.plus(TimeDelta::milliseconds(1))] {
            assert!(ApiKey::end(refused, now).is_err(), "{refused}");
        }
    }
}
