//! When a photo was taken, out of the spellings of cameras and programs, as exactly as one is right.

use domain::photo::taken::TakenAt;

/// The most exact reading: with time and offset, with the time, with the day, the month, or the year alone.
pub(super) fn read(raw: &str) -> Option<TakenAt> {
    let raw = raw.trim();
    let (date, time) = raw.split_once(['T', ' ']).unwrap_or((raw, ""));
    // IIM writes zeros for a day or month that nobody knows.
    let date = date.trim_end_matches("-00");
    let (clock, offset) = time.split_at_checked(time.find(['Z', '+', '-']).unwrap_or(time.len()))?;
    let (clock, offset) = (clock.trim(), offset.trim());
    // A clock without seconds may have no offset by RFC 3339.
    let seconds = if clock.len() == "12:30".len() { ":00" } else { "" };
    let spellings = [
        format!("{date}T{clock}{seconds}{offset}"),
        format!("{date}T{clock}"),
        date.to_owned(),
        date.get(..7).unwrap_or_default().to_owned(),
        date.get(..4).unwrap_or_default().to_owned(),
    ];
    spellings.iter().find_map(|spelling| TakenAt::parse(spelling).ok())
}

/// Whether both may be the same moment: as far as each is known, they say the same.
pub(super) fn agree(one: &TakenAt, other: &TakenAt) -> bool {
    let ((one, one_offset), (other, other_offset)) = (parts(one), parts(other));
    let same_local = one.starts_with(other) || other.starts_with(one);
    same_local && (one_offset == other_offset || one_offset.is_empty() || other_offset.is_empty())
}

/// The time where it was taken, without zeros that say nothing, and its offset.
fn parts(taken: &TakenAt) -> (&str, &str) {
    let text = taken.as_str();
    let clock = text.find('T').unwrap_or(text.len());
    let end =
        text.get(clock..).and_then(|clock| clock.find(['Z', '+', '-'])).map_or(text.len(), |at| clock + at);
    let (local, offset) = text.split_at_checked(end).unwrap_or((text, ""));
    let local = if local.contains('.') { local.trim_end_matches('0').trim_end_matches('.') } else { local };
    (local, if offset == "Z" { "+00:00" } else { offset })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_right_of_an_hour_is_taken() {
        for (raw, read_as) in [
            ("2018-01-01T12:30:05.25+01:00", "2018-01-01T12:30:05.25+01:00"),
            ("2018-01-01T12:30:05", "2018-01-01T12:30:05"),
            ("2018-01-01T12:30Z", "2018-01-01T12:30:00Z"),
            ("2018-01-01T12:30", "2018-01-01T12:30:00"),
            ("2018-01-01T12:30:05:  :", "2018-01-01"),
            ("2018-01-01T24:00:00+01:00", "2018-01-01"),
            ("2018-01-01T12:30:05+99:00", "2018-01-01T12:30:05"),
            ("2018-00-00", "2018"),
            ("2018-03-00", "2018-03"),
            ("2018-02-30", "2018-02"),
            ("2018", "2018"),
        ] {
            assert_eq!(read(raw).map(String::from).as_deref(), Some(read_as), "{raw}");
        }
        for raw in ["", "0000-00-00T00:00:00", "yesterday", "    -  -  T  :  :  ", "ÅÄÖ", "-00"] {
            assert_eq!(read(raw), None, "{raw}");
        }
    }

    #[test]
    fn hours_agree_as_far_as_each_is_known() {
        let agree = |one: &str, other: &str| agree(&read(one).unwrap(), &read(other).unwrap());
        assert!(agree("2018", "2018-01-01T12:30:05Z"));
        assert!(agree("2018-01-01T12:30:05.250", "2018-01-01T12:30:05.25+01:00"));
        assert!(agree("2018-01-01T12:30:05Z", "2018-01-01T12:30:05+00:00"));
        assert!(!agree("2018-01-01", "2018-01-02"));
        assert!(!agree("2018-01-01T12:30:05+01:00", "2018-01-01T12:30:05+02:00"));
    }
}
