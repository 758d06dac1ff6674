//! The statements of renditions: those that exist, and the orders of those that a worker has yet to make.

use std::collections::HashMap;

use diesel::prelude::*;
use domain::id::PhotoId;
use domain::photo::file::{Rendition, RenditionStatus};
use domain::photo::variant::{Size, Variant};
use domain::time::Moment;

use super::super::Conn;
use crate::among::among;
use crate::error::Error;
use crate::rows::photos::RenditionRow;
use crate::schema::{photo_renditions, photos, rendition_jobs};
use crate::sql::{At, Key};

/// Adds renditions.
pub(super) fn insert(conn: &mut Conn, photo: PhotoId, renditions: &[Rendition]) -> Result<(), Error> {
    let rows: Vec<_> =
        renditions.iter().map(|rendition| RenditionRow::of(photo, rendition)).collect::<Result<_, _>>()?;
    for row in rows {
        diesel::insert_into(photo_renditions::table).values(row).execute(conn)?;
    }
    Ok(())
}

/// Puts renditions in the place of all that were there.
pub(super) fn replace(conn: &mut Conn, photo: PhotoId, renditions: &[Rendition]) -> Result<(), Error> {
    let old = photo_renditions::table.filter(photo_renditions::photo_id.eq(Key(photo.uuid())));
    diesel::delete(old).execute(conn)?;
    insert(conn, photo, renditions)
}

pub(super) fn renditions_of(
    conn: &mut Conn,
    ids: &[PhotoId],
) -> Result<HashMap<PhotoId, Vec<Rendition>>, Error> {
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    if ids.is_empty() {
        return Ok(found);
    }
    let keys: Vec<_> = ids.iter().map(|id| Key(id.uuid())).collect();
    let rows: Vec<RenditionRow> =
        photo_renditions::table.filter(among(photo_renditions::photo_id, keys)).load(conn)?;
    for row in rows {
        found.entry(PhotoId::new(row.photo_id.0)).or_default().push(row.rendition()?);
    }
    for renditions in found.values_mut() {
        renditions.sort_by_key(|rendition| rendition.variant);
    }
    Ok(found)
}

/// Orders renditions; an order that stands already is due at the new time.
pub(super) fn order(conn: &mut Conn, photo: PhotoId, due: Moment) -> Result<(), Error> {
    drop_order(conn, photo)?;
    diesel::insert_into(rendition_jobs::table)
        .values((
            rendition_jobs::photo_id.eq(Key(photo.uuid())),
            rendition_jobs::due_at.eq(At(due)),
            rendition_jobs::attempts.eq(0),
        ))
        .execute(conn)?;
    Ok(())
}

pub(super) fn has_order(conn: &mut Conn, now: Moment) -> Result<bool, Error> {
    let due = rendition_jobs::table.filter(rendition_jobs::due_at.le(At(now)));
    Ok(diesel::select(diesel::dsl::exists(due)).get_result(conn)?)
}

pub(super) fn take_order(
    conn: &mut Conn,
    now: Moment,
    lease: Moment,
) -> Result<Option<(PhotoId, u32)>, Error> {
    let due: Vec<(Key, At, i32)> = rendition_jobs::table
        .filter(rendition_jobs::due_at.le(At(now)))
        .order((rendition_jobs::due_at, rendition_jobs::photo_id))
        .select((rendition_jobs::photo_id, rendition_jobs::due_at, rendition_jobs::attempts))
        .limit(1)
        .load(conn)?;
    let Some((id, at, attempts)) = due.into_iter().next() else { return Ok(None) };
    // Another node may have taken it since: the time that was read is the condition.
    let taken = diesel::update(rendition_jobs::table.find(id))
        .filter(rendition_jobs::due_at.eq(at))
        .set((rendition_jobs::due_at.eq(At(lease)), rendition_jobs::attempts.eq(attempts + 1)))
        .execute(conn)?;
    let attempts = u32::try_from(attempts).map_err(Error::defect)?;
    Ok((taken == 1).then_some((PhotoId::new(id.0), attempts)))
}

/// Puts all renditions of a photo in the place of those before, which ends their order.
pub(super) fn finish(conn: &mut Conn, photo: PhotoId, renditions: &[Rendition]) -> Result<(), Error> {
    replace(conn, photo, renditions)?;
    drop_order(conn, photo)?;
    diesel::update(photos::table.find(Key(photo.uuid())))
        .set(photos::status.eq(RenditionStatus::Ready.name()))
        .execute(conn)?;
    Ok(())
}

/// Puts crops in the place of all that were there.
pub(super) fn replace_crops(conn: &mut Conn, photo: PhotoId, made: &[Rendition]) -> Result<(), Error> {
    let crops = Variant::ALL.iter().filter(|variant| matches!(variant.size(), Size::Crop { .. }));
    let crops: Vec<_> = crops.map(|variant| variant.name()).collect();
    let old = photo_renditions::table
        .filter(photo_renditions::photo_id.eq(Key(photo.uuid())))
        .filter(among(photo_renditions::variant, crops));
    diesel::delete(old).execute(conn)?;
    insert(conn, photo, made)
}

pub(super) fn drop_order(conn: &mut Conn, photo: PhotoId) -> Result<(), Error> {
    diesel::delete(rendition_jobs::table.find(Key(photo.uuid()))).execute(conn)?;
    Ok(())
}
