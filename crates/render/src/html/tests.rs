//! That what we write is what an HTML parser reads: our elements and attributes, and every text to the letter.

use domain::article::content::body::Body;
use domain::block::fact_box::BlockTitle;
use domain::block::{self as stored, NewBlock};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::html;
use crate::body::photo::Photo;
use crate::body::span::Span;
use crate::body::{self, Block, BlockKind, List, Quote, SimpleBlock};
use crate::import;
use crate::import::html::tree::Node;
use crate::samples::{Nothing, OPEN, delivered, delivered_of, stored};

/// All that may stand in HTML of ours: elements with their attributes.
const ALLOWED: [(&str, &[&str]); 38] = [
    ("a", &["href", "rel"]),
    ("aside", &["class"]),
    ("blockquote", &["class"]),
    ("br", &[]),
    ("caption", &[]),
    ("cite", &[]),
    ("code", &["class"]),
    ("div", &["class"]),
    ("em", &[]),
    ("figcaption", &[]),
    ("figure", &["class"]),
    ("footer", &[]),
    ("h2", &["id"]),
    ("h3", &["id"]),
    ("h4", &["id"]),
    ("hr", &[]),
    ("img", &["alt", "height", "loading", "src", "srcset", "width"]),
    ("li", &[]),
    ("ol", &[]),
    ("p", &["class"]),
    ("picture", &[]),
    ("pre", &[]),
    ("s", &[]),
    ("section", &["class"]),
    ("small", &[]),
    ("source", &["srcset", "type"]),
    ("span", &["lang"]),
    ("strong", &[]),
    ("sub", &[]),
    ("sup", &[]),
    ("table", &[]),
    ("tbody", &[]),
    ("td", &[]),
    ("th", &["scope"]),
    ("thead", &[]),
    ("time", &["datetime"]),
    ("tr", &[]),
    ("ul", &["class"]),
];

/// What an HTML5 parser finds in it: its text, `br` as a line end. Panics on what is not allowed.
fn read(html: &str) -> String {
    let tree = import::html::parsed(html);
    let mut text = String::new();
    for id in tree.below(0) {
        match tree.node(id) {
            Node::Text(words) => text.push_str(words),
            Node::Element(element) if element.name() == "br" => text.push('\n'),
            // The fragment's own root.
            Node::Element(element) if element.name() == "html" && element.attributes().next().is_none() => {}
            Node::Element(element) => {
                let allowed = ALLOWED.iter().find(|(name, _)| *name == element.name());
                let (_, attributes) = allowed.unwrap_or_else(|| panic!("<{}> in {html}", element.name()));
                for (name, value) in element.attributes() {
                    assert!(attributes.contains(&name), "{name} of <{}> in {html}", element.name());
                    let safe = ["https://", "http://", "mailto:", "tel:"];
                    assert!(name != "href" || safe.iter().any(|scheme| value.starts_with(scheme)), "{value}");
                }
            }
            Node::Root => {}
        }
    }
    text
}

/// All text of a body, in the order in which HTML shows it.
fn words(blocks: &[Block]) -> String {
    blocks.iter().map(|block| words_of(&block.kind)).collect()
}

fn words_of(kind: &BlockKind) -> String {
    match kind {
        BlockKind::Paragraph(text) => line(&text.content),
        BlockKind::Heading(heading) => line(&heading.content),
        BlockKind::Quote(quote) | BlockKind::PullQuote(quote) => quoted(quote),
        BlockKind::List(list) => listed(list),
        BlockKind::Photo(block) => captioned(&block.photo),
        BlockKind::Gallery(gallery) => gallery.photos.iter().map(captioned).collect(),
        BlockKind::Embed(embed) => embed.fallback_text().as_str().to_owned(),
        BlockKind::FactBox(facts) => facts.title.as_str().to_owned() + &simple(&facts.blocks),
        BlockKind::Related(related) => {
            related.articles.iter().map(|article| article.headline.as_str()).collect()
        }
        BlockKind::Table(table) => {
            let cells = table.rows.iter().flatten().map(|cell| line(&cell.content));
            table.caption.iter().map(|caption| caption.as_str().to_owned()).chain(cells).collect()
        }
        BlockKind::Code(code) => code.text.as_str().to_owned(),
        BlockKind::Divider => String::new(),
        BlockKind::Update(update) => {
            let title = update.title.as_ref().map(BlockTitle::as_str).unwrap_or_default();
            format!("{}{title}{}", update.time, simple(&update.blocks))
        }
    }
}

fn captioned(photo: &Photo) -> String {
    let credit = photo.credit.as_ref().map(|credit| credit.line.clone());
    photo.caption.clone().into_iter().chain(credit).collect::<Vec<_>>().join(" ")
}

fn line(spans: &[Span]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}

fn quoted(Quote { content, attribution }: &Quote) -> String {
    let by = attribution.as_ref().map(|by| {
        let title = by.title.as_ref().map(|title| format!(", {}", title.as_str())).unwrap_or_default();
        by.name.as_str().to_owned() + &title
    });
    line(content) + &by.unwrap_or_default()
}

fn listed(List { items, .. }: &List) -> String {
    items
        .iter()
        .map(|item| line(&item.content) + &item.list.as_ref().map(listed).unwrap_or_default())
        .collect()
}

fn simple(blocks: &[SimpleBlock]) -> String {
    let words = |block: &SimpleBlock| match block {
        SimpleBlock::Paragraph(text) => line(&text.content),
        SimpleBlock::Heading(heading) => line(&heading.content),
        SimpleBlock::List(list) => listed(list),
        SimpleBlock::Quote(quote) => quoted(quote),
    };
    blocks.iter().map(words).collect()
}

/// Text that HTML minds, more often than chance would have it.
fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("\"><img src=x onerror=alert(1)>".to_owned()),
        Just("</title><script>alert(1)</script>".to_owned()),
        Just("</p></li></td></table><svg onload=x>".to_owned()),
        Just("{{7*7}} <!-- ]]> --> &lt; &amp;nbsp;".to_owned()),
        Just("“Ålhavn”, said Łukasz – 海".to_owned()),
        Just("\n".to_owned()),
        Just("javascript:alert(1)".to_owned()),
        "\\PC{1,8}",
        "[ <>&\"'a\u{a0}]{1,6}",
    ];
    proptest::collection::vec(piece, 1..4).prop_map(|pieces| pieces.concat())
}

fn any_marks() -> impl Strategy<Value = Value> {
    let mark = prop_oneof![
        Just(json!({"type": "strong"})),
        Just(json!({"type": "emphasis"})),
        Just(json!({"type": "code"})),
        Just(json!({"type": "superscript"})),
        Just(json!({"type": "link", "href": "https://varn.example/?a=\"'<b>&c=d"})),
        Just(json!({"type": "language", "tag": "fr"})),
    ];
    proptest::collection::btree_map("[a-f]", mark, 0..4).prop_map(|marks| {
        let mut kept: Vec<Value> = Vec::new();
        for mark in marks.into_values() {
            if !kept.iter().any(|other| other["type"] == mark["type"]) {
                kept.push(mark);
            }
        }
        Value::from(kept)
    })
}

fn any_spans() -> impl Strategy<Value = Value> {
    let span = (any_text(), any_marks()).prop_map(|(text, marks)| json!({"text": text, "marks": marks}));
    proptest::collection::vec(span, 0..5).prop_map(Value::from)
}

fn one_line(text: &str) -> String {
    format!("x{}", text.replace('\n', " ").chars().filter(|c| !c.is_control()).collect::<String>())
}

prop_compose! {
    fn any_body()(
        spans in proptest::collection::vec(any_spans(), 8),
        text in any_text(),
        kind in 0..9_u8,
    ) -> Value {
        let [a, b, c, d] = [0, 2, 4, 6].map(|i| spans[i].clone());
        let short = one_line(&text);
        let items = json!([{"content": a, "list": {"ordered": true, "items": [{"content": b}]}}, {"content": c}]);
        let simple = json!([{"type": "paragraph", "content": a}, {"type": "list", "ordered": true, "items": items}]);
        let block = match kind {
            0 => json!({"type": "paragraph", "content": a}),
            1 => json!({"type": "heading", "level": 4, "anchor": "a", "content": a}),
            2 => json!({"type": "quote", "content": a, "attribution": {"name": "Ivo", "title": short, "source_url": null}}),
            3 => json!({"type": "list", "ordered": false, "items": items}),
            4 => json!({"type": "table", "caption": short, "header_rows": 1, "rows": [[{"content": a}, {"content": b}], [{"content": c}, {"content": d}]]}),
            5 => json!({"type": "code", "language": null, "text": format!("x{text}")}),
            6 => json!({"type": "fact_box", "title": short, "blocks": simple}),
            7 => json!({"type": "embed", "provider": "vimeo", "url": "https://vimeo.com/1?a=\"<b>", "fallback_text": short}),
            _ => json!({"type": "update", "time": "2026-01-01T12:00:00.000Z", "title": short, "blocks": simple}),
        };
        let mut block = block;
        block["id"] = json!("a");
        json!([block])
    }
}

proptest! {
    // abuse: OUT-01
    #[test]
    fn a_parser_finds_only_our_elements_and_every_letter(body in any_body()) {
        let blocks = delivered_of(&body);
        prop_assert_eq!(read(&html(&blocks)), words(&blocks));
    }
}

#[test]
fn each_kind_of_block_is_written_with_our_elements_only() {
    let blocks = delivered();
    assert_eq!(read(&html(&blocks)), words(&blocks));
}

// abuse: OUT-03
#[test]
fn what_we_write_reads_back_as_the_same_blocks() {
    let import = |html: &str| import::html::blocks(html, "/body/html").unwrap();
    let all: Body = serde_json::from_value(stored()).unwrap();
    let mut read = 0;
    for block in body::delivered(all.blocks(), &Nothing) {
        // These are more than HTML of others can say.
        if matches!(block.kind, BlockKind::Embed(_) | BlockKind::FactBox(_) | BlockKind::Update(_)) {
            continue;
        }
        let written = html(std::slice::from_ref(&block));
        let imported = import(&written).into_iter().map(|NewBlock { kind, .. }| kind);
        let stored: Vec<_> = imported.map(|kind| stored::Block { id: block.id.clone(), kind }).collect();
        assert_eq!(body::delivered(&stored, &Nothing), [block], "{written}");
        read += 1;
    }
    assert_eq!(read, 8);
}

#[test]
fn marks_nest_and_those_of_neighbours_are_shared() {
    let link = json!({"type": "link", "href": "https://varn.example/"});
    let ours = json!({"type": "link", "article": OPEN});
    let body = json!([{"id": "a", "type": "paragraph", "content": [
        {"text": "a ", "marks": [link]},
        {"text": "b", "marks": [{"type": "strong"}, link]},
        {"text": " c", "marks": [{"type": "strong"}]},
        {"text": "d\ne", "marks": [ours]},
    ]}]);
    let expected = "<p><a href=\"https://varn.example/\" rel=\"noopener\">a <strong>b</strong></a><strong> c</strong>\
                    <a href=\"https://varn.example/reef-recovers?a=1&amp;b=2\">d<br>e</a></p>";
    assert_eq!(html(&delivered_of(&body)), expected);
}

// abuse: OUT-01
#[test]
fn a_photo_is_a_figure_with_its_sizes_and_its_caption() {
    let body = json!([{"id": "a", "type": "photo", "photo": OPEN, "size": "wide"}]);
    let figure = "<figure class=\"photo wide\"><picture>\
        <source type=\"image/webp\" srcset=\"https://varn.example/w320.webp 320w\">\
        <img alt=\"Waves &lt;b&gt;\" width=\"400\" height=\"300\" loading=\"lazy\" \
        srcset=\"https://varn.example/w320.jpg 320w\"></picture>\
        <figcaption>Gates &lt;&amp;&gt; &quot;tide&quot;</figcaption></figure>";
    let made = html(&delivered_of(&body));
    assert_eq!(made, figure);
    read(&made);
}
