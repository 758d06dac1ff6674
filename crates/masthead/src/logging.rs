//! How the log is written: JSON lines, or for a person at a terminal. What is logged is decided where it happens.

use std::io::{self, IsTerminal};
use std::panic;

use tracing::Subscriber;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

/// Writes the log of this process to standard error from here on, panics included.
pub fn start(filter: &str) {
    let filter = EnvFilter::new(filter);
    let set = if io::stderr().is_terminal() {
        let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).finish();
        tracing::subscriber::set_global_default(lines)
    } else {
        tracing::subscriber::set_global_default(json_lines(filter, io::stderr))
    };
    // Refused only where a log was begun before; that one goes on.
    if set.is_ok() {
        log_panics();
    }
}

/// Gives the log of this process to `writer` from here on, panics not included: a test has them for itself.
pub fn keep<W: io::Write>(filter: &str, writer: impl Fn() -> W + Send + Sync + 'static) {
    // As in `start`, the first log of a process is the one.
    let _ = tracing::subscriber::set_global_default(json_lines(EnvFilter::new(filter), writer));
}

/// One JSON object per line and event.
fn json_lines<W>(filter: EnvFilter, writer: W) -> impl Subscriber + Send + Sync
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    tracing_subscriber::fmt().json().flatten_event(true).with_env_filter(filter).with_writer(writer).finish()
}

/// A panic is a line of the log like any other: where it happened, and not what its message holds, which may be
/// somebody's text.
fn log_panics() {
    panic::set_hook(Box::new(|about| {
        let place = about.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "a thread panicked");
    }));
}
