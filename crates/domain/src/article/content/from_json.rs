//! The members of a content out of the JSON of an editor, as far as they are more than a text.

use serde_json::Value;

use super::HeadlineVariants;
use super::dateline::Dateline;
use super::texts::Standfirst;
use crate::json::{FromJson, Object, here};
use crate::span::Spans;
use crate::violation::Faults;

impl FromJson for HeadlineVariants {
    fn from_json(json: Value) -> Result<Self, Faults> {
        let mut object = Object::of(json)?;
        let short = object.optional("short");
        let seo = object.optional("seo");
        let social = object.optional("social");
        object.finish(Some(Self { short, seo, social }))
    }
}

impl FromJson for Standfirst {
    fn from_json(json: Value) -> Result<Self, Faults> {
        Self::parse(Spans::from_json(json)?).map_err(here)
    }
}

impl FromJson for Dateline {
    fn from_json(json: Value) -> Result<Self, Faults> {
        let mut object = Object::of(json)?;
        let place = object.required("place");
        let country_code = object.optional("country_code");
        let source = object.optional("source");
        object.finish(place.map(|place| Self { place, country_code, source }))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::json::tests::assert_faults;

    // abuse: IN-03
    #[test]
    fn members_of_members_are_told_with_their_places() {
        let variants = json!({"short": "a".repeat(81), "seo": 7, "sozial": "Reef"});
        assert_faults!(
            HeadlineVariants,
            variants,
            ("/short", "too_long"),
            ("/seo", "wrong_type"),
            ("/sozial", "unknown_field"),
        );
        let dateline = json!({"country_code": "Norway", "source": "Nord\u{202e}wire"});
        assert_faults!(
            Dateline,
            dateline,
            ("/place", "required"),
            ("/country_code", "bad_format"),
            ("/source", "invisible_character"),
        );
        assert_faults!(
            Standfirst,
            json!([{"text": 1}, {"txt": "Reef"}]),
            ("/0/text", "wrong_type"),
            ("/1/text", "required"),
            ("/1/txt", "unknown_field")
        );
        assert_faults!(Standfirst, json!([{"text": "a".repeat(401)}]), ("", "too_long"));
        assert_faults!(Standfirst, json!("Reef"), ("", "wrong_type"));
        assert!(HeadlineVariants::from_json(json!({"short": null})).is_ok());
    }
}
