//! `make test-crash`: kills the server in the middle of its work again and again, on both databases, and tells what was
//! lost. Anything lost is a failure.

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use masthead_bench::crash::photos::{self, PhotoRound};
use masthead_bench::crash::shelves::TEMPORARY;
use masthead_bench::crash::{self, Round};
use masthead_bench::node::Site;
use masthead_tests::database::Database;
use masthead_tests::{postgres, scratch};

const ROUNDS: usize = 20;

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<ExitCode> {
    let program = PathBuf::from(std::env::args_os().nth(1).ok_or_else(|| io::Error::other("which binary?"))?);
    let dir = scratch::run_dir();
    postgres::keep_commits();
    let (articles, photos) = (Database::Postgres.empty(dir), Database::Postgres.empty(dir));
    let (file, program) = ("sqlite:masthead.db", program.as_path());
    let mut lost = rounds("SQLite", program, &dir.join("sqlite"), file).await?;
    lost += rounds("PostgreSQL", program, &dir.join("postgres"), articles.url()).await?;
    lost += photo_rounds("SQLite", program, &dir.join("photos-sqlite"), file).await?;
    lost += photo_rounds("PostgreSQL", program, &dir.join("photos-postgres"), photos.url()).await?;
    Ok(if lost == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// All rounds with photos on one database; how much is not as it must be.
async fn photo_rounds(name: &str, program: &Path, dir: &Path, database: &str) -> io::Result<usize> {
    let temporary = dir.join(TEMPORARY);
    let site = Site::new(program, dir, database, &[("TMPDIR", &temporary.display().to_string())]);
    std::fs::create_dir_all(&temporary)?;
    site.found()?;
    println!(
        "| {name}, photos | answered | unanswered and whole | lost | missing | orphans | left | ready ms | doctor |"
    );
    println!("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    let mut wrong = 0;
    for number in 1..=ROUNDS {
        // Beyond a second, the workers are making AVIF meanwhile.
        let time = Duration::from_millis(150 + (number as u64 * 137) % 2000);
        let PhotoRound { round, missing, orphans, left } = photos::round(&site, number, time).await?;
        let Round { acknowledged, unanswered_kept, lost, ready } = round;
        println!(
            "| {number} | {acknowledged} | {unanswered_kept} | {lost} | {missing} | {orphans} | {left} | {} | ok |",
            ready.as_millis()
        );
        wrong += lost + missing + left;
    }
    println!();
    Ok(wrong)
}

/// All rounds on one database; how many answered writes were lost.
async fn rounds(name: &str, program: &Path, dir: &Path, database: &str) -> io::Result<usize> {
    let site = Site::new(program, dir, database, &[]);
    site.found()?;
    println!("| {name} | answered | unanswered and whole | lost | ready ms | doctor |");
    println!("| --- | --- | --- | --- | --- | --- |");
    let mut lost = 0;
    for number in 1..=ROUNDS {
        // Another moment in each round, the same ones in each run.
        let time = Duration::from_millis(150 + (number as u64 * 137) % 450);
        let round = crash::round(&site, number, time).await?;
        let Round { acknowledged, unanswered_kept, lost: lost_now, ready } = round;
        println!(
            "| {number} | {acknowledged} | {unanswered_kept} | {lost_now} | {} | ok |",
            ready.as_millis()
        );
        lost += lost_now;
    }
    println!();
    Ok(lost)
}
