//! Counts the fsyncs of a server as the kernel sees them.

use std::fs;
use std::io;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::load::{self, Work};
use crate::node::Site;

/// Whether strace is installed.
pub fn can_be_counted() -> bool {
    let mut asked = Command::new("strace");
    asked
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|done| done.success())
}

/// What stands before a command whose fsyncs are followed: strace, with `asked` of it and its report at `path`. Only
/// these calls stop the server, the others cost nothing.
pub fn follow<'a>(path: &'a str, asked: &[&'a str]) -> Vec<&'a str> {
    ["strace", "-f", "--seccomp-bpf", "-o", path, "-e", "trace=fsync,fdatasync"]
        .into_iter()
        .chain(asked.iter().copied())
        .collect()
}

/// Runs saves on a new site, and tells how many there were and how many fsyncs the server asked for, those of its start
/// taken off.
pub async fn of_saves(site: &Site, clients: u32, time: Duration) -> io::Result<(u64, u64)> {
    site.found()?;
    let table = site.dir.join("syncs");
    let path = table.display().to_string();
    let before = follow(&path, &["-c"]);
    let idle = site.start_under(&before)?;
    let target = idle.target().await?;
    load::run(&target, Work::Saves, clients, Duration::ZERO, "idle").await?;
    idle.stop()?;
    let at_start = calls(&fs::read_to_string(&table)?);
    let busy = site.start_under(&before)?;
    let target = busy.target().await?;
    let pace = load::run(&target, Work::Saves, clients, time, "busy").await?;
    busy.stop()?;
    Ok((pace.done, calls(&fs::read_to_string(&table)?).saturating_sub(at_start)))
}

/// The calls of a table of `strace -c`.
fn calls(table: &str) -> u64 {
    let rows = table.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    let ours = rows.filter(|row| row.last().is_some_and(|name| ["fsync", "fdatasync"].contains(name)));
    ours.filter_map(|row| row.get(3)?.parse::<u64>().ok()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_calls_of_a_table_are_added() {
        let table = "% time     seconds  usecs/call     calls    errors syscall\n\
            ------ ----------- ----------- --------- --------- ----------------\n \
            90.00    0.500000         100      5000           fdatasync\n \
            10.00    0.000100         100         1         1 fsync\n\
            100.00    0.500100                  5001         1 total\n";
        assert_eq!(calls(table), 5001);
    }
}
