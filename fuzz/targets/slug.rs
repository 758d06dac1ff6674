//! Slugs: one that is made of a text, or numbered, is one that is taken; and one that is taken is kept as it is.

#![no_main]

use domain::slug::Slug;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|raw: &str| {
    if let Ok(slug) = Slug::parse(raw) {
        assert_eq!(slug.as_str(), raw);
    }
    if let Some(made) = Slug::from_text(raw) {
        assert_eq!(Slug::parse(made.as_str()), Ok(made.clone()));
        let numbered = made.numbered(2);
        assert_eq!(Slug::parse(numbered.as_str()), Ok(numbered.clone()));
    }
});
