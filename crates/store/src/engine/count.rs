//! Counts the statements that connections send, so that tests can hold that a request needs a constant number.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use diesel::connection::{Connection, InstrumentationEvent};

/// How many statements were sent since the store was opened.
#[derive(Debug, Clone, Default)]
pub(crate) struct Statements(Arc<AtomicU64>);

impl Statements {
    /// The number so far.
    pub(crate) fn sent(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    /// Counts what `conn` sends from now on.
    pub(crate) fn watch(&self, conn: &mut impl Connection) {
        let counter = Arc::clone(&self.0);
        conn.set_instrumentation(move |event: InstrumentationEvent<'_>| {
            if matches!(event, InstrumentationEvent::StartQuery { .. }) {
                counter.fetch_add(1, Ordering::Relaxed);
            }
        });
    }
}
