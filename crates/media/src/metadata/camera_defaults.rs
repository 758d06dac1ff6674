//! What a camera writes where a person should have: it says nothing of the photo, and is kept among raw values only.

use domain::photo::file_metadata::MetadataField;

/// Field and text of each default, a line each.
const DEFAULTS: &str = include_str!("camera_defaults.txt");

/// Whether a camera put the text there.
pub(super) fn is_default(field: MetadataField, text: &str) -> bool {
    let text = text.trim().to_lowercase();
    let lines = DEFAULTS.lines().filter_map(|line| line.split_once(": "));
    lines.filter(|(of, _)| *of == field.name()).any(|(_, default)| {
        let default = default.to_lowercase();
        match default.strip_suffix('*') {
            Some(begin) => text.starts_with(begin),
            None => text == default,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_camera_is_not_believed_to_write_captions() {
        for text in
            ["OLYMPUS DIGITAL CAMERA         ", "Olympus digital camera", r"DCIM\100MEDIA\DJI_0042.JPG"]
        {
            assert!(is_default(MetadataField::Caption, text), "{text}");
        }
        assert!(!is_default(MetadataField::Caption, "A Samsung telephone on a quay"));
        assert!(!is_default(MetadataField::Headline, "Untitled"));
    }

    #[test]
    fn every_line_names_a_field() {
        for line in DEFAULTS.lines().filter(|line| !line.starts_with('#')) {
            let (field, default) = line.split_once(": ").unwrap();
            assert!(MetadataField::parse(field).is_ok() && !default.is_empty(), "{line}");
        }
    }
}
