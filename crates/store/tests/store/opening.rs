//! Opening a database: the migrations, and who else may use a file.

use std::time::{Duration, Instant};

use masthead_tests::database::Database;
use masthead_tests::on_both;
use store::Store;
use store::open::OpenError;
use store::options::{Company, Location, Options};

use crate::own::{Own, wait};

on_both! {
    // abuse: OP-08
    fn nodes_that_start_at_once_migrate_once(database: Database) {
        let own = Own::open(database);
        let options = Options { company: Company::Beside, ..own.options.clone() };
        let nodes: Vec<_> = (0..4)
            .map(|_| {
                let options = options.clone();
                std::thread::spawn(move || Store::open(&options).map(drop))
            })
            .collect();
        for node in nodes {
            node.join().unwrap().unwrap();
        }
    }

    // abuse: OP-08
    fn a_database_of_a_later_release_is_refused(database: Database) {
        let own = Own::open(database);
        own.alter("INSERT INTO __diesel_schema_migrations (version) VALUES ('9999')");
        let options = Options { company: Company::Beside, ..own.options.clone() };
        assert!(matches!(Store::open(&options), Err(OpenError::Newer(step)) if step == "9999"));
        // It was let alone, and goes on where it is known.
        own.alter("DELETE FROM __diesel_schema_migrations WHERE version = '9999'");
        Store::open(&options).unwrap();
    }
}

#[test]
fn a_second_server_on_one_file_is_refused() {
    let own = Own::open(Database::Sqlite);
    assert!(matches!(Store::open(&own.options), Err(OpenError::InUse)));
    let beside = Options { company: Company::Beside, ..own.options.clone() };
    assert!(Store::open(&beside).is_ok());
}

/// Opens it. A program that another test starts has all files of this process, and with them the lock, until it has begun.
fn opened(options: &Options) -> Store {
    let until = Instant::now() + Duration::from_secs(10);
    loop {
        match Store::open(options) {
            Err(OpenError::InUse) if Instant::now() < until => std::thread::yield_now(),
            opened => return opened.unwrap(),
        }
    }
}

/// SQLite removes its log when the last connection closes, so that a log tells of one that is still open.
#[test]
fn a_file_that_was_let_go_is_free() {
    let own = Own::open(Database::Sqlite);
    let Location::Sqlite(file) = &own.options.location else { unreachable!("a file") };
    let log = file.with_extension("db-wal");
    drop(own.store);
    for round in 0..200 {
        let store = opened(&own.options);
        let read = || store.read(|tx| tx.fact("keys"));
        wait(async { tokio::try_join!(read(), read(), read(), read()) }).unwrap();
        assert!(log.exists(), "there is a log while it is open");
        drop(store);
        assert!(!log.exists(), "round {round}");
    }
}
