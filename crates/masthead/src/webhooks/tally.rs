//! What is counted of webhooks.

use std::fmt;

use domain::time::Moment;
use domain::webhook::attempt::Outcome;
use prometheus_client::encoding::{EncodeLabel, EncodeLabelSet, LabelSetEncoder};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::{Registry, Unit};
use store::webhooks::Backlog;

/// How many tries came to which outcome, and what waits on all nodes together.
#[derive(Debug, Clone, Default)]
pub(super) struct Tally {
    tries: Family<Ended, Counter>,
    waiting: Gauge,
    oldest_s: Gauge,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Ended(Outcome);

impl EncodeLabelSet for Ended {
    fn encode(&self, encoder: &mut LabelSetEncoder<'_>) -> fmt::Result {
        ("outcome", self.0.name()).encode(encoder.encode_label())
    }
}

impl Tally {
    pub(super) fn register(&self, registry: &mut Registry) {
        registry.register(
            "masthead_webhook_deliveries",
            "Tries to deliver an event to a webhook, by what came of them",
            self.tries.clone(),
        );
        registry.register(
            "masthead_webhook_deliveries_waiting",
            "Events on their way to webhooks, on all nodes together",
            self.waiting.clone(),
        );
        registry.register_with_unit(
            "masthead_webhook_oldest_waiting",
            "How long the oldest of them has been on its way",
            Unit::Seconds,
            self.oldest_s.clone(),
        );
    }

    pub(super) fn tried(&self, outcome: Outcome) {
        self.tries.get_or_create(&Ended(outcome)).inc();
    }

    pub(super) fn waiting(&self, backlog: Backlog, now: Moment) {
        let Backlog { waiting, since } = backlog;
        self.waiting.set(waiting);
        self.oldest_s.set(since.map_or(0, |since| now.since(since).num_seconds()));
    }
}
