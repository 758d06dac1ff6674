//! The statements of what has to be done as time goes by.

use diesel::dsl::exists;
use diesel::prelude::*;
use domain::article::windows::Window;
use domain::comment::settings::OpenDays;
use domain::event::EventKind;
use domain::id::ArticleId;
use domain::time::Moment;

use super::super::Conn;
use super::set_right;
use crate::among::among;
use crate::error::Error;
use crate::lock::Rule;
use crate::rows::stored;
use crate::schema::{invitations, preview_tokens, timed_changes};
use crate::sql::{At, Key};
use crate::tx::Tx;
use crate::upkeep::{DueChange, PlannedAgain, Upkeep};

impl Upkeep for Conn {
    fn due_changes(&mut self, until: Moment, limit: u16) -> Result<Vec<DueChange>, Error> {
        let rows: Vec<(Key, At, String)> = timed_changes::table
            .filter(timed_changes::at.le(At(until)))
            .order((timed_changes::at, timed_changes::article_id))
            .limit(limit.into())
            .load(self)?;
        rows.into_iter().map(due_change).collect()
    }

    fn take_due_changes(&mut self, until: Moment, limit: u16) -> Result<Vec<DueChange>, Error> {
        self.hold(Rule::DueChanges)?;
        let due = self.due_changes(until, limit)?;
        let Some(last) = due.last() else { return Ok(due) };
        let articles = due.iter().map(|change| Key(change.article.uuid()));
        taken(self, articles, last.at)
    }

    fn has_change_of(&mut self, article: ArticleId, until: Moment) -> Result<bool, Error> {
        let due = timed_changes::table
            .filter(timed_changes::article_id.eq(Key(article.uuid())))
            .filter(timed_changes::at.le(At(until)))
            .select(timed_changes::at);
        Ok(diesel::select(exists(due)).get_result(self)?)
    }

    fn take_changes_of(&mut self, article: ArticleId, until: Moment) -> Result<Vec<DueChange>, Error> {
        taken(self, [Key(article.uuid())], until)
    }

    fn was_ahead(&mut self, now: Moment) -> Result<bool, Error> {
        set_right::was_ahead(self, now)
    }

    fn is_first_to_set_right(&mut self, now: Moment) -> Result<bool, Error> {
        self.hold(Rule::DueChanges)?;
        set_right::was_ahead(self, now)
    }

    fn set_right(&mut self, now: Moment, open_days: Option<OpenDays>) -> Result<PlannedAgain, Error> {
        set_right::set_right(self, now, open_days)
    }

    fn sweep_invitations(&mut self, before: Moment, limit: u16) -> Result<usize, Error> {
        let over: Vec<Key> = invitations::table
            .filter(invitations::expires_at.lt(At(before)))
            .order(invitations::expires_at)
            .limit(limit.into())
            .select(invitations::id)
            .load(self)?;
        Ok(diesel::delete(invitations::table.filter(among(invitations::id, over))).execute(self)?)
    }

    fn sweep_preview_tokens(&mut self, before: Moment, limit: u16) -> Result<usize, Error> {
        let over: Vec<Key> = preview_tokens::table
            .filter(preview_tokens::expires_at.lt(At(before)))
            .order(preview_tokens::expires_at)
            .limit(limit.into())
            .select(preview_tokens::id)
            .load(self)?;
        Ok(diesel::delete(preview_tokens::table.filter(among(preview_tokens::id, over))).execute(self)?)
    }
}

/// Takes what of these articles was due by `until` off the list.
fn taken(
    conn: &mut Conn,
    articles: impl IntoIterator<Item = Key>,
    until: Moment,
) -> Result<Vec<DueChange>, Error> {
    let due = timed_changes::table
        .filter(among(timed_changes::article_id, articles))
        .filter(timed_changes::at.le(At(until)));
    let rows: Vec<(Key, At, String)> =
        diesel::delete(due).returning(timed_changes::all_columns).get_results(conn)?;
    let mut taken = rows.into_iter().map(due_change).collect::<Result<Vec<_>, _>>()?;
    taken.sort_unstable_by_key(|change| (change.at, change.article));
    Ok(taken)
}

fn due_change((article, at, kind): (Key, At, String)) -> Result<DueChange, Error> {
    let kind = stored(EventKind::parse(&kind))?;
    Ok(DueChange { article: ArticleId::new(article.0), at: at.0, kind })
}

/// Notes what of these windows will happen by the clock after `now`, in place of what was to happen. What has happened
/// already stays to be announced, by whoever is first: the announcer, or the write that is told next.
pub(super) fn plan(
    conn: &mut Conn,
    article: ArticleId,
    windows: &[Window],
    now: Moment,
) -> Result<(), Error> {
    let id = Key(article.uuid());
    diesel::delete(timed_changes::table.filter(timed_changes::article_id.eq(id)))
        .filter(timed_changes::at.gt(At(now)))
        .execute(conn)?;
    let spans: Vec<Span> = windows.iter().map(|window| (window.visible_from, window.visible_until)).collect();
    for (at, kind) in changes(&spans).into_iter().filter(|(at, _)| *at > now) {
        diesel::insert_into(timed_changes::table)
            .values((
                timed_changes::article_id.eq(id),
                timed_changes::at.eq(At(at)),
                timed_changes::kind.eq(kind.name()),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// From when a window of an article is visible, and until when.
pub(super) type Span = (Moment, Option<Moment>);

/// The instants at which these windows open and end. Where one follows another at once, readers see an update.
pub(super) fn changes(windows: &[Span]) -> Vec<(Moment, EventKind)> {
    let ends = |at: Moment| windows.iter().any(|(_, until)| *until == Some(at));
    let opens = |at: Moment| windows.iter().any(|(from, _)| *from == at);
    let opening = windows.iter().map(|&(from, _)| match from {
        at if ends(at) => (at, EventKind::ArticleUpdated),
        at => (at, EventKind::ArticlePublished),
    });
    let ending = windows.iter().filter_map(|(_, until)| *until);
    opening.chain(ending.filter(|at| !opens(*at)).map(|at| (at, EventKind::ArticleExpired))).collect()
}
