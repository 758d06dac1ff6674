//! That blocks have the shape of the contract, and keep it.

use super::*;

/// One of each, as the contract writes them.
pub(super) const BLOCKS: [&str; 15] = [
    r#"{"id":"b1","type":"paragraph","content":[{"text":"Talks will resume.","marks":[]}]}"#,
    r#"{"id":"b2","type":"heading","level":2,"anchor":"a-rare-chance","content":[{"text":"A rare chance","marks":[]}]}"#,
    r#"{"id":"b3","type":"quote","content":[],"attribution":{"name":"Ivo Grane","title":"harbour minister","source_url":null}}"#,
    r#"{"id":"b4","type":"pull_quote","content":[{"text":"Ask them.","marks":[]}],"attribution":null}"#,
    r#"{"id":"b5","type":"list","ordered":true,"items":[{"content":[{"text":"One","marks":[]}],"list":{"ordered":false,"items":[{"content":[],"list":null}]}}]}"#,
    r#"{"id":"b6","type":"photo","photo":"01970000-0000-7000-8000-000000000001","caption":"Varn.","alt":null,"credit_display":null,"focal_point":{"x":0.5,"y":0.4},"crop":{"x":0.0,"y":0.25,"width":1.0,"height":0.75},"decorative":false,"size":"wide"}"#,
    r#"{"id":"b7","type":"gallery","photos":[{"photo":"01970000-0000-7000-8000-000000000001","caption":null,"alt":null,"credit_display":null,"focal_point":null,"crop":null,"decorative":true},{"photo":"01970000-0000-7000-8000-000000000002","caption":null,"alt":null,"credit_display":null,"focal_point":null,"crop":null,"decorative":true}]}"#,
    r#"{"id":"b8","type":"embed","provider":"youtube","url":"https://www.youtube.com/watch?v=Varn","fallback_text":"A film"}"#,
    r#"{"id":"b9","type":"fact_box","title":"The gates","blocks":[{"type":"paragraph","content":[{"text":"Eleven.","marks":[]}]}]}"#,
    r#"{"id":"b10","type":"related","articles":["01970000-0000-7000-8000-000000000001"]}"#,
    r#"{"id":"b11","type":"table","caption":"Tides","header_rows":1,"rows":[[{"content":[{"text":"Year","marks":[]}]}],[{"content":[]}]]}"#,
    r#"{"id":"b12","type":"code","language":"sql","text":"  SELECT 1;\n"}"#,
    r#"{"id":"b13","type":"divider"}"#,
    r#"{"id":"b14","type":"update","time":"2026-01-01T12:00:00.000Z","title":null,"blocks":[]}"#,
    r#"{"id":"b15","type":"unsupported","source":"core/poll","text":"Yes or no?"}"#,
];

#[test]
fn every_block_is_written_as_it_was_read() {
    for json in BLOCKS {
        let block: Block = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&block).unwrap(), json);
        assert!(json.contains(&format!(r#""type":"{}""#, block.kind.name().name())));
    }
}

#[test]
fn a_block_of_an_editor_may_lack_its_id() {
    let block: NewBlock = serde_json::from_str(r#"{"type":"divider"}"#).unwrap();
    assert_eq!(block, Block { id: None, kind: BlockKind::Divider });
}

#[test]
fn all_words_of_a_block_are_in_its_plain_text() {
    let text = |json| serde_json::from_str::<Block>(json).unwrap().kind.plain_text();
    assert_eq!(text(BLOCKS[2]), "Ivo Grane\nharbour minister");
    assert_eq!(text(BLOCKS[8]), "The gates\nEleven.");
    assert_eq!(text(BLOCKS[10]), "Tides\nYear");
    assert_eq!(text(BLOCKS[12]), "");
}

#[test]
fn what_a_block_may_not_be_is_not_read() {
    for json in [
        r#"{"id":"b 1","type":"divider"}"#,
        r#"{"id":"","type":"divider"}"#,
        r#"{"id":"b1","type":"html","text":"<b>"}"#,
        r#"{"id":"b1","type":"heading","level":1,"content":[]}"#,
        r#"{"id":"b1","type":"heading","level":258,"content":[]}"#,
        r#"{"id":"b1","type":"list","ordered":true,"items":[]}"#,
        r#"{"id":"b1","type":"gallery","photos":[]}"#,
        r#"{"id":"b1","type":"table","caption":null,"header_rows":0,"rows":[[{"content":[]}],[]]}"#,
        r#"{"id":"b1","type":"table","caption":null,"header_rows":3,"rows":[[{"content":[]}]]}"#,
        r#"{"id":"b1","type":"embed","provider":"youtube","url":"https://vimeo.com/1","fallback_text":"A film"}"#,
    ] {
        assert!(serde_json::from_str::<Block>(json).is_err(), "{json}");
    }
}

#[test]
fn lists_nest_three_deep_and_no_deeper() {
    let list = |items| List::parse(list::ListOrder::Unordered, items);
    let around = |inner| vec![list::ListItem { content: Spans::default(), list: Some(inner) }];
    let third = list(vec![list::ListItem::default()]).unwrap();
    let first = list(around(list(around(third)).unwrap())).unwrap();
    assert!(list(around(first)).is_err());
}
