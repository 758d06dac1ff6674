//! `/v1/editorial/contributors`.

use domain::actor::Actor;
use domain::article::content::change::Change;
use domain::article::content::reference::Ref;
use domain::contributor::{
    Contact, ContactNotes, Contributor, ContributorBio, ContributorKind, ContributorName, ContributorTitle,
    ProfileLinks,
};
use domain::id::{ContributorId, PhotoId, UserId};
use domain::slug::Slug;
use domain::time::Moment;
use domain::user::Email;
use domain::version::{Seen, Version};
use newsroom::Newsroom;
use newsroom::cx::{Cx, Recorded};
use newsroom::error::Error;
use newsroom::references::contributors::{self, ContributorPatch};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Ids, Merges, Reference, kept, merged};
use crate::api::Api;
use crate::read::members::{Input, Members};

pub(super) fn operations(api: &mut Api) {
    let ids = Ids {
        create: ("create_contributor", "Make a contributor"),
        read: ("read_editorial_contributor", "Read a contributor"),
        change: ("change_contributor", "Change a contributor"),
        delete: ("delete_contributor", "Delete a contributor"),
    };
    kept::<Known>(api, "/v1/editorial/contributors/{name}", ids);
    merged::<Known>(
        api,
        "/v1/editorial/contributors/{name}/merge",
        ("merge_contributor", "Merge a contributor into another"),
    );
}

/// A contributor, with how to reach them where the actor may know.
pub(super) struct Known(pub(super) contributors::Known);

/// A contributor, as the newsroom keeps them.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = EditorialContributor)]
pub(super) struct ContributorOut {
    id: ContributorId,
    version: Version,
    kind: ContributorKind,
    slug: Slug,
    name: ContributorName,
    /// The name by which lists are sorted.
    sort_name: ContributorName,
    title: Option<ContributorTitle>,
    affiliation: Option<ContributorTitle>,
    bio: Option<ContributorBio>,
    portrait: Option<PhotoId>,
    links: ProfileLinks,
    active: bool,
    /// The user who they are, if they can sign in.
    user: Option<UserId>,
    /// How to reach them; `null` also where the caller may not know.
    email: Option<Email>,
    /// What is noted about them; `null` also where the caller may not know.
    notes: Option<ContactNotes>,
    created_at: Moment,
    updated_at: Moment,
}

impl From<Known> for ContributorOut {
    fn from(Known((contributor, contact)): Known) -> Self {
        let Contributor {
            id,
            version,
            kind,
            slug,
            name,
            sort_name,
            title,
            affiliation,
            bio,
            portrait,
            links,
            active,
            user,
            created_at,
            updated_at,
        } = contributor;
        let Contact { email, notes } = contact.unwrap_or_default();
        Self {
            id,
            version,
            kind,
            slug,
            name,
            sort_name,
            title,
            affiliation,
            bio,
            portrait,
            links,
            active,
            user,
            email,
            notes,
            created_at,
            updated_at,
        }
    }
}

/// A new contributor.
pub(super) struct NewContributor(ContributorPatch);

impl Input for NewContributor {
    const NAME: Option<&'static str> = Some("NewContributor");
    const ABOUT: Option<&'static str> = Some("A contributor to be made.");

    fn read(members: &mut Members) -> Option<Self> {
        let name = members.required("name", ContributorName::parse).map_or(Change::Keep, Change::Set);
        Some(Self(patch(members, name)))
    }
}

impl Input for ContributorPatch {
    const NAME: Option<&'static str> = Some("ContributorPatch");
    const ABOUT: Option<&'static str> =
        Some("What of a contributor is to be different; what is left out stays, and `null` clears.");

    fn read(members: &mut Members) -> Option<Self> {
        let name = members.lasting_text("name", ContributorName::parse);
        Some(patch(members, name))
    }
}

fn patch(members: &mut Members, name: Change<ContributorName>) -> ContributorPatch {
    ContributorPatch {
        name,
        sort_name: members.text("sort_name", ContributorName::parse),
        slug: members.text("slug", Slug::parse),
        kind: members.text("kind", ContributorKind::parse),
        title: members.text("title", ContributorTitle::parse),
        affiliation: members.text("affiliation", ContributorTitle::parse),
        bio: members.text("bio", ContributorBio::parse),
        portrait: members.text("portrait", PhotoId::parse),
        links: members.value("links"),
        active: members.about("Whether they still contribute.").flag("active"),
        email: members.text("email", Email::parse),
        notes: members.text("notes", ContactNotes::parse),
    }
}

/// The contributor into whom one is merged.
pub(super) struct IntoContributor(Ref<ContributorId>);

impl Input for IntoContributor {
    const NAME: Option<&'static str> = Some("MergeOrder");
    const ABOUT: Option<&'static str> = Some("What it becomes.");

    fn read(members: &mut Members) -> Option<Self> {
        members
            .about("The id or slug of the one that it becomes.")
            .required_name("into", |raw| Ref::parse(raw, ContributorId::parse))
            .map(Self)
    }
}

impl Reference for Known {
    type Id = ContributorId;
    type New = NewContributor;
    type Patch = ContributorPatch;
    type Out = ContributorOut;

    const PATH: &'static str = "/v1/editorial/contributors";

    fn id(&self) -> Uuid {
        self.0.0.id.uuid()
    }

    fn version(&self) -> Version {
        self.0.0.version
    }

    fn create(cx: &mut Cx<'_>, NewContributor(new): &NewContributor) -> Result<Recorded<Self>, Error> {
        Ok(contributors::create(cx, new)?.map(Self))
    }

    async fn read(newsroom: &Newsroom, actor: Actor, name: Ref<ContributorId>) -> Result<Self, Error> {
        newsroom.read(actor, move |tx, actor, _| contributors::read(tx, &actor, &name)).await.map(Self)
    }

    fn change(
        cx: &mut Cx<'_>,
        name: &Ref<ContributorId>,
        seen: Seen,
        patch: &ContributorPatch,
    ) -> Result<Recorded<Self>, Error> {
        Ok(contributors::change(cx, name, seen, patch)?.map(Self))
    }

    fn delete(cx: &mut Cx<'_>, name: &Ref<ContributorId>, seen: Seen) -> Result<Recorded<()>, Error> {
        contributors::delete(cx, name, seen)
    }
}

impl Merges for Known {
    type Into = IntoContributor;

    fn merge(
        cx: &mut Cx<'_>,
        name: &Ref<ContributorId>,
        seen: Seen,
        IntoContributor(into): &IntoContributor,
    ) -> Result<Recorded<Self>, Error> {
        Ok(contributors::merge(cx, name, seen, into)?.map(Self))
    }
}
