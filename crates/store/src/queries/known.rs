//! Looks up everything that a patch names.

use std::collections::{BTreeSet, HashMap, HashSet};

use diesel::prelude::*;
use domain::article::byline::BylineName;
use domain::article::content::names::{Known, KnownContributor, Names};
use domain::article::content::reference::Ref;
use domain::id::{ContributorId, PhotoId, SectionId, TagId};
use domain::slug::Slug;
use domain::thing::ThingKind;
use uuid::Uuid;

use super::super::Conn;
use super::slugs;
use crate::among::among;
use crate::articles::Articles;
use crate::error::Error;
use crate::references::{Contributors, References, Tags};
use crate::rows::stored;
use crate::schema::{photos, sections};
use crate::sql::Key;

impl References for Conn {
    fn known(&mut self, names: &Names) -> Result<Known, Error> {
        let Names { section, tags, contributors, articles, photos } = names;
        let articles: Vec<_> = articles.iter().copied().collect();
        Ok(Known {
            sections: known_section(self, section.as_ref())?,
            tags: known_tags(self, tags)?,
            contributors: known_contributors(self, contributors)?,
            articles: self.known_articles(&articles)?.into_iter().collect(),
            photos: known_photos(self, photos)?,
        })
    }
}

fn known_photos(conn: &mut Conn, named: &BTreeSet<PhotoId>) -> Result<HashSet<PhotoId>, Error> {
    if named.is_empty() {
        return Ok(HashSet::new());
    }
    let keys: Vec<_> = named.iter().map(|id| Key(id.uuid())).collect();
    let found: Vec<Key> = photos::table.filter(among(photos::id, keys)).select(photos::id).load(conn)?;
    Ok(found.into_iter().map(|key| PhotoId::new(key.0)).collect())
}

fn known_section(
    conn: &mut Conn,
    named: Option<&Ref<SectionId>>,
) -> Result<HashMap<Ref<SectionId>, SectionId>, Error> {
    let Some(named) = named else { return Ok(HashMap::new()) };
    let id = match named {
        Ref::Id(id) => {
            let key: Option<Key> =
                sections::table.find(Key(id.uuid())).select(sections::id).get_result(conn).optional()?;
            key.map(|_| *id)
        }
        Ref::Slug(slug) => slugs::holder(conn, ThingKind::Section, slug)?.map(SectionId::new),
    };
    Ok(id.map(|id| (named.clone(), id)).into_iter().collect())
}

fn known_tags(conn: &mut Conn, named: &BTreeSet<Ref<TagId>>) -> Result<HashMap<Ref<TagId>, TagId>, Error> {
    let ids = ids_of(conn, ThingKind::Tag, named, |id| id.uuid())?;
    let survivors = survivors_of(conn, &ids)?;
    let tags = conn.tags_of(&ids.iter().map(|(_, id)| TagId::new(*id)).collect::<Vec<_>>())?;
    let exists: BTreeSet<_> = tags.into_iter().map(|tag| tag.id).collect();
    let found = ids.into_iter().map(|(name, id)| (name, TagId::new(*survivors.get(&id).unwrap_or(&id))));
    Ok(found.filter(|(_, id)| exists.contains(id)).collect())
}

fn known_contributors(
    conn: &mut Conn,
    named: &BTreeSet<Ref<ContributorId>>,
) -> Result<HashMap<Ref<ContributorId>, KnownContributor>, Error> {
    let ids = ids_of(conn, ThingKind::Contributor, named, |id| id.uuid())?;
    let survivors = survivors_of(conn, &ids)?;
    let profiles =
        conn.contributors_of(&ids.iter().map(|(_, id)| ContributorId::new(*id)).collect::<Vec<_>>())?;
    let mut known = HashMap::new();
    for (name, id) in ids {
        let id = ContributorId::new(*survivors.get(&id).unwrap_or(&id));
        if let Some(profile) = profiles.iter().find(|profile| profile.id == id) {
            let byline = stored(BylineName::parse(profile.name.as_str()))?;
            known.insert(name, KnownContributor { id, name: byline });
        }
    }
    Ok(known)
}

/// The ids that are named, by id or by slug; those by id need not exist.
fn ids_of<Id: Clone + Ord>(
    conn: &mut Conn,
    kind: ThingKind,
    named: &BTreeSet<Ref<Id>>,
    uuid: impl Fn(&Id) -> Uuid,
) -> Result<Vec<(Ref<Id>, Uuid)>, Error> {
    let named_slugs: Vec<&Slug> = named
        .iter()
        .filter_map(|name| match name {
            Ref::Slug(slug) => Some(slug),
            Ref::Id(_) => None,
        })
        .collect();
    let holders = slugs::holders(conn, kind, named_slugs)?;
    let id_of = |name: &Ref<Id>| match name {
        Ref::Id(id) => Some(uuid(id)),
        Ref::Slug(slug) => holders.get(slug.as_str()).copied(),
    };
    Ok(named.iter().filter_map(|name| Some((name.clone(), id_of(name)?))).collect())
}

fn survivors_of<Name>(conn: &mut Conn, ids: &[(Name, Uuid)]) -> Result<HashMap<Uuid, Uuid>, Error> {
    let keys: Vec<_> = ids.iter().map(|(_, id)| Key(*id)).collect();
    Ok(slugs::survivors(conn, &keys)?.into_iter().map(|(merged, survivor)| (merged.0, survivor.0)).collect())
}
