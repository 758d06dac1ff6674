//! `/v1/editorial/sections`.

use actix_web::web::Data;
use domain::actor::Actor;
use domain::article::content::change::Change;
use domain::article::content::reference::Ref;
use domain::id::SectionId;
use domain::json::FromJson;
use domain::policy::Action;
use domain::section::{Section, SectionDescription, SectionName};
use domain::slug::Slug;
use domain::time::Moment;
use domain::version::{Seen, Version};
use newsroom::Newsroom;
use newsroom::cx::{Cx, Recorded};
use newsroom::error::Error;
use newsroom::references::sections::{self, SectionPatch};
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Ids, Reference, kept};
use crate::api::Api;
use crate::api::tag::Tag;
use crate::problem::Problem;
use crate::read::members::{Input, Members};
use crate::read::query::Asked;
use crate::read::request::SignedIn;
use crate::reply::list::All;
use crate::reply::told::Told;

pub(super) fn operations(api: &mut Api) {
    api.get(Section::PATH, "list_editorial_sections", list)
        .told(
            Tag::References,
            "List all sections",
            "In the order of the site, whether or not an article uses them.",
        )
        .asks(Action::ReadReferences);
    let ids = Ids {
        create: ("create_section", "Make a section"),
        read: ("read_editorial_section", "Read a section"),
        change: ("change_section", "Change a section"),
        delete: ("delete_section", "Delete a section"),
    };
    kept::<Section>(api, "/v1/editorial/sections/{name}", ids);
}

async fn list(
    newsroom: Data<Newsroom>,
    SignedIn(actor): SignedIn,
    _: Asked<()>,
) -> Result<Told<All<SectionOut>>, Problem> {
    let sections = newsroom.read(actor, |tx, _, _| Ok(tx.sections()?)).await?;
    Ok(Told::of(All { data: sections.into_iter().map(Into::into).collect() }))
}

/// A section, as the newsroom keeps it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = EditorialSection)]
pub(super) struct SectionOut {
    id: SectionId,
    version: Version,
    slug: Slug,
    name: SectionName,
    description: Option<SectionDescription>,
    /// The section above it.
    parent: Option<SectionId>,
    /// Its place among its siblings: lower comes first.
    position: u16,
    created_at: Moment,
    updated_at: Moment,
}

impl From<Section> for SectionOut {
    fn from(section: Section) -> Self {
        let Section { id, version, slug, name, description, parent, position, created_at, updated_at } =
            section;
        Self { id, version, slug, name, description, parent, position, created_at, updated_at }
    }
}

/// A new section.
pub(super) struct NewSection(SectionPatch);

impl Input for NewSection {
    const NAME: Option<&'static str> = Some("NewSection");
    const ABOUT: Option<&'static str> = Some("A section to be made.");

    fn read(members: &mut Members) -> Option<Self> {
        let name = members.required("name", SectionName::parse).map_or(Change::Keep, Change::Set);
        Some(Self(patch(members, name)))
    }
}

impl Input for SectionPatch {
    const NAME: Option<&'static str> = Some("SectionPatch");
    const ABOUT: Option<&'static str> =
        Some("What of a section is to be different; what is left out stays, and `null` clears.");

    fn read(members: &mut Members) -> Option<Self> {
        let name = members.lasting_text("name", SectionName::parse);
        Some(patch(members, name))
    }
}

fn patch(members: &mut Members, name: Change<SectionName>) -> SectionPatch {
    SectionPatch {
        name,
        slug: members.text("slug", Slug::parse),
        description: members.text("description", SectionDescription::parse),
        parent: members
            .about("The id or slug of the section above it.")
            .name("parent", |raw| Ref::parse(raw, SectionId::parse)),
        position: members.about("Its place among those of the same parent, from 0 on.").read_by(
            "position",
            |_| json!({"type": "integer", "minimum": 0, "maximum": u16::MAX, "example": 3}),
            |value| u16::from_json(value).map_err(|faults| faults.below("/position")),
        ),
    }
}

impl Reference for Section {
    type Id = SectionId;
    type New = NewSection;
    type Patch = SectionPatch;
    type Out = SectionOut;

    const PATH: &'static str = "/v1/editorial/sections";

    fn id(&self) -> Uuid {
        self.id.uuid()
    }

    fn version(&self) -> Version {
        self.version
    }

    fn create(cx: &mut Cx<'_>, NewSection(new): &NewSection) -> Result<Recorded<Self>, Error> {
        sections::create(cx, new)
    }

    async fn read(newsroom: &Newsroom, actor: Actor, name: Ref<SectionId>) -> Result<Self, Error> {
        newsroom.read(actor, move |tx, _, _| sections::read(tx, &name)).await
    }

    fn change(
        cx: &mut Cx<'_>,
        name: &Ref<SectionId>,
        seen: Seen,
        patch: &SectionPatch,
    ) -> Result<Recorded<Self>, Error> {
        sections::change(cx, name, seen, patch)
    }

    fn delete(cx: &mut Cx<'_>, name: &Ref<SectionId>, seen: Seen) -> Result<Recorded<()>, Error> {
        sections::delete(cx, name, seen)
    }
}
