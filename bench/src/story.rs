//! The articles of the load: about 4 KB of body each, as an editor's client would send it.

/// Paragraphs of a body, of about 400 characters each.
const PARAGRAPHS: u32 = 9;

/// What a paragraph says, beside the number that tells one save from the next.
const TEXT: &str = "Twice a day, at a moment that nobody in Varn notices, eleven steel gates at the end of the Mole \
    turn a quarter of a circle and the river stops. For the next six hours the water that comes down from the hills \
    has nowhere to go. “It waits,” says Marit Sæther, “in the basins behind the old town, rises about the width of a \
    hand, and leaves when the sea allows it.”";

/// The blocks of the `save`th body: the first paragraph differs from save to save, the others stay.
pub fn blocks(save: u64) -> String {
    let mut blocks = String::with_capacity(4500);
    for n in 0..PARAGRAPHS {
        let comma = if n == 0 { "" } else { "," };
        let number = if n == 0 { save } else { n.into() };
        blocks += &format!(
            r#"{comma}{{"id":"block-{n}","type":"paragraph","content":[{{"text":"{number:012} {TEXT}"}}]}}"#
        );
    }
    blocks
}

/// The body of a `PATCH` that saves it.
pub fn save(save: u64) -> String {
    format!(r#"{{"body":[{}]}}"#, blocks(save))
}

/// The body of a `POST` that begins an article with this slug, complete enough to be published.
pub fn begin(slug: &str) -> String {
    format!(
        r#"{{"headline":"The gates of the Mole","slug":"{slug}","section":"bench","no_byline":true,"body":[{}]}}"#,
        blocks(0)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_json_of_about_four_kilobytes() {
        let body = save(7);
        assert!((3_800..4_600).contains(&body.len()), "{}", body.len());
        let parsed: serde_json::Value = serde_json::from_str(&body).unwrap();
        assert!(parsed["body"][0]["content"][0]["text"].as_str().unwrap().starts_with("000000000007"));
        assert_ne!(save(7), save(8));
    }
}
