//! The marks by which a state of a story is known wherever it is shown: in an article, a list, a feed or a search. They stand
//! in its headline.

/// What stands before the numbers: a letter that is rare, and the rest.
const FIRST: u8 = b'S';
const BEFORE: &[u8] = b"tory ";

/// What stands between them.
const BETWEEN: &[u8] = b" state ";

/// Digits of each number.
const DIGITS: usize = 5;

/// The headline of a state of a story.
pub fn headline(story: usize, state: u32) -> String {
    format!("Story {story:05} state {state:05}")
}

/// The marks in an answer, each story once, with the greatest state that is shown of it.
pub fn shown(octets: &[u8]) -> Vec<(usize, u32)> {
    let mut found: Vec<(usize, u32)> = Vec::new();
    let mut rest = octets;
    while let Some(at) = rest.iter().position(|octet| *octet == FIRST) {
        rest = &rest[at + 1..];
        let Some((story, behind)) = rest.strip_prefix(BEFORE).and_then(number) else { continue };
        let Some((state, _)) = behind.strip_prefix(BETWEEN).and_then(number) else { continue };
        let story = usize::try_from(story).unwrap_or(usize::MAX);
        match found.iter_mut().find(|(other, _)| *other == story) {
            Some((_, greatest)) => *greatest = state.max(*greatest),
            None => found.push((story, state)),
        }
    }
    found
}

fn number(octets: &[u8]) -> Option<(u32, &[u8])> {
    let (digits, behind) = octets.split_at_checked(DIGITS)?;
    Some((std::str::from_utf8(digits).ok()?.parse().ok()?, behind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_found_wherever_it_stands() {
        let page =
            format!("<title>{}</title> Story 1 {}, {}", headline(7, 12), headline(0, 3), headline(7, 11));
        assert_eq!(shown(page.as_bytes()), [(7, 12), (0, 3)]);
        assert_eq!(shown(b"Story 00001 state 0000"), []);
        assert_eq!(shown(b""), []);
    }
}
