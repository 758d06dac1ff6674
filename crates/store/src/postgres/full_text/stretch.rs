//! A stretch of the rows in their order, and the names of time by which the index passes over all others.

/// By how many bits keys are shortened to the number of a stretch of time, the finest first. A key counts milliseconds above 20
/// bits: these are a day and a half, and 8, 64 and 512 times that. A name is a number with its place in this list.
const SHIFTS: [u32; 4] = [47, 50, 53, 56];

/// The names of a row `r`, as the index `search_rows_by_term` has them.
const NAMES: &str =
    "ARRAY[(r.key >> 47) * 4, (r.key >> 50) * 4 + 1, (r.key >> 53) * 4 + 2, (r.key >> 56) * 4 + 3]";

/// By how many names the index is asked at most.
const MOST_NAMES: i64 = 32;

/// The rows whose keys lie between two others.
#[derive(Debug)]
pub(super) struct Stretch {
    pub(super) above: i64,
    pub(super) below: i64,
    /// Each of its rows has one of these, as have some beside it; `None` where it is so long that they would be too many.
    names: Option<Vec<i64>>,
}

impl Stretch {
    /// The rows between these, of which neither is one of them.
    pub(super) fn between(above: i64, below: i64) -> Self {
        let names = SHIFTS.iter().zip(0..).find_map(|(shift, place)| {
            let (first, last) = (above >> shift, below >> shift);
            let is_short = last.saturating_sub(first) < MOST_NAMES;
            is_short.then(|| (first..=last).map(|number| number * 4 + place).collect())
        });
        Self { above, below, names }
    }

    /// Whether there are keys between its ends.
    pub(super) const fn has_keys(&self) -> bool {
        self.below.saturating_sub(self.above) > 1
    }

    /// What its rows `r` have, where `asked` has its names.
    pub(super) fn condition(&self) -> String {
        if self.names.is_some() { format!("{NAMES} && (SELECT names FROM asked) AND") } else { String::new() }
    }

    /// Its names.
    pub(super) fn names(&self) -> Option<&[i64]> {
        self.names.as_deref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_goes_by_names_of_the_finest_time_of_which_there_are_not_too_many() {
        let names = |above, below| Stretch::between(above, below).names;
        assert_eq!(names(0, 1), Some(vec![0]));
        assert_eq!(names(-1, 0), Some(vec![-4, 0]));
        assert_eq!(names(0, 32 << 47), Some(vec![1, 5, 9, 13, 17]));
        assert_eq!(names(31 << 47, 62 << 47).map(|names| names.len()), Some(32));
        assert_eq!(names(7 << 56, (7 << 56) + 1), Some(vec![512 * 7 * 4]));
        assert_eq!(names(0, (32 << 56) - 1).map(|names| (names[0], names[31])), Some((3, 127)));
        assert_eq!(names(-1, 32 << 56), None);
        assert_eq!(names(i64::MIN, i64::MAX), None);
    }

    #[test]
    fn the_index_has_the_names() {
        let migration = include_str!("../../../../../migrations/postgres/0017_stretches_of_time/up.sql");
        assert!(migration.contains(&NAMES.replace("r.", "")));
        for (place, shift) in SHIFTS.iter().enumerate() {
            assert!(NAMES.contains(&format!(
                "(r.key >> {shift}) * 4{}",
                if place == 0 { String::new() } else { format!(" + {place}") }
            )));
        }
    }

    #[test]
    fn between_two_keys_that_follow_one_another_is_none() {
        assert!(!Stretch::between(7, 8).has_keys());
        assert!(!Stretch::between(i64::MAX, i64::MIN).has_keys());
        assert!(Stretch::between(7, 9).has_keys());
        assert!(Stretch::between(i64::MIN, i64::MAX).has_keys());
    }
}
