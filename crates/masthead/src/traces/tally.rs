//! How many spans wait for the collector, and what became of the others.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use prometheus_client::encoding::{EncodeLabel, EncodeLabelSet, LabelSetEncoder};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::registry::Registry;

/// What became of a span.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Outcome {
    /// The collector took it.
    Sent,
    /// It did not, or was not there.
    Refused,
    /// Too many were waiting.
    Dropped,
}

impl Outcome {
    const ALL: [Self; 3] = [Self::Sent, Self::Refused, Self::Dropped];

    const fn name(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Refused => "refused",
            Self::Dropped => "dropped",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Ended(Outcome);

impl EncodeLabelSet for Ended {
    fn encode(&self, encoder: &mut LabelSetEncoder<'_>) -> fmt::Result {
        ("outcome", self.0.name()).encode(encoder.encode_label())
    }
}

/// The spans of a node.
#[derive(Debug, Clone)]
pub(super) struct Tally {
    waiting: Arc<AtomicUsize>,
    spans: Family<Ended, Counter>,
}

impl Default for Tally {
    fn default() -> Self {
        let spans = Family::default();
        // What has not happened yet is told as that.
        for outcome in Outcome::ALL {
            drop(spans.get_or_create(&Ended(outcome)));
        }
        Self { waiting: Arc::default(), spans }
    }
}

impl Tally {
    pub(super) fn register(&self, registry: &mut Registry) {
        registry.register(
            "masthead_trace_spans",
            "Spans of requests, by what became of them",
            self.spans.clone(),
        );
    }

    /// Takes a place among at most `most` that wait; `false` where none is free.
    pub(super) fn takes_place(&self, most: usize) -> bool {
        let free = self.waiting.fetch_add(1, Ordering::AcqRel) < most;
        if !free {
            self.leave(1);
        }
        free
    }

    /// Frees the places of so many.
    pub(super) fn leave(&self, spans: usize) {
        self.waiting.fetch_sub(spans, Ordering::AcqRel);
    }

    pub(super) fn ended(&self, outcome: Outcome, spans: usize) {
        self.spans.get_or_create(&Ended(outcome)).inc_by(u64::try_from(spans).unwrap_or(u64::MAX));
    }

    #[cfg(test)]
    pub(super) fn of(&self, outcome: Outcome) -> u64 {
        self.spans.get_or_create(&Ended(outcome)).get()
    }
}
