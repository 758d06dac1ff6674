//! What a clock that was ahead and has been set right leaves behind: stamps of an hour that is yet to come, for which nobody
//! waits, and news that were told before their time, which are to be told again when it comes.

use std::collections::{BTreeMap, BTreeSet};

use diesel::dsl::{exists, max};
use diesel::prelude::*;
use domain::comment::settings::OpenDays;
use domain::event::EventKind;
use domain::id::{ArticleId, PhotoId};
use domain::time::Moment;
use domain::webhook::attempt::LONGEST_ASKED;
use domain::webhook::delivery::{DeliveryState, waits_until};
use uuid::Uuid;

use super::super::Conn;
use super::upkeep::{Span, changes as changes_of};
use crate::among::among;
use crate::changes::LiveChanges;
use crate::error::Error;
use crate::prepared;
use crate::records::Passage;
use crate::schema::{
    changes, live_articles, outbox, outbox_places, photo_changes, photos, rendition_jobs, thread_closings,
    timed_changes, webhook_deliveries, webhooks,
};
use crate::sql::{At, Key};
use crate::upkeep::{FAR, PlannedAgain};

/// Whether something was stamped by a clock that was ahead of `now`: of what a worker has yet to pass on, and of what it passed
/// on last.
pub(super) fn was_ahead(conn: &mut Conn, now: Moment) -> Result<bool, Error> {
    let far = At(now.plus(FAR));
    let leased = outbox_places::table.filter(outbox_places::leased_until.gt(far));
    let last = conn.last_change()?;
    let told: Option<At> = changes::table.find(last).select(changes::at).get_result(conn).optional()?;
    let place: Option<i64> = outbox_places::table
        .find(Passage::Changes.name())
        .select(outbox_places::seq)
        .get_result(conn)
        .optional()?;
    let untold = outbox::table.filter(outbox::seq.gt(place.unwrap_or_default())).filter(outbox::at.gt(far));
    Ok(told.is_some_and(|at| at > far)
        || diesel::select(exists(leased)).get_result(conn)?
        || diesel::select(exists(untold)).get_result(conn)?)
}

/// Stamps that anew with `now`, and plans again what becomes of articles, photos and threads until the latest of its stamps.
pub(super) fn set_right(
    conn: &mut Conn,
    now: Moment,
    open_days: Option<OpenDays>,
) -> Result<PlannedAgain, Error> {
    let far = At(now.plus(FAR));
    let told: Option<At> = changes::table.select(max(changes::at)).get_result(conn)?;
    let happened: Option<At> = outbox::table.select(max(outbox::at)).get_result(conn)?;
    let mut planned = PlannedAgain::default();
    if let Some(until) = told.into_iter().chain(happened).map(|at| at.0).max().filter(|at| *at > now) {
        (planned.shown, planned.hidden) = plan_articles(conn, now, until)?;
        planned.closing = plan_closings(conn, now, until, open_days)?;
        planned.photos = plan_photos(conn, now, until)?;
    }
    prepared::update(changes::at.gt(far), changes::at.eq(At(now))).execute(conn)?;
    prepared::update(outbox::at.gt(far), outbox::at.eq(At(now))).execute(conn)?;
    let free = outbox_places::leased_until.eq(At(now));
    prepared::update(outbox_places::leased_until.gt(far), free).execute(conn)?;
    set_deliveries_right(conn, now)?;
    // Should one be in hand, it is carried out twice.
    prepared::update(rendition_jobs::due_at.gt(far), rendition_jobs::due_at.eq(At(now))).execute(conn)?;
    Ok(planned)
}

/// A delivery that waits for those before it goes on waiting for them, and one that waits for nobody does not.
fn set_deliveries_right(conn: &mut Conn, now: Moment) -> Result<(), Error> {
    let far = At(now.plus(FAR));
    let unsent = || {
        let pending = webhook_deliveries::state.eq(DeliveryState::Pending.name());
        pending.and(webhook_deliveries::created_at.gt(far))
    };
    let waiting = unsent().and(webhook_deliveries::waits_until.gt(webhook_deliveries::created_at));
    let patient = webhook_deliveries::waits_until.eq(At(waits_until(EventKind::ArticleUpdated, now)));
    prepared::update(waiting, patient).execute(conn)?;
    let at_once = unsent().and(webhook_deliveries::waits_until.eq(webhook_deliveries::created_at));
    prepared::update(at_once, webhook_deliveries::waits_until.eq(At(now))).execute(conn)?;
    let stamps = (
        webhook_deliveries::created_at.eq(At(now)),
        webhook_deliveries::began_at.eq(At(now)),
        webhook_deliveries::next_attempt_at.eq(At(now)),
    );
    prepared::update(unsent(), stamps).execute(conn)?;
    let longest = At(now.plus(LONGEST_ASKED));
    let resting = webhooks::rests_until.assume_not_null().gt(longest);
    prepared::update(resting, webhooks::rests_until.eq(None::<At>)).execute(conn)?;
    Ok(())
}

/// Those that readers see at `after`, and those that they do not.
fn plan_articles(
    conn: &mut Conn,
    after: Moment,
    until: Moment,
) -> Result<(BTreeSet<ArticleId>, BTreeSet<ArticleId>), Error> {
    let opens = live_articles::visible_from.gt(At(after)).and(live_articles::visible_from.le(At(until)));
    let ends = live_articles::visible_until.assume_not_null();
    let ends = ends.gt(At(after)).and(ends.le(At(until)));
    let ids: Vec<Key> = live_articles::table
        .filter(opens.or(ends))
        .select(live_articles::article_id)
        .distinct()
        .load(conn)?;
    let rows: Vec<(Key, At, Option<At>)> = live_articles::table
        .filter(among(live_articles::article_id, ids))
        .select((live_articles::article_id, live_articles::visible_from, live_articles::visible_until))
        .load(conn)?;
    let mut spans: BTreeMap<_, Vec<Span>> = BTreeMap::new();
    for (Key(id), from, to) in rows {
        spans.entry(id).or_default().push((from.0, to.map(|at| at.0)));
    }
    for (id, spans) in &spans {
        for (at, kind) in changes_of(spans).into_iter().filter(|(at, _)| *at > after && *at <= until) {
            diesel::insert_into(timed_changes::table)
                .values((
                    timed_changes::article_id.eq(Key(*id)),
                    timed_changes::at.eq(At(at)),
                    timed_changes::kind.eq(kind.name()),
                ))
                .on_conflict_do_nothing()
                .execute(conn)?;
        }
    }
    let is_seen =
        |spans: &[Span]| spans.iter().any(|(from, to)| *from <= after && to.is_none_or(|to| to > after));
    let (shown, hidden): (Vec<_>, Vec<_>) = spans.into_iter().partition(|(_, spans)| is_seen(spans));
    let ids = |some: Vec<(Uuid, _)>| some.into_iter().map(|(id, _)| ArticleId::new(id)).collect();
    Ok((ids(shown), ids(hidden)))
}

/// That rights end soon is told to the newsroom alone, which has heard of it.
fn plan_photos(conn: &mut Conn, after: Moment, until: Moment) -> Result<BTreeSet<PhotoId>, Error> {
    let ends = photos::use_until.assume_not_null();
    let ended: Vec<(Key, At)> = photos::table
        .filter(ends.gt(At(after)).and(ends.le(At(until))))
        .select((photos::id, ends))
        .load(conn)?;
    let begins = photos::embargo_until.assume_not_null();
    let begun: Vec<(Key, At)> = photos::table
        .filter(begins.gt(At(after)).and(begins.le(At(until))))
        .select((photos::id, begins))
        .load(conn)?;
    let of = |kind: EventKind| move |(id, at)| (id, at, kind);
    let mut planned = BTreeSet::new();
    let ended = ended.into_iter().map(of(EventKind::PhotoRightsEnded));
    for (id, at, kind) in ended.chain(begun.into_iter().map(of(EventKind::PhotoEmbargoEnded))) {
        diesel::insert_into(photo_changes::table)
            .values((
                photo_changes::photo_id.eq(id),
                photo_changes::at.eq(at),
                photo_changes::kind.eq(kind.name()),
            ))
            .on_conflict_do_nothing()
            .execute(conn)?;
        planned.insert(PhotoId::new(id.0));
    }
    Ok(planned)
}

fn plan_closings(
    conn: &mut Conn,
    after: Moment,
    until: Moment,
    open_days: Option<OpenDays>,
) -> Result<BTreeSet<ArticleId>, Error> {
    let announced = thread_closings::announced.eq(true);
    let closes = thread_closings::closes_at.assume_not_null();
    let own = closes.gt(At(after)).and(closes.le(At(until)));
    let own = diesel::update(thread_closings::table.filter(announced).filter(own));
    let mut planned: Vec<Key> = own
        .set(thread_closings::announced.eq(false))
        .returning(thread_closings::article_id)
        .get_results(conn)?;
    if let Some(days) = open_days {
        let by_site = thread_closings::closes_at
            .is_null()
            .and(thread_closings::published_at.gt(At(days.before(after))))
            .and(thread_closings::published_at.le(At(days.before(until))));
        let by_site = diesel::update(thread_closings::table.filter(announced).filter(by_site))
            .set(thread_closings::announced.eq(false))
            .returning(thread_closings::article_id);
        planned.extend(by_site.get_results::<Key>(conn)?);
    }
    Ok(planned.into_iter().map(|key| ArticleId::new(key.0)).collect())
}
