//! Writes that share a commit: each is answered by itself, and a full database takes none with it.

use futures_util::future::join_all;
use masthead_tests::database::Database;
use masthead_tests::on_both;
use store::Store;
use store::error::Error;
use store::options::Options;

use crate::own::{Own, admin, wait};

on_both! {
    fn a_refused_write_takes_no_other_with_it(database: Database) {
        let own = Own::open(database);
        let store = &own.store;
        let results = wait(join_all((0..200_u32).map(|n| {
            store.write(move |tx| {
                tx.set_fact(&format!("fact-{n}"), "there")?;
                if n % 3 == 0 { Err(Error::Referenced) } else { Ok(n) }
            })
        })));
        for (n, result) in results.into_iter().enumerate() {
            let name = format!("fact-{n}");
            let stored = wait(own.store.read(move |tx| tx.fact(&name))).unwrap();
            assert_eq!((result.is_ok(), stored.is_some()), (n % 3 != 0, n % 3 != 0), "{n}");
        }
    }

    fn a_write_that_panics_is_a_failure_of_its_own(database: Database) {
        let own = Own::open(database);
        let failed = wait(own.store.write(|tx| {
            tx.set_fact("keys", "a")?;
            assert!(tx.fact("keys")?.is_none(), "on purpose");
            Ok::<_, Error>(())
        }));
        assert!(matches!(failed, Err(Error::Defect(_))), "{failed:?}");
        assert_eq!(wait(own.store.read(|tx| tx.fact("keys"))).unwrap(), None);
        wait(own.store.write(|tx| tx.set_fact("keys", "b"))).unwrap();
    }
}

// abuse: OP-03
#[test]
fn a_full_file_refuses_what_does_not_fit_and_recovers_without_a_restart() {
    let own = Own::open(Database::Sqlite);
    let Own { store, options, .. } = own;
    drop(store);
    let store = Store::open(&Options { max_pages: 200, ..options }).unwrap();
    let page = "x".repeat(20_000);
    let results = wait(join_all((0..40_u32).map(|n| {
        let page = page.clone();
        store.write(move |tx| tx.set_fact(&format!("page-{n}"), &page))
    })));
    let full = results.iter().filter(|result| matches!(result, Err(Error::Full))).count();
    assert!(full > 0 && full < 40, "{full} of 40 found no room");
    for (n, result) in results.iter().enumerate() {
        let name = format!("page-{n}");
        let stored = wait(store.read(move |tx| tx.fact(&name))).unwrap();
        assert_eq!(result.is_ok(), stored.is_some(), "{n}: {result:?}");
    }
    wait(store.write(|tx| tx.add_user(&admin(1, "ada@varn.example"), None))).unwrap();
}
