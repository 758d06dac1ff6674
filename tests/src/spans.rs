//! A collector of traces: a receiver that is sent spans by OTLP, and what is in them.

use std::collections::BTreeMap;
use std::io;
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::common::v1::{AnyValue, KeyValue};
use opentelemetry_proto::tonic::trace::v1::Span;
use opentelemetry_proto::tonic::trace::v1::span::SpanKind;
use opentelemetry_proto::tonic::trace::v1::status::StatusCode;
use prost::Message;

use crate::receiver::{Receiver, Told};

/// A span as a collector was sent it, its ids in hexadecimal digits.
#[derive(Debug, Clone)]
pub struct Sent {
    /// The trace that it is part of.
    pub trace: String,
    /// Its own id.
    pub id: String,
    /// That of the span that it is part of; empty where it begins the trace.
    pub parent: String,
    /// What systems on the way have noted.
    pub state: String,
    /// What it is called.
    pub name: String,
    /// Whether it is of the side that answers.
    pub is_server: bool,
    /// Whether it has failed.
    pub failed: bool,
    /// What is said of it, as text.
    pub says: BTreeMap<String, String>,
    /// What is said of the node.
    pub node: BTreeMap<String, String>,
}

impl Sent {
    /// What it says of something; empty where it says nothing.
    pub fn of(&self, name: &str) -> &str {
        self.says.get(name).map_or("", String::as_str)
    }
}

/// The spans in what a collector was told.
#[track_caller]
pub fn spans(told: &[Told]) -> Vec<Sent> {
    let exports = told.iter().map(|told| {
        assert_eq!(told.order.line, "POST /v1/traces");
        assert_eq!(told.order.header("content-type"), "application/x-protobuf");
        ExportTraceServiceRequest::decode(&*told.order.octets).expect("an export")
    });
    let nodes = exports.flat_map(|export| export.resource_spans);
    nodes
        .flat_map(|node| {
            let about = says(node.resource.map(|resource| resource.attributes).unwrap_or_default());
            let spans = node.scope_spans.into_iter().flat_map(|scope| scope.spans);
            spans.map(move |span| sent(span, &about)).collect::<Vec<_>>()
        })
        .collect()
}

fn sent(span: Span, node: &BTreeMap<String, String>) -> Sent {
    let hex = |id: &[u8]| id.iter().map(|octet| format!("{octet:02x}")).collect::<String>();
    let failed = span.status.as_ref().is_some_and(|status| status.code() == StatusCode::Error);
    Sent {
        trace: hex(&span.trace_id),
        id: hex(&span.span_id),
        parent: hex(&span.parent_span_id),
        is_server: span.kind() == SpanKind::Server,
        state: span.trace_state,
        name: span.name,
        failed,
        says: says(span.attributes),
        node: node.clone(),
    }
}

fn says(attributes: Vec<KeyValue>) -> BTreeMap<String, String> {
    attributes.into_iter().map(|one| (one.key, one.value.map(text).unwrap_or_default())).collect()
}

fn text(value: AnyValue) -> String {
    match value.value {
        Some(Value::StringValue(text)) => text,
        Some(Value::IntValue(number)) => number.to_string(),
        Some(Value::ArrayValue(list)) => list.values.into_iter().map(text).collect::<Vec<_>>().join(","),
        other => panic!("no value of ours: {other:?}"),
    }
}

/// Lets a collector answer nothing from now on until what this gives second is dropped. What it gives first tells of each
/// request that waits so.
pub fn hold(collector: &Receiver) -> (mpsc::Receiver<()>, Sender<()>) {
    let ((arrives, arrived), (holds, held)) = (mpsc::channel(), mpsc::channel::<()>());
    let held = Mutex::new(held);
    collector.acts(Arc::new(move |_| {
        // Whoever does not look any more is none of its business.
        let _ = arrives.send(());
        // Nothing is ever sent: it ends with the other end, and in any case before long.
        let _ = held.lock().map(|held| held.recv_timeout(Duration::from_secs(120)));
        Err(io::ErrorKind::ConnectionAborted.into())
    }));
    (arrived, holds)
}
