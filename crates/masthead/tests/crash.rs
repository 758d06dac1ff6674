//! The binary is killed in the middle of its work. `make test-crash` does the same longer.

#![expect(clippy::unwrap_used, reason = "a test ends where what it stands on is not there")]

use std::path::Path;
use std::time::Duration;

use masthead_bench::crash::{self, Round};
use masthead_bench::node::Site;
use masthead_tests::{on_both, scratch};

on_both! {
    // abuse: OP-01
    fn what_was_answered_is_there_after_a_kill(database: Database) {
        let dir = scratch::new_dir("masthead-crash-");
        let own = database.empty(&dir);
        let site = Site::new(Path::new(env!("CARGO_BIN_EXE_masthead")), &dir.join("site"), own.url(), &[]);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            site.found().unwrap();
            for number in 1..=2 {
                let round = crash::round(&site, number, Duration::from_millis(700)).await.unwrap();
                let Round { acknowledged, lost, ready, .. } = round;
                assert!(acknowledged > 0, "nothing was written before the kill: {round:?}");
                assert_eq!(lost, 0, "{round:?}");
                assert!(ready < Duration::from_secs(5), "{round:?}");
            }
        });
        drop(own);
        std::fs::remove_dir_all(dir).unwrap();
    }
}
