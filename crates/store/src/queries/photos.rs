//! The statements of photos, what is said of them, and which articles use them.

use std::collections::{BTreeSet, HashMap};

use diesel::dsl::{exists, not};
use diesel::prelude::*;
use domain::article::content::Content;
use domain::article::content::document::Document;
use domain::id::{ArticleId, ContributorId, PhotoId};
use domain::paging::From;
use domain::photo::file::Rendition;
use domain::photo::file_metadata::FileMetadata;
use domain::photo::hash::ContentHash;
use domain::photo::search::{Lack, PhotoFilter, Used, UsedIn};
use domain::photo::{Photo, Printed};
use domain::policy::right::{CreatePhotos, DeletePhotos, EditPhotos};
use domain::policy::{Granted, Guarded};
use domain::time::Moment;
use domain::version::{Seen, Version};

use super::super::Conn;
use super::search_terms::look_through_users;
use super::{photo_files, photo_times, slugs};
use crate::among::among;
use crate::error::{Error, OneRow};
use crate::lock::{Row, Rows};
use crate::photos::{DuePhotoChange, Photos, UseFilter};
use crate::rows::photos::PhotoRow;
use crate::rows::seen_version;
use crate::schema::{
    article_photos, article_writers, articles, contributors, live_articles, photo_contributors,
    photo_metadata, photo_names, photos,
};
use crate::sql::{At, Json, Key};

/// The working copy's number among the places of an article.
const WORKING: i16 = 0;

/// Who made a photo, among the roles of names.
const CREATOR: i16 = 0;
/// Through whose hands it came.
const ORGANIZATION: i16 = 1;

/// Whether a photo has left the newsroom with an article or as a portrait, as a column of its query.
macro_rules! printed {
    () => {
        exists(
            article_photos::table
                .filter(article_photos::photo_id.eq(photos::id))
                .filter(article_photos::place.gt(WORKING)),
        )
        .or(portrays!())
    };
}

/// Whether a photo is somebody's portrait.
macro_rules! portrays {
    () => {
        exists(contributors::table.filter(contributors::portrait.assume_not_null().eq(photos::id)))
    };
}

impl Photos for Conn {
    fn add_photo(
        &mut self,
        photo: &Granted<Photo, CreatePhotos>,
        metadata: &FileMetadata,
        renditions: &[Rendition],
    ) -> Result<(), Error> {
        diesel::insert_into(photos::table).values(PhotoRow::of(photo, photo.version)?).execute(self)?;
        describe(self, photo)?;
        note_metadata(self, photo.id, metadata)?;
        photo_files::insert(self, photo.id, renditions)?;
        photo_times::plan(self, photo)
    }

    fn photo(&mut self, id: PhotoId) -> Result<Option<Guarded<Photo>>, Error> {
        Ok(self.photos_of(&[id])?.remove(&id).map(Guarded::new))
    }

    fn hold_photo(&mut self, id: PhotoId) -> Result<Option<Guarded<Photo>>, Error> {
        self.hold_row(Row::Photo, id.uuid())?;
        self.photo(id)
    }

    fn hold_photos(&mut self, ids: &[PhotoId]) -> Result<(), Error> {
        let keys: Vec<_> = ids.iter().map(|id| Key(id.uuid())).collect();
        if keys.is_empty() { Ok(()) } else { self.hold_rows(Row::Photo, &keys) }
    }

    fn photo_of_hash(&mut self, hash: &ContentHash) -> Result<Option<PhotoId>, Error> {
        let found = photos::table.filter(photos::content_hash.eq(hash.octets().to_vec()));
        let key: Option<Key> = found.select(photos::id).get_result(self).optional()?;
        Ok(key.map(|key| PhotoId::new(key.0)))
    }

    fn metadata_of_photo(&mut self, id: PhotoId) -> Result<FileMetadata, Error> {
        let found = photo_metadata::table.find(Key(id.uuid())).select(photo_metadata::metadata);
        let document: Option<Json> = found.get_result(self).optional()?;
        let document = document.map(|document| serde_json::from_str(&document.0).map_err(Error::defect));
        Ok(document.transpose()?.unwrap_or_default())
    }

    fn renditions_of(&mut self, ids: &[PhotoId]) -> Result<HashMap<PhotoId, Vec<Rendition>>, Error> {
        photo_files::renditions_of(self, ids)
    }

    fn photos(&mut self, filter: &PhotoFilter, limit: u16) -> Result<Vec<Guarded<Photo>>, Error> {
        let page = filtered(filter);
        let page = match filter.from {
            None => page.order(photos::id.desc()),
            Some(From::Behind(id)) => page.filter(photos::id.lt(Key(id.uuid()))).order(photos::id.desc()),
            Some(From::Before(id)) => page.filter(photos::id.gt(Key(id.uuid()))).order(photos::id),
        };
        let rows: Vec<(PhotoRow, bool)> =
            page.limit(limit.into()).select((photos::all_columns, printed!())).load(self)?;
        rows.into_iter().map(|(row, printed)| Ok(Guarded::new(row.photo(is_printed(printed))?))).collect()
    }

    fn count_photos(&mut self, filter: &PhotoFilter) -> Result<i64, Error> {
        Ok(filtered(filter).count().get_result(self)?)
    }

    fn photos_of(&mut self, ids: &[PhotoId]) -> Result<HashMap<PhotoId, Photo>, Error> {
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let keys: Vec<_> = ids.iter().map(|id| Key(id.uuid())).collect();
        let rows: Vec<(PhotoRow, bool)> = photos::table
            .filter(among(photos::id, keys))
            .select((photos::all_columns, printed!()))
            .load(self)?;
        let photo = |(row, printed): (PhotoRow, bool)| {
            let photo = row.photo(is_printed(printed))?;
            Ok((photo.id, photo))
        };
        rows.into_iter().map(photo).collect()
    }

    fn change_photo(&mut self, photo: &Granted<Photo, EditPhotos>, seen: Seen) -> Result<Version, Error> {
        let next = seen_version(photo.version, seen)?;
        diesel::update(photos::table.find(Key(photo.id.uuid())))
            .filter(photos::version.eq(photo.version.number()))
            .set(PhotoRow::of(photo, next)?)
            .execute(self)
            .one_row_or(|| Error::Stale { current: next })?;
        describe(self, photo)?;
        photo_times::plan(self, photo)?;
        Ok(next)
    }

    fn replace_photo(
        &mut self,
        photo: &Granted<Photo, EditPhotos>,
        seen: Seen,
        metadata: &FileMetadata,
        renditions: &[Rendition],
    ) -> Result<Version, Error> {
        let next = self.change_photo(photo, seen)?;
        note_metadata(self, photo.id, metadata)?;
        photo_files::replace(self, photo.id, renditions)?;
        Ok(next)
    }

    fn delete_photo(&mut self, photo: &Granted<Photo, DeletePhotos>, seen: Seen) -> Result<(), Error> {
        let next = seen_version(photo.version, seen)?;
        diesel::delete(photos::table.find(Key(photo.id.uuid())))
            .filter(photos::version.eq(photo.version.number()))
            .execute(self)
            .one_row_or(|| Error::Stale { current: next })
    }

    fn articles_of_photo(&mut self, id: PhotoId, limit: u16) -> Result<Vec<ArticleId>, Error> {
        let found: Vec<Key> = article_photos::table
            .filter(article_photos::photo_id.eq(Key(id.uuid())))
            .order(article_photos::article_id)
            .select(article_photos::article_id)
            .distinct()
            .limit(limit.into())
            .load(self)?;
        Ok(found.into_iter().map(|key| ArticleId::new(key.0)).collect())
    }

    fn uses_of_photo(
        &mut self,
        id: PhotoId,
        filter: &UseFilter,
        limit: u16,
    ) -> Result<Vec<(ArticleId, Vec<UsedIn>)>, Error> {
        let UseFilter { own_of, from } = *filter;
        let of_photo = article_photos::photo_id.eq(Key(id.uuid()));
        let mut users = article_photos::table.filter(of_photo).into_boxed();
        if let Some(user) = own_of {
            let user = Key(user.uuid());
            let written = article_writers::table.filter(article_writers::user_id.eq(user));
            let written = written.select(article_writers::article_id);
            let own = articles::table
                .filter(articles::owner_id.eq(user).or(articles::id.eq_any(written)))
                .select(articles::id);
            users = users.filter(article_photos::article_id.eq_any(own));
        }
        users = match from {
            None => users.order(article_photos::article_id),
            Some(From::Behind(id)) => {
                let behind = article_photos::article_id.gt(Key(id.uuid()));
                users.filter(behind).order(article_photos::article_id)
            }
            Some(From::Before(id)) => {
                let before = article_photos::article_id.lt(Key(id.uuid()));
                users.filter(before).order(article_photos::article_id.desc())
            }
        };
        let users: Vec<Key> =
            users.select(article_photos::article_id).distinct().limit(limit.into()).load(self)?;
        let rows: Vec<(Key, i16)> = article_photos::table
            .filter(of_photo)
            .filter(among(article_photos::article_id, &users))
            .select((article_photos::article_id, article_photos::place))
            .load(self)?;
        let places = |article: &Key| {
            let own = rows.iter().filter(|(id, _)| id == article);
            let places: BTreeSet<_> = own
                .map(|(_, place)| if *place == WORKING { UsedIn::WorkingCopy } else { UsedIn::Publication })
                .collect();
            places.into_iter().collect()
        };
        Ok(users.iter().map(|article| (ArticleId::new(article.0), places(article))).collect())
    }

    fn photos_of_contributor(&mut self, id: ContributorId, limit: u16) -> Result<Vec<PhotoId>, Error> {
        let found: Vec<Key> = photo_contributors::table
            .filter(photo_contributors::contributor_id.eq(Key(id.uuid())))
            .order(photo_contributors::photo_id)
            .select(photo_contributors::photo_id)
            .limit(limit.into())
            .load(self)?;
        Ok(found.into_iter().map(|key| PhotoId::new(key.0)).collect())
    }

    fn photo_ids(&mut self, behind: Option<PhotoId>, limit: u16) -> Result<Vec<PhotoId>, Error> {
        let mut found = photos::table.into_boxed();
        if let Some(behind) = behind {
            found = found.filter(photos::id.gt(Key(behind.uuid())));
        }
        let found: Vec<Key> = found.order(photos::id).select(photos::id).limit(limit.into()).load(self)?;
        Ok(found.into_iter().map(|key| PhotoId::new(key.0)).collect())
    }

    fn shown_with_photo(&mut self, id: PhotoId, now: Moment) -> Result<Vec<(ArticleId, Content)>, Error> {
        let rows: Vec<(Key, Json)> = live_articles::table
            .inner_join(
                article_photos::table.on(article_photos::article_id
                    .eq(live_articles::article_id)
                    .and(article_photos::place.eq(live_articles::place))),
            )
            .filter(article_photos::photo_id.eq(Key(id.uuid())))
            .filter(
                live_articles::visible_until
                    .is_null()
                    .or(live_articles::visible_until.assume_not_null().gt(At(now))),
            )
            .order((live_articles::article_id, live_articles::place))
            .select((live_articles::article_id, live_articles::content))
            .load(self)?;
        let content = |(id, content): (Key, Json)| {
            Ok((ArticleId::new(id.0), Document::read(&content.0).map_err(Error::defect)?))
        };
        rows.into_iter().map(content).collect()
    }

    fn order_renditions(&mut self, id: PhotoId, due: Moment) -> Result<(), Error> {
        photo_files::order(self, id, due)
    }

    fn has_rendition_order(&mut self, now: Moment) -> Result<bool, Error> {
        photo_files::has_order(self, now)
    }

    fn take_rendition_order(&mut self, now: Moment, lease: Moment) -> Result<Option<(PhotoId, u32)>, Error> {
        photo_files::take_order(self, now, lease)
    }

    fn add_renditions(&mut self, photo: &Photo, renditions: &[Rendition]) -> Result<bool, Error> {
        self.hold_row(Row::Photo, photo.id.uuid())?;
        let current = self.photos_of(&[photo.id])?.remove(&photo.id);
        if current.is_none_or(|current| current.imprint() != photo.imprint()) {
            return Ok(false);
        }
        photo_files::finish(self, photo.id, renditions)?;
        Ok(true)
    }

    fn replace_crops(&mut self, id: PhotoId, crops: &[Rendition]) -> Result<(), Error> {
        photo_files::replace_crops(self, id, crops)
    }

    fn drop_rendition_order(&mut self, id: PhotoId) -> Result<(), Error> {
        photo_files::drop_order(self, id)
    }

    fn due_photo_changes(&mut self, until: Moment, limit: u16) -> Result<Vec<DuePhotoChange>, Error> {
        photo_times::due(self, until, limit)
    }

    fn take_photo_change(&mut self, change: &DuePhotoChange) -> Result<bool, Error> {
        photo_times::take(self, change)
    }
}

const fn is_printed(printed: bool) -> Printed {
    if printed { Printed::Already } else { Printed::NotYet }
}

/// Notes whom the credit of a photo names, in place of those before, and has articles found by what is said of it now.
fn describe(conn: &mut Conn, photo: &Photo) -> Result<(), Error> {
    look_through_users(conn, photo.id)?;
    let id = Key(photo.id.uuid());
    diesel::delete(photo_names::table.filter(photo_names::photo_id.eq(id))).execute(conn)?;
    diesel::delete(photo_contributors::table.filter(photo_contributors::photo_id.eq(id))).execute(conn)?;
    let Some(credit) = &photo.facts.credit else { return Ok(()) };
    let creators = credit.creators().iter().map(|creator| (CREATOR, creator.name.as_str()));
    let organizations = credit.organizations().iter().map(|name| (ORGANIZATION, name.as_str()));
    let names: BTreeSet<_> =
        creators.chain(organizations).map(|(role, name)| (role, name.to_lowercase())).collect();
    let names: Vec<_> = names
        .into_iter()
        .map(|(role, name)| {
            (photo_names::photo_id.eq(id), photo_names::role.eq(role), photo_names::name_folded.eq(name))
        })
        .collect();
    diesel::insert_into(photo_names::table).values(names).execute(conn)?;
    let profiles = credit.creators().iter().filter_map(|creator| creator.contributor);
    let profiles: BTreeSet<_> =
        slugs::resolved(conn, profiles.map(ContributorId::uuid))?.into_iter().collect();
    let profiles: Vec<_> = profiles
        .into_iter()
        .map(|profile| (photo_contributors::photo_id.eq(id), photo_contributors::contributor_id.eq(profile)))
        .collect();
    diesel::insert_into(photo_contributors::table).values(profiles).execute(conn)?;
    Ok(())
}

fn note_metadata(conn: &mut Conn, id: PhotoId, metadata: &FileMetadata) -> Result<(), Error> {
    let id = Key(id.uuid());
    let document = Json(serde_json::to_string(metadata).map_err(Error::defect)?);
    diesel::delete(photo_metadata::table.find(id)).execute(conn)?;
    diesel::insert_into(photo_metadata::table)
        .values((photo_metadata::photo_id.eq(id), photo_metadata::metadata.eq(document)))
        .execute(conn)?;
    Ok(())
}

/// The photos of a filter, wherever a page of them lies.
fn filtered(filter: &PhotoFilter) -> photos::BoxedQuery<'_, <Conn as Connection>::Backend> {
    let PhotoFilter {
        words,
        creator,
        organization,
        taken_from,
        taken_until,
        used,
        lacking,
        rights_end_before,
        from: _,
    } = filter;
    let mut found = photos::table.into_boxed();
    if let Some(words) = words {
        let pattern = format!("%{}", slugs::beginning(words));
        found = found.filter(photos::words.like(pattern).escape('\\'));
    }
    for (role, name) in [(CREATOR, creator), (ORGANIZATION, organization)] {
        let Some(name) = name else { continue };
        let named = photo_names::table
            .filter(photo_names::role.eq(role))
            .filter(photo_names::name_folded.eq(name.to_lowercase()));
        found = found.filter(photos::id.eq_any(named.select(photo_names::photo_id)));
    }
    if let Some(day) = taken_from {
        found = found.filter(photos::taken_on.assume_not_null().ge(day));
    }
    if let Some(day) = taken_until {
        found = found.filter(photos::taken_on.assume_not_null().le(day));
    }
    let users = article_photos::table.filter(article_photos::photo_id.eq(photos::id));
    found = match used {
        None => found,
        Some(Used::Somewhere) => found.filter(exists(users).or(portrays!())),
        Some(Used::Nowhere) => found.filter(not(exists(users).or(portrays!()))),
    };
    for lack in lacking {
        found = match lack {
            Lack::Caption => found.filter(photos::has_caption.eq(false)),
            Lack::Alt => found.filter(photos::has_alt.eq(false)),
            Lack::Credit => found.filter(photos::has_credit.eq(false)),
        };
    }
    if let Some(instant) = rights_end_before {
        found = found.filter(photos::use_until.assume_not_null().lt(At(*instant)));
    }
    found
}
