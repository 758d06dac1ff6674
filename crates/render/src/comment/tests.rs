//! That an HTML parser finds paragraphs, line breaks and links of ours in it, and the reader's text to the letter.

use domain::comment::text::CommentText;
use proptest::prelude::*;

use super::html;
use crate::import;
use crate::import::html::tree::Node;

fn shown(raw: &str) -> String {
    html(&CommentText::parse(raw).unwrap())
}

/// What an HTML5 parser finds: the text as it was written, and where its links lead. Panics on what is not ours.
fn read(html: &str) -> (String, Vec<String>) {
    let tree = import::html::parsed(html);
    let (mut text, mut links) = (String::new(), Vec::new());
    for id in tree.below(0) {
        match tree.node(id) {
            Node::Text(words) => text.push_str(words),
            Node::Element(element) => {
                let attributes: Vec<_> = element.attributes().collect();
                match (element.name(), attributes.as_slice()) {
                    // The fragment's own root.
                    ("html", []) => {}
                    ("br", []) => text.push('\n'),
                    ("p", []) if text.is_empty() => {}
                    ("p", []) => text.push_str("\n\n"),
                    ("a", [("href", url), ("rel", "ugc nofollow noopener")]) => {
                        assert!(url.starts_with("https://") || url.starts_with("http://"), "{url}");
                        links.push((*url).to_owned());
                    }
                    (name, attributes) => panic!("<{name}> with {attributes:?} in {html}"),
                }
            }
            Node::Root => {}
        }
    }
    (text, links)
}

// abuse: OUT-01
#[test]
fn markup_in_a_comment_is_text() {
    for raw in [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "</p></div><style>*{display:none}</style>",
        "<!-- --!> ]]> <![CDATA[ x",
        "&lt;b&gt; &amp;nbsp; &#x3c;",
        "{{7*7}} ${7*7} <%= 7 %>",
        "\u{202e}txet siht snrut\u{202c} \u{2066}x",
        "<svg/onload=alert(1)//",
        "javascript:alert(1) data:text/html,<script>alert(1)</script> vbscript:x",
        "[x](javascript:alert(1))",
        "https://good.example@evil.example/",
        "http://\u{202e}moc.live",
        "http:// https:// //varn.example",
    ] {
        assert_eq!(read(&shown(raw)), (raw.to_owned(), Vec::new()), "{raw}");
    }
}

// abuse: OUT-01
#[test]
fn an_address_becomes_a_link_and_nothing_around_it_does() {
    for (raw, links) in [
        ("see https://varn.example/a?b=1&c=2#d.", &["https://varn.example/a?b=1&c=2#d"][..]),
        ("(HTTPS://Varn.example/A_(b))", &["https://varn.example/A_(b)"]),
        ("<https://varn.example/>https://kai.example", &["https://varn.example/", "https://kai.example/"]),
        ("https://varn.example/\"onmouseover=\"alert(1)", &["https://varn.example/"]),
        ("https://varn.example/'onfocus='x", &["https://varn.example/"]),
        ("https://varn.example/\u{202e}gpj.x", &["https://varn.example/"]),
        ("https://аррӏе.com", &["https://xn--80ak6aa92e.com/"]),
        ("xhttps://varn.example and www.varn.example", &[]),
        ("https://varn.example/a,\nhttp://kai.example!", &["https://varn.example/a", "http://kai.example/"]),
    ] {
        assert_eq!(
            read(&shown(raw)),
            (raw.to_owned(), links.iter().map(|link| (*link).to_owned()).collect()),
            "{raw}"
        );
    }
    assert_eq!(
        shown("One\ntwo\n\nhttps://varn.example?a&b"),
        "<p>One<br>two</p><p><a href=\"https://varn.example/?a&amp;b\" rel=\"ugc nofollow noopener\">https://varn.example?a&amp;b</a></p>"
    );
}

fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("https://varn.example/".to_owned()),
        Just("http://".to_owned()),
        Just("\"><img src=x onerror=alert(1)>".to_owned()),
        Just("</p></a><script>alert(1)</script>".to_owned()),
        Just("&lt;&amp;&#0;".to_owned()),
        Just("\n".to_owned()),
        Just("\n\n".to_owned()),
        "\\PC{1,8}",
        "[ <>&\"'`a:/.()\u{a0}\u{202e}]{1,8}",
    ];
    proptest::collection::vec(piece, 1..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    // abuse: OUT-01
    #[test]
    fn a_parser_finds_nothing_but_ours_and_every_letter(raw in any_text()) {
        if let Ok(text) = CommentText::parse(&raw) {
            prop_assert_eq!(read(&html(&text)).0, text.as_str());
        }
    }
}
