//! Months of the calendar in UTC, by which sitemaps part the articles of a site.

use std::fmt;

use chrono::Datelike;

use crate::time::Moment;
use crate::violation::{Rule, Violation};

/// A month in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Month {
    /// Months from January of the year 0.
    number: i32,
}

impl Month {
    /// The month of an instant.
    pub fn of(at: Moment) -> Self {
        let at = at.utc();
        // A month of the calendar is at most 12.
        Self { number: at.year() * 12 + i32::try_from(at.month0()).unwrap_or_default() }
    }

    /// Takes over [`Month::number`] from the store.
    pub const fn new(number: i32) -> Self {
        Self { number }
    }

    /// Months from January of the year 0, for the store.
    pub const fn number(self) -> i32 {
        self.number
    }

    /// Parses `2026-01`, exactly.
    pub fn parse(raw: &str) -> Result<Self, Violation> {
        let malformed = || Violation::new(Rule::BadFormat, "must be a month such as 2026-01");
        let (year, month) = raw.split_once('-').ok_or_else(malformed)?;
        let (year, month): (i32, i32) = (
            year.parse::<u16>().map_err(|_| malformed())?.into(),
            month.parse::<u16>().map_err(|_| malformed())?.into(),
        );
        let parsed = Self { number: year * 12 + month - 1 };
        if (1..=12).contains(&month) && parsed.to_string() == raw { Ok(parsed) } else { Err(malformed()) }
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.number.div_euclid(12), self.number.rem_euclid(12) + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_that_of_an_instant_and_is_spelled_one_way() {
        for (instant, spelled) in [
            ("2026-01-31T23:59:59.999Z", "2026-01"),
            ("2026-02-01T00:30:00+01:00", "2026-01"),
            ("1969-12-31T23:59:59.999Z", "1969-12"),
            ("1923-12-01T00:00:00Z", "1923-12"),
        ] {
            let month = Month::of(Moment::parse(instant).unwrap());
            assert_eq!(month.to_string(), spelled, "{instant}");
            assert_eq!(Month::parse(spelled), Ok(month));
            assert_eq!(Month::new(month.number()), month);
        }
        for raw in [
            "",
            "2026",
            "2026-1",
            "2026-13",
            "2026-00",
            "+2026-01",
            "02026-01",
            "2026-01-01",
            "9999999999-01",
        ] {
            assert!(Month::parse(raw).is_err(), "{raw}");
        }
    }
}
