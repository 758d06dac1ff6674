//! Whether two sources mean the same: as far as each can hold it.

use domain::photo::file_metadata::MetadataSource;

use super::found::{Field, Found, Place, Value};
use super::{clean, iim, taken};

/// Most octets of a name in a place of IIM: 2:92, 2:90 and 2:95; that of a country (2:101) may have twice as many.
const PLACE_OCTETS: usize = 32;

/// How many octets short of its limit a text may be that was cut there: a character, and a space.
const CUT_SLACK: usize = 4;

/// Whether both say the same, where one may be the other cut at a limit of IIM.
pub(super) fn agree(one: &Found, other: &Found) -> bool {
    if one.field == Field::TakenAt {
        return same_hour(&one.value, &other.value);
    }
    if let (Value::Places(one), Value::Places(other)) = (&one.value, &other.value) {
        return one.first().zip(other.first()).is_some_and(|(one, other)| same_place(one, other));
    }
    let cut = [one.source, other.source].contains(&MetadataSource::Iim);
    let limit = iim::max_octets(one.field).filter(|_| cut);
    let texts = |found: &Found| {
        let mut texts: Vec<_> = found.value.texts().iter().map(|text| clean::one_line(text)).collect();
        if matches!(found.field, Field::Keywords | Field::PeopleShown) {
            texts.sort_unstable();
        }
        texts
    };
    let (one, other) = (texts(one), texts(other));
    one.len() == other.len() && one.iter().zip(&other).all(|(one, other)| same_text(one, other, limit))
}

fn same_text(one: &str, other: &str, limit: Option<usize>) -> bool {
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    short == long || limit.is_some_and(|limit| is_cut(short, long, limit))
}

/// Whether `short` is `long` cut at so many octets, of UTF-8 or of a set with one octet for each character.
fn is_cut(short: &str, long: &str, limit: usize) -> bool {
    long.starts_with(short)
        && short.chars().count() <= limit
        && short.len().saturating_add(CUT_SLACK) >= limit
}

fn same_hour(one: &Value, other: &Value) -> bool {
    let read = |value: &Value| value.texts().first().and_then(|text| taken::read(text));
    match (read(one), read(other)) {
        (Some(one), Some(other)) => taken::agree(&one, &other),
        _ => one == other,
    }
}

/// Whether no name that both give differs. Codes of countries have two letters here and three there.
fn same_place(one: &Place, other: &Place) -> bool {
    let names = |place: &Place| {
        let Place {
            id: _,
            name: _,
            sublocation,
            city,
            province_state,
            country,
            country_code: _,
            world_region: _,
        } = place;
        [sublocation, city, province_state, country].map(|name| name.as_deref().map(clean::one_line))
    };
    names(one).into_iter().zip(names(other)).all(|names| match names {
        (Some(one), Some(other)) => {
            same_text(&one, &other, Some(PLACE_OCTETS)) || same_text(&one, &other, Some(2 * PLACE_OCTETS))
        }
        _ => true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(source: MetadataSource, field: Field, texts: &[&str]) -> Found {
        Found { field, source, value: Value::Texts(texts.iter().map(|&text| text.to_owned()).collect()) }
    }

    #[test]
    fn what_iim_cut_at_its_limit_agrees_and_what_it_cut_elsewhere_does_not() {
        let credit = |source, text| found(source, Field::CreditLine, &[text]);
        let whole = credit(MetadataSource::Xmp, "MIN HAE-WON/EPA-EFE/REX/Shutterstock");
        assert!(agree(&whole, &credit(MetadataSource::Iim, "MIN HAE-WON/EPA-EFE/REX/Shutters")));
        assert!(!agree(&whole, &credit(MetadataSource::Iim, "MIN HAE-WON/EPA-EFE")));
        assert!(!agree(&whole, &credit(MetadataSource::Exif, "MIN HAE-WON/EPA-EFE/REX/Shutters")));
        let accents = credit(MetadataSource::Xmp, "Żaneta Śliwińska-Gąsienica/Żółw Photos");
        assert!(agree(&accents, &credit(MetadataSource::Iim, "Żaneta Śliwińska-Gąsienica")));
    }

    #[test]
    fn keywords_agree_in_any_order_and_creators_do_not() {
        for (field, same) in [(Field::Keywords, true), (Field::Creators, false)] {
            let one = found(MetadataSource::Xmp, field, &["harbour", "storm"]);
            assert_eq!(
                agree(&one, &found(MetadataSource::Iim, field, &["storm", "harbour"])),
                same,
                "{field:?}"
            );
        }
    }

    #[test]
    fn spaces_and_line_ends_are_no_difference() {
        let xmp = found(MetadataSource::Xmp, Field::Caption, &["One\ntwo"]);
        assert!(agree(&xmp, &found(MetadataSource::Iim, Field::Caption, &["One\r\n two "])));
        assert!(!agree(&xmp, &found(MetadataSource::Iim, Field::Caption, &["One"])));
    }
}
