//! When a photo was taken, as exactly as is known: a year, a day, or a time with or without its offset.

use std::fmt;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use crate::json::from_text;
use crate::schema::{self, described};
use crate::violation::{Rule, Violation};

/// When a photo was taken, to the precision and with the offset that are known (ISO 8601): `2026`, `2026-01`,
/// `2026-01-09`, `2026-01-09T08:30:00` or `2026-01-09T08:30:00+01:00`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TakenAt(String);

impl TakenAt {
    /// Longest spelling, in octets: a time to the nanosecond with an offset.
    pub const MAX_OCTETS: usize = 35;

    /// Earliest year: before it nobody had a camera (the oldest photo that is left is of 1826 or 1827).
    pub const FIRST_YEAR: i32 = 1800;

    /// Parses one of the forms above, with seconds and their parts where they are known.
    pub fn parse(raw: &str) -> Result<Self, Violation> {
        let malformed = || {
            Violation::new(
                Rule::BadFormat,
                "must be a year, a month, a day or a time of ISO 8601, such as 2026-01-09",
            )
        };
        // First of all, since what follows counts octets.
        if !raw.is_ascii() || raw.len() > Self::MAX_OCTETS || raw != raw.trim() {
            return Err(malformed());
        }
        let day = day(raw).ok_or_else(malformed)?;
        let rest = raw.get(10..).unwrap_or_default();
        if !rest.is_empty() && !is_time(raw) {
            return Err(malformed());
        }
        if !(Self::FIRST_YEAR..=2200).contains(&day.year()) {
            return Err(Violation::new(Rule::OutOfRange, "must lie between the years 1800 and 2200"));
        }
        Ok(Self(raw.to_owned()))
    }

    /// It as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The day on which it was taken where it was taken, as far as that is known: `2026`, `2026-01` or `2026-01-09`.
    pub fn on(&self) -> &str {
        self.0.get(..10).unwrap_or(&self.0)
    }

    /// The first day that it may have been, for lists in the order of days.
    pub fn first_day(&self) -> String {
        match self.0.len() {
            4 => format!("{}-01-01", self.0),
            7 => format!("{}-01", self.0),
            _ => self.on().to_owned(),
        }
    }
}

/// The day of an ASCII text, or the first that it may mean.
fn day(raw: &str) -> Option<NaiveDate> {
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let of = |text: &str| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
    match raw.len() {
        4 if digits(raw) => of(&format!("{raw}-01-01")),
        7 if digits(&raw[..4]) && digits(&raw[5..]) => of(&format!("{raw}-01")),
        10.. if digits(&raw[..4]) && digits(&raw[5..7]) && digits(&raw[8..10]) => of(&raw[..10]),
        _ => None,
    }
}

/// Whether it is a day with a time, with an offset or without.
fn is_time(raw: &str) -> bool {
    let timed = raw.as_bytes().get(10) == Some(&b'T');
    let local = |format| NaiveDateTime::parse_from_str(raw, format).is_ok();
    timed
        && (DateTime::parse_from_rfc3339(raw).is_ok()
            || local("%Y-%m-%dT%H:%M:%S%.f")
            || local("%Y-%m-%dT%H:%M"))
}

from_text!(TakenAt);

described!(TakenAt: schema::text(
    "When a photo was taken, to the precision and with the offset that are known: a year, a month, a day or a time of ISO 8601.",
    4, Self::MAX_OCTETS, "2026-01-09T08:30:00+01:00",
));

impl fmt::Display for TakenAt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for TakenAt {
    type Error = Violation;

    fn try_from(raw: String) -> Result<Self, Violation> {
        Self::parse(&raw)
    }
}

impl From<TakenAt> for String {
    fn from(at: TakenAt) -> Self {
        at.0
    }
}
