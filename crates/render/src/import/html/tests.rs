//! What becomes of HTML that people paste, and of HTML that is meant to do harm.

use std::time::Duration;

use domain::block::NewBlock;
use domain::violation::{Fault, Faults, Place};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::blocks;
use crate::body;
use crate::html::html;
use crate::import::effort::effort;
use crate::samples::Nothing;

/// The most that a source of any sort may take, in a build that nothing has optimised.
const LONGEST: Duration = Duration::from_secs(1);

fn kept(source: &str) -> Value {
    let kept = blocks(source, "/body/html").unwrap_or_else(|faults| panic!("{source}: {faults:?}"));
    Value::from(kept.iter().map(|block| serde_json::to_value(&block.kind).unwrap()).collect::<Vec<_>>())
}

/// Codes and details of the faults.
fn refused(source: &str) -> Vec<(&'static str, String)> {
    let faults = blocks(source, "/body/html").err().into_iter().flatten();
    let told = faults.map(|Fault { place, violation }| {
        assert_eq!(place, Place::Pointer("/body/html".to_owned()));
        (violation.rule.code(), violation.detail)
    });
    told.collect()
}

fn plain(text: &str) -> Value {
    json!([{"text": text, "marks": []}])
}

#[test]
fn what_writers_paste_becomes_blocks() {
    let source = "<!DOCTYPE html><html><body class=page><main><h2 id=a-rare-chance>A rare\n chance</h2>\
        <p style='color:red'>Talks  <b>will <i>resume</i></b><br>on <a href='https://varn.example/'>9 January</a>.\
        </p><div>“Ålhavn”, said <span lang=pl>Łukasz</span></div><!-- note --><hr>\
        <ol><li>One<ul><li>inner</li></ul></li><li><p>Two</p></li></ol></main></body></html>";
    let link = json!({"type": "link", "href": "https://varn.example/"});
    let expected = json!([
        {"type": "heading", "level": 2, "anchor": "a-rare-chance", "content": plain("A rare chance")},
        {"type": "paragraph", "content": [
            {"text": "Talks ", "marks": []},
            {"text": "will ", "marks": [{"type": "strong"}]},
            {"text": "resume", "marks": [{"type": "strong"}, {"type": "emphasis"}]},
            {"text": "\non ", "marks": []},
            {"text": "9 January", "marks": [link]},
            {"text": ".", "marks": []},
        ]},
        {"type": "paragraph", "content": [
            {"text": "“Ålhavn”, said ", "marks": []},
            {"text": "Łukasz", "marks": [{"type": "language", "tag": "pl"}]},
        ]},
        {"type": "divider"},
        {"type": "list", "ordered": true, "items": [
            {"content": plain("One"), "list": {"ordered": false, "items": [{"content": plain("inner"), "list": null}]}},
            {"content": plain("Two"), "list": null},
        ]},
    ]);
    assert_eq!(kept(source), expected);
}

#[test]
fn quotes_keep_whose_words_they_are() {
    let by = |name: &str, title: Option<&str>, url: Option<&str>| json!({"name": name, "title": title, "source_url": url});
    for (source, attribution) in [
        ("<footer>— Ivo Grane, harbour minister</footer>", by("Ivo Grane", Some("harbour minister"), None)),
        ("<footer>— <cite>Grane, Ivo</cite>, minister</footer>", by("Grane, Ivo", Some("minister"), None)),
        ("<cite>Ivo Grane</cite>", by("Ivo Grane", None, None)),
        ("<p> <cite>Ivo Grane</cite></p>", by("Ivo Grane", None, None)),
        (
            "<footer><cite><a href='https://varn.example/a'>Ivo</a></cite></footer>",
            by("Ivo", None, Some("https://varn.example/a")),
        ),
    ] {
        let quote = format!("<blockquote><p>Well.</p><p>We'll see.</p>{source}</blockquote>");
        let expected =
            json!([{"type": "quote", "content": plain("Well.\nWe'll see."), "attribution": attribution}]);
        assert_eq!(kept(&quote), expected, "{source}");
    }
    let work = kept("<blockquote>I read <cite>The Tide Clerk</cite>.</blockquote>");
    assert_eq!(work[0]["attribution"], Value::Null);
    assert_eq!(work[0]["content"][1]["marks"], json!([{"type": "emphasis"}]));
}

#[test]
fn code_and_tables_are_kept_as_they_are() {
    let code = "<pre><code class='hl language-c++'>\n  if (a &lt; b) {}\n</code></pre>";
    assert_eq!(kept(code), json!([{"type": "code", "language": "c++", "text": "\n  if (a < b) {}\n"}]));
    let table = "<table><caption>Tides</caption><colgroup><col></colgroup><tr><th>Year<th>High</tr><tr><td>2025<td><b>1</b></table>";
    let cell = |text: &str| json!({"content": plain(text)});
    let bold = json!({"content": [{"text": "1", "marks": [{"type": "strong"}]}]});
    let expected = json!([{"type": "table", "caption": "Tides", "header_rows": 1, "rows": [[cell("Year"), cell("High")], [cell("2025"), bold]]}]);
    assert_eq!(kept(table), expected);
}

// abuse: OUT-02
// abuse: OUT-03
#[test]
fn what_blocks_cannot_hold_is_told_with_its_line() {
    for (source, code, says) in [
        ("<p>a</p>\n<script>alert(1)</script>", "unsupported_markup", "line 2: <script> cannot"),
        ("<style>p{}</style>", "unsupported_markup", "<style>"),
        ("<iframe srcdoc='<b>'></iframe>", "unsupported_markup", "<iframe>"),
        ("<svg><style><img src=x onerror=alert(1)></style></svg>", "unsupported_markup", "<svg>"),
        ("<math><mi>x</mi></math>", "unsupported_markup", "<math>"),
        ("<noscript><p>a</p></noscript>", "unsupported_markup", "<noscript>"),
        ("<template><p>a</p></template>", "unsupported_markup", "<template>"),
        ("<base href='https://evil.example/'>", "unsupported_markup", "<base>"),
        ("<form action=x><input></form>", "unsupported_markup", "<form>"),
        ("<p onclick=x>a</p>", "unsupported_markup", "`onclick` of <p>"),
        ("<a href='javascript:x'>a</a>", "bad_url", "line 1: must begin"),
        ("<a href=' java\tscript:x'>a</a>", "bad_url", "white space"),
        ("<a href='//evil.example'>a</a>", "bad_url", ""),
        ("<a href='data:text/html,x'>a</a>", "bad_url", ""),
        ("<blockquote cite='javascript:x'>a<footer>b</footer></blockquote>", "bad_url", ""),
        ("<h1>a</h1>", "unsupported_markup", "headline"),
        ("<h5>a</h5>", "unsupported_markup", "levels 2 to 4"),
        ("<figure><img src=x></figure>", "unsupported_markup", "photos"),
        ("<table><tr><td colspan=2>a</table>", "unsupported_markup", "colspan"),
        ("<table><tr><td>a<td>b<tr><td>c</table>", "inconsistent", ""),
        ("<ol start=3><li>a</ol>", "unsupported_markup", "start"),
        ("<ul><li><h2>a</h2></ul>", "unsupported_markup", "<h2>"),
        ("<ul><li>a<ul><li>b</ul>c</ul>", "unsupported_markup", "behind"),
        ("<ul><li><ul><li><ul><li><ul><li>a</ul></ul></ul></ul>", "too_many", "3 deep"),
        ("<li>a</li>", "unsupported_markup", "<li>"),
        ("a\u{0}b", "control_character", "U+0000"),
        ("<p>a&#0;b</p>", "control_character", "U+FFFD"),
        ("<blockquote>a<footer>b&#0;</footer></blockquote>", "control_character", "U+FFFD"),
        ("<table><caption>a&#0;</caption><tr><td>b</table>", "control_character", "U+FFFD"),
        ("<pre>a&#0;</pre>", "control_character", "U+FFFD"),
        ("<p>a&#1;b</p>", "control_character", "U+0001"),
        ("<p lang='no such language'>a</p>", "bad_format", ""),
    ] {
        let told = refused(source);
        let found = told.iter().any(|(rule, detail)| *rule == code && detail.contains(says));
        assert!(found, "{source}: wanted {code} {says}, got {told:?}");
    }
    assert_eq!(refused(&"<u>a</u>".repeat(500)).len(), Faults::MAX);
}

#[test]
fn only_looks_are_left_behind() {
    let source = "<p class=a id=b style=c dir=ltr data-x=1 aria-label=d></p><b style='font-weight:normal'><p>a</p></b>\
                  <a name=x>b</a><!-- c --><?php d ?>";
    let expected =
        json!([{"type": "paragraph", "content": plain("a")}, {"type": "paragraph", "content": plain("b")}]);
    assert_eq!(kept(source), expected);
}

// abuse: OUT-03
#[test]
fn no_source_takes_long() {
    let numbered = |piece: &str| (0..100_000).map(|n| piece.replace('#', &n.to_string())).collect::<String>();
    let attributes = numbered(" a#");
    let many = |piece: &str| piece.repeat(100_000);
    for (name, source) in [
        ("div", many("<div>")),
        ("paragraph", many("<p>")),
        ("bold", many("<b>")),
        ("different bold", numbered("<b id=#>")),
        ("bold in paragraphs", numbered("<p><b id=#></p>")),
        ("tables", many("<table>")),
        ("foster", format!("<table>{}", many("<b>a"))),
        ("misnested", many("<a><div></a>")),
        ("list", many("<ul><li>")),
        ("ends", format!("<div>{}", many("</p>"))),
        ("svg", many("<svg>")),
        ("comment", format!("<!--{}", "a".repeat(1_000_000))),
        ("attributes", format!("<p{attributes}>")),
        ("half a tag", many("<a ")),
        ("references", many("&am")),
        ("cites", format!("<blockquote>{}", many("<cite></cite>"))),
        ("item", format!("<ul><li>{}", many("a<b>b</b>"))),
        ("blank", format!("<ul><li>{}", many("<p>&nbsp;<b>&nbsp;</b>"))),
        ("breaks", format!("<p>{}", many("<b> <br></b>"))),
        ("pre", many("<pre>a")),
        ("select", many("<select><option>")),
    ] {
        let source: String = source.chars().take(1_000_000).collect();
        let took = effort(|| drop(blocks(&source, "/body/html")));
        assert!(took < LONGEST, "{name}: {took:?}");
    }
}

fn delivered(blocks: Vec<NewBlock>) -> Vec<body::Block> {
    let id = domain::block::id::BlockId::parse("a").unwrap();
    let stored: Vec<_> =
        blocks.into_iter().map(|block| domain::block::Block { id: id.clone(), kind: block.kind }).collect();
    body::delivered(&stored, &Nothing)
}

proptest! {
    // abuse: OUT-03
    #[test]
    fn what_is_kept_reads_back_the_same(pieces in proptest::collection::vec(any_piece(), 0..30)) {
        let source = pieces.concat();
        if let Ok(kept) = blocks(&source, "/body/html") {
            let once = delivered(kept);
            let again = blocks(&html(&once), "/body/html");
            prop_assert_eq!(again.map(delivered), Ok(once), "{}", source);
        }
    }
}

fn any_piece() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(vec![
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<i>",
        "</i>",
        "<a href='https://a.example/'>",
        "</a>",
        "<div>",
        "</div>",
        "<ul>",
        "<ol>",
        "<li>",
        "</ul>",
        "</li>",
        "<h2>",
        "</h2>",
        "<blockquote>",
        "</blockquote>",
        "<pre>",
        "</pre>",
        "<code>",
        "</code>",
        "<table>",
        "<tr>",
        "<td>",
        "<th>",
        "</table>",
        "<caption>",
        "<br>",
        "<hr>",
        "<footer>",
        "</footer>",
        "<cite>",
        "</cite>",
        "<span lang=fr>",
        "</span>",
        "<sup>",
        "text",
        " ",
        "\n",
        "&lt;b&gt;",
        "&amp;lt;",
        "—",
        ", ",
        "é",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "</br>",
        "</p >",
        "<p/>",
        "&nbsp;",
    ])
}
