//! The machine's clock, the only place that reads it, and the hand by which a test sets the time of a running server.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use chrono::Utc;
use domain::time::{Clock, Moment};
use domain::violation::Violation;

use crate::config::Purpose;

/// The clock that a command goes by: the machine's, unless a test tells it the time in a file.
pub fn of(file: Option<&Path>, purpose: Purpose) -> Result<Clock, ClockError> {
    file.map_or_else(|| Ok(machine()), |file| told_by(file, purpose))
}

/// The clock of the machine.
pub fn machine() -> Clock {
    Clock::new(present)
}

/// A clock that stands still at the RFC 3339 instant in `file`. The file is read again at each question, so that a
/// test can move the time of a running server.
///
/// Refused unless the process is a test's, and where the file cannot be read at first.
pub fn told_by(file: &Path, purpose: Purpose) -> Result<Clock, ClockError> {
    if purpose != Purpose::Test {
        return Err(ClockError::NotATest);
    }
    let last = Mutex::new(read(file)?);
    let file = file.to_owned();
    Ok(Clock::new(move || {
        let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
        // Gone or half-written: what was last read stays in force.
        if let Ok(now) = read(&file) {
            *last = now;
        }
        *last
    }))
}

fn read(file: &Path) -> Result<Moment, ClockError> {
    let text = fs::read_to_string(file).map_err(|cause| ClockError::Unreadable(file.to_owned(), cause))?;
    Moment::parse(text.trim()).map_err(|cause| ClockError::Unclear(file.to_owned(), cause))
}

#[expect(clippy::disallowed_methods, reason = "this is the clock's home")]
fn present() -> Moment {
    Moment::new(Utc::now())
}

/// A clock that a file tells cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum ClockError {
    /// The process is not a test's.
    #[error("--clock-file is for tests: it is refused unless MASTHEAD_ENV=test")]
    NotATest,
    /// There is no such file, or it is not ours to read.
    #[error("the clock file {} cannot be read: {}", .0.display(), .1)]
    Unreadable(PathBuf, std::io::Error),
    /// The file holds something else than an instant.
    #[error("the clock file {} does not hold an instant: {}", .0.display(), .1)]
    Unclear(PathBuf, Violation),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_sets_the_time_while_it_is_asked() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("clock");
        fs::write(&file, "2026-01-01T12:00:00Z\n").unwrap();
        let clock = told_by(&file, Purpose::Test).unwrap();
        assert_eq!(clock.now().to_string(), "2026-01-01T12:00:00.000Z");
        fs::write(&file, "2025-12-31T23:00:00+01:00").unwrap();
        assert_eq!(clock.now().to_string(), "2025-12-31T22:00:00.000Z");
        fs::write(&file, "").unwrap();
        assert_eq!(clock.now().to_string(), "2025-12-31T22:00:00.000Z");
    }

    #[test]
    fn a_newsroom_cannot_set_its_clock() {
        assert!(matches!(told_by(Path::new("/dev/null"), Purpose::Work), Err(ClockError::NotATest)));
        assert!(matches!(told_by(Path::new("/dev/null"), Purpose::Test), Err(ClockError::Unclear(..))));
    }
}
