//! One delivered block of each kind and an article around them, for the tests of this crate.

use std::collections::BTreeMap;

use domain::article::byline::{BylineName, BylineRole};
use domain::article::content::ArticleKind;
use domain::article::content::body::Body;
use domain::article::content::texts::Headline;
use domain::article::correction::{Correction, CorrectionKind, CorrectionText};
use domain::block::BlockKind;
use domain::block::photo::PhotoUse;
use domain::id::{ArticleId, CorrectionId, PhotoId, UserId};
use domain::language::Language;
use domain::photo::credit::CreditKind;
use domain::photo::digital_source::DigitalSourceType;
use domain::photo::variant::Variant;
use domain::schema::Schemas;
use domain::slug::Slug;
use domain::tag::TagKind;
use domain::time::Moment;
use domain::web_url::WebUrl;
use jsonschema::Validator;
use serde_json::{Value, json};
use utoipa::openapi::{Components, OpenApiBuilder};

use crate::body::photo::{Photo, PhotoCreator, PhotoCredit, PhotoRendition, PhotoRights, Srcset};
use crate::body::span::LinkedArticle;
use crate::body::{self, ArticleRef, Articles, Block};
use crate::story::{Being, Maker, Story, Topic};

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
        rights: PhotoRights {
            usage_terms: None,
            copyright_notice: None,
            web_statement_url: None,
            licensor_url: None,
        },
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

/// Somebody who made an article.
pub(crate) fn maker(name: &str, role: BylineRole, being: Being) -> Maker {
    Maker { name: BylineName::parse(name).unwrap(), role, being }
}

/// The article [`OPEN`] under a headline, without anybody who made it and without a photo.
pub(crate) fn story(headline: &str) -> Story {
    let at = |raw| Moment::parse(raw).unwrap();
    Story {
        id: ArticleId::parse(OPEN).unwrap(),
        slug: Slug::parse("reef-recovers").unwrap(),
        url: "https://varn.example/reef-recovers?a=1&b=2".to_owned(),
        canonical_url: None,
        kind: ArticleKind::News,
        language: Language::parse("en-GB").unwrap(),
        headline: Headline::parse(headline).unwrap(),
        short: "It grows again.".to_owned(),
        makers: Vec::new(),
        byline_text: None,
        place: None,
        sections: vec!["World".to_owned(), "Sea".to_owned()],
        topics: vec![Topic {
            slug: Slug::parse("ports").unwrap(),
            name: "Ports".to_owned(),
            kind: TagKind::Topic,
            same_as: None,
        }],
        photo: None,
        words: 7,
        first_published_at: at("2026-01-09T06:00:00Z"),
        published_at: at("2026-01-09T06:00:00Z"),
        updated_at: at("2026-01-10T06:00:00Z"),
        revision: 4,
    }
}

/// The photo [`OPEN`] with a credit, rights and two renditions.
pub(crate) fn credited_photo() -> Photo {
    let rendition = |variant: Variant, width| PhotoRendition {
        variant,
        url: format!("https://varn.example/{variant}"),
        width,
        height: 300,
        content_type: variant.format().media_type(),
        bytes: 51_200,
    };
    let creator = PhotoCreator { name: "Ivo Grane".to_owned(), contributor: None };
    let credit = PhotoCredit {
        kind: CreditKind::Photo,
        creators: vec![creator],
        organizations: vec!["Nordwire".to_owned()],
        line: "Photo by Ivo Grane/Nordwire".to_owned(),
    };
    Photo {
        credit: Some(credit),
        renditions: vec![
            rendition(Variant::W320Jpeg, 320),
            rendition(Variant::W640Jpeg, 400),
            rendition(Variant::W640Webp, 400),
            rendition(Variant::WideJpeg, 1200),
        ],
        rights: PhotoRights {
            usage_terms: Some("Editorial use only.".to_owned()),
            copyright_notice: Some("© 2026 Nordwire".to_owned()),
            web_statement_url: Some(WebUrl::parse("https://nordwire.example/rights").unwrap()),
            licensor_url: Some(WebUrl::parse("https://nordwire.example/licences").unwrap()),
        },
        digital_source_type: Some(
            DigitalSourceType::parse("http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture")
                .unwrap(),
        ),
        ..sample_photo(&PhotoUse::of(PhotoId::parse(OPEN).unwrap())).unwrap()
    }
}

/// A correction of the article [`OPEN`].
pub(crate) fn correction(text: &str) -> Correction {
    Correction {
        id: CorrectionId::parse(OPEN).unwrap(),
        kind: CorrectionKind::Correction,
        text: CorrectionText::parse(text).unwrap(),
        block: None,
        published_at: Moment::parse("2026-01-10T06:00:00Z").unwrap(),
        author: UserId::parse(OPEN).unwrap(),
        superseded_by: None,
        waits_for: None,
    }
}
