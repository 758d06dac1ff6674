//! The statements of the moderators' desk.

use diesel::dsl::count_star;
use diesel::prelude::*;
use domain::comment::Comment;
use domain::comment::ReportReason;
use domain::comment::banned::{Ban, BanTarget};
use domain::comment::private::{Private, Traces};
use domain::comment::search::{CommentFilter, Edit, QueueOrder, Reported, Reports};
use domain::comment::text::CommentText;
use domain::id::{BanId, CommentId};
use domain::paging::From;
use domain::policy::right::{BanCommenters, ReadCommenters};
use domain::policy::{Granted, Guarded, House};
use domain::time::Moment;

use super::super::Conn;
use super::comment_bans as bans;
use super::comments::{PRIVATE, WHOLE, comment};
use crate::comment_desk::CommentDesk;
use crate::error::Error;
use crate::rows::bans::BanRow;
use crate::rows::comments::{OriginRow, PrivateRow, StateRow};
use crate::rows::stored;
use crate::schema::{articles, comment_bans, comment_edits, comment_reports, comments};
use crate::sql::{At, Key};

impl CommentDesk for Conn {
    fn comments(&mut self, filter: &CommentFilter, limit: u16) -> Result<Vec<Guarded<Comment>>, Error> {
        let found = filtered(filter);
        let rising = match (filter.order, filter.from) {
            (QueueOrder::OldestFirst, Some(From::Before(_))) => false,
            (QueueOrder::OldestFirst, _) | (QueueOrder::NewestFirst, Some(From::Before(_))) => true,
            (QueueOrder::NewestFirst, _) => false,
        };
        let found = match filter.from {
            None => found,
            Some(From::Behind(id) | From::Before(id)) if rising => {
                found.filter(comments::id.gt(Key(id.uuid())))
            }
            Some(From::Behind(id) | From::Before(id)) => found.filter(comments::id.lt(Key(id.uuid()))),
        };
        let found = if rising { found.order(comments::id.asc()) } else { found.order(comments::id.desc()) };
        let rows: Vec<(OriginRow, StateRow, i32)> = found.limit(limit.into()).select(WHOLE).load(self)?;
        rows.into_iter().map(|row| comment(row).map(Guarded::new)).collect()
    }

    fn count_comments(&mut self, filter: &CommentFilter) -> Result<i64, Error> {
        Ok(filtered(filter).count().get_result(self)?)
    }

    fn private_of(
        &mut self,
        _: &Granted<House, ReadCommenters>,
        id: CommentId,
    ) -> Result<Option<Private>, Error> {
        private(self, id)
    }

    fn traces_of(&mut self, id: CommentId) -> Result<Option<Traces>, Error> {
        Ok(private(self, id)?.map(|private| private.traces))
    }

    fn edits_of_comment(&mut self, id: CommentId) -> Result<Vec<Edit>, Error> {
        let rows: Vec<(String, At)> = comment_edits::table
            .filter(comment_edits::comment_id.eq(Key(id.uuid())))
            .order(comment_edits::number)
            .select((comment_edits::body, comment_edits::replaced_at))
            .load(self)?;
        let edit = |(body, at): (String, At)| {
            Ok(Edit { text: stored(CommentText::parse(&body))?, replaced_at: at.0 })
        };
        rows.into_iter().map(edit).collect()
    }

    fn reports_of_comment(&mut self, id: CommentId, limit: u16) -> Result<Vec<Reports>, Error> {
        let reason = comment_reports::reason;
        let rows: Vec<(String, i64)> = comment_reports::table
            .filter(comment_reports::comment_id.eq(Key(id.uuid())))
            .group_by(reason)
            .order((count_star().desc(), reason.asc()))
            .limit(limit.into())
            .select((reason, count_star()))
            .load(self)?;
        let reports = |(reason, count): (String, i64)| {
            let reason = Some(reason).filter(|reason| !reason.is_empty());
            Ok(Reports {
                reason: reason.map(|reason| stored(ReportReason::parse(&reason))).transpose()?,
                count: u32::try_from(count).map_err(Error::defect)?,
            })
        };
        rows.into_iter().map(reports).collect()
    }

    fn add_ban(&mut self, _: &Granted<House, BanCommenters>, ban: &Ban) -> Result<(), Error> {
        diesel::insert_into(comment_bans::table).values(BanRow::of(ban)).execute(self)?;
        Ok(())
    }

    fn ban(&mut self, id: BanId) -> Result<Option<Ban>, Error> {
        let row: Option<BanRow> = comment_bans::table.find(Key(id.uuid())).get_result(self).optional()?;
        row.map(BanRow::ban).transpose()
    }

    fn same_ban(&mut self, target: &BanTarget, until: Option<Moment>) -> Result<Option<Ban>, Error> {
        bans::same(self, target, until)
    }

    fn bans(&mut self, from: Option<From<BanId>>, limit: u16) -> Result<Vec<Ban>, Error> {
        let page = comment_bans::table.into_boxed();
        let page = match from {
            None => page.order(comment_bans::id.desc()),
            Some(From::Behind(id)) => {
                page.filter(comment_bans::id.lt(Key(id.uuid()))).order(comment_bans::id.desc())
            }
            Some(From::Before(id)) => {
                page.filter(comment_bans::id.gt(Key(id.uuid()))).order(comment_bans::id.asc())
            }
        };
        let rows: Vec<BanRow> = page.limit(limit.into()).load(self)?;
        rows.into_iter().map(BanRow::ban).collect()
    }

    fn delete_ban(&mut self, _: &Granted<House, BanCommenters>, id: BanId) -> Result<bool, Error> {
        Ok(diesel::delete(comment_bans::table.find(Key(id.uuid()))).execute(self)? == 1)
    }
}

fn private(conn: &mut Conn, id: CommentId) -> Result<Option<Private>, Error> {
    let row: Option<PrivateRow> =
        comments::table.find(Key(id.uuid())).select(PRIVATE).get_result(conn).optional()?;
    row.map(PrivateRow::private).transpose()
}

type Found<'a> = comments::BoxedQuery<'a, <Conn as Connection>::Backend>;

/// The rows of a filter, in no order and from the first.
fn filtered(filter: &CommentFilter) -> Found<'_> {
    let CommentFilter { states, article, sections, commenter, step, words, reported, from: _, order: _ } =
        filter;
    let mut found = comments::table.into_boxed();
    if !states.is_empty() {
        let states: Vec<_> = states.iter().map(|state| state.name()).collect();
        found = found.filter(comments::state.eq_any(states));
    }
    if let Some(article) = article {
        found = found.filter(comments::article_id.eq(Key(article.uuid())));
    }
    if !sections.is_empty() {
        let sections: Vec<_> = sections.iter().map(|id| Some(Key(id.uuid()))).collect();
        let within = articles::table.filter(articles::section_id.eq_any(sections)).select(articles::id);
        found = found.filter(comments::article_id.eq_any(within));
    }
    if let Some(commenter) = commenter {
        found = found.filter(comments::email_hash.eq(commenter.octets().to_vec()));
    }
    if let Some(step) = step {
        found = found.filter(comments::step.eq(step.name()));
    }
    if let Some(words) = words {
        let literal = words.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        found = found.filter(comments::words.like(format!("%{literal}%")).escape('\\'));
    }
    match reported {
        Some(Reported::Yes) => found.filter(comments::reports.gt(0)),
        Some(Reported::No) => found.filter(comments::reports.eq(0)),
        None => found,
    }
}
