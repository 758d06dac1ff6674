//! The log that the servers of this process write, kept for tests to read.

use std::io;
use std::sync::{Mutex, Once};

use serde_json::Value;

static LINES: Mutex<Vec<u8>> = Mutex::new(Vec::new());

/// Keeps the log from here on. All sites of a process write to the one log.
pub fn keep() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| masthead::logging::keep("info", || Kept));
}

/// How much has been logged so far: a place from which to read.
pub fn mark() -> usize {
    LINES.lock().expect("no writer panics").len()
}

/// What was logged since a [`mark`], as text.
pub fn since(mark: usize) -> String {
    String::from_utf8_lossy(&LINES.lock().expect("no writer panics")[mark..]).into_owned()
}

/// The events of one request.
#[track_caller]
pub fn of_request(request_id: &str) -> Vec<Value> {
    since(0)
        .lines()
        .filter(|line| line.contains(request_id))
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("not JSON ({error}): {line}")))
        .collect()
}

struct Kept;

impl io::Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LINES.lock().expect("no writer panics").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
