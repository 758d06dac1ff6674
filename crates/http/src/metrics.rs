//! What is counted of answers, for whoever watches a node. Names and labels of what every HTTP server has are those of the
//! [semantic conventions of OpenTelemetry](https://opentelemetry.io/docs/specs/semconv/http/http-metrics/), so that
//! dashboards which know them fit.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use actix_web::http::{Method, StatusCode};
use prometheus_client::encoding::{EncodeLabel, EncodeLabelSet, LabelSetEncoder};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

use crate::rates::Class;

/// Upper ends, in seconds, of the times that are told apart: those of the conventions, and one for what is kept.
const TIMES_S: [f64; 15] =
    [0.001, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0];

/// The methods that have a name of their own; what a client makes up has one together.
const METHODS: [&str; 7] = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"];

/// The name of a method as it is told.
pub(crate) fn method_of(method: &Method) -> &'static str {
    METHODS.into_iter().find(|name| *name == method.as_str()).unwrap_or("_OTHER")
}

/// The answers of a node: how many, of which route, and how long they took to their first octet.
#[derive(Debug, Clone)]
pub struct Metrics {
    answers: Family<Answer, Histogram, fn() -> Histogram>,
    limited: Family<Limited, Counter>,
}

/// Few enough of them to be counted apart: a route is its pattern (ruling 32), and empty where there is none.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Answer {
    method: &'static str,
    route: Arc<str>,
    status: u16,
}

impl EncodeLabelSet for Answer {
    fn encode(&self, encoder: &mut LabelSetEncoder<'_>) -> fmt::Result {
        ("http_request_method", self.method).encode(encoder.encode_label())?;
        ("http_route", &*self.route).encode(encoder.encode_label())?;
        ("http_response_status_code", self.status).encode(encoder.encode_label())
    }
}

/// A limit of requests.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Limited {
    class: Class,
}

impl EncodeLabelSet for Limited {
    fn encode(&self, encoder: &mut LabelSetEncoder<'_>) -> fmt::Result {
        ("limit", self.class.name()).encode(encoder.encode_label())
    }
}

impl Default for Metrics {
    fn default() -> Self {
        let limited = Family::default();
        // A limit that nobody has reached yet is told as that.
        for class in Class::ALL {
            drop(limited.get_or_create(&Limited { class }));
        }
        Self { answers: Family::new_with_constructor(|| Histogram::new(TIMES_S)), limited }
    }
}

impl Metrics {
    /// Lets `registry` tell them.
    pub fn register(&self, registry: &mut Registry) {
        registry.register_with_unit(
            "http_server_request_duration",
            "How long answers took to their first octet",
            Unit::Seconds,
            self.answers.clone(),
        );
        registry.register(
            "masthead_rate_limited",
            "Requests that were too many for their client, by the limit",
            self.limited.clone(),
        );
    }

    pub(crate) fn limited(&self, class: Class) {
        self.limited.get_or_create(&Limited { class }).inc();
    }

    pub(crate) fn answered(&self, method: &Method, route: Arc<str>, status: StatusCode, time: Duration) {
        let answer = Answer { method: method_of(method), route, status: status.as_u16() };
        self.answers.get_or_create(&answer).observe(time.as_secs_f64());
    }
}
