//! Slugs of sections, tags, contributors and fronts, and what was merged into what.

use std::collections::HashMap;

use diesel::prelude::*;
use domain::slug::Slug;
use domain::thing::ThingKind;
use uuid::Uuid;

use super::super::Conn;
use crate::among::among;
use crate::error::{Error, Unique};
use crate::schema::{merged_references, reference_slugs};
use crate::sql::Key;

/// What has or had this slug, of this kind.
pub(super) fn holder(conn: &mut Conn, kind: ThingKind, slug: &Slug) -> Result<Option<Uuid>, Error> {
    let key: Option<Key> = reference_slugs::table
        .find((kind.name(), slug.as_str()))
        .select(reference_slugs::target)
        .get_result(conn)
        .optional()?;
    Ok(key.map(|key| key.0))
}

/// What has or had these slugs, of this kind.
pub(super) fn holders<'a>(
    conn: &mut Conn,
    kind: ThingKind,
    slugs: impl IntoIterator<Item = &'a Slug>,
) -> Result<HashMap<String, Uuid>, Error> {
    let slugs: Vec<_> = slugs.into_iter().map(Slug::as_str).collect();
    if slugs.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(String, Key)> = reference_slugs::table
        .filter(reference_slugs::kind.eq(kind.name()))
        .filter(among(reference_slugs::slug, slugs))
        .select((reference_slugs::slug, reference_slugs::target))
        .load(conn)?;
    Ok(rows.into_iter().map(|(slug, key)| (slug, key.0)).collect())
}

/// Makes a slug the one of `target` for ever; one of another thing is taken.
pub(super) fn claim(conn: &mut Conn, kind: ThingKind, slug: &Slug, target: Uuid) -> Result<(), Error> {
    match holder(conn, kind, slug)? {
        Some(holder) if holder == target => Ok(()),
        Some(_) => Err(Error::Taken(Unique::ReferenceSlug)),
        None => {
            diesel::insert_into(reference_slugs::table)
                .values((
                    reference_slugs::kind.eq(kind.name()),
                    reference_slugs::slug.eq(slug.as_str()),
                    reference_slugs::target.eq(Key(target)),
                ))
                .execute(conn)?;
            Ok(())
        }
    }
}

/// Gives the slugs of what is deleted free.
pub(super) fn release(conn: &mut Conn, target: Uuid) -> Result<(), Error> {
    diesel::delete(reference_slugs::table.filter(reference_slugs::target.eq(Key(target)))).execute(conn)?;
    Ok(())
}

/// Leads all that led to `merged` to `survivor`.
pub(super) fn merge(conn: &mut Conn, kind: ThingKind, merged: Uuid, survivor: Uuid) -> Result<(), Error> {
    let (merged, survivor) = (Key(merged), Key(survivor));
    diesel::update(reference_slugs::table.filter(reference_slugs::target.eq(merged)))
        .set(reference_slugs::target.eq(survivor))
        .execute(conn)?;
    diesel::update(merged_references::table.filter(merged_references::survivor.eq(merged)))
        .set(merged_references::survivor.eq(survivor))
        .execute(conn)?;
    diesel::insert_into(merged_references::table)
        .values((
            merged_references::id.eq(merged),
            merged_references::kind.eq(kind.name()),
            merged_references::survivor.eq(survivor),
        ))
        .execute(conn)?;
    Ok(())
}

/// What became of these ids, where they were merged.
pub(super) fn survivors(conn: &mut Conn, ids: &[Key]) -> Result<HashMap<Key, Key>, Error> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(Key, Key)> = merged_references::table
        .filter(among(merged_references::id, ids))
        .select((merged_references::id, merged_references::survivor))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// These ids with those that were merged replaced by their survivors.
pub(super) fn resolved(conn: &mut Conn, ids: impl Iterator<Item = Uuid>) -> Result<Vec<Key>, Error> {
    let ids: Vec<_> = ids.map(Key).collect();
    let survivors = survivors(conn, &ids)?;
    Ok(ids.into_iter().map(|id| survivors.get(&id).copied().unwrap_or(id)).collect())
}

/// The pattern of folded names that begin with `words`, with a backslash before what means something in patterns.
pub(super) fn beginning(words: &str) -> String {
    let literal = words.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("{literal}%")
}
