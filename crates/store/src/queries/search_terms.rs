//! What is kept of articles to be found by, in step with what readers see of them.

use std::collections::{BTreeSet, HashMap};

use diesel::prelude::*;
use domain::article::content::document::Document;
use domain::article::content::names::photo_uses;
use domain::id::{ArticleId, PhotoId};
use domain::search::terms::terms;

use super::super::Conn;
use super::publication::never;
use crate::among::among;
use crate::error::Error;
use crate::lock::{Row as Held, Rows};
use crate::photos::Photos;
use crate::schema::{article_photos, live_articles, published_languages, search_jobs};
use crate::search::{FullText, Row, Search, usual_key};
use crate::sql::{At, Json, Key};

impl Search for Conn {
    fn has_search_job(&mut self) -> Result<bool, Error> {
        Ok(diesel::select(diesel::dsl::exists(search_jobs::table.select(search_jobs::article_id)))
            .get_result(self)?)
    }

    fn carry_out_search_jobs(&mut self, limit: u16) -> Result<Vec<ArticleId>, Error> {
        let next = search_jobs::table.order(search_jobs::article_id).limit(limit.into());
        let jobs: Vec<Key> = next.select(search_jobs::article_id).load(self)?;
        let mut done = Vec::new();
        // Whoever publishes one of them waits, or is waited for: as they do, articles are held before photos, and in one order.
        self.hold_rows(Held::Article, &jobs)?;
        let shown = article_photos::table
            .filter(among(article_photos::article_id, jobs.iter().copied()))
            .filter(article_photos::place.gt(0));
        let photos: Vec<Key> = shown.select(article_photos::photo_id).distinct().load(self)?;
        self.hold_rows(Held::Photo, &photos)?;
        for job in jobs {
            // Another node may have done it meanwhile.
            let left: i64 =
                search_jobs::table.filter(search_jobs::article_id.eq(job)).count().get_result(self)?;
            if left == 1 {
                let id = ArticleId::new(job.0);
                look_through(self, id)?;
                // Last: whoever changes a photo and finds the job there need not wait for it to be over.
                diesel::delete(search_jobs::table.find(job)).execute(self)?;
                done.push(id);
            }
        }
        Ok(done)
    }

    fn sort_terms(&mut self) -> Result<(), Error> {
        self.sort_in()
    }
}

/// The columns of what readers see in a window of an article.
type Window = (i16, At, Option<At>, At, At, String, Json);

/// Keeps anew what an article is found by, of each window of it.
pub(super) fn look_through(conn: &mut Conn, id: ArticleId) -> Result<(), Error> {
    conn.drop_terms(id)?;
    let windows: Vec<Window> = live_articles::table
        .filter(live_articles::article_id.eq(Key(id.uuid())))
        // What an embargo keeps from readers is in no index.
        .filter(live_articles::visible_from.lt(At(never())))
        .select((
            live_articles::place,
            live_articles::visible_from,
            live_articles::visible_until,
            live_articles::updated_at,
            live_articles::published_at,
            live_articles::language,
            live_articles::content,
        ))
        .load(conn)?;
    let contents: Vec<_> = windows
        .iter()
        .map(|(.., content)| Document::read(&content.0).map_err(Error::defect))
        .collect::<Result<_, _>>()?;
    let used: BTreeSet<PhotoId> = contents.iter().flat_map(photo_uses).map(|(_, used)| used.photo).collect();
    let used: Vec<_> = used.into_iter().collect();
    // Whoever changes one sees that this article uses it, or is seen to have changed it. All at once, since those of one
    // window may come before those of another.
    conn.hold_photos(&used)?;
    let photos = conn.photos_of(&used)?;
    let facts: HashMap<_, _> = photos.iter().map(|(id, photo)| (*id, &photo.facts)).collect();
    // In one order, and behind the photos, which whoever publishes holds by now: the first in a language is waited for by
    // the second.
    let languages: BTreeSet<_> = windows.iter().map(|(.., language, _)| language).collect();
    let languages: Vec<_> =
        languages.into_iter().map(|name| published_languages::language.eq(name)).collect();
    diesel::insert_into(published_languages::table)
        .values(languages)
        .on_conflict_do_nothing()
        .execute(conn)?;
    for ((place, visible_from, visible_until, updated_at, published_at, ..), content) in
        windows.into_iter().zip(&contents)
    {
        let terms = terms(id, content, &facts);
        let (article, usual) = (Key(id.uuid()), usual_key(published_at.0, id));
        let mut row = Row { key: usual, article, place, visible_from, visible_until, updated_at };
        while !conn.keep_terms(row, terms.clone())? {
            row.key += 1;
        }
    }
    Ok(())
}

/// Has those articles looked through anew whose publication uses a photo.
pub(super) fn look_through_users(conn: &mut Conn, photo: PhotoId) -> Result<(), Error> {
    let users = article_photos::table
        .filter(article_photos::photo_id.eq(Key(photo.uuid())))
        .filter(article_photos::place.gt(0));
    let users: Vec<Key> = users.select(article_photos::article_id).distinct().load(conn)?;
    let jobs: Vec<_> = users.into_iter().map(|user| search_jobs::article_id.eq(user)).collect();
    diesel::insert_into(search_jobs::table).values(jobs).on_conflict_do_nothing().execute(conn)?;
    Ok(())
}
