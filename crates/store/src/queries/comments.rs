//! The statements of comments and of the counts of their threads. Whoever writes in a thread holds it first.

use diesel::prelude::*;
use domain::comment::Comment;
use domain::comment::ReportReason;
use domain::comment::banned::BanTarget;
use domain::comment::email::EmailHost;
use domain::comment::private::{KeyedHash, Private, Traces};
use domain::comment::settings::{OpenDays, ThreadOverride};
use domain::comment::state::CommentState;
use domain::comment::text::CommentText;
use domain::id::{ArticleId, CommentId};
use domain::policy::{Allowed, Guarded};
use domain::time::Moment;
use domain::version::{Seen, Version};

use super::super::Conn;
use super::comment_bans as bans;
use super::comment_past as past;
use super::{forgetting, thread_closings as closings};
use crate::among::among;
use crate::comments::{Comments, DueClosing, OwnComment, Past, Since};
use crate::error::{Error, OneRow};
use crate::lock::{Row, Rows};
use crate::prepared;
use crate::rows::comments::{OriginRow, PrivateRow, StateRow, hash, words};
use crate::rows::seen_version;
use crate::schema::{comment_edits, comment_threads, comments};
use crate::sql::{At, Json, Key};

/// The columns of an [`OriginRow`], a [`StateRow`] and what is counted.
pub(super) const WHOLE: (OriginColumns, StateColumns, comments::visible_below) = (
    (comments::id, comments::article_id, comments::place, comments::staff_id, comments::created_at),
    (
        comments::version,
        comments::state,
        comments::author_name,
        comments::body,
        comments::decided_by,
        comments::step,
        comments::decider_id,
        comments::reason,
        comments::decided_at,
        comments::featured_at,
        comments::reports,
        comments::edited_at,
    ),
    comments::visible_below,
);

pub(super) type OriginColumns =
    (comments::id, comments::article_id, comments::place, comments::staff_id, comments::created_at);

pub(super) type StateColumns = (
    comments::version,
    comments::state,
    comments::author_name,
    comments::body,
    comments::decided_by,
    comments::step,
    comments::decider_id,
    comments::reason,
    comments::decided_at,
    comments::featured_at,
    comments::reports,
    comments::edited_at,
);

/// The columns of a [`PrivateRow`].
pub(super) const PRIVATE: (
    comments::email,
    comments::email_hash,
    comments::address,
    comments::address_hash,
    comments::text_hash,
    comments::edit_hash,
) = (
    comments::email,
    comments::email_hash,
    comments::address,
    comments::address_hash,
    comments::text_hash,
    comments::edit_hash,
);

impl Comments for Conn {
    fn hold_thread(&mut self, article: ArticleId) -> Result<(), Error> {
        // A thread of which nobody said or wrote anything is held by its article, as editors hold that.
        if !self.hold_row(Row::Thread, article.uuid())? && self.hold_row(Row::Article, article.uuid())? {
            self.hold_row(Row::Thread, article.uuid())?;
        }
        Ok(())
    }

    fn hold_threads_of(&mut self, comments: &[CommentId]) -> Result<(), Error> {
        let keys = comments.iter().map(|id| Key(id.uuid()));
        let named = comments::table.filter(among(comments::id, keys)).select(comments::article_id);
        let threads: Vec<Key> = named.distinct().order(comments::article_id).load(self)?;
        threads.into_iter().try_for_each(|article| self.hold_thread(ArticleId::new(article.0)))
    }

    fn set_thread_policy(&mut self, article: ArticleId, own: &ThreadOverride) -> Result<(), Error> {
        let policy = comment_threads::policy.eq(Json(serde_json::to_string(own).map_err(Error::defect)?));
        let none = (comment_threads::visible.eq(0), comment_threads::pending.eq(0));
        diesel::insert_into(comment_threads::table)
            .values((comment_threads::article_id.eq(Key(article.uuid())), policy.clone(), none))
            .on_conflict(comment_threads::article_id)
            .do_update()
            .set(policy)
            .execute(self)?;
        closings::plan_anew(self, article, own)
    }

    fn due_closings(
        &mut self,
        until: Moment,
        open_days: Option<OpenDays>,
        limit: u16,
    ) -> Result<Vec<DueClosing>, Error> {
        closings::due(self, until, open_days, limit)
    }

    fn take_closing(&mut self, closing: &DueClosing) -> Result<bool, Error> {
        closings::take(self, closing)
    }

    fn thread_policy(&mut self, article: ArticleId) -> Result<ThreadOverride, Error> {
        let own: Option<Json> = comment_threads::table
            .find(Key(article.uuid()))
            .select(comment_threads::policy)
            .get_result(self)
            .optional()?;
        own.map_or_else(
            || Ok(ThreadOverride::default()),
            |Json(own)| serde_json::from_str(&own).map_err(Error::defect),
        )
    }

    fn hold_traces(&mut self, traces: &Traces) -> Result<(), Error> {
        let Traces { email, address, text } = traces;
        // In one order, so that no two wait for each other for ever.
        let mut held: Vec<_> = [email, address, text].into_iter().flatten().collect();
        held.sort_unstable_by_key(|hash| hash.octets());
        held.into_iter().try_for_each(|hash| self.hold_hash(hash))
    }

    fn past(
        &mut self,
        article: ArticleId,
        traces: &Traces,
        since: &Since,
        but: CommentId,
    ) -> Result<Past, Error> {
        past::past(self, article, traces, since, but)
    }

    fn bans_about(
        &mut self,
        mailbox: &KeyedHash,
        host: &EmailHost,
        now: Moment,
    ) -> Result<Vec<BanTarget>, Error> {
        bans::about(self, mailbox, host, now)
    }

    fn add_comment(&mut self, comment: &Comment, private: &Private) -> Result<(), Error> {
        let counted = (
            comments::place_newest.eq(comment.place.newest_first()),
            comments::visible_below.eq(0),
            comments::listed.eq(comment.is_listed()),
            comments::words.eq(words(comment)),
        );
        let state = StateRow::of(comment, comment.version)?;
        diesel::insert_into(comments::table)
            .values((OriginRow::of(comment), state, PrivateRow::of(private), counted))
            .execute(self)?;
        count(self, comment, Tally::of(comment))
    }

    fn comment(&mut self, id: CommentId) -> Result<Option<Guarded<Comment>>, Error> {
        let row = comments::table.find(Key(id.uuid())).select(WHOLE).get_result(self).optional()?;
        row.map(|row| comment(row).map(Guarded::new)).transpose()
    }

    fn hold_comment(&mut self, id: CommentId) -> Result<Option<Guarded<Comment>>, Error> {
        let row = comments::table.find(Key(id.uuid())).select(comments::article_id);
        let article: Option<Key> = row.get_result(self).optional()?;
        let Some(article) = article else { return Ok(None) };
        self.hold_thread(ArticleId::new(article.0))?;
        self.comment(id)
    }

    fn own_comment(&mut self, article: ArticleId, id: CommentId) -> Result<Option<OwnComment>, Error> {
        self.hold_thread(article)?;
        let row: Option<(Whole, PrivateRow)> = comments::table
            .find(Key(id.uuid()))
            .filter(comments::article_id.eq(Key(article.uuid())))
            .select((WHOLE, PRIVATE))
            .get_result(self)
            .optional()?;
        row.map(|(row, private)| Ok(OwnComment { comment: comment(row)?, private: private.private()? }))
            .transpose()
    }

    fn change_own_comment(
        &mut self,
        before: &Comment,
        after: &Comment,
        traces: &Traces,
    ) -> Result<Version, Error> {
        let version = write(self, before, after, Seen::Version(before.version))?;
        if before.text == after.text {
            return Ok(version);
        }
        let id = Key(before.id.uuid());
        let found = (comments::words.eq(words(after)), comments::text_hash.eq(hash(traces.text)));
        prepared::update(comments::id.eq(id), found).execute(self)?;
        let kept: i64 =
            comment_edits::table.filter(comment_edits::comment_id.eq(id)).count().get_result(self)?;
        let said = before.text.as_ref().map(CommentText::as_str).unwrap_or_default();
        diesel::insert_into(comment_edits::table)
            .values((
                comment_edits::comment_id.eq(id),
                comment_edits::number.eq(i32::try_from(kept).map_err(Error::defect)?),
                comment_edits::body.eq(said),
                comment_edits::replaced_at.eq(At(after.decision.at)),
            ))
            .execute(self)?;
        Ok(version)
    }

    fn add_report(
        &mut self,
        id: CommentId,
        reporter: &KeyedHash,
        reason: Option<&ReportReason>,
        now: Moment,
    ) -> Result<bool, Error> {
        forgetting::report(self, id, reporter, reason, now)
    }

    fn comments_of_mailbox(
        &mut self,
        mailbox: &KeyedHash,
        after: Option<CommentId>,
        limit: u16,
    ) -> Result<Vec<(Comment, Private)>, Error> {
        forgetting::of_mailbox(self, mailbox, after, limit)
    }

    fn forget_comment(&mut self, before: &Comment, after: &Comment) -> Result<(), Error> {
        write(self, before, after, Seen::Version(before.version))?;
        forgetting::forget(self, before.id)
    }

    fn forget_reports(&mut self, before: Moment, limit: u16) -> Result<usize, Error> {
        forgetting::reports(self, before, limit)
    }

    fn forget_addresses(&mut self, before: Moment, limit: u16) -> Result<usize, Error> {
        forgetting::addresses(self, before, limit)
    }

    fn decide_comment(
        &mut self,
        before: &Comment,
        after: &Allowed<Comment>,
        seen: Seen,
    ) -> Result<Version, Error> {
        write(self, before, after, seen)
    }
}

pub(super) type Whole = (OriginRow, StateRow, i32);

pub(super) fn comment((origin, state, visible_below): Whole) -> Result<Comment, Error> {
    origin.comment(state, visible_below)
}

/// Writes what became of a comment that was `before`, if that is what was seen, and counts what changed by it.
fn write(conn: &mut Conn, before: &Comment, after: &Comment, seen: Seen) -> Result<Version, Error> {
    let version = seen_version(before.version, seen)?;
    let stored = comments::id.eq(Key(before.id.uuid())).and(comments::version.eq(before.version.number()));
    let changes = (StateRow::of(after, version)?, comments::listed.eq(after.is_listed()));
    prepared::update(stored, changes)
        .execute(conn)
        .one_row_or(|| Error::Stale { current: before.version })?;
    count(conn, after, Tally::of(after).without(Tally::of(before)))?;
    Ok(version)
}

/// What a comment adds to the counts of its thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Tally {
    visible: i32,
    pending: i32,
}

impl Tally {
    fn of(comment: &Comment) -> Self {
        let one_if = |state| i32::from(comment.state == state);
        Self { visible: one_if(CommentState::Visible), pending: one_if(CommentState::Pending) }
    }

    const fn without(self, other: Self) -> Self {
        Self { visible: self.visible - other.visible, pending: self.pending - other.pending }
    }
}

/// Adds to the counts of a thread, and of what stands above a comment in it.
fn count(conn: &mut Conn, comment: &Comment, tally: Tally) -> Result<(), Error> {
    let Tally { visible, pending } = tally;
    if visible == 0 && pending == 0 {
        return Ok(());
    }
    let own = serde_json::to_string(&ThreadOverride::default()).map_err(Error::defect)?;
    let first = (
        comment_threads::article_id.eq(Key(comment.article.uuid())),
        comment_threads::policy.eq(Json(own)),
        comment_threads::visible.eq(i64::from(visible)),
        comment_threads::pending.eq(i64::from(pending)),
    );
    diesel::insert_into(comment_threads::table)
        .values(first)
        .on_conflict(comment_threads::article_id)
        .do_update()
        .set((
            comment_threads::visible.eq(comment_threads::visible + i64::from(visible)),
            comment_threads::pending.eq(comment_threads::pending + i64::from(pending)),
        ))
        .execute(conn)?;
    if visible == 0 {
        return Ok(());
    }
    for ancestor in comment.place.ancestors() {
        let below = comments::visible_below + visible;
        let listed = comments::state.eq(CommentState::Visible.name()).or(below.gt(0));
        let changes = (comments::visible_below.eq(below), comments::listed.eq(listed));
        prepared::update(comments::id.eq(Key(ancestor.uuid())), changes).execute(conn)?;
    }
    Ok(())
}
