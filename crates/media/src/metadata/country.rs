//! Countries by three letters, as IPTC had them first, and by the two that we keep (ISO 3166-1).

use domain::article::content::dateline::CountryCode;

/// Three letters and two, a line each.
const CODES: &str = include_str!("country_codes.txt");

/// The code of two letters, given that or the one of three.
pub(super) fn code(raw: &str) -> Option<CountryCode> {
    let capitals = raw.trim().to_uppercase();
    let of_three =
        CODES.lines().filter_map(|line| line.split_once(' ')).find(|(three, _)| *three == capitals);
    CountryCode::parse(of_three.map_or(&capitals, |(_, two)| two)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_letters_are_read_as_two() {
        for (raw, two) in [("NOR", "NO"), ("nor", "NO"), ("NO", "NO"), ("GBR", "GB")] {
            assert_eq!(code(raw).map(String::from).as_deref(), Some(two), "{raw}");
        }
        assert_eq!(code("VRN"), None);
        assert_eq!(code("Norway"), None);
    }
}
