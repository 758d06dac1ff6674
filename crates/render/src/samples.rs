//! One delivered block of each kind, for the tests of this crate.

use std::collections::BTreeMap;

use domain::article::content::body::Body;
use domain::article::content::texts::Headline;
use domain::block::BlockKind;
use domain::block::photo::PhotoUse;
use domain::id::ArticleId;
use domain::schema::Schemas;
use domain::slug::Slug;
use jsonschema::Validator;
use serde_json::{Value, json};
use utoipa::openapi::{Components, OpenApiBuilder};

use crate::body::photo::{Photo, PhotoRights, Srcset};
use crate::body::span::LinkedArticle;
use crate::body::{self, ArticleRef, Articles, Block};

/// What holds values against the schema of this name.
pub(crate) fn components(found: Schemas, name: &str) -> Validator {
    let mut components = Components::new();
    components.schemas = found.into_iter().collect::<BTreeMap<_, _>>().into_iter().collect();
    let document = serde_json::to_value(OpenApiBuilder::new().components(Some(components)).build()).unwrap();
    let root = json!({"$ref": format!("#/components/schemas/{name}"), "components": document["components"]});
    jsonschema::draft202012::new(&root).unwrap()
}

/// The one article of ours that can be opened.
pub(crate) const OPEN: &str = "01970000-0000-7000-8000-000000000001";

/// Readers can open nothing of ours.
pub(crate) struct Nothing;

impl Articles for Nothing {
    fn linked(&self, _: ArticleId) -> Option<(LinkedArticle, String)> {
        None
    }

    fn photo(&self, _: &PhotoUse) -> Option<Photo> {
        None
    }

    fn related(&self, _: ArticleId) -> Option<ArticleRef> {
        None
    }
}

/// Readers can open [`OPEN`] and nothing else.
pub(crate) struct One;

impl Articles for One {
    fn linked(&self, id: ArticleId) -> Option<(LinkedArticle, String)> {
        let slug = Slug::parse("reef-recovers").unwrap();
        (id.to_string() == OPEN)
            .then(|| (LinkedArticle { id, slug }, "https://varn.example/reef-recovers?a=1&b=2".to_owned()))
    }

    fn photo(&self, used: &PhotoUse) -> Option<Photo> {
        sample_photo(used)
    }

    fn related(&self, id: ArticleId) -> Option<ArticleRef> {
        let (LinkedArticle { id, slug }, url) = self.linked(id)?;
        Some(ArticleRef { id, slug, url, headline: Headline::parse("Reef <recovers> & grows").unwrap() })
    }
}

/// The photo [`OPEN`] as readers get it, and no other.
fn sample_photo(used: &PhotoUse) -> Option<Photo> {
    (used.photo.to_string() == OPEN).then(|| Photo {
        id: used.photo,
        caption: Some("Gates <&> \"tide\"".to_owned()),
        alt: "Waves <b>".to_owned(),
        extended_description: None,
        decorative: used.decorative,
        credit: None,
        caption_text: "Gates <&> \"tide\"".to_owned(),
        taken_on: None,
        location: None,
        width: 400,
        height: 300,
        focal_point: None,
        crop: None,
        thumbhash: None,
        dominant_color: None,
        srcset: Srcset {
            avif: String::new(),
            webp: "https://varn.example/w320.webp 320w".to_owned(),
            jpeg: "https://varn.example/w320.jpg 320w".to_owned(),
        },
        renditions: Vec::new(),
        rights: PhotoRights { usage_terms: None, copyright_notice: None },
        digital_source_type: None,
    })
}

/// A body as it is delivered.
pub(crate) fn delivered_of(blocks: &Value) -> Vec<Block> {
    let body: Body = serde_json::from_value(blocks.clone()).unwrap();
    body::delivered(body.blocks(), &One)
}

/// One block of each kind that is delivered, the text full of what HTML minds.
pub(crate) fn delivered() -> Vec<Block> {
    let blocks = stored();
    let body: Body = serde_json::from_value(blocks).unwrap();
    let shown = body.blocks().iter().filter(|block| !matches!(block.kind, BlockKind::Unsupported(_)));
    let blocks = body::delivered(body.blocks(), &One);
    assert_eq!(shown.count(), blocks.len());
    blocks
}

/// One block of each kind as it is stored.
pub(crate) fn stored() -> Value {
    let plain = |text: &str| json!([{"text": text, "marks": []}]);
    let marked = json!([
        {"text": "Talks & ", "marks": []},
        {"text": "“bold”", "marks": [{"type": "strong"}, {"type": "link", "href": "https://varn.example/?a=1&b=\""}]},
        {"text": " Łukasz", "marks": [{"type": "link", "href": "https://varn.example/?a=1&b=\""}]},
        {"text": "\n", "marks": []},
        {"text": "</p><script>", "marks": [{"type": "emphasis"}, {"type": "code"}, {"type": "superscript"}]},
        {"text": "chez nous", "marks": [{"type": "language", "tag": "fr"}, {"type": "strikethrough"}]},
        {"text": "there", "marks": [{"type": "link", "article": OPEN}, {"type": "subscript"}]},
    ]);
    let attribution = json!({"name": "Ivo <Grane>", "title": "harbour \"minister\"", "source_url": "https://varn.example/a"});
    let inner = json!({"ordered": false, "items": [{"content": plain("inner")}]});
    let list =
        json!({"ordered": true, "items": [{"content": marked, "list": inner}, {"content": plain("two")}]});
    let simple = json!([
        {"type": "paragraph", "content": marked},
        {"type": "heading", "level": 3, "anchor": "in-numbers", "content": plain("In numbers")},
        {"type": "list", "ordered": list["ordered"], "items": list["items"]},
        {"type": "quote", "content": plain("Well."), "attribution": null},
    ]);
    json!([
        {"id": "a", "type": "paragraph", "content": marked},
        {"id": "b", "type": "heading", "level": 2, "anchor": "a-rare-chance", "content": plain("A rare chance")},
        {"id": "c", "type": "quote", "content": marked, "attribution": attribution},
        {"id": "d", "type": "pull_quote", "content": plain("Ask them."), "attribution": null},
        {"id": "e", "type": "list", "ordered": list["ordered"], "items": list["items"]},
        {"id": "f", "type": "embed", "provider": "youtube", "url": "https://www.youtube.com/watch?v=Varn&t=1", "fallback_text": "A <film>"},
        {"id": "g", "type": "fact_box", "title": "The gates & us", "blocks": simple},
        {"id": "h", "type": "related", "articles": [OPEN]},
        {"id": "i", "type": "table", "caption": "Tides > 1 m", "header_rows": 1, "rows": [[{"content": plain("Year")}, {"content": marked}], [{"content": []}, {"content": plain("1")}]]},
        {"id": "j", "type": "code", "language": "c++", "text": "\n  if (a < b) {}\n"},
        {"id": "k", "type": "divider"},
        {"id": "l", "type": "update", "time": "2026-01-01T12:00:00.000Z", "title": "High water", "blocks": simple},
        {"id": "m", "type": "unsupported", "source": "core/poll", "text": "Yes or no?"},
    ])
}
