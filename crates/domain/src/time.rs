//! Instants. There is no clock here: what needs the present is given it.

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, Datelike, SubsecRound, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use utoipa::openapi::{KnownFormat, SchemaFormat};

use crate::json::from_text;
use crate::schema::{self, described};
use crate::violation::{Rule, Violation};

/// An instant in UTC, exact to the millisecond, between the years 1900 and 2200.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Moment(DateTime<Utc>);

impl Moment {
    /// Longest spelling of an instant that we read: `2026-01-01T00:00:00.000000000+00:00`.
    const MAX_OCTETS: usize = 35;

    /// The instant, cut to whole milliseconds, which both databases keep exactly.
    pub fn new(at: DateTime<Utc>) -> Self {
        Self(at.trunc_subsecs(3))
    }

    /// Parses RFC 3339 with any offset of up to 14 hours; a time without an offset, a leap second and a year
    /// outside 1900 to 2200 are refused.
    pub fn parse(raw: &str) -> Result<Self, Violation> {
        let malformed = || {
            Violation::new(
                Rule::BadFormat,
                "must be an RFC 3339 time with an offset, such as 2026-01-01T12:00:00Z",
            )
        };
        if raw.len() > Self::MAX_OCTETS || raw.get(17..19) == Some("60") {
            return Err(malformed());
        }
        let at = DateTime::parse_from_rfc3339(raw).map_err(|_| malformed())?;
        if at.offset().local_minus_utc().abs() > 14 * 3600 {
            return Err(malformed());
        }
        let at = at.with_timezone(&Utc);
        if !(1900..=2200).contains(&at.year()) {
            return Err(Violation::new(Rule::OutOfRange, "must lie between the years 1900 and 2200"));
        }
        Ok(Self::new(at))
    }

    /// The instant for the store.
    pub const fn utc(self) -> DateTime<Utc> {
        self.0
    }

    /// The instant `delta` later; unchanged where that leaves the calendar.
    #[must_use]
    pub fn plus(self, delta: TimeDelta) -> Self {
        self.0.checked_add_signed(delta).map_or(self, Self::new)
    }

    /// The instant as HTTP and RSS spell it, cut to whole seconds (RFC 9110, 5.6.7): `Fri, 09 Jan 2026 06:00:00 GMT`.
    pub fn http_date(self) -> String {
        self.0.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
    }

    /// How long after `earlier` this is; negative where it is before.
    pub fn since(self, earlier: Self) -> TimeDelta {
        self.0 - earlier.0
    }
}

from_text!(Moment);

described!(Moment: schema::text(
    "An instant (RFC 3339) between the years 1900 and 2200. Read with any offset, told in UTC with milliseconds.",
    20, Self::MAX_OCTETS, "2026-01-09T06:00:00.000Z",
).format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime))));

/// Where a crate asks for the present. The binary makes it from the machine's clock, a test from a hand it can move.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Moment + Send + Sync>);

impl Clock {
    /// A clock that tells what `now` answers.
    pub fn new(now: impl Fn() -> Moment + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// The present.
    pub fn now(&self) -> Moment {
        (self.0)()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.format("%Y-%m-%dT%H:%M:%S%.3fZ").fmt(f)
    }
}

impl TryFrom<String> for Moment {
    type Error = Violation;

    fn try_from(raw: String) -> Result<Self, Violation> {
        Self::parse(&raw)
    }
}

impl From<Moment> for String {
    fn from(at: Moment) -> Self {
        at.to_string()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn an_instant_is_read_back_as_it_was_written(millis in -2_208_988_800_000_i64..7_258_118_399_000) {
            let at = Moment::new(DateTime::from_timestamp_millis(millis).unwrap());
            prop_assert_eq!(Moment::parse(&at.to_string()), Ok(at));
        }
    }

    // abuse: IN-10
    #[test]
    fn times_that_do_not_exist_are_refused() {
        for raw in [
            "2026-01-01T12:00:00",
            "2026-01-01",
            "2026-01-01T24:00:00Z",
            "2026-06-30T23:59:60Z",
            "2026-02-30T00:00:00Z",
            "0000-01-01T00:00:00Z",
            "10000-01-01T00:00:00Z",
            "-0001-01-01T00:00:00Z",
            "2026-01-01T00:00:00+15:00",
            "Thu, 01 Jan 2026 00:00:00 GMT",
        ] {
            assert!(Moment::parse(raw).is_err(), "{raw}");
        }
    }

    #[test]
    fn any_offset_is_told_in_utc_with_milliseconds() {
        let at = Moment::parse("2026-01-01T02:00:00.123456789+02:00").unwrap();
        assert_eq!(at.to_string(), "2026-01-01T00:00:00.123Z");
        assert_eq!(at.http_date(), "Thu, 01 Jan 2026 00:00:00 GMT");
        assert_eq!(
            Moment::parse("1923-12-31T23:59:59.999Z").unwrap().http_date(),
            "Mon, 31 Dec 1923 23:59:59 GMT"
        );
    }
}
