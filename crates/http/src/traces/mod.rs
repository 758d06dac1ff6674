//! Requests as spans, by the
//! [semantic conventions of OpenTelemetry](https://opentelemetry.io/docs/specs/semconv/http/http-spans/), as parts of their
//! callers' traces. Where spans are sent is the binary's matter. None holds a query, a header of the request, a body or
//! the address of a client.
//!
//! A span is made with the API of OpenTelemetry and not from what is logged: to look through the log's spans at each request
//! costs more than to give a kept answer.

mod parent;

use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::RequestHead;
use actix_web::http::{StatusCode, Uri};
use domain::id::RequestId;
use futures_util::future::Either;
use opentelemetry::global::BoxedTracer;
use opentelemetry::trace::{
    FutureExt, Span, SpanBuilder, SpanContext, SpanId, SpanKind, Status, TraceContextExt, TraceId, Tracer,
    WithContext,
};
use opentelemetry::{Array, Context, KeyValue, StringValue, Value, time};

use crate::metrics::method_of;

/// A part of an address that lets in whoever has it: spans have the route in the path's place where it has one (ruling 32).
const SECRET_PART: &str = "{token}";

/// Where requests are told of as spans.
#[derive(Debug, Clone)]
pub struct Traces(Option<Arc<Recorder>>);

#[derive(Debug)]
struct Recorder {
    tracer: BoxedTracer,
    /// Under which address clients know the node: the same of every request.
    server: Vec<KeyValue>,
    /// Which database it is.
    database: KeyValue,
}

impl Traces {
    /// Nowhere: the log alone tells of a caller's trace.
    pub const fn nowhere() -> Self {
        Self(None)
    }

    /// To whoever made this tracer. Clients know the node under `public_url`; `database` is the name of its kind in the
    /// conventions.
    pub fn by(tracer: BoxedTracer, public_url: &str, database: &'static str) -> Self {
        let server = server(&public_url.parse().unwrap_or_default());
        Self(Some(Arc::new(Recorder { tracer, server, database: KeyValue::new("db.system.name", database) })))
    }

    /// Begins with a request.
    pub(crate) fn begin(&self, request: &RequestHead, id: RequestId) -> Trace {
        let parent = parent::of(&request.headers);
        let Some(recorder) = &self.0 else { return Trace::OfCaller(parent) };
        let method = method_of(&request.method);
        let above =
            parent.map_or_else(Context::new, |parent| Context::new().with_remote_span_context(parent));
        let span = SpanBuilder::from_name(name_of(method)).with_kind(SpanKind::Server);
        let within = above.with_span(recorder.tracer.build_with_context(span, &above));
        if within.span().is_recording() {
            let answered_id = Array::String(vec![StringValue::from(id.to_string())]);
            let own = [
                KeyValue::new("http.request.method", method),
                KeyValue::new("http.response.header.x-request-id", Value::Array(answered_id)),
            ];
            within.span().set_attributes(recorder.server.iter().cloned().chain(own));
        }
        Trace::Own { within, method }
    }

    /// Tells of a transaction that has just ended, in the request for which it was run, if that is recorded.
    pub fn transaction(&self, name: &'static str, took: Duration) {
        let Some(recorder) = &self.0 else { return };
        let within = Context::current();
        if !within.span().is_recording() {
            return;
        }
        let ended = time::now();
        let span = SpanBuilder::from_name(name)
            .with_start_time(ended.checked_sub(took).unwrap_or(ended))
            .with_attributes([recorder.database.clone()]);
        recorder.tracer.build_with_context(span, &within).end_with_timestamp(ended);
    }
}

/// The attributes of a server that is known under this address.
fn server(url: &Uri) -> Vec<KeyValue> {
    let scheme = url.scheme_str().unwrap_or("http");
    let port = url.port_u16().unwrap_or(if scheme == "https" { 443 } else { 80 });
    let mut server = vec![KeyValue::new("url.scheme", scheme.to_owned())];
    if let Some(host) = url.host() {
        server.push(KeyValue::new("server.address", host.to_owned()));
        server.push(KeyValue::new("server.port", i64::from(port)));
    }
    server
}

/// What spans of a method are called: one that a client made up is none of ours to repeat.
fn name_of(method: &'static str) -> &'static str {
    if method == "_OTHER" { "HTTP" } else { method }
}

/// The trace of which a request is a part.
#[derive(Debug)]
pub(crate) enum Trace {
    /// Nothing is recorded here. It is known what the caller said, if it did.
    OfCaller(Option<SpanContext>),
    /// It has a span of its own, which is recorded if the caller or the sampling says so.
    Own {
        /// The span, and what it is part of.
        within: Context,
        method: &'static str,
    },
}

impl Trace {
    /// By which the log is joined with it: trace and span, the caller's where there is no other.
    pub(crate) fn ids(&self) -> Option<(TraceId, SpanId)> {
        let ids = |span: &SpanContext| span.is_valid().then(|| (span.trace_id(), span.span_id()));
        match self {
            Self::OfCaller(parent) => parent.as_ref().and_then(ids),
            Self::Own { within, .. } => ids(within.span().span_context()),
        }
    }

    /// Lets what `work` does become parts of its span.
    pub(crate) fn around<F: Future>(&self, work: F) -> Either<WithContext<F>, F> {
        match self {
            Self::Own { within, .. } if within.span().is_recording() => {
                Either::Left(work.with_context(within.clone()))
            }
            Self::Own { .. } | Self::OfCaller(_) => Either::Right(work),
        }
    }

    /// Ends with an answer. Where no route took the request, its path is not told either: nobody knows what is in it.
    pub(crate) fn end(&self, route: &Arc<str>, path: &str, status: StatusCode) {
        let Self::Own { within, method } = self else { return };
        let span = within.span();
        if !span.is_recording() {
            return;
        }
        let mut attributes = vec![KeyValue::new("http.response.status_code", i64::from(status.as_u16()))];
        if !route.is_empty() {
            span.update_name(format!("{} {route}", name_of(method)));
            let path = if route.contains(SECRET_PART) { &**route } else { path };
            attributes.push(KeyValue::new("http.route", Arc::clone(route)));
            attributes.push(KeyValue::new("url.path", path.to_owned()));
        }
        if status.is_server_error() {
            attributes.push(KeyValue::new("error.type", status.as_str().to_owned()));
            span.set_status(Status::error(""));
        }
        span.set_attributes(attributes);
        span.end();
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// A new name among these is one that may be told, or it is `{token}`.
    const PARTS: [&str; 14] = [
        "cid", "code", "did", "format", "hash", "id", "key", "n", "name", "part", "slug", "spot", "tid",
        "variant",
    ];

    // abuse: OP-12
    #[test]
    fn no_part_of_an_address_is_told_that_lets_anybody_in() {
        let operations = crate::operations().into_operations();
        let parts: BTreeSet<_> = operations
            .iter()
            .flat_map(|operation| operation.path.split('{').skip(1))
            .filter_map(|rest| rest.split_once('}').map(|(part, _)| part))
            .filter(|part| !SECRET_PART.contains(part))
            .collect();
        assert!(parts.iter().all(|part| PARTS.contains(part)), "may these be told: {parts:?}");
    }

    #[test]
    fn a_server_is_told_by_the_address_that_clients_know() {
        let told = |url: &str| {
            let told = server(&url.parse().unwrap()).into_iter();
            told.map(|one| format!("{}={}", one.key, one.value)).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(
            told("https://api.varn.example/cms"),
            "url.scheme=https server.address=api.varn.example server.port=443"
        );
        assert_eq!(
            told("http://127.0.0.1:8080"),
            "url.scheme=http server.address=127.0.0.1 server.port=8080"
        );
    }
}
