//! `masthead migrate` is killed in the middle of its work, again and again, and then comes to its end.

#![expect(clippy::unwrap_used, reason = "a test ends where what it stands on is not there")]

use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use masthead_tests::database::{Database, OwnDatabase};
use masthead_tests::{on_both, postgres, scratch};

/// How often it is killed, a little later each time.
const KILLS: u32 = 12;

/// Columns and indexes, as PostgreSQL tells them.
const SHAPE: &str = "SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable FROM \
    information_schema.columns WHERE table_schema = 'public' UNION SELECT indexdef FROM pg_indexes WHERE \
    schemaname = 'public' ORDER BY 1";

fn masthead(verb: &str, dir: &Path, own: &OwnDatabase) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_masthead"));
    command.env_clear().env("MASTHEAD_DATABASE_URL", own.url()).current_dir(dir);
    command.arg(verb).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

#[track_caller]
fn succeeds(mut command: Command) {
    let done = command.output().unwrap();
    assert!(done.status.success(), "{command:?}: {}", String::from_utf8_lossy(&done.stderr));
}

on_both! {
    // abuse: OP-08
    fn migrations_that_are_killed_go_on_where_they_were(database: Database) {
        let dir = scratch::new_dir("masthead-interrupted-");
        let places = ["whole", "killed"].map(|name| {
            let place = dir.join(name);
            std::fs::create_dir(&place).unwrap();
            place
        });
        let [whole, killed] = places.each_ref().map(|place| database.empty(place));
        let began = Instant::now();
        succeeds(masthead("migrate", &places[0], &whole));
        let took = began.elapsed();
        let ends = (1..=KILLS).map(|kill| {
            let mut running = masthead("migrate", &places[1], &killed).spawn().unwrap();
            std::thread::sleep(took * kill / (KILLS + 1));
            running.kill().unwrap();
            running.wait().unwrap()
        });
        let in_the_middle = ends.filter(|end| end.signal().is_some()).count();
        assert!(in_the_middle > 0, "it was never killed before its end");
        succeeds(masthead("migrate", &places[1], &killed));
        succeeds(masthead("doctor", &places[1], &killed));
        if database == Database::Postgres {
            assert_eq!(postgres::ask(killed.url(), SHAPE), postgres::ask(whole.url(), SHAPE));
        }
        drop((whole, killed));
        std::fs::remove_dir_all(dir).unwrap();
    }
}
