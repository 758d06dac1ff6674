//! What is counted of those who wrote before: one statement, whose parts each have an index of their own.

use diesel::dsl::{count_star, exists};
use diesel::prelude::*;
use domain::comment::private::Traces;
use domain::comment::state::CommentState;
use domain::id::{ArticleId, CommentId};

use super::super::Conn;
use crate::comments::{Past, Since};
use crate::error::Error;
use crate::rows::comments::{USER, hash};
use crate::schema::{comment_threads, comments};
use crate::sql::{At, Key};

/// Counts as they come from the database; none where there is nothing to count.
type Counts =
    (Option<i64>, Option<i64>, Option<i64>, Option<i64>, Option<i64>, Option<i64>, Option<i64>, bool);

pub(super) fn past(
    conn: &mut Conn,
    article: ArticleId,
    traces: &Traces,
    since: &Since,
    but: CommentId,
) -> Result<Past, Error> {
    // A trace that there is not is the hash of nothing.
    let [email, address, text] =
        [traces.email, traces.address, traces.text].map(|trace| hash(trace).unwrap_or_default());
    let others = || comments::table.filter(comments::id.ne(Key(but.uuid())));
    let after = |at| comments::created_at.gt(At(at));
    let same = || others().filter(comments::text_hash.eq(&text));
    let here = || {
        let by_writer = comments::email_hash.eq(&email).or(comments::address_hash.eq(&address));
        same().filter(comments::article_id.eq(Key(article.uuid()))).filter(by_writer)
    };
    let of_network = || others().filter(comments::address_hash.eq(&address));
    let of_mailbox = || others().filter(comments::email_hash.eq(&email));
    let approved = of_mailbox()
        .filter(comments::address_hash.eq(&address))
        .filter(comments::state.eq(CommentState::Visible.name()))
        .filter(comments::decided_by.eq(USER));
    let pending = comments::state.eq(CommentState::Pending.name());
    let counts: Counts = diesel::select((
        here().select(count_star()).single_value(),
        same().filter(after(since.repeats)).select(count_star()).single_value(),
        here().filter(after(since.repeats)).select(count_star()).single_value(),
        of_network().filter(after(since.traffic)).select(count_star()).single_value(),
        of_mailbox().filter(after(since.traffic)).select(count_star()).single_value(),
        of_network().filter(after(since.waiting)).filter(pending).select(count_star()).single_value(),
        comment_threads::table.find(Key(article.uuid())).select(comment_threads::pending).single_value(),
        exists(approved),
    ))
    .get_result(conn)?;
    let (
        said_here,
        said_lately,
        said_here_lately,
        from_network,
        from_mailbox,
        of_network,
        in_thread,
        approved,
    ) = counts;
    let count = |count: Option<i64>| u32::try_from(count.unwrap_or_default()).map_err(Error::defect);
    Ok(Past {
        said_here: count(said_here)?,
        said_lately: count(said_lately)?,
        said_here_lately: count(said_here_lately)?,
        from_network: count(from_network)?,
        from_mailbox: count(from_mailbox)?,
        pending_from_network: count(of_network)?,
        pending_in_thread: count(in_thread)?,
        is_approved: approved,
    })
}
