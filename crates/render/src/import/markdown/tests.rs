//! What becomes of Markdown that people write, and of Markdown that is costly to read.

use std::time::Duration;

use domain::violation::{Fault, Place};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::blocks;
use crate::import::effort::effort;

/// The most that a source of any sort may take, in a build that nothing has optimised.
const LONGEST: Duration = Duration::from_secs(1);

fn kept(source: &str) -> Value {
    let kept = blocks(source, "/body/markdown").unwrap_or_else(|faults| panic!("{source}: {faults:?}"));
    Value::from(kept.iter().map(|block| serde_json::to_value(&block.kind).unwrap()).collect::<Vec<_>>())
}

/// Codes and details of the faults.
fn refused(source: &str) -> Vec<(&'static str, String)> {
    let faults = blocks(source, "/body/markdown").err().into_iter().flatten();
    let told = faults.map(|Fault { place, violation }| {
        assert_eq!(place, Place::Pointer("/body/markdown".to_owned()));
        (violation.rule.code(), violation.detail)
    });
    told.collect()
}

fn plain(text: &str) -> Value {
    json!([{"text": text, "marks": []}])
}

#[test]
fn what_writers_write_becomes_blocks() {
    let source = "## A rare chance\r\n\r\nTalks **will _resume_**\non [9 January](https://varn.example/), ~~not~~ `now`.  \n\
        “Ålhavn”, said Łukasz.\n\n***\n\n> Well.\n>\n> We'll see.\n>\n> — Ivo Grane, harbour minister\n\n\
        1. One\n   - inner\n2. Two\n\n```sql\nSELECT 1;\n```\n\n| Year | High |\n| --- | ---: |\n| 2025 | **1** |\n\n<mara@varn.example>\n";
    let link = json!({"type": "link", "href": "https://varn.example/"});
    let mail = json!({"type": "link", "href": "mailto:mara@varn.example"});
    let cell = |text: &str| json!({"content": plain(text)});
    let bold = json!({"content": [{"text": "1", "marks": [{"type": "strong"}]}]});
    let by = json!({"name": "Ivo Grane", "title": "harbour minister", "source_url": null});
    let expected = json!([
        {"type": "heading", "level": 2, "anchor": null, "content": plain("A rare chance")},
        {"type": "paragraph", "content": [
            {"text": "Talks ", "marks": []},
            {"text": "will ", "marks": [{"type": "strong"}]},
            {"text": "resume", "marks": [{"type": "strong"}, {"type": "emphasis"}]},
            {"text": " on ", "marks": []},
            {"text": "9 January", "marks": [link]},
            {"text": ", ", "marks": []},
            {"text": "not", "marks": [{"type": "strikethrough"}]},
            {"text": " ", "marks": []},
            {"text": "now", "marks": [{"type": "code"}]},
            {"text": ".\n“Ålhavn”, said Łukasz.", "marks": []},
        ]},
        {"type": "divider"},
        {"type": "quote", "content": plain("Well.\nWe'll see."), "attribution": by},
        {"type": "list", "ordered": true, "items": [
            {"content": plain("One"), "list": {"ordered": false, "items": [{"content": plain("inner"), "list": null}]}},
            {"content": plain("Two"), "list": null},
        ]},
        {"type": "code", "language": "sql", "text": "SELECT 1;"},
        {"type": "table", "caption": null, "header_rows": 1, "rows": [[cell("Year"), cell("High")], [cell("2025"), bold]]},
        {"type": "paragraph", "content": [{"text": "mara@varn.example", "marks": [mail]}]},
    ]);
    assert_eq!(kept(source), expected);
}

// abuse: OUT-02
// abuse: OUT-04
#[test]
fn what_blocks_cannot_hold_is_told_with_its_line() {
    for (source, code, says) in [
        ("a\n\n<script>alert(1)</script>\n", "unsupported_markup", "line 3: HTML"),
        ("a <b onclick=x>b</b>", "unsupported_markup", "line 1: HTML"),
        ("<!-- a -->", "unsupported_markup", "HTML"),
        ("# a", "unsupported_markup", "headline"),
        ("##### a", "out_of_range", "2, 3 or 4"),
        ("![a](https://varn.example/a.jpg)", "unsupported_markup", "image"),
        ("[a](javascript:x)", "bad_url", "line 1"),
        ("[a](//evil.example)", "bad_url", ""),
        ("[a](<java\tscript:x>)", "bad_url", ""),
        ("[a][b]\n\n[b]: data:text/html,x", "bad_url", ""),
        ("<vbscript:x>", "bad_url", ""),
        ("[a](https://varn.example/ \"title\")", "unsupported_markup", "title"),
        ("3. a", "unsupported_markup", "begin at 1"),
        ("- a\n  - b\n    - c\n      - d", "unsupported_markup", "3 deep"),
        ("- a\n\n  ## b", "unsupported_markup", "cannot be kept here"),
        ("> ```\n> a\n> ```", "unsupported_markup", "cannot be kept here"),
        ("a\u{0}b", "control_character", "U+0000"),
        ("a&#0;b", "control_character", "U+FFFD"),
        ("> a\n>\n> — b&#0;", "control_character", "U+FFFD"),
        ("```\n```", "required", ""),
    ] {
        let told = refused(source);
        let found = told.iter().any(|(rule, detail)| *rule == code && detail.contains(says));
        assert!(found, "{source}: wanted {code} {says}, got {told:?}");
    }
}

/// What is costly to read, each at about so many octets.
fn costly(size: usize) -> Vec<(&'static str, String)> {
    let filled = |piece: &str| piece.repeat(size / piece.len());
    let stairs = (0..size / 10).map(|n| " ".repeat(2 * (n % 90)) + "- a\n").collect::<String>();
    let references = format!("[a]: https://varn.example/{}\n\n{}", "b".repeat(size / 5), filled("[a] "));
    let fences = (1..300).map(|n| "`".repeat(n) + " ").collect::<String>().repeat(size / 50_000 + 1);
    let blank_below = format!("{}\n{}", "- ".repeat(90), "\n".repeat(size));
    let nested_stars = format!("{}{}", "*a ".repeat(size / 6), "a* ".repeat(size / 6));
    let columns = size / 10;
    let table = format!("|{}\n|{}\n{}", "a|".repeat(columns), "-|".repeat(columns), filled("|\n"));
    vec![
        ("brackets", filled("[")),
        ("open and close", filled("[]")),
        ("quotes", filled(">")),
        ("quotes with spaces", filled("> ")),
        ("stars", filled("*a ")),
        ("stars and lines", filled("*a_b ")),
        ("many stars", filled("**a*")),
        ("nested stars", nested_stars),
        ("images", filled("![](")),
        ("links", filled("[a](")),
        ("links with angles", filled("[a](<b")),
        ("lists on a line", filled("- ")),
        ("lists in lists", stairs),
        ("lists with nothing", blank_below),
        ("references", references),
        ("definitions", filled("[a]: b\n")),
        ("fences", fences),
        ("ticks", filled("`a``")),
        ("HTML", filled("<a ")),
        ("comments", filled("<!--")),
        ("instructions", filled("<?")),
        ("declarations", filled("<!A ")),
        ("CDATA", filled("<![CDATA[")),
        ("tables", table),
        ("entities", filled("&#x")),
        ("escapes", filled("\\")),
        ("strikes", filled("~~a ")),
        ("setext", filled("a\n=\n")),
        ("lazy", format!("{}a\n{}", "> ".repeat(90), filled("a\n"))),
    ]
}

fn took(source: &str) -> Duration {
    effort(|| drop(blocks(source, "/body/markdown")))
}

// abuse: OUT-04
#[test]
fn no_source_takes_long() {
    for (name, source) in costly(50_000) {
        let took = took(&source);
        assert!(took < LONGEST, "{name}: {took:?}");
    }
}

// abuse: OUT-04
#[test]
fn no_source_takes_longer_than_it_is_long() {
    for ((name, short), (_, long)) in costly(50_000).into_iter().zip(costly(200_000)) {
        // What is too quick to be measured counts as four milliseconds.
        let (brief, took) = (took(&short).max(Duration::from_millis(4)), took(&long));
        // Twice the source may take 2.5 times as long, so four times the source 6.25 times; what grows with the square takes 16.
        assert!(took < brief * 10, "{name}: {brief:?} for a quarter, {took:?} for the whole");
    }
}

proptest! {
    // abuse: OUT-04
    #[test]
    fn any_text_is_kept_or_refused(source in "([*_`\\[\\]()<>#~|!&\\\\ \n-]|[a-c]|1\\. |é){0,60}") {
        let _ = blocks(&source, "/body/markdown");
    }

    #[test]
    fn words_without_markup_are_kept_to_the_letter(words in "[A-Za-zÅé“”–海 ]{1,40}") {
        let kept = blocks(&format!("x{words}"), "/body/markdown").unwrap();
        let texts: Vec<_> = kept.iter().map(|block| block.kind.plain_text()).collect();
        prop_assert_eq!(texts, [format!("x{words}").trim_end().to_owned()]);
    }
}
