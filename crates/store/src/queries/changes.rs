//! The statements of the feed of changes.

use std::collections::{BTreeMap, HashMap, HashSet};

use diesel::dsl::{exists, max};
use diesel::prelude::*;
use domain::article::checks::rules::linked;
use domain::article::content::document::Document;
use domain::change::{Resource, ResourceKind, Showing, ShowingKind, Sight};
use domain::contributor::Contributor;
use domain::id::{ArticleId, ContributorId, FrontId, PhotoId, SectionId, TagId};
use domain::section::tree::Tree;
use domain::tag::Tag;
use domain::time::Moment;
use uuid::Uuid;

use super::super::Conn;
use super::visibility::live;
use super::{live_fronts, live_photos, live_references};
use crate::among::among;
use crate::changes::{Changes, LiveChange, LiveChanges, LiveItem, Spread};
use crate::error::Error;
use crate::fronts::LiveFront;
use crate::live::{Live, LivePhoto};
use crate::rows::stored;
use crate::schema::{
    article_contributors, article_links, article_photos, article_tags, change_spreads, changes, fronts,
    live_articles, photo_contributors,
};
use crate::sql::{At, Json, Key};

/// Among how many changes at a time those of a clock that is ahead are looked for.
const LOOKED_BACK: i64 = 100;

impl LiveChanges for Conn {
    fn live_changes(&mut self, after: i64, limit: u16, now: Moment) -> Result<Vec<LiveChange>, Error> {
        let rows: Vec<(i64, String, Key, At)> = changes::table
            .filter(changes::seq.gt(after))
            .order(changes::seq)
            .limit(limit.into())
            .select((changes::seq, changes::kind, changes::id, changes::at))
            .load(self)?;
        // What another node, whose clock is ahead, has told of is not to be seen here before that instant.
        let ours = rows.into_iter().take_while(|(_, _, _, at)| at.0 <= now);
        ours.map(|(seq, kind, id, _)| {
            let kind = stored(ResourceKind::parse(&kind))?;
            Ok(LiveChange { seq, resource: Resource::named(kind, id.0) })
        })
        .collect()
    }

    fn last_change(&mut self) -> Result<i64, Error> {
        let last: Option<i64> = changes::table.select(max(changes::seq)).get_result(self)?;
        Ok(last.unwrap_or_default())
    }

    fn last_live_change(&mut self, now: Moment) -> Result<i64, Error> {
        let mut place = self.last_change()?;
        loop {
            let rows: Vec<(i64, At)> = changes::table
                .filter(changes::seq.le(place))
                .order(changes::seq.desc())
                .limit(LOOKED_BACK)
                .select((changes::seq, changes::at))
                .load(self)?;
            let Some((first_ahead, _)) = rows.into_iter().rfind(|(_, at)| at.0 > now) else {
                return Ok(place);
            };
            place = first_ahead - 1;
        }
    }

    fn tags_seen(&mut self, ids: &[TagId], now: Moment) -> Result<Vec<Tag>, Error> {
        live_references::tags_seen(self, ids, now)
    }

    fn contributors_seen(&mut self, ids: &[ContributorId], now: Moment) -> Result<Vec<Contributor>, Error> {
        live_references::contributors_seen(self, ids, now)
    }

    fn fronts_seen(&mut self, ids: &[FrontId]) -> Result<Vec<LiveFront>, Error> {
        live_fronts::seen(self, ids)
    }

    fn items_seen(&mut self, ids: &[FrontId], now: Moment) -> Result<HashMap<FrontId, Vec<LiveItem>>, Error> {
        live_fronts::items_seen(self, ids, now)
    }

    fn photos_seen(&mut self, ids: &[PhotoId], now: Moment) -> Result<HashMap<PhotoId, LivePhoto>, Error> {
        live_photos::photos_seen(self, ids, now)
    }
}

impl Changes for Conn {
    fn has_spreads(&mut self) -> Result<bool, Error> {
        Ok(diesel::select(exists(change_spreads::table.select(change_spreads::kind))).get_result(self)?)
    }

    fn told_of(&mut self, resources: &[Resource]) -> Result<HashMap<Resource, Sight>, Error> {
        let mut told = HashMap::new();
        for (kind, keys) in by_kind(resources) {
            let rows: Vec<(Key, bool)> = changes::table
                .filter(changes::kind.eq(kind.name()))
                .filter(among(changes::id, keys))
                .select((changes::id, changes::gone))
                .load(self)?;
            let sight = |gone| if gone { Sight::Gone } else { Sight::Seen };
            told.extend(rows.into_iter().map(|(id, gone)| (Resource::named(kind, id.0), sight(gone))));
        }
        Ok(told)
    }

    fn seen_of(&mut self, resources: &[Resource], now: Moment) -> Result<HashSet<Resource>, Error> {
        let mut seen = HashSet::new();
        for (kind, keys) in by_kind(resources) {
            let found: Vec<Uuid> = match kind {
                ResourceKind::Article => articles_seen(self, keys, now)?,
                ResourceKind::Section => sections_seen(self, now)?,
                ResourceKind::Tag => {
                    let ids: Vec<_> = keys.iter().map(|key| TagId::new(key.0)).collect();
                    live_references::tags_seen(self, &ids, now)?
                        .into_iter()
                        .map(|tag| tag.id.uuid())
                        .collect()
                }
                ResourceKind::Contributor => {
                    let ids: Vec<_> = keys.iter().map(|key| ContributorId::new(key.0)).collect();
                    let found = live_references::contributors_seen(self, &ids, now)?;
                    found.into_iter().map(|contributor| contributor.id.uuid()).collect()
                }
                ResourceKind::Front => {
                    let ids: Vec<_> = keys.iter().map(|key| FrontId::new(key.0)).collect();
                    live_fronts::seen(self, &ids)?.into_iter().map(|front| front.id.uuid()).collect()
                }
                ResourceKind::Photo => {
                    let ids: Vec<_> = keys.iter().map(|key| PhotoId::new(key.0)).collect();
                    live_photos::photos_seen(self, &ids, now)?.into_keys().map(PhotoId::uuid).collect()
                }
            };
            seen.extend(found.into_iter().map(|id| Resource::named(kind, id)));
        }
        Ok(seen)
    }

    fn tell(&mut self, news: &[(Resource, Sight)], now: Moment) -> Result<(), Error> {
        if news.is_empty() {
            return Ok(());
        }
        let last: Option<i64> = changes::table.select(max(changes::seq)).get_result(self)?;
        for ((resource, sight), seq) in news.iter().zip(last.unwrap_or_default() + 1..) {
            let row =
                (changes::seq.eq(seq), changes::gone.eq(*sight == Sight::Gone), changes::at.eq(At(now)));
            let name = (changes::kind.eq(resource.kind().name()), changes::id.eq(Key(resource.uuid())));
            diesel::insert_into(changes::table)
                .values((row, name))
                .on_conflict((changes::kind, changes::id))
                .do_update()
                .set(row)
                .execute(self)?;
        }
        Ok(())
    }

    fn filled_fronts(&mut self) -> Result<Vec<FrontId>, Error> {
        let filled: Vec<Key> =
            fronts::table.filter(fronts::fill_up_to.is_not_null()).select(fronts::id).load(self)?;
        Ok(filled.into_iter().map(|key| FrontId::new(key.0)).collect())
    }

    fn relink(&mut self, articles: &[ArticleId]) -> Result<(), Error> {
        let keys: Vec<_> = articles.iter().map(|id| Key(id.uuid())).collect();
        diesel::delete(article_links::table.filter(among(article_links::article_id, &keys))).execute(self)?;
        let rows: Vec<(Key, Json)> = live_articles::table
            .filter(among(live_articles::article_id, keys))
            .select((live_articles::article_id, live_articles::content))
            .load(self)?;
        for (article, content) in rows {
            let content = Document::read(&content.0).map_err(Error::defect)?;
            for (_, id) in linked(&content) {
                diesel::insert_into(article_links::table)
                    .values((
                        article_links::article_id.eq(article),
                        article_links::linked_id.eq(Key(id.uuid())),
                    ))
                    .on_conflict_do_nothing()
                    .execute(self)?;
            }
        }
        Ok(())
    }

    fn add_spread(&mut self, showing: Showing) -> Result<(), Error> {
        diesel::insert_into(change_spreads::table)
            .values((
                change_spreads::kind.eq(showing.kind().name()),
                change_spreads::id.eq(Key(showing.uuid())),
                change_spreads::after.eq(None::<Key>),
            ))
            .on_conflict((change_spreads::kind, change_spreads::id))
            .do_update()
            .set(change_spreads::after.eq(None::<Key>))
            .execute(self)?;
        Ok(())
    }

    fn take_spread(&mut self, limit: u16) -> Result<Option<Spread>, Error> {
        let first: Vec<(String, Key, Option<Key>)> =
            change_spreads::table.order((change_spreads::kind, change_spreads::id)).limit(1).load(self)?;
        let Some((kind, id, after)) = first.into_iter().next() else { return Ok(None) };
        let showing = Showing::named(stored(ShowingKind::parse(&kind))?, id.0);
        let found = showing_behind(self, showing, after.unwrap_or(Key(Uuid::nil())), limit.into())?;
        let job = change_spreads::table.find((kind, id));
        match found.last() {
            Some(last) if found.len() == usize::from(limit) => {
                diesel::update(job).set(change_spreads::after.eq(Some(*last))).execute(self)?;
            }
            _ => {
                diesel::delete(job).execute(self)?;
            }
        }
        let resource = |key: Key| match showing {
            Showing::Credits(_) => Resource::Photo(PhotoId::new(key.0)),
            _ => Resource::Article(ArticleId::new(key.0)),
        };
        // An article may stand there twice: as it is, and as it will be.
        let mut resources: Vec<_> = found.into_iter().map(resource).collect();
        resources.dedup();
        Ok(Some(Spread { showing, resources }))
    }
}

/// Resources apart by their kinds.
fn by_kind(resources: &[Resource]) -> BTreeMap<ResourceKind, Vec<Key>> {
    let mut apart: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for resource in resources {
        apart.entry(resource.kind()).or_default().push(Key(resource.uuid()));
    }
    apart
}

fn articles_seen(conn: &mut Conn, keys: Vec<Key>, now: Moment) -> Result<Vec<Uuid>, Error> {
    let seen: Vec<Key> = live(now)
        .filter(among(live_articles::article_id, keys))
        .select(live_articles::article_id)
        .load(conn)?;
    Ok(seen.into_iter().map(|key| key.0).collect())
}

/// All sections in or below which an article is visible.
fn sections_seen(conn: &mut Conn, now: Moment) -> Result<Vec<Uuid>, Error> {
    let (sections, used) = conn.live_sections(now)?;
    let tree = Tree::new(sections.iter().map(|section| (section.id, section.parent)));
    let known: HashSet<_> = used.into_iter().flat_map(|id| tree.path(id)).collect();
    Ok(known.into_iter().map(SectionId::uuid).collect())
}

/// The ids of what shows something, in their order from behind `after` on. Of articles those are meant that readers see or
/// will see.
fn showing_behind(conn: &mut Conn, showing: Showing, after: Key, limit: i64) -> Result<Vec<Key>, Error> {
    let of = Key(showing.uuid());
    Ok(match showing {
        Showing::LinksTo(_) => article_links::table
            .filter(article_links::linked_id.eq(of))
            .filter(article_links::article_id.gt(after))
            .order(article_links::article_id)
            .select(article_links::article_id)
            .limit(limit)
            .load(conn)?,
        Showing::Within(_) => live_articles::table
            .filter(live_articles::section_id.eq(Some(of)))
            .filter(live_articles::article_id.gt(after))
            .order(live_articles::article_id)
            .select(live_articles::article_id)
            .limit(limit)
            .load(conn)?,
        Showing::Tagged(_) => article_tags::table
            .filter(article_tags::tag_id.eq(of).and(article_tags::place.gt(0)))
            .filter(article_tags::article_id.gt(after))
            .order(article_tags::article_id)
            .select(article_tags::article_id)
            .limit(limit)
            .load(conn)?,
        Showing::By(_) => article_contributors::table
            .filter(article_contributors::contributor_id.eq(of).and(article_contributors::place.gt(0)))
            .filter(article_contributors::article_id.gt(after))
            .order(article_contributors::article_id)
            .select(article_contributors::article_id)
            .limit(limit)
            .load(conn)?,
        Showing::Credits(_) => photo_contributors::table
            .filter(photo_contributors::contributor_id.eq(of))
            .filter(photo_contributors::photo_id.gt(after))
            .order(photo_contributors::photo_id)
            .select(photo_contributors::photo_id)
            .limit(limit)
            .load(conn)?,
        Showing::Pictured(_) => article_photos::table
            .filter(article_photos::photo_id.eq(of).and(article_photos::place.gt(0)))
            .filter(article_photos::article_id.gt(after))
            .order(article_photos::article_id)
            .select(article_photos::article_id)
            .limit(limit)
            .load(conn)?,
    })
}
