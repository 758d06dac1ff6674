//! How many links a text holds as its readers would see them, whatever a program would make of it.

use unicode_normalization::UnicodeNormalization;

use crate::text::is_unseen;

/// Counts addresses of the web and of mail: with a scheme (`https://`, `hxxp:`), with `www.`, and bare domains
/// (`varn.example.com`), also where dots are written as other characters or as `[.]`, `(dot)`, ` dot `, in full width, or
/// with characters between that nobody sees.
///
/// A bare domain is told by its last part: one of two letters or one of `GENERIC`. Where that part begins with a capital
/// and the rest does not (`the end.It rained`) it is a sentence whose space was forgotten, except for `PLAIN`.
pub fn count(text: &str) -> usize {
    let text = unveiled(text);
    let pieces: Vec<&str> = text.split(|c: char| c.is_whitespace() || BREAKS.contains(c)).collect();
    let spelled = pieces.windows(3).filter(|three| is_spelled(three[0], three[1], three[2])).count();
    pieces.into_iter().map(in_piece).sum::<usize>() + spelled
}

/// What no address goes on behind.
const BREAKS: &str = ",;<>\"'|()[]{}«»“”„‘’‹›、，；（）「」";

/// Last parts of domains that nobody writes by forgetting a space.
const PLAIN: [&str; 6] = ["com", "net", "org", "info", "biz", "xyz"];

/// Last parts of domains that have more than two letters: the old ones, and those that advertising is sent from most.
const GENERIC: &[&str] = &[
    "com",
    "net",
    "org",
    "info",
    "biz",
    "xyz",
    "edu",
    "gov",
    "mil",
    "int",
    "arpa",
    "aero",
    "app",
    "asia",
    "bet",
    "bid",
    "blog",
    "buzz",
    "cam",
    "casino",
    "cat",
    "chat",
    "click",
    "cloud",
    "club",
    "coop",
    "dating",
    "dev",
    "download",
    "email",
    "fun",
    "game",
    "games",
    "guru",
    "host",
    "icu",
    "jobs",
    "life",
    "link",
    "live",
    "loan",
    "loans",
    "media",
    "men",
    "mobi",
    "money",
    "museum",
    "name",
    "news",
    "online",
    "page",
    "party",
    "poker",
    "porn",
    "press",
    "pro",
    "racing",
    "rest",
    "review",
    "sale",
    "sex",
    "shop",
    "site",
    "space",
    "store",
    "stream",
    "support",
    "tech",
    "tel",
    "top",
    "trade",
    "travel",
    "vip",
    "webcam",
    "website",
    "win",
    "work",
    "world",
    "wtf",
    "xxx",
    "zip",
    "рф",
    "бел",
    "укр",
    "срб",
    "қаз",
    "中国",
    "中國",
    "香港",
    "台湾",
    "台灣",
    "한국",
    "网址",
    "公司",
    "भारत",
];

/// The text as a reader takes it: dots, slashes and colons of all scripts as those of ASCII, nothing unseen.
fn unveiled(text: &str) -> String {
    let seen = text.nfkc().filter(|&c| !is_unseen(c)).map(|c| match c {
        '\u{3002}' | '\u{b7}' | '\u{387}' | '\u{6d4}' | '\u{701}' | '\u{702}' | '\u{1362}' | '\u{2027}'
        | '\u{30fb}' | '\u{a4f8}' | '\u{10a50}' => '.',
        '\u{2044}' | '\u{2215}' | '\u{29f8}' => '/',
        '\u{2236}' | '\u{a789}' | '\u{2d0}' | '\u{5c3}' => ':',
        c => c,
    });
    let mut text: String = seen.collect();
    for (open, close) in [("[", "]"), ("(", ")"), ("{", "}")] {
        for word in [".", "dot", "DOT", "Dot", "punkt", "point"] {
            for space in ["", " "] {
                text = text.replace(&format!("{space}{open}{word}{close}{space}"), ".");
            }
        }
    }
    text
}

/// Links in a piece of text that has no spaces.
fn in_piece(piece: &str) -> usize {
    let lower = piece.to_lowercase();
    let schemes = lower
        .match_indices("://")
        .filter(|(at, _)| lower[..*at].ends_with(|c: char| c.is_ascii_alphabetic()));
    match schemes.count() {
        0 if ["http:", "https:", "hxxp:", "hxxps:"].iter().any(|scheme| lower.contains(scheme)) => 1,
        0 => usize::from(piece.split([':', '@']).any(is_address)),
        schemes => schemes,
    }
}

/// `varn dot com`, `varn . com`.
fn is_spelled(name: &str, dot: &str, top: &str) -> bool {
    let is_dot = dot == "." || dot.eq_ignore_ascii_case("dot");
    let top = top.split(['/', '.']).next().unwrap_or_default();
    is_dot
        && name.ends_with(char::is_alphanumeric)
        && PLAIN.iter().any(|plain| top.eq_ignore_ascii_case(plain))
}

/// Whether something begins with a domain.
fn is_address(raw: &str) -> bool {
    let (host, path) = raw.split_at(raw.find(['/', '?', '#']).unwrap_or(raw.len()));
    let host = host.trim_matches(|c: char| !c.is_alphanumeric());
    let labels: Vec<&str> = host.split('.').collect();
    let is_label = |label: &&str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    let (Some((top, below)), true) = (labels.split_last(), labels.iter().all(is_label)) else { return false };
    if below.is_empty() {
        return false;
    }
    if below[0].eq_ignore_ascii_case("www") {
        return true;
    }
    if labels.len() == 4 && labels.iter().all(|label| label.parse::<u8>().is_ok()) {
        return path.starts_with('/');
    }
    is_top(top)
        && !(is_new_sentence(below, top)
            || below.iter().all(|label| label.bytes().all(|b| b.is_ascii_digit())))
}

fn is_top(label: &str) -> bool {
    let lower = label.to_lowercase();
    (lower.len() == 2 && lower.bytes().all(|b| b.is_ascii_lowercase()))
        || lower.starts_with("xn--")
        || GENERIC.contains(&lower.as_str())
}

fn is_new_sentence(below: &[&str], top: &str) -> bool {
    let begins_great = |label: &str| label.starts_with(char::is_uppercase);
    let last = below.last().copied().unwrap_or_default();
    begins_great(top)
        && !begins_great(last)
        && top.chars().skip(1).all(char::is_lowercase)
        && !PLAIN.iter().any(|plain| top.eq_ignore_ascii_case(plain))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::count;

    // abuse: CM-06
    #[test]
    fn a_link_is_counted_however_it_is_written() {
        for text in [
            "https://varn.example",
            "HTTP://VARN.EXAMPLE/a?b#c",
            "hxxps://varn[.]example",
            "hxxp:varn.example",
            "ht\u{200b}tp://varn.example",
            "ｈｔｔｐ：／／ｖａｒｎ．example",
            "www.varn.example",
            "(www.varn.example)",
            "cheap-pills.com",
            "buy at Cheap-Pills.Com!",
            "cheap。com",
            "cheap․com",
            "cheap·com/pills",
            "cheap[.]com",
            "cheap [dot] com",
            "cheap (DOT) com",
            "cheap dot com",
            "cheap . com",
            "дешево.рф",
            "pills.xn--p1ai",
            "дешево.com",
            "t.me/pills",
            "192.0.2.1/pills",
            "write to kai@pills.net",
            "ftp://varn.example/x",
            "x:pills.top",
        ] {
            assert_eq!(count(text), 1, "{text}");
        }
    }

    #[test]
    fn a_text_without_links_has_none() {
        for text in [
            "",
            "The end.It rained.",
            "rain.The harbour.Today we",
            "e.g. the i.e. of 7 p.m. and U.S.",
            "3.5 km, 1.2.3.4, v2.0, 12.30, No.7",
            "and so on... so it is",
            "at 3.pm",
            "Am 24.12. um 18.30 Uhr z.B. hier",
            "read/write, and/or; a:b",
            "either dot or line",
            "@kai #news",
            "12:30",
        ] {
            assert_eq!(count(text), 0, "{text}");
        }
    }

    #[test]
    fn each_is_counted() {
        assert_eq!(count("a.com,b.com;c.com <d.com> http://e.examplehttp://f.example"), 6);
        assert_eq!(count(&"pills.com ".repeat(50)), 50);
    }

    proptest! {
        #[test]
        fn a_link_is_counted_wherever_it_stands(before in "[a-z ]{0,20}", after in "[a-z ]{0,20}") {
            prop_assert_eq!(count(&format!("{before} https://varn.example {after}")), 1);
            prop_assert_eq!(count(&format!("{before} varn.com {after}")), 1);
        }

        #[test]
        fn any_text_can_be_counted(text: String) {
            prop_assert!(count(&text) <= text.len());
        }
    }
}
