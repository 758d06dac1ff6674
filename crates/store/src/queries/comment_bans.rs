//! The statements by which bans are found.

use diesel::prelude::*;
use domain::comment::banned::{Ban, BanTarget};
use domain::comment::email::EmailHost;
use domain::comment::private::KeyedHash;
use domain::time::Moment;

use super::super::Conn;
use crate::error::Error;
use crate::rows::bans::{BanRow, NETWORK, mailbox as hashed, pattern, target};
use crate::schema::comment_bans;
use crate::sql::At;

/// How many domains one statement looks for. Nearly every address lies in fewer.
const DOMAINS: usize = 4;

/// The bans of a mailbox, of the domains that it lies in, however many, and of all networks. Their number does not change
/// the statement, so that it is prepared once.
pub(super) fn about(
    conn: &mut Conn,
    mailbox: &KeyedHash,
    host: &EmailHost,
    now: Moment,
) -> Result<Vec<BanTarget>, Error> {
    let (mailbox, domains) = (hashed(mailbox), host.suffixes().collect::<Vec<_>>());
    let mut met = Vec::new();
    for domains in domains.chunks(DOMAINS) {
        let mut domains = domains.iter().copied();
        let [first, second, third, fourth]: [&str; DOMAINS] =
            std::array::from_fn(|_| domains.next().unwrap_or(&mailbox));
        let column = comment_bans::pattern;
        let named = column
            .eq(mailbox.as_str())
            .or(column.eq(first))
            .or(column.eq(second))
            .or(column.eq(third))
            .or(column.eq(fourth));
        let rows: Vec<(String, String)> = comment_bans::table
            .filter(named.or(comment_bans::kind.eq(NETWORK)))
            .filter(comment_bans::until.is_null().or(comment_bans::until.assume_not_null().gt(At(now))))
            .select((comment_bans::kind, comment_bans::pattern))
            .load(conn)?;
        for (kind, pattern) in rows {
            met.push(target(&kind, &pattern)?);
        }
    }
    Ok(met)
}

pub(super) fn same(conn: &mut Conn, target: &BanTarget, until: Option<Moment>) -> Result<Option<Ban>, Error> {
    let found = comment_bans::table
        .filter(comment_bans::kind.eq(target.kind().name()))
        .filter(comment_bans::pattern.eq(pattern(target)))
        .order(comment_bans::id)
        .into_boxed();
    let found = match until {
        None => found.filter(comment_bans::until.is_null()),
        Some(at) => found.filter(comment_bans::until.eq(At(at))),
    };
    let rows: Vec<BanRow> = found.load(conn)?;
    rows.into_iter().next().map(BanRow::ban).transpose()
}
