//! What becomes of photos by the clock alone: their rights end or are about to, or their embargo does.

use diesel::prelude::*;
use domain::event::EventKind;
use domain::id::PhotoId;
use domain::photo::Photo;
use domain::time::Moment;

use super::super::Conn;
use crate::error::Error;
use crate::photos::DuePhotoChange;
use crate::rows::stored;
use crate::schema::photo_changes;
use crate::sql::{At, Key};

/// Notes what of a photo's rights will happen by the clock, in place of what was to happen. What has happened already
/// stays to be announced.
pub(super) fn plan(conn: &mut Conn, photo: &Photo) -> Result<(), Error> {
    let (id, now) = (Key(photo.id.uuid()), photo.updated_at);
    diesel::delete(photo_changes::table.filter(photo_changes::photo_id.eq(id)))
        .filter(photo_changes::at.gt(At(now)))
        .execute(conn)?;
    for (at, kind) in photo.facts.rights.changes().into_iter().filter(|(at, _)| *at > now) {
        diesel::delete(photo_changes::table.find((id, kind.name()))).execute(conn)?;
        diesel::insert_into(photo_changes::table)
            .values((
                photo_changes::photo_id.eq(id),
                photo_changes::at.eq(At(at)),
                photo_changes::kind.eq(kind.name()),
            ))
            .execute(conn)?;
    }
    Ok(())
}

pub(super) fn due(conn: &mut Conn, until: Moment, limit: u16) -> Result<Vec<DuePhotoChange>, Error> {
    let rows: Vec<(Key, At, String)> = photo_changes::table
        .filter(photo_changes::at.le(At(until)))
        .order((photo_changes::at, photo_changes::photo_id))
        .limit(limit.into())
        .load(conn)?;
    rows.into_iter()
        .map(|(id, at, kind)| {
            let kind = stored(EventKind::parse(&kind))?;
            Ok(DuePhotoChange { photo: PhotoId::new(id.0), at: at.0, kind })
        })
        .collect()
}

pub(super) fn take(conn: &mut Conn, change: &DuePhotoChange) -> Result<bool, Error> {
    let row = photo_changes::table
        .find((Key(change.photo.uuid()), change.kind.name()))
        .filter(photo_changes::at.eq(At(change.at)));
    Ok(diesel::delete(row).execute(conn)? == 1)
}
