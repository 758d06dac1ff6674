//! The statements of bans.

use diesel::prelude::*;
use domain::comment::banned::BanTarget;
use domain::comment::email::EmailHost;
use domain::comment::private::KeyedHash;
use domain::time::Moment;

use super::super::Conn;
use crate::error::Error;
use crate::rows::bans::{NETWORK, mailbox as hashed, target};
use crate::schema::comment_bans;
use crate::sql::At;

/// How many of the domains above an address are looked at, from the highest. Nobody bans deeper.
const DOMAINS: usize = 4;

/// The bans of a mailbox, of the domains that it lies in, and of all networks. Their number does not change the statement,
/// so that it is prepared once.
pub(super) fn about(
    conn: &mut Conn,
    mailbox: &KeyedHash,
    host: &EmailHost,
    now: Moment,
) -> Result<Vec<BanTarget>, Error> {
    let mailbox = hashed(mailbox);
    let domains: Vec<_> = host.suffixes().collect();
    let mut domains = domains.into_iter().rev();
    let [first, second, third, fourth]: [&str; DOMAINS] =
        std::array::from_fn(|_| domains.next().unwrap_or(&mailbox));
    let pattern = comment_bans::pattern;
    let named = pattern
        .eq(mailbox.as_str())
        .or(pattern.eq(first))
        .or(pattern.eq(second))
        .or(pattern.eq(third))
        .or(pattern.eq(fourth));
    let rows: Vec<(String, String)> = comment_bans::table
        .filter(named.or(comment_bans::kind.eq(NETWORK)))
        .filter(comment_bans::until.is_null().or(comment_bans::until.assume_not_null().gt(At(now))))
        .select((comment_bans::kind, comment_bans::pattern))
        .load(conn)?;
    rows.into_iter().map(|(kind, pattern)| target(&kind, &pattern)).collect()
}
