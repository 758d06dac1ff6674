//! The statements of photos that readers see: those that a visible article shows, whose rights stand and whose
//! renditions are there.

use std::collections::{HashMap, HashSet};

use diesel::dsl::{exists, max};
use diesel::prelude::*;
use domain::id::PhotoId;
use domain::photo::Printed;
use domain::time::Moment;

use super::super::Conn;
use super::live_references::used_contributors;
use super::photo_files::renditions_of;
use super::visibility::{Live, is_visible, live};
use crate::among::among;
use crate::error::Error;
use crate::live::LivePhoto;
use crate::rows::photos::PhotoRow;
use crate::schema::{article_photos, contributors, live_articles, photo_renditions, photos};
use crate::sql::{At, Key};

/// Photos whose rights let readers see them at `now`, and that have a rendition to be seen (ruling 12).
fn free<'a>(now: Moment) -> photos::BoxedQuery<'a, <Conn as Connection>::Backend> {
    let rendered = photo_renditions::table.filter(photo_renditions::photo_id.eq(photos::id));
    photos::table
        .filter(photos::use_until.is_null().or(photos::use_until.assume_not_null().gt(At(now))))
        .filter(photos::embargo_until.is_null().or(photos::embargo_until.assume_not_null().le(At(now))))
        .filter(exists(rendered))
        .into_boxed()
}

/// The photos with these ids, which a visible article names.
pub(super) fn photos_of(
    conn: &mut Conn,
    ids: &[PhotoId],
    now: Moment,
) -> Result<HashMap<PhotoId, LivePhoto>, Error> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let keys: Vec<_> = ids.iter().map(|id| Key(id.uuid())).collect();
    let rows: Vec<PhotoRow> = free(now).filter(among(photos::id, keys)).load(conn)?;
    let mut renditions = renditions_of(conn, ids)?;
    rows.into_iter()
        .map(|row| {
            let photo = row.photo(Printed::Already)?;
            let renditions = renditions.remove(&photo.id).unwrap_or_default();
            Ok((photo.id, LivePhoto { photo, renditions }))
        })
        .collect()
}

/// Photos that readers may get as portraits: nobody but the photo itself says its credit and its alternative text.
fn free_portraits<'a>(now: Moment) -> photos::BoxedQuery<'a, <Conn as Connection>::Backend> {
    free(now).filter(photos::has_credit.eq(true)).filter(photos::has_alt.eq(true))
}

/// Of these portraits those that readers see.
pub(super) fn free_of(
    conn: &mut Conn,
    portraits: &[PhotoId],
    now: Moment,
) -> Result<HashSet<PhotoId>, Error> {
    if portraits.is_empty() {
        return Ok(HashSet::new());
    }
    let keys: Vec<_> = portraits.iter().map(|id| Key(id.uuid())).collect();
    let found: Vec<Key> =
        free_portraits(now).filter(among(photos::id, keys)).select(photos::id).load(conn)?;
    Ok(found.into_iter().map(|key| PhotoId::new(key.0)).collect())
}

/// Those of these photos that a visible article shows in the place that is visible, or its portrait's contributor, and whose
/// rights stand.
pub(super) fn photos_seen(
    conn: &mut Conn,
    ids: &[PhotoId],
    now: Moment,
) -> Result<HashMap<PhotoId, LivePhoto>, Error> {
    let keys: Vec<_> = ids.iter().map(|id| Key(id.uuid())).collect();
    let shown = live_articles::table
        .filter(is_visible(At(now)))
        .filter(live_articles::article_id.eq(article_photos::article_id))
        .filter(live_articles::place.eq(article_photos::place));
    let pictured =
        article_photos::table.filter(article_photos::photo_id.eq(photos::id)).filter(exists(shown));
    let mut seen: Vec<Key> = photos::table
        .filter(among(photos::id, &keys))
        .filter(exists(pictured))
        .select(photos::id)
        .load(conn)?;
    let portraits: Vec<Option<Key>> = used_contributors(now)
        .filter(among(contributors::portrait.assume_not_null(), keys))
        .select(contributors::portrait)
        .load(conn)?;
    let portraits: Vec<_> = portraits.into_iter().flatten().map(|key| PhotoId::new(key.0)).collect();
    seen.extend(free_of(conn, &portraits, now)?.into_iter().map(|id| Key(id.uuid())));
    let seen: Vec<_> = seen.into_iter().map(|key| PhotoId::new(key.0)).collect();
    photos_of(conn, &seen, now)
}

/// Whether the photo is the portrait of somebody whom a visible article names.
fn portrays(conn: &mut Conn, id: PhotoId, now: Moment) -> Result<bool, Error> {
    let portrayed =
        used_contributors(now).filter(contributors::portrait.assume_not_null().eq(Key(id.uuid())));
    Ok(portrayed.count().get_result::<i64>(conn)? > 0)
}

/// Whether visible articles show a photo, and for how long, as far as they say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    /// None does.
    Not,
    /// Only some that end, the last of them then.
    Until(Moment),
    /// One that has no planned end.
    On,
}

/// The visible articles that show a photo in the place that is visible.
fn showing<'a>(id: PhotoId, now: Moment) -> Live<'a> {
    let users = article_photos::table.filter(article_photos::photo_id.eq(Key(id.uuid())));
    live(now)
        // The users are few, which the index of photos finds; the place is then looked at in each.
        .filter(live_articles::article_id.eq_any(users.select(article_photos::article_id)))
        .filter(exists(
            article_photos::table
                .filter(article_photos::photo_id.eq(Key(id.uuid())))
                .filter(article_photos::article_id.eq(live_articles::article_id))
                .filter(article_photos::place.eq(live_articles::place)),
        ))
}

/// An update that is scheduled is no end, whatever it shows: nothing may tell of it (ruling 13).
fn shown(conn: &mut Conn, id: PhotoId, now: Moment) -> Result<Shown, Error> {
    let unending = showing(id, now).filter(live_articles::expires_at.is_null());
    if diesel::select(exists(unending.select(live_articles::article_id))).get_result::<bool>(conn)? {
        return Ok(Shown::On);
    }
    let last: Option<At> = showing(id, now).select(max(live_articles::expires_at)).get_result(conn)?;
    Ok(last.map_or(Shown::Not, |end| Shown::Until(end.0)))
}

/// The photo of this id, if a visible article shows it in the place that is visible, or its portrait's contributor; and the end
/// of its rights, or the planned end of the last of them where each has one, whichever comes first.
pub(super) fn photo(
    conn: &mut Conn,
    id: PhotoId,
    now: Moment,
) -> Result<Option<(LivePhoto, Option<Moment>)>, Error> {
    let mut shown = shown(conn, id, now)?;
    if shown != Shown::On && portrays(conn, id, now)? && !free_of(conn, &[id], now)?.is_empty() {
        // Those whose portrait it is may be named by others, for which nobody has planned an end.
        shown = Shown::On;
    }
    let shown_until = match shown {
        Shown::Not => return Ok(None),
        Shown::Until(end) => Some(end),
        Shown::On => None,
    };
    Ok(photos_of(conn, &[id], now)?.remove(&id).map(|found| {
        let until = found.photo.facts.rights.use_until.into_iter().chain(shown_until).min();
        (found, until)
    }))
}
