//! A store on a database of its own.

use std::path::PathBuf;

use chrono::DateTime;
use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection, SqliteConnection};
use domain::account::User;
use domain::actor::{Actor, Credential};
use domain::id::UserId;
use domain::site::Drafts;
use domain::time::Moment;
use domain::user::{Email, PersonName, Role};
use domain::version::Version;
use masthead_tests::database::{Database, OwnDatabase};
use store::Store;
use store::options::{Company, GroupCommit, Location, Options, Purging, Timing};
use tempfile::TempDir;
use uuid::Uuid;

pub(crate) struct Own {
    pub(crate) store: Store,
    pub(crate) options: Options,
    // Dropped after the store.
    _database: OwnDatabase,
    _dir: TempDir,
}

impl Own {
    pub(crate) fn open(database: Database) -> Self {
        let dir = TempDir::new().unwrap();
        let own = database.empty(dir.path());
        let options = options(own.url());
        Self { store: Store::open(&options).unwrap(), options, _database: own, _dir: dir }
    }

    /// Has the database carry out statements that the store would not.
    pub(crate) fn alter(&self, statements: &str) {
        match &self.options.location {
            Location::Sqlite(file) => {
                let mut conn = SqliteConnection::establish(&file.to_string_lossy()).unwrap();
                conn.batch_execute(statements).unwrap();
            }
            Location::Postgres(url) => {
                PgConnection::establish(url).unwrap().batch_execute(statements).unwrap();
            }
        }
    }
}

fn options(url: &str) -> Options {
    let location = match url.strip_prefix("sqlite:") {
        Some(file) => Location::Sqlite(PathBuf::from(file)),
        None => Location::Postgres(url.to_owned()),
    };
    Options {
        location,
        connections: 8,
        waiting: 1024,
        patience_ms: 5000,
        max_pages: 1_000_000,
        group_commit: GroupCommit::Shared,
        company: Company::Alone,
        purging: Purging::nobody(),
        timing: Timing::nobody(),
    }
}

/// Runs something that waits to its end.
pub(crate) fn wait<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_time()
        .build()
        .unwrap()
        .block_on(work)
}

pub(crate) fn at(second: i64) -> Moment {
    Moment::new(DateTime::from_timestamp(1_767_268_800 + second, 0).unwrap())
}

pub(crate) fn admin(n: u128, email: &str) -> User {
    User {
        id: UserId::new(Uuid::from_u128(n)),
        version: Version::FIRST,
        email: Email::parse(email).unwrap(),
        name: PersonName::parse("Ada Varn").unwrap(),
        role: Role::Admin,
        disabled_at: None,
        created_at: at(0),
        updated_at: at(0),
    }
}

pub(crate) fn actor() -> Actor {
    let User { id, role, .. } = admin(1, "ada@varn.example");
    Actor { user: id, role, with: Credential::Nothing, drafts: Drafts::Shared }
}
