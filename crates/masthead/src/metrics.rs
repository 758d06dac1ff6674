//! `/metrics`, on a listener of its own: what it tells is for whoever runs the site, not for readers.

use std::fmt;
use std::io;
use std::net::{SocketAddr, TcpListener};

use actix_web::web::{self, Data};
use actix_web::{App, HttpResponse, HttpServer};
use http::Parts;
use http::keep::Answers;
use newsroom::Newsroom;
use prometheus_client::collector::Collector;
use prometheus_client::encoding::prometheus_text::{CONTENT_TYPE, encode};
use prometheus_client::encoding::{DescriptorEncoder, EncodeMetric};
use prometheus_client::metrics::counter::ConstCounter;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::Registry;

use crate::cdn::Purger;
use crate::hosting::Hosted;
use crate::traces::Sender;
use crate::webhooks::Messenger;

/// Who tells, until it is dropped.
#[derive(Debug)]
pub(crate) struct Telling {
    address: SocketAddr,
    /// Empty only while it is being stopped.
    hosted: Option<Hosted>,
}

impl Telling {
    /// Begins, in a thread of its own.
    pub(crate) fn start(listener: TcpListener, registry: Registry) -> io::Result<Self> {
        let address = listener.local_addr()?;
        let registry = Data::new(registry);
        let hosted = Hosted::start("metrics", move || {
            let app = move || App::new().app_data(registry.clone()).route("/metrics", web::get().to(tell));
            Ok(HttpServer::new(app).workers(1).disable_signals().listen(listener)?.run())
        })?;
        Ok(Self { address, hosted: Some(hosted) })
    }

    /// Where it listens.
    pub(crate) const fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Telling {
    fn drop(&mut self) {
        if let Some(hosted) = self.hosted.take() {
            // The order is given by the call; the thread's end tells that it is carried out.
            drop(hosted.handle.stop(false));
            // One that failed has nothing left to do.
            let _ = hosted.end();
        }
    }
}

async fn tell(registry: Data<Registry>) -> HttpResponse {
    let mut text = String::new();
    match encode(&mut text, &registry) {
        Ok(()) => HttpResponse::Ok().content_type(CONTENT_TYPE).body(text),
        Err(fmt::Error) => HttpResponse::InternalServerError().finish(),
    }
}

/// What a node tells.
pub(crate) fn registry(
    parts: &Parts,
    purger: Option<&Purger>,
    messenger: &Messenger,
    sender: Option<&Sender>,
) -> Registry {
    let mut registry = Registry::default();
    let release = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
    registry.register("masthead_build", "The release that runs", release);
    parts.metrics.register(&mut registry);
    parts.followers.register(&mut registry);
    if let Some(purger) = purger {
        purger.register(&mut registry);
    }
    messenger.register(&mut registry);
    if let Some(sender) = sender {
        sender.register(&mut registry);
    }
    let (newsroom, answers) = (parts.newsroom.clone(), parts.answers.clone());
    registry.register_collector(Box::new(Node { newsroom, answers }));
    registry
}

/// What is counted elsewhere, and read when it is asked for.
struct Node {
    newsroom: Newsroom,
    answers: Answers,
}

impl Collector for Node {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> Result<(), fmt::Error> {
        let counts = self.answers.counts();
        for (name, help, value) in [
            ("masthead_sql_statements", "SQL statements sent", self.newsroom.statements()),
            ("masthead_cache_kept", "Answers given to readers from what is kept", counts.kept),
            ("masthead_cache_composed", "Answers composed for readers", counts.composed),
        ] {
            let counter = ConstCounter::new(value);
            counter.encode(encoder.encode_descriptor(name, help, None, counter.metric_type())?)?;
        }
        for (name, help, value) in [
            ("masthead_cache_entries", "Answers that are kept", counts.entries),
            ("masthead_cache_octets", "Octets that they count for, in all codings", counts.octets),
        ] {
            let gauge = ConstGauge::new(value);
            gauge.encode(encoder.encode_descriptor(name, help, None, gauge.metric_type())?)?;
        }
        Ok(())
    }
}

impl fmt::Debug for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Node")
    }
}
