//! `/v1/editorial/tags`.

use domain::actor::Actor;
use domain::article::content::change::Change;
use domain::article::content::reference::Ref;
use domain::id::TagId;
use domain::slug::Slug;
use domain::tag::{SameAs, Tag, TagDescription, TagKind, TagName};
use domain::time::Moment;
use domain::version::{Seen, Version};
use newsroom::Newsroom;
use newsroom::cx::{Cx, Recorded};
use newsroom::error::Error;
use newsroom::references::tags::{self, TagPatch};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Ids, Merges, Reference, kept, merged};
use crate::api::Api;
use crate::read::members::{Input, Members};

pub(super) fn operations(api: &mut Api) {
    let ids = Ids {
        create: ("create_tag", "Make a tag"),
        read: ("read_editorial_tag", "Read a tag"),
        change: ("change_tag", "Change a tag"),
        delete: ("delete_tag", "Delete a tag"),
    };
    kept::<Tag>(api, "/v1/editorial/tags/{name}", ids);
    merged::<Tag>(api, "/v1/editorial/tags/{name}/merge", ("merge_tag", "Merge a tag into another"));
}

/// A tag, as the newsroom keeps it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = EditorialTag)]
pub(super) struct TagOut {
    id: TagId,
    version: Version,
    kind: TagKind,
    slug: Slug,
    name: TagName,
    description: Option<TagDescription>,
    same_as: SameAs,
    created_at: Moment,
    updated_at: Moment,
}

impl From<Tag> for TagOut {
    fn from(tag: Tag) -> Self {
        let Tag { id, version, kind, slug, name, description, same_as, created_at, updated_at } = tag;
        Self { id, version, kind, slug, name, description, same_as, created_at, updated_at }
    }
}

/// A new tag.
pub(super) struct NewTag(TagPatch);

impl Input for NewTag {
    const NAME: Option<&'static str> = Some("NewTag");
    const ABOUT: Option<&'static str> = Some("A tag to be made.");

    fn read(members: &mut Members) -> Option<Self> {
        let name = members.required("name", TagName::parse).map_or(Change::Keep, Change::Set);
        Some(Self(patch(members, name)))
    }
}

impl Input for TagPatch {
    const NAME: Option<&'static str> = Some("TagPatch");
    const ABOUT: Option<&'static str> =
        Some("What of a tag is to be different; what is left out stays, and `null` clears.");

    fn read(members: &mut Members) -> Option<Self> {
        let name = members.lasting_text("name", TagName::parse);
        Some(patch(members, name))
    }
}

fn patch(members: &mut Members, name: Change<TagName>) -> TagPatch {
    TagPatch {
        name,
        slug: members.text("slug", Slug::parse),
        kind: members.text("kind", TagKind::parse),
        description: members.text("description", TagDescription::parse),
        same_as: members.value("same_as"),
    }
}

/// The tag into which one is merged.
pub(super) struct IntoTag(Ref<TagId>);

impl Input for IntoTag {
    const NAME: Option<&'static str> = Some("MergeOrder");
    const ABOUT: Option<&'static str> = Some("What it becomes.");

    fn read(members: &mut Members) -> Option<Self> {
        members
            .about("The id or slug of the one that it becomes.")
            .required_name("into", |raw| Ref::parse(raw, TagId::parse))
            .map(Self)
    }
}

impl Reference for Tag {
    type Id = TagId;
    type New = NewTag;
    type Patch = TagPatch;
    type Out = TagOut;

    const PATH: &'static str = "/v1/editorial/tags";

    fn id(&self) -> Uuid {
        self.id.uuid()
    }

    fn version(&self) -> Version {
        self.version
    }

    fn create(cx: &mut Cx<'_>, NewTag(new): &NewTag) -> Result<Recorded<Self>, Error> {
        tags::create(cx, new)
    }

    async fn read(newsroom: &Newsroom, actor: Actor, name: Ref<TagId>) -> Result<Self, Error> {
        newsroom.read(actor, move |tx, _, _| tags::read(tx, &name)).await
    }

    fn change(
        cx: &mut Cx<'_>,
        name: &Ref<TagId>,
        seen: Seen,
        patch: &TagPatch,
    ) -> Result<Recorded<Self>, Error> {
        tags::change(cx, name, seen, patch)
    }

    fn delete(cx: &mut Cx<'_>, name: &Ref<TagId>, seen: Seen) -> Result<Recorded<()>, Error> {
        tags::delete(cx, name, seen)
    }
}

impl Merges for Tag {
    type Into = IntoTag;

    fn merge(
        cx: &mut Cx<'_>,
        name: &Ref<TagId>,
        seen: Seen,
        IntoTag(into): &IntoTag,
    ) -> Result<Recorded<Self>, Error> {
        tags::merge(cx, name, seen, into)
    }
}
