//! The rows of sections, tags and contributors.

use diesel::{AsChangeset, Insertable, Queryable};
use domain::contributor::{
    Contact, ContactNotes, Contributor, ContributorBio, ContributorKind, ContributorName, ContributorTitle,
};
use domain::id::{ContributorId, PhotoId, SectionId, TagId, UserId};
use domain::section::{Section, SectionDescription, SectionName};
use domain::slug::Slug;
use domain::tag::{Tag, TagDescription, TagKind, TagName};
use domain::user::Email;
use domain::version::Version;
use domain::violation::Violation;

use super::stored;
use crate::error::Error;
use crate::schema::{contributors, sections, tags};
use crate::sql::{At, Json, Key};

#[derive(Queryable, Insertable, AsChangeset)]
#[diesel(table_name = sections, treat_none_as_null = true)]
pub(crate) struct SectionRow {
    id: Key,
    version: i64,
    parent_id: Option<Key>,
    slug: String,
    name: String,
    description: Option<String>,
    position: i32,
    created_at: At,
    updated_at: At,
}

impl SectionRow {
    pub(crate) fn of(section: &Section, version: Version) -> Self {
        let Section { id, version: _, slug, name, description, parent, position, created_at, updated_at } =
            section;
        Self {
            id: Key(id.uuid()),
            version: version.number(),
            parent_id: parent.map(|parent| Key(parent.uuid())),
            slug: slug.as_str().to_owned(),
            name: name.as_str().to_owned(),
            description: description.as_ref().map(|text| text.as_str().to_owned()),
            position: i32::from(*position),
            created_at: At(*created_at),
            updated_at: At(*updated_at),
        }
    }

    pub(crate) fn section(self) -> Result<Section, Error> {
        let Self { id, version, parent_id, slug, name, description, position, created_at, updated_at } = self;
        Ok(Section {
            id: SectionId::new(id.0),
            version: stored(Version::parse(version))?,
            slug: stored(Slug::parse(&slug))?,
            name: stored(SectionName::parse(&name))?,
            description: optional(description, SectionDescription::parse)?,
            parent: parent_id.map(|key| SectionId::new(key.0)),
            position: u16::try_from(position).map_err(Error::defect)?,
            created_at: created_at.0,
            updated_at: updated_at.0,
        })
    }
}

#[derive(Queryable, Insertable, AsChangeset)]
#[diesel(table_name = tags, treat_none_as_null = true)]
pub(crate) struct TagRow {
    id: Key,
    version: i64,
    kind: String,
    slug: String,
    name: String,
    name_folded: String,
    description: Option<String>,
    same_as: Json,
    created_at: At,
    updated_at: At,
}

impl TagRow {
    pub(crate) fn of(tag: &Tag, version: Version) -> Result<Self, Error> {
        let Tag { id, version: _, kind, slug, name, description, same_as, created_at, updated_at } = tag;
        Ok(Self {
            id: Key(id.uuid()),
            version: version.number(),
            kind: kind.name().to_owned(),
            slug: slug.as_str().to_owned(),
            name: name.as_str().to_owned(),
            name_folded: name.as_str().to_lowercase(),
            description: description.as_ref().map(|text| text.as_str().to_owned()),
            same_as: Json(serde_json::to_string(same_as).map_err(Error::defect)?),
            created_at: At(*created_at),
            updated_at: At(*updated_at),
        })
    }

    pub(crate) fn tag(self) -> Result<Tag, Error> {
        let Self {
            id,
            version,
            kind,
            slug,
            name,
            name_folded: _,
            description,
            same_as,
            created_at,
            updated_at,
        } = self;
        Ok(Tag {
            id: TagId::new(id.0),
            version: stored(Version::parse(version))?,
            kind: stored(TagKind::parse(&kind))?,
            slug: stored(Slug::parse(&slug))?,
            name: stored(TagName::parse(&name))?,
            description: optional(description, TagDescription::parse)?,
            same_as: serde_json::from_str(&same_as.0).map_err(Error::defect)?,
            created_at: created_at.0,
            updated_at: updated_at.0,
        })
    }
}

#[derive(Queryable, Insertable, AsChangeset)]
#[diesel(table_name = contributors, treat_none_as_null = true)]
pub(crate) struct ContributorRow {
    id: Key,
    version: i64,
    kind: String,
    slug: String,
    name: String,
    name_folded: String,
    sort_name: String,
    title: Option<String>,
    affiliation: Option<String>,
    bio: Option<String>,
    portrait: Option<Key>,
    links: Json,
    active: bool,
    user_id: Option<Key>,
    email: Option<String>,
    notes: Option<String>,
    created_at: At,
    updated_at: At,
}

impl ContributorRow {
    pub(crate) fn of(contributor: &Contributor, contact: &Contact, version: Version) -> Result<Self, Error> {
        let Contributor {
            id,
            version: _,
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
        let Contact { email, notes } = contact;
        Ok(Self {
            id: Key(id.uuid()),
            version: version.number(),
            kind: kind.name().to_owned(),
            slug: slug.as_str().to_owned(),
            name: name.as_str().to_owned(),
            name_folded: name.as_str().to_lowercase(),
            sort_name: sort_name.as_str().to_owned(),
            title: title.as_ref().map(|text| text.as_str().to_owned()),
            affiliation: affiliation.as_ref().map(|text| text.as_str().to_owned()),
            bio: bio.as_ref().map(|text| text.as_str().to_owned()),
            portrait: portrait.map(|photo| Key(photo.uuid())),
            links: Json(serde_json::to_string(links).map_err(Error::defect)?),
            active: *active,
            user_id: user.map(|user| Key(user.uuid())),
            email: email.as_ref().map(|email| email.as_str().to_owned()),
            notes: notes.as_ref().map(|text| text.as_str().to_owned()),
            created_at: At(*created_at),
            updated_at: At(*updated_at),
        })
    }

    pub(crate) fn contributor(self) -> Result<(Contributor, Contact), Error> {
        let contact = Contact {
            email: optional(self.email, Email::parse)?,
            notes: optional(self.notes, ContactNotes::parse)?,
        };
        let contributor = Contributor {
            id: ContributorId::new(self.id.0),
            version: stored(Version::parse(self.version))?,
            kind: stored(ContributorKind::parse(&self.kind))?,
            slug: stored(Slug::parse(&self.slug))?,
            name: stored(ContributorName::parse(&self.name))?,
            sort_name: stored(ContributorName::parse(&self.sort_name))?,
            title: optional(self.title, ContributorTitle::parse)?,
            affiliation: optional(self.affiliation, ContributorTitle::parse)?,
            bio: optional(self.bio, ContributorBio::parse)?,
            portrait: self.portrait.map(|key| PhotoId::new(key.0)),
            links: serde_json::from_str(&self.links.0).map_err(Error::defect)?,
            active: self.active,
            user: self.user_id.map(|key| UserId::new(key.0)),
            created_at: self.created_at.0,
            updated_at: self.updated_at.0,
        };
        Ok((contributor, contact))
    }
}

fn optional<T>(
    text: Option<String>,
    parse: impl FnOnce(&str) -> Result<T, Violation>,
) -> Result<Option<T>, Error> {
    text.map(|text| stored(parse(&text))).transpose()
}
