//! That a patch does what rulings 4 and 10 say, and that a document is read back as it was written.

use std::collections::{BTreeMap, HashSet};

use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

use super::change::Change;
use super::document::Document;
use super::names::{Known, KnownContributor};
use super::patch::{ContentPatch, NewByline};
use super::reference::Ref;
use super::*;
use crate::article::byline::{BylineName, BylineRole};
use crate::block::heading::{Heading, HeadingLevel};
use crate::block::id::BlockId;
use crate::block::{Block, BlockKind, NewBlock, Paragraph};
use crate::id::{ArticleId, ContributorId, PhotoId, TagId};
use crate::json::FromJson;
use crate::site::languages::Languages;
use crate::span::{Span, Spans};
use crate::violation::{Faults, Place};

/// Ids that nobody had before, under a prefix of their own.
fn fresh(prefix: &'static str) -> impl FnMut() -> BlockId {
    let mut drawn = 0;
    move || {
        drawn += 1;
        BlockId::parse(&format!("{prefix}{drawn}")).unwrap()
    }
}

fn languages() -> Languages {
    let language = |raw| Language::parse(raw).unwrap();
    Languages::parse(language("en"), vec![language("en"), language("nb")]).unwrap()
}

fn slug(raw: &str) -> Slug {
    Slug::parse(raw).unwrap()
}

fn begun() -> Content {
    Content::begun(
        Headline::parse("Reef recovers").unwrap(),
        slug("reef-recovers"),
        Language::parse("en").unwrap(),
    )
}

/// A section, two tags with three names, a contributor, an article, and no photo.
fn known() -> Known {
    let tag = |n| TagId::new(Uuid::from_u128(n));
    let mara = KnownContributor {
        id: ContributorId::new(Uuid::from_u128(1)),
        name: BylineName::parse("Mara Lind").unwrap(),
    };
    Known {
        sections: [(Ref::Slug(slug("world")), SectionId::new(Uuid::from_u128(1)))].into(),
        tags: [("reefs", 1), ("coral", 1), ("ports", 2)]
            .map(|(name, n)| (Ref::Slug(slug(name)), tag(n)))
            .into(),
        contributors: [(Ref::Slug(slug("mara-lind")), mara)].into(),
        articles: [ArticleId::new(Uuid::from_u128(1))].into(),
        photos: HashSet::new(),
    }
}

fn patched(before: Content, patch: ContentPatch) -> Result<Content, Faults> {
    before.patched(patch, &known(), &languages(), fresh("f"))
}

/// Pointers and codes of what is wrong with a patch.
fn refused(patch: ContentPatch) -> Vec<(String, &'static str)> {
    let faults = patched(begun(), patch).unwrap_err();
    let told = faults.into_iter().map(|fault| match fault.place {
        Place::Pointer(pointer) => (pointer, fault.violation.rule.code()),
        Place::Parameter(name) => panic!("a parameter in a body: {name}"),
    });
    told.collect()
}

fn blocks(json: Value) -> Vec<NewBlock> {
    crate::json::list(json, Body::MAX_BLOCKS).unwrap()
}

fn any_kind() -> impl Strategy<Value = BlockKind> {
    let text = prop::sample::select(&["a", "b", "c", ""][..])
        .prop_map(|text| Spans::parse(vec![Span::parse(text, Vec::new()).unwrap()]).unwrap());
    prop_oneof![
        4 => text.clone().prop_map(|content| BlockKind::Paragraph(Paragraph { content })),
        2 => (2_u64..5, text).prop_map(|(level, content)| {
            BlockKind::Heading(Heading { level: HeadingLevel::parse(level).unwrap(), anchor: None, content })
        }),
        1 => Just(BlockKind::Divider),
    ]
}

/// Blocks as an editor sends them who knows no ids.
fn any_blocks() -> impl Strategy<Value = Vec<NewBlock>> {
    prop::collection::vec(any_kind().prop_map(|kind| Block { id: None, kind }), 0..12)
}

/// How often each kind of block stands in a body, anchors aside: those of alike headings are numbered in their order.
fn counts<'a>(kinds: impl Iterator<Item = &'a BlockKind>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for kind in kinds {
        *counts.entry(serde_json::to_string(kind).unwrap()).or_default() += 1;
    }
    counts
}

fn any_change<T: Clone + std::fmt::Debug + 'static>(
    value: impl Strategy<Value = T> + 'static,
) -> BoxedStrategy<Change<T>> {
    prop_oneof![3 => Just(Change::Keep), 1 => Just(Change::Clear), 4 => value.prop_map(Change::Set)].boxed()
}

fn any_patch() -> impl Strategy<Value = ContentPatch> {
    let tag =
        prop::sample::select(&["reefs", "coral", "ports", "lost"][..]).prop_map(|name| Ref::Slug(slug(name)));
    let byline = prop::option::of(Just("Mara Lind")).prop_map(|name| NewByline {
        role: BylineRole::Author,
        contributor: name.is_none().then(|| Ref::Slug(slug("mara-lind"))),
        name: name.map(|name| BylineName::parse(name).unwrap()),
        affiliation: None,
        location: None,
    });
    let language =
        prop::sample::select(&["en", "nb", "fr"][..]).prop_map(|raw| Language::parse(raw).unwrap());
    let section = prop::sample::select(&["world", "lost"][..]).prop_map(|name| Ref::Slug(slug(name)));
    (
        any_change("[a-z]{1,200}".prop_map(|raw| Headline::parse(&raw).unwrap())),
        any_change("[a-z]{1,40}".prop_map(|raw| Kicker::parse(&raw).unwrap())),
        any_change(language),
        any_change(section),
        any_change(prop::collection::vec(tag, 0..4)),
        any_change(prop::collection::vec(byline, 0..40)),
        any_change(any::<bool>()),
        any_change(any_blocks()),
    )
        .prop_map(|(headline, kicker, language, section, tags, bylines, no_byline, body)| ContentPatch {
            headline,
            kicker,
            language,
            section,
            tags,
            bylines,
            no_byline,
            body,
            ..ContentPatch::default()
        })
}

/// The members that a patch names.
fn named(patch: &ContentPatch) -> Vec<&'static str> {
    fn names<T: PartialEq>(change: &Change<T>) -> bool {
        *change != Change::Keep
    }
    let ContentPatch { headline, kicker, language, section, tags, bylines, no_byline, body, .. } = patch;
    [
        ("headline", names(headline)),
        ("kicker", names(kicker)),
        ("language", names(language)),
        ("section", names(section)),
        ("tags", names(tags)),
        ("bylines", names(bylines)),
        ("no_byline", names(no_byline)),
        ("body", names(body)),
    ]
    .into_iter()
    .filter_map(|(name, is_named)| is_named.then_some(name))
    .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_block_keeps_its_id_from_revision_to_revision(first in any_blocks(), second in any_blocks()) {
        let before = Body::assemble(first, &Body::default(), fresh("a")).unwrap();
        let after = Body::assemble(second, &before, fresh("b")).unwrap();
        let ids: HashSet<_> = after.blocks().iter().map(|block| &block.id).collect();
        prop_assert_eq!(ids.len(), after.blocks().len(), "an id stands twice");
        for block in after.blocks() {
            let old = before.block(&block.id);
            prop_assert!(old.is_none_or(|old| old.kind == block.kind), "the id of another block");
        }
        let (old, new) = (counts(before.blocks().iter().map(|block| &block.kind)), counts(after.blocks().iter().map(|block| &block.kind)));
        let kept = after.blocks().iter().filter(|block| before.block(&block.id).is_some()).count();
        let common: usize = new.iter().map(|(kind, count)| old.get(kind).map_or(0, |old| (*old).min(*count))).sum();
        prop_assert_eq!(kept, common, "as many blocks keep their ids as are in both");
    }

    #[test]
    fn a_body_that_is_sent_back_is_the_same_with_ids_and_without(sent in any_blocks()) {
        let body = Body::assemble(sent, &Body::default(), fresh("a")).unwrap();
        let with = body.blocks().iter().map(|Block { id, kind }| Block { id: Some(id.clone()), kind: kind.clone() });
        let without = body.blocks().iter().map(|Block { kind, .. }| Block { id: None, kind: kind.clone() });
        prop_assert_eq!(Body::assemble(with.collect(), &body, fresh("b")), Ok(body.clone()));
        prop_assert_eq!(Body::assemble(without.collect(), &body, fresh("b")), Ok(body));
    }

    #[test]
    fn each_heading_has_an_anchor_of_its_own(sent in any_blocks()) {
        let body = Body::assemble(sent, &Body::default(), fresh("a")).unwrap();
        let anchors = body.blocks().iter().filter_map(|block| match &block.kind {
            BlockKind::Heading(heading) => Some(heading.anchor.clone()),
            _ => None,
        });
        let anchors: Vec<_> = anchors.collect();
        prop_assert!(anchors.iter().all(Option::is_some));
        prop_assert_eq!(anchors.iter().collect::<HashSet<_>>().len(), anchors.len());
    }

    #[test]
    fn whatever_is_patched_keeps_every_limit_and_is_read_back(patches in prop::collection::vec(any_patch(), 1..6)) {
        let mut content = begun();
        for patch in patches {
            match patched(content.clone(), patch) {
                Ok(after) => {
                    let document = Document::write(&after).unwrap();
                    prop_assert_eq!(&Document::read(document.json()).unwrap(), &after);
                    content = after;
                }
                Err(faults) => prop_assert!(!faults.is_empty()),
            }
        }
    }

    #[test]
    fn a_patch_changes_what_it_names_and_nothing_else(first in any_patch(), second in any_patch()) {
        let before = patched(begun(), first).unwrap_or_else(|_| begun());
        let names = named(&second);
        match patched(before.clone(), second) {
            Ok(after) => {
                let (before, after) = (serde_json::to_value(&before).unwrap(), serde_json::to_value(&after).unwrap());
                for (name, value) in before.as_object().unwrap() {
                    prop_assert!(names.contains(&name.as_str()) || after[name] == *value, "{} changed", name);
                }
            }
            Err(faults) => for fault in faults {
                let Place::Pointer(pointer) = fault.place else { panic!("a parameter in a body") };
                let member = pointer.split('/').nth(1).unwrap_or_default();
                prop_assert!(names.contains(&member) || member == "no_byline", "a fault at {}", pointer);
            },
        }
    }
}

#[test]
fn what_a_patch_names_and_nobody_knows_is_told_at_its_place() {
    let link = |n: u128| json!([{"text": "there", "marks": [{"type": "link", "article": ArticleId::new(Uuid::from_u128(n))}]}]);
    let body = json!([
        {"type": "paragraph", "content": link(1)},
        {"type": "quote", "content": link(9)},
        {"type": "related", "articles": [ArticleId::new(Uuid::from_u128(1)), ArticleId::new(Uuid::from_u128(9))]},
    ]);
    let named = |name| NewByline {
        role: BylineRole::Author,
        contributor: Some(Ref::Slug(slug(name))),
        name: None,
        affiliation: None,
        location: None,
    };
    let patch = ContentPatch {
        section: Change::Set(Ref::Slug(slug("lost"))),
        tags: Change::Set(["reefs", "lost"].map(|name| Ref::Slug(slug(name))).to_vec()),
        standfirst: Change::Set(Standfirst::from_json(link(9)).unwrap()),
        bylines: Change::Set(vec![named("mara-lind"), named("nobody")]),
        body: Change::Set(blocks(body)),
        ..ContentPatch::default()
    };
    let mut told = refused(patch);
    told.sort();
    let unknown = |at: &str| (at.to_owned(), "unknown_reference");
    assert_eq!(
        told,
        [
            unknown("/body/1/content/0/marks/0/article"),
            unknown("/body/2/articles/1"),
            unknown("/bylines/1/contributor"),
            unknown("/section"),
            unknown("/standfirst/0/marks/0/article"),
            unknown("/tags/1"),
        ]
    );
}

#[test]
fn a_photo_that_does_not_exist_is_refused_at_every_place() {
    let photo = json!({"photo": PhotoId::new(Uuid::from_u128(1))});
    let body = json!([
        {"type": "photo", "photo": photo["photo"], "size": "wide"},
        {"type": "gallery", "photos": [photo, photo]},
    ]);
    let patch = ContentPatch {
        lead_photo: Change::Set(PhotoUse::from_json(photo.clone()).unwrap()),
        body: Change::Set(blocks(body)),
        ..ContentPatch::default()
    };
    let places = ["/lead_photo/photo", "/body/0/photo", "/body/1/photos/0/photo", "/body/1/photos/1/photo"];
    assert_eq!(refused(patch.clone()), places.map(|at| (at.to_owned(), "unknown_reference")));
    let known = Known { photos: [PhotoId::new(Uuid::from_u128(1))].into(), ..known() };
    let content = begun().patched(patch, &known, &languages(), fresh("f")).unwrap();
    assert_eq!(content.lead_photo.unwrap().photo, PhotoId::new(Uuid::from_u128(1)));
}

#[test]
fn a_byline_takes_its_name_from_the_profile_and_two_names_of_one_tag_are_one() {
    let byline = NewByline {
        role: BylineRole::Author,
        contributor: Some(Ref::Slug(slug("mara-lind"))),
        name: None,
        affiliation: None,
        location: None,
    };
    let nameless = NewByline { contributor: None, ..byline.clone() };
    let content =
        patched(begun(), ContentPatch { bylines: Change::Set(vec![byline]), ..ContentPatch::default() })
            .unwrap();
    assert_eq!(content.bylines.as_slice()[0].name.as_str(), "Mara Lind");
    let named = |names: [&str; 2]| Change::Set(names.map(|name| Ref::Slug(slug(name))).to_vec());
    let merged =
        patched(begun(), ContentPatch { tags: named(["reefs", "coral"]), ..ContentPatch::default() });
    assert_eq!(merged.unwrap().tags.as_slice().len(), 1);
    let tags = named(["reefs", "reefs"]);
    let patch = ContentPatch {
        tags,
        bylines: Change::Set(vec![nameless]),
        headline: Change::Clear,
        language: Change::Set(Language::parse("fr").unwrap()),
        ..ContentPatch::default()
    };
    let mut told = refused(patch);
    told.sort();
    let at = |pointer: &str, code| (pointer.to_owned(), code);
    assert_eq!(
        told,
        [
            at("/bylines/0/name", "required"),
            at("/headline", "required"),
            at("/language", "unknown_value"),
            at("/tags", "duplicate"),
        ]
    );
    let both = ContentPatch { no_byline: Change::Set(true), ..ContentPatch::default() };
    assert!(patched(content, both).is_err(), "a byline and no byline");
}

#[test]
fn a_body_keeps_its_limits_when_it_is_assembled() {
    let paragraph = |text: &str| json!({"type": "paragraph", "content": [{"text": text}]});
    let assembled = |blocks: Vec<NewBlock>| Body::assemble(blocks, &Body::default(), fresh("f"));
    let of = |n: usize, text: &str| {
        (0..n).map(|_| NewBlock::from_json(paragraph(text)).unwrap()).collect::<Vec<_>>()
    };
    let code =
        |blocks: Vec<NewBlock>| assembled(blocks).unwrap_err().iter().next().unwrap().violation.rule.code();
    assert!(assembled(of(500, "a")).is_ok());
    assert_eq!(code(of(501, "a")), "too_many");
    assert_eq!(code(of(110, &"a".repeat(10_000))), "too_long");
    let twice = json!([{"type": "divider", "id": "x"}, {"type": "divider", "id": "x"}]);
    assert_eq!(code(blocks(twice)), "duplicate");
    let stuck = Body::assemble(of(2, "a"), &Body::default(), || BlockId::parse("x").unwrap());
    assert!(stuck.is_err(), "a source that gives one id for ever is not asked for ever");
}
