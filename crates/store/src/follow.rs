//! Follows what others commit: other nodes, and commands beside a server. What is true stands in the outbox, in the order of
//! commits; that the database tells of more is only a reason to look earlier.

use std::sync::Arc;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::sql_types::BigInt;
use diesel::{QueryableByName, RunQueryDsl, sql_query};
use domain::surrogate_key::SurrogateKey;

use crate::beside::Beside;
use crate::engine::told::Own;
use crate::error::Error;
use crate::options::Location;
use crate::postgres::CHANNEL;

/// After how long it is looked without that anybody told of more: the heartbeat of the connection.
const BEAT: Duration = Duration::from_millis(500);

/// What PostgreSQL is told of who is connected.
const NAME: &str = "masthead_follower";

/// How many events are read at once.
const BATCH: u16 = 500;

/// A connection of its own, and a place in the outbox.
pub struct Follower {
    conn: Beside,
    /// The version of a SQLite file that was seen last.
    seen: i64,
    place: i64,
    looked: Instant,
    own: Arc<Own>,
}

#[derive(QueryableByName)]
struct Version {
    #[diesel(sql_type = BigInt)]
    data_version: i64,
}

/// What a look at the outbox found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Look {
    /// There was no reason to look.
    NotYet,
    /// What may be different now, by what others did.
    Purges(Vec<SurrogateKey>),
}

impl Follower {
    /// Begins behind the last event. What was committed before that is not told.
    pub(crate) fn begin(location: &Location, own: Arc<Own>) -> Result<Self, Error> {
        let mut conn = Beside::open(location, NAME)?;
        if let Beside::Postgres(conn) = &mut conn {
            conn.batch_execute(&format!("LISTEN {CHANNEL}"))?;
        }
        let place = conn.tx().last_event()?;
        Ok(Self { conn, seen: 0, place, looked: Instant::now(), own })
    }

    /// Looks, where there is a reason to. It blocks for no longer than the database takes to answer.
    pub fn look(&mut self) -> Result<Look, Error> {
        if !tells_of_more(&mut self.conn, &mut self.seen)? && self.looked.elapsed() < BEAT {
            return Ok(Look::NotYet);
        }
        let records = self.conn.tx();
        let last = records.last_event()?;
        let mut keys = Vec::new();
        while self.place < last {
            let purges = records.purges(self.place, last, BATCH)?;
            self.place = if purges.len() < usize::from(BATCH) {
                last
            } else {
                purges.last().map_or(last, |purge| purge.seq)
            };
            // What this node did it has purged before it answered.
            let of_others = purges.into_iter().filter(|purge| !self.own.take(purge.event));
            keys.extend(of_others.flat_map(|purge| purge.keys));
        }
        self.looked = Instant::now();
        Ok(Look::Purges(keys))
    }
}

/// Whether there was a commit since it was last asked; on PostgreSQL, one with events. `seen` is the version of a SQLite
/// file that was seen last.
fn tells_of_more(conn: &mut Beside, seen: &mut i64) -> Result<bool, Error> {
    match conn {
        Beside::Sqlite(conn) => {
            // It is another after each commit of another connection.
            let Version { data_version } = sql_query("PRAGMA data_version").get_result(&mut **conn)?;
            Ok(std::mem::replace(seen, data_version) != data_version)
        }
        Beside::Postgres(conn) => {
            let mut told = false;
            for notification in conn.notifications_iter() {
                notification?;
                told = true;
            }
            Ok(told)
        }
    }
}

/// Shows no connection string.
impl std::fmt::Debug for Follower {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Follower").field("place", &self.place).finish_non_exhaustive()
    }
}
