//! The content of an article as editors send it.

use domain::article::byline::{
    BylineAffiliation, BylineLocation, BylineName, BylineOverride, BylineRole, Bylines,
};
use domain::article::content::ArticleKind;
use domain::article::content::body::Body;
use domain::article::content::change::Change;
use domain::article::content::patch::{ContentPatch, NewByline};
use domain::article::content::reference::Ref;
use domain::article::content::tags::Tags;
use domain::article::content::texts::{Headline, Kicker, Summary};
use domain::article::revision::RevisionNote;
use domain::block::NewBlock;
use domain::id::{ContributorId, SectionId, TagId};
use domain::json::FromJson as _;
use domain::language::Language;
use domain::slug::Slug;
use domain::violation::Faults;
use domain::web_url::WebUrl;
use newsroom::articles::BodySource;
use serde_json::{Value, json};

use crate::api::shape;
use crate::read::members::{Input, Members};

/// A change of the content, and what its author notes about it.
pub(crate) struct ContentIn {
    pub(crate) patch: ContentPatch,
    pub(crate) note: Option<RevisionNote>,
}

impl Input for ContentIn {
    const NAME: Option<&'static str> = Some("ArticlePatch");
    const ABOUT: Option<&'static str> =
        Some("What of the content is to be different; what is left out stays, and `null` clears.");

    fn read(members: &mut Members) -> Option<Self> {
        let headline = members.lasting_text("headline", Headline::parse);
        Some(content(members, headline))
    }

    fn example() -> Option<Value> {
        Some(json!({"headline": "Harbour talks break off"}))
    }
}

/// A new article.
pub(crate) struct NewArticle(pub(crate) ContentIn);

impl Input for NewArticle {
    const NAME: Option<&'static str> = Some("NewArticle");
    const ABOUT: Option<&'static str> =
        Some("The content of an article to be begun; all but the headline may come later.");

    fn read(members: &mut Members) -> Option<Self> {
        let headline = members.required("headline", Headline::parse);
        let content = content(members, headline.map_or(Change::Keep, Change::Set));
        Some(Self(content))
    }

    fn example() -> Option<Value> {
        Some(json!({
            "headline": "Harbour talks resume",
            "section": "world",
            "tags": ["ports"],
            "bylines": [{"role": "author", "name": "Mara Lind", "location": "Varn"}],
            "body": [{"type": "paragraph", "content": [{"text": "Talks will resume on 9 January."}]}],
        }))
    }
}

fn content(members: &mut Members, headline: Change<Headline>) -> ContentIn {
    let patch = ContentPatch {
        headline,
        headline_variants: members.value("headline_variants"),
        slug: members.text("slug", Slug::parse),
        kind: members.text("kind", ArticleKind::parse),
        kicker: members.text("kicker", Kicker::parse),
        standfirst: members.value("standfirst"),
        summary: members.text("summary", Summary::parse),
        language: members.lasting_text("language", Language::parse),
        section: members
            .about("Where it belongs: the id or slug of a section.")
            .name("section", |raw| Ref::parse(raw, SectionId::parse)),
        tags: members
            .about("What it is about: ids or slugs of tags.")
            .names("tags", Tags::MAX, |raw| Ref::parse(raw, TagId::parse)),
        related: members.value("related"),
        canonical_url: members.text("canonical_url", WebUrl::parse),
        noindex: members.about("Whether search engines shall leave it out.").flag("noindex"),
        dateline: members.value("dateline"),
        bylines: members.about("Who made it, in their order.").objects("bylines", Bylines::MAX),
        byline_override: members.text("byline_override", BylineOverride::parse),
        no_byline: members.about("Whether it has no byline on purpose.").flag("no_byline"),
        lead_photo: members.value("lead_photo"),
        body: members.read_by("body", body_shape, body),
    };
    let note =
        members.about("What the author notes about this save.").text("note", RevisionNote::parse).or(None);
    ContentIn { patch, note }
}

/// Blocks, or one text in Markdown or HTML.
fn body_shape(components: &mut shape::Components) -> Value {
    let mut blocks = shape::list(&shape::reference::<NewBlock>(components), Body::MAX_BLOCKS);
    blocks["description"] = json!("The blocks of a body.");
    let mut written = |component: &str, about: &str, (member, description): (&str, &str), example: &str| {
        let text = json!({
            "type": "string", "maxLength": Body::MAX_OCTETS, "description": description, "example": example,
        });
        let object = json!({
            "type": "object", "description": about, "properties": {member: text}, "required": [member],
            "additionalProperties": false,
        });
        components.insert(component.to_owned(), object);
        shape::named(component)
    };
    let markdown = (BodySource::MARKDOWN, "CommonMark with tables and strikethrough.");
    let html = (BodySource::HTML, "What blocks cannot hold is refused, with its line.");
    let choices = [
        written("MarkdownBody", "A body in Markdown.", markdown, "Talks will resume on **9 January**."),
        written(
            "HtmlBody",
            "A body in HTML.",
            html,
            "<p>Talks will resume on <strong>9 January</strong>.</p>",
        ),
    ];
    components.insert("NewBlocks".to_owned(), blocks);
    let [markdown, html] = choices;
    let body = json!({
        "description": "A body, sent as blocks, or as one text in Markdown or HTML, which is kept as blocks.",
        "oneOf": [shape::named("NewBlocks"), markdown, html],
    });
    components.insert("NewBody".to_owned(), body);
    shape::named("NewBody")
}

fn body(value: Value) -> Result<Vec<NewBlock>, Faults> {
    let read = BodySource::from_json(value).and_then(BodySource::into_blocks);
    read.map_err(|faults| faults.below("/body"))
}

impl Input for NewByline {
    const NAME: Option<&'static str> = Some("BylineIn");
    const ABOUT: Option<&'static str> =
        Some("Somebody who made the article, and what they did: a contributor, or a name.");

    fn read(members: &mut Members) -> Option<Self> {
        let role = members.required("role", BylineRole::parse);
        let contributor = members
            .about("Their profile: the id or slug of a contributor.")
            .name("contributor", |raw| Ref::parse(raw, ContributorId::parse))
            .or(None);
        let name = members.text("name", BylineName::parse).or(None);
        let affiliation = members.text("affiliation", BylineAffiliation::parse).or(None);
        let location = members.text("location", BylineLocation::parse).or(None);
        Some(Self { role: role?, contributor, name, affiliation, location })
    }
}
