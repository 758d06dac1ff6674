//! A front as editors send it.

use domain::article::content::change::Change;
use domain::article::content::reference::Ref;
use domain::article::content::texts::Headline;
use domain::front::{FrontItems, FrontLength, FrontName};
use domain::id::{ArticleId, SectionId, TagId};
use domain::json::FromJson as _;
use domain::slug::Slug;
use newsroom::fronts::{FrontPatch, NamedFill, NamedItem};
use serde_json::{Value, json};

use crate::api::shape;
use crate::read::members::{Input, Members};

/// A new front.
pub(in crate::editorial) struct NewFront(pub(in crate::editorial) FrontPatch);

impl Input for NewFront {
    const NAME: Option<&'static str> = Some("NewFront");
    const ABOUT: Option<&'static str> = Some("A front to be made.");

    fn read(members: &mut Members) -> Option<Self> {
        let name = members.required("name", FrontName::parse).map_or(Change::Keep, Change::Set);
        Some(Self(patch(members, name)))
    }

    fn example() -> Option<Value> {
        let items = json!([{"article": "harbour-talks-resume", "headline": "They talk again"}]);
        Some(json!({"name": "Front page", "slug": "home", "items": items, "fill_from": {"up_to": 12}}))
    }
}

impl Input for FrontPatch {
    const NAME: Option<&'static str> = Some("FrontPatch");
    const ABOUT: Option<&'static str> =
        Some("What of a front is to be different; what is left out stays, and `null` clears.");

    fn read(members: &mut Members) -> Option<Self> {
        let name = members.lasting_text("name", FrontName::parse);
        Some(patch(members, name))
    }

    fn example() -> Option<Value> {
        let items = json!([{"article": "seals-return"}, {"article": "harbour-talks-resume"}]);
        Some(json!({"items": items, "fill_from": {"section": "world", "up_to": 12}}))
    }
}

fn patch(members: &mut Members, name: Change<FrontName>) -> FrontPatch {
    FrontPatch {
        name,
        slug: members.text("slug", Slug::parse),
        items: members
            .about("All that stands on it, in its order, each article once.")
            .objects("items", FrontItems::MAX),
        fill_from: members.object("fill_from"),
    }
}

impl Input for NamedItem {
    const NAME: Option<&'static str> = Some("FrontItemIn");
    const ABOUT: Option<&'static str> = Some("An article that is to stand on a front.");

    fn read(members: &mut Members) -> Option<Self> {
        let article = members
            .about("The id or slug of an article, whether or not readers see it.")
            .required_name("article", |raw| Ref::parse(raw, ArticleId::parse));
        let headline = members
            .about("What is shown on this front in place of the headline of the article.")
            .text("headline", Headline::parse)
            .or(None);
        Some(Self { article: article?, headline })
    }
}

impl Input for NamedFill {
    const NAME: Option<&'static str> = Some("FrontFillIn");
    const ABOUT: Option<&'static str> = Some(
        "Where the rest of a front comes from: behind its items stand the newest articles that are not among them. Without \
         section and tag they come from the whole site.",
    );

    fn read(members: &mut Members) -> Option<Self> {
        let section = members
            .about("Only from this section and those below it, by id or slug.")
            .name("section", |raw| Ref::parse(raw, SectionId::parse))
            .or(None);
        let tag = members
            .about("Only with this tag, by id or slug.")
            .name("tag", |raw| Ref::parse(raw, TagId::parse))
            .or(None);
        let up_to = members.required_by("up_to", shape::reference::<FrontLength>, |json| {
            FrontLength::from_json(json).map_err(|faults| faults.below("/up_to"))
        });
        Some(Self { section, tag, up_to: up_to? })
    }
}
