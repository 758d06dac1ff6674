//! The connections over which PostgreSQL tells nodes of what others commit. They name themselves, so that they are found
//! among all, and cut.

use std::cell::Cell;
use std::io;
use std::time::Duration;

use masthead_tests::postgres;
use tokio::time::sleep;

use super::chance::Chance;

/// Ends one of them, whichever, and tells that it was there.
const CUT_ONE: &str = "SELECT pg_terminate_backend(pid) FROM (SELECT pid FROM pg_stat_activity \
    WHERE datname = current_database() AND application_name = 'masthead_follower' ORDER BY random() LIMIT 1) one";

/// What none of them is, unless the server changed: a listener under another name.
const UNNAMED: &str = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() \
    AND application_name <> 'masthead_follower' AND query ILIKE 'LISTEN%'";

/// Cuts one after the other at moments that nobody can foretell, until it is said that all is over; tells how many.
pub async fn cut(database_url: &str, over: &Cell<bool>) -> io::Result<usize> {
    let ask = |query: &'static str| {
        let url = database_url.to_owned();
        async move {
            tokio::task::spawn_blocking(move || postgres::ask(&url, query)).await.map_err(io::Error::other)
        }
    };
    if ask(UNNAMED).await? != ["0"] {
        return Err(io::Error::other("somebody listens under another name"));
    }
    let (mut cuts, mut chance) = (0, Chance::of(0));
    while !over.get() {
        cuts += ask(CUT_ONE).await?.iter().filter(|cut| *cut == "t").count();
        sleep(Duration::from_millis(50 + chance.draw(400))).await;
    }
    Ok(cuts)
}
