//! Whether the database is there is told however busy its connections are.

use std::sync::mpsc::channel;
use std::time::Duration;

use masthead_tests::database::Database;
use masthead_tests::on_both;
use store::Store;
use store::error::Error;
use store::options::Options;

use crate::own::{Own, wait};

on_both! {
    // abuse: OP-04
    fn a_database_whose_connections_are_all_taken_is_there(database: Database) {
        let Own { store, options, .. } = &Own::open(database);
        let one = match database {
            // The file has one server at a time, and this one's connections are as many as may wait.
            Database::Sqlite => None,
            Database::Postgres => Some(Store::open(&Options { connections: 1, waiting: 0, ..options.clone() }).unwrap()),
        };
        let (store, places) = one.as_ref().map_or((store, options.connections), |store| (store, 1));
        wait(async {
            let (taken, reached) = channel();
            let (releases, readers): (Vec<_>, Vec<_>) = (0..places)
                .map(|_| {
                    let ((release, released), taken) = (channel::<()>(), taken.clone());
                    let reader = store.read(move |tx| {
                        tx.fact("keys")?;
                        taken.send(()).unwrap();
                        // Until its other end is dropped.
                        released.recv().unwrap_err();
                        Ok::<_, Error>(())
                    });
                    (release, reader)
                })
                .unzip();
            let asked = async {
                tokio::task::block_in_place(|| (0..places).for_each(|_| reached.recv().unwrap()));
                let told = tokio::time::timeout(Duration::from_secs(4), store.time()).await;
                let read = tokio::time::timeout(Duration::from_millis(1), store.read(|tx| tx.fact("keys"))).await;
                assert!(matches!(read, Err(_) | Ok(Err(Error::Overloaded))), "no connection is free: {read:?}");
                drop(releases);
                told
            };
            let (readers, told) = tokio::join!(futures_util::future::join_all(readers), asked);
            assert!(readers.iter().all(Result::is_ok), "{readers:?}");
            let told = told.unwrap().unwrap();
            assert_eq!(told.is_some(), database == Database::Postgres);
        });
    }
}
