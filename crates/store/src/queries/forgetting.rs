//! What is kept of commenters beside their comments, and how it is forgotten.

use diesel::prelude::*;
use domain::comment::Comment;
use domain::comment::ReportReason;
use domain::comment::private::{KeyedHash, Private};
use domain::id::CommentId;
use domain::time::Moment;
use uuid::Uuid;

use super::super::Conn;
use super::comments::{PRIVATE, WHOLE, Whole, comment};
use crate::among::among;
use crate::error::Error;
use crate::rows::comments::PrivateRow;
use crate::schema::{comment_edits, comment_reports, comments};
use crate::sql::{At, Key};

pub(super) fn report(
    conn: &mut Conn,
    id: CommentId,
    reporter: &KeyedHash,
    reason: Option<&ReportReason>,
    now: Moment,
) -> Result<bool, Error> {
    let added = diesel::insert_into(comment_reports::table)
        .values((
            comment_reports::comment_id.eq(Key(id.uuid())),
            comment_reports::reporter_hash.eq(reporter.octets().to_vec()),
            comment_reports::reason.eq(reason.map(ReportReason::as_str).unwrap_or_default()),
            comment_reports::reported_at.eq(At(now)),
        ))
        .on_conflict_do_nothing()
        .execute(conn)?;
    Ok(added == 1)
}

pub(super) fn of_mailbox(
    conn: &mut Conn,
    mailbox: &KeyedHash,
    after: Option<CommentId>,
    limit: u16,
) -> Result<Vec<(Comment, Private)>, Error> {
    let before_all = Key(Uuid::nil());
    let rows: Vec<(Whole, PrivateRow)> = comments::table
        .filter(comments::email_hash.eq(mailbox.octets().to_vec()))
        .filter(comments::id.gt(after.map_or(before_all, |id| Key(id.uuid()))))
        .order(comments::id)
        .limit(limit.into())
        .select((WHOLE, PRIVATE))
        .load(conn)?;
    rows.into_iter().map(|(row, private)| Ok((comment(row)?, private.private()?))).collect()
}

/// Removes what is private of a comment, by what it is found, what it said before, and why it was reported.
pub(super) fn forget(conn: &mut Conn, id: CommentId) -> Result<(), Error> {
    let id = Key(id.uuid());
    let nothing = None::<Vec<u8>>;
    diesel::update(comments::table.find(id))
        .set((
            comments::words.eq(""),
            comments::email.eq(None::<String>),
            comments::email_hash.eq(&nothing),
            comments::address.eq(None::<String>),
            comments::address_hash.eq(&nothing),
            comments::text_hash.eq(&nothing),
            comments::edit_hash.eq(&nothing),
        ))
        .execute(conn)?;
    diesel::delete(comment_edits::table.filter(comment_edits::comment_id.eq(id))).execute(conn)?;
    diesel::delete(comment_reports::table.filter(comment_reports::comment_id.eq(id))).execute(conn)?;
    Ok(())
}

pub(super) fn addresses(conn: &mut Conn, before: Moment, limit: u16) -> Result<usize, Error> {
    let old: Vec<Key> = comments::table
        .filter(comments::address.is_not_null())
        .filter(comments::created_at.lt(At(before)))
        .order(comments::created_at)
        .limit(limit.into())
        .select(comments::id)
        .load(conn)?;
    let nothing = (comments::address.eq(None::<String>), comments::address_hash.eq(None::<Vec<u8>>));
    Ok(diesel::update(comments::table.filter(among(comments::id, old))).set(nothing).execute(conn)?)
}

pub(super) fn reports(conn: &mut Conn, before: Moment, limit: u16) -> Result<usize, Error> {
    let is_old = comment_reports::reported_at.lt(At(before));
    let reported: Vec<Key> = comment_reports::table
        .filter(is_old)
        .order(comment_reports::reported_at)
        .limit(limit.into())
        .select(comment_reports::comment_id)
        .load(conn)?;
    let old = comment_reports::table.filter(among(comment_reports::comment_id, reported)).filter(is_old);
    Ok(diesel::delete(old).execute(conn)?)
}
