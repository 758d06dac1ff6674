//! Files of photos: none is removed that a row needs or that somebody is about to name in one.

use domain::photo::hash::ContentHash;
use masthead_tests::on_both;
use store::error::Error;
use store::files::Terms;

use crate::own::{Own, at, wait};
use crate::photos::{add, photo};

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

fn file(n: u8) -> ContentHash {
    ContentHash::of(&[n])
}

fn files<const N: usize>(numbers: [u8; N]) -> Vec<ContentHash> {
    let mut files: Vec<_> = numbers.map(file).into();
    files.sort();
    files
}

/// What counts at a second.
fn terms(second: i64) -> Terms {
    Terms { now: at(second), claimed_since: at(second - DAY), condemned_since: at(second - HOUR) }
}

impl Own {
    fn claims<const N: usize>(&self, numbers: [u8; N], second: i64) -> bool {
        let files = files(numbers);
        wait(self.store.write(move |tx| tx.claim_files(&files, terms(second)))).unwrap()
    }

    fn condemns<const N: usize>(&self, numbers: [u8; N], second: i64) -> Vec<ContentHash> {
        let files = files(numbers);
        wait(self.store.write(move |tx| tx.condemn_files(&files, terms(second)))).unwrap()
    }

    fn removes<const N: usize>(&self, numbers: [u8; N]) {
        let files = files(numbers);
        wait(self.store.write(move |tx| tx.removed_files(&files))).unwrap();
    }
}

on_both! {
    fn a_file_is_claimed_or_condemned_and_never_both(database: Database) {
        let own = Own::open(database);
        assert!(own.claims([1, 2], 0));
        assert_eq!(own.condemns([1, 2, 3], 10), files([3]));
        assert!(!own.claims([3], 20) && !own.claims([1, 3], 20), "it is being removed");
        assert_eq!(own.condemns([3], 20), [], "by somebody else");
        own.removes([1, 3]);
        assert!(own.claims([3], 30), "it was removed");
        assert_eq!(own.condemns([1, 3], DAY - 1), [], "what nobody condemned stays claimed");
    }

    fn what_was_said_of_a_file_is_over_in_time(database: Database) {
        let own = Own::open(database);
        assert!(own.claims([1, 2], 0));
        assert_eq!(own.condemns([1], DAY), []);
        assert!(own.claims([2], DAY), "who writes it again has it for another day");
        assert_eq!(own.condemns([1, 2], DAY + 1), files([1]));
        assert!(!own.claims([1], DAY + 1 + HOUR));
        assert_eq!(own.condemns([1], DAY + 2 + HOUR), files([1]), "whoever was at it is gone");
        assert!(own.claims([1], DAY + 3 + 2 * HOUR), "so is the next");
        let swept = |second| wait(own.store.write(move |tx| tx.sweep_claims(terms(second), 1))).unwrap();
        assert_eq!([swept(2 * DAY), swept(2 * DAY + 1), swept(2 * DAY + 1)], [0, 1, 0]);
    }

    fn a_file_that_a_row_names_is_never_condemned(database: Database) {
        let own = Own::open(database);
        wait(own.store.write(|tx| add(tx, photo(7), 8))).unwrap();
        assert_eq!(own.condemns([7, 8, 9], 9 * DAY), files([9]));
        let needed = wait(own.store.read(|tx| tx.needed_files(&files([7, 8, 9])))).unwrap();
        assert_eq!(needed.len(), 2);
    }

    fn who_writes_and_who_removes_never_both_get_a_file(database: Database) {
        let own = Own::open(database);
        for n in 0..60 {
            let (claimed, condemned) = wait(async {
                let claim = own.store.write(move |tx| tx.claim_files(&files([n, n + 100]), terms(0)));
                let condemn = own.store.write(move |tx| tx.condemn_files(&files([n, n + 100]), terms(0)));
                let (claimed, condemned) = tokio::join!(claim, condemn);
                Ok::<_, Error>((claimed?, condemned?))
            })
            .unwrap();
            assert!(claimed == condemned.is_empty(), "{claimed} {condemned:?}");
        }
    }
}
