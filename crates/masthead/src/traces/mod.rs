//! Sends the spans of requests to a collector, by OTLP over HTTP. What is in them is the matter of `http`; nobody waits for
//! their way to the collector.

mod queue;
mod tally;

use std::time::Duration;

use http::traces::Traces;
use opentelemetry::global::BoxedTracer;
use opentelemetry::trace::TracerProvider;
use opentelemetry::{InstrumentationScope, KeyValue};
use opentelemetry_otlp::{ExporterBuildError, Protocol, SpanExporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::resource::TelemetryResourceDetector;
use opentelemetry_sdk::trace::{Sampler, SdkTracerProvider};
use prometheus_client::registry::Registry;
use reqwest::redirect::Policy;
use store::options::{Company, Purpose, Timing};
use uuid::Uuid;

use self::queue::Queue;
use self::tally::Tally;
use crate::config::database::DatabaseUrl;
use crate::config::{self, Config};

/// How long the collector may take to answer, repetitions included.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long it is waited for at the end.
const PATIENCE_AT_END: Duration = Duration::from_secs(3);

/// Under which name collectors know us.
const SERVICE: &str = "masthead";

/// Why nothing can be sent.
#[derive(Debug, thiserror::Error)]
pub enum Unsendable {
    /// The machine has no TLS.
    #[error("no client: {0}")]
    NoClient(#[from] reqwest::Error),
    /// The library refuses its settings.
    #[error(transparent)]
    Refused(#[from] ExporterBuildError),
}

/// Who sends spans, until it is dropped. That sends what waits, for a few seconds at most.
#[derive(Debug)]
pub(crate) struct Sender {
    provider: SdkTracerProvider,
    tally: Tally,
}

impl Sender {
    /// Begins, with threads of its own.
    fn start(settings: &config::traces::Traces) -> Result<Self, Unsendable> {
        // Headers that are secrets go where they were meant to go, and nowhere on.
        let client =
            reqwest::blocking::Client::builder().timeout(PATIENCE).redirect(Policy::none()).build()?;
        let exporter = SpanExporter::builder()
            .with_http()
            .with_http_client(client)
            .with_protocol(Protocol::HttpBinary)
            .with_endpoint(settings.address())
            .with_timeout(PATIENCE)
            .with_headers(settings.headers_by_name())
            .build()?;
        let tally = Tally::default();
        let resource = Resource::builder_empty()
            .with_detector(Box::new(TelemetryResourceDetector))
            .with_service_name(SERVICE)
            .with_attributes([
                KeyValue::new("service.version", env!("CARGO_PKG_VERSION")),
                KeyValue::new("service.instance.id", Uuid::now_v7().to_string()),
            ])
            .build();
        let new = Sampler::TraceIdRatioBased(settings.sample.get());
        let provider = SdkTracerProvider::builder()
            .with_resource(resource)
            .with_sampler(Sampler::ParentBased(Box::new(new)))
            .with_span_processor(Queue::to(exporter, tally.clone()))
            .build();
        Ok(Self { provider, tally })
    }

    /// Takes the spans of the node that is configured so, and that clients know under `public_url`.
    fn traces(&self, config: &Config, public_url: &str) -> Traces {
        let scope = InstrumentationScope::builder(SERVICE).with_version(env!("CARGO_PKG_VERSION")).build();
        let tracer = self.provider.tracer_with_scope(scope);
        let database = match config.database.url {
            DatabaseUrl::Sqlite(_) => "sqlite",
            DatabaseUrl::Postgres(_) => "postgresql",
        };
        Traces::by(BoxedTracer::new(Box::new(tracer)), public_url, database)
    }

    /// Lets `registry` tell how it went.
    pub(crate) fn register(&self, registry: &mut Registry) {
        self.tally.register(registry);
    }
}

impl Drop for Sender {
    fn drop(&mut self) {
        // Where the collector does not take them by then, they are lost, as the metrics say of others.
        let _ = self.provider.shutdown_with_timeout(PATIENCE_AT_END);
    }
}

/// How a process tells of what it does.
pub(crate) struct Tracing {
    /// Who sends it, if anybody does.
    pub(crate) sender: Option<Sender>,
    /// Where requests are told of.
    pub(crate) traces: Traces,
    /// Who is told of transactions.
    pub(crate) timing: Timing,
}

impl Tracing {
    /// As the settings say. Only a server has requests to tell of.
    pub(crate) fn of(config: &Config, public_url: &str, company: Company) -> Result<Self, Unsendable> {
        match (company, &config.traces) {
            (Company::Alone, Some(settings)) => {
                let sender = Sender::start(settings)?;
                let traces = sender.traces(config, public_url);
                Ok(Self { sender: Some(sender), timing: timing(&traces), traces })
            }
            (Company::Alone, None) | (Company::Beside, _) => {
                Ok(Self { sender: None, traces: Traces::nowhere(), timing: Timing::nobody() })
            }
        }
    }
}

/// Tells these of transactions.
fn timing(traces: &Traces) -> Timing {
    let traces = traces.clone();
    Timing::new(move |purpose, took| {
        let name = match purpose {
            Purpose::Read => "database read",
            Purpose::Write => "database write",
        };
        traces.transaction(name, took);
    })
}
