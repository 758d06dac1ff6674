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
use domain::id::{ContributorId, SectionId, TagId};
use domain::language::Language;
use domain::slug::Slug;
use domain::violation::{Faults, Rule, Violation};
use domain::web_url::WebUrl;
use serde_json::Value;

use crate::read::members::{Members, parsed};

/// A change of the content, and what its author notes about it.
pub(crate) struct ContentIn {
    pub(crate) patch: ContentPatch,
    pub(crate) note: Option<RevisionNote>,
}

impl ContentIn {
    /// Reads a body.
    pub(crate) fn read(body: Value) -> Result<Self, Faults> {
        let mut members = Members::of(body)?;
        let patch = ContentPatch {
            headline: members.text("headline", Headline::parse),
            headline_variants: members.value("headline_variants"),
            slug: members.text("slug", Slug::parse),
            kind: members.text("kind", ArticleKind::parse),
            kicker: members.text("kicker", Kicker::parse),
            standfirst: members.value("standfirst"),
            summary: members.text("summary", Summary::parse),
            language: members.text("language", Language::parse),
            section: members.text("section", |raw| Ref::parse(raw, SectionId::parse)),
            tags: members.list("tags", Tags::MAX, |item| reference(&item, TagId::parse)),
            related: members.value("related"),
            canonical_url: members.text("canonical_url", WebUrl::parse),
            noindex: members.flag("noindex"),
            dateline: members.value("dateline"),
            bylines: members.objects("bylines", Bylines::MAX, byline),
            byline_override: members.text("byline_override", BylineOverride::parse),
            no_byline: members.flag("no_byline"),
            lead_photo: members.value("lead_photo"),
            body: members.list("body", Body::MAX_BLOCKS, parsed),
        };
        let note = optional(members.text("note", RevisionNote::parse));
        members.finish(Some(Self { patch, note }))
    }
}

fn byline(members: &mut Members) -> Option<NewByline> {
    let role = members.required("role", BylineRole::parse);
    let contributor = members.text("contributor", |raw| Ref::parse(raw, ContributorId::parse));
    let name = members.text("name", BylineName::parse);
    let affiliation = members.text("affiliation", BylineAffiliation::parse);
    let location = members.text("location", BylineLocation::parse);
    Some(NewByline {
        role: role?,
        contributor: optional(contributor),
        name: optional(name),
        affiliation: optional(affiliation),
        location: optional(location),
    })
}

fn reference<Id>(item: &Value, parse_id: fn(&str) -> Result<Id, Violation>) -> Result<Ref<Id>, Violation> {
    let text = item.as_str().ok_or_else(|| Violation::new(Rule::WrongType, "must be an id or a slug"))?;
    Ref::parse(text, parse_id)
}

/// What a member says that need not be there.
pub(super) fn optional<T>(change: Change<T>) -> Option<T> {
    change.or(None)
}
