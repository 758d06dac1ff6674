//! The machine's clock, the only place that reads it, and the one that a test may shift from outside the process.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{TimeDelta, Utc};
use domain::time::{Clock, Moment};

use crate::config::Purpose;

/// The clock of the machine.
pub fn machine() -> Clock {
    Clock::new(present)
}

/// The machine's clock, shifted by as many milliseconds as `file` says (a whole number, negative for the past).
/// The file is read again at each question, so that a test can move the time of a running server.
///
/// Refused unless the process is a test's, and where the file cannot be read at first.
pub fn shifted_by(file: &Path, purpose: Purpose) -> Result<Clock, ClockError> {
    if purpose != Purpose::Test {
        return Err(ClockError::NotATest);
    }
    let shift = |file: &Path| fs::read_to_string(file)?.trim().parse().map_err(io::Error::other);
    let first = shift(file).map_err(|cause| ClockError::Unreadable { file: file.to_owned(), cause })?;
    let file = file.to_owned();
    let last = AtomicI64::new(first);
    Ok(Clock::new(move || {
        // Half-written: what was last read stays in force.
        if let Ok(millis) = shift(&file) {
            last.store(millis, Ordering::Relaxed);
        }
        TimeDelta::try_milliseconds(last.load(Ordering::Relaxed))
            .map_or_else(present, |by| present().plus(by))
    }))
}

#[expect(clippy::disallowed_methods, reason = "this is the clock's home")]
fn present() -> Moment {
    Moment::new(Utc::now())
}

/// A shifted clock cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum ClockError {
    /// The process is not a test's.
    #[error("--clock-file is for tests: it is refused unless MASTHEAD_ENV=test")]
    NotATest,
    /// The file does not hold a number of milliseconds.
    #[error("the clock file {} cannot be read: {cause}", file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_moves_the_clock_while_it_runs() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("clock");
        fs::write(&file, "0").unwrap();
        let clock = shifted_by(&file, Purpose::Test).unwrap();
        assert!(clock.now().since(present()).abs() < TimeDelta::minutes(1));
        fs::write(&file, "-86400000\n").unwrap();
        assert!(present().since(clock.now()) > TimeDelta::hours(23));
        fs::write(&file, "").unwrap();
        assert!(present().since(clock.now()) > TimeDelta::hours(23));
    }

    #[test]
    fn a_newsroom_cannot_shift_its_clock() {
        assert!(matches!(shifted_by(Path::new("/dev/null"), Purpose::Work), Err(ClockError::NotATest)));
    }
}
