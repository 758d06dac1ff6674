//! The queue of spans before the collector: batches are the SDK's work, which drops in silence what finds no place; here it is
//! counted what is dropped and what was not taken, and the log is told once in a while.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use opentelemetry::Context;
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::trace::{
    BatchConfigBuilder, BatchSpanProcessor, Span, SpanData, SpanExporter, SpanProcessor,
};

use super::tally::{Outcome, Tally};

/// How many spans may wait: about a megabyte.
const MOST_WAITING: usize = 2048;

/// How many are sent together.
const BATCH: usize = 512;

/// How long a span waits for others at most.
const STEP: Duration = Duration::from_secs(1);

/// The shortest time between two lines of the log about a collector that does not take what it is sent.
const BETWEEN_LINES: Duration = Duration::from_mins(1);

/// A queue to a collector.
#[derive(Debug)]
pub(super) struct Queue {
    batches: BatchSpanProcessor,
    tally: Tally,
}

impl Queue {
    /// Begins, on a thread of its own, to give `exporter` what is put into it.
    pub(super) fn to(exporter: impl SpanExporter + 'static, tally: Tally) -> Self {
        let config = BatchConfigBuilder::default()
            .with_max_queue_size(MOST_WAITING)
            .with_max_export_batch_size(BATCH)
            .with_scheduled_delay(STEP)
            .build();
        let watched = Watched { exporter, tally: tally.clone(), told: Mutex::default() };
        let batches = BatchSpanProcessor::builder(watched).with_batch_config(config).build();
        Self { batches, tally }
    }
}

impl SpanProcessor for Queue {
    fn on_start(&self, span: &mut Span, within: &Context) {
        self.batches.on_start(span, within);
    }

    fn on_end(&self, span: SpanData) {
        if self.tally.takes_place(MOST_WAITING) {
            self.batches.on_end(span);
        } else {
            self.tally.ended(Outcome::Dropped, 1);
        }
    }

    fn force_flush(&self) -> OTelSdkResult {
        self.batches.force_flush()
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        self.batches.shutdown_with_timeout(timeout)
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.batches.set_resource(resource);
    }
}

/// An exporter whose successes and failures are counted.
#[derive(Debug)]
struct Watched<E> {
    exporter: E,
    tally: Tally,
    /// When the log was last told of a failure.
    told: Mutex<Option<Instant>>,
}

impl<E> Watched<E> {
    /// Whether the log is told of a failure now.
    fn tells(&self, now: Instant) -> bool {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let due = told.is_none_or(|told| now.duration_since(told) >= BETWEEN_LINES);
        if due {
            *told = Some(now);
        }
        due
    }
}

impl<E: SpanExporter> SpanExporter for Watched<E> {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        let spans = batch.len();
        self.tally.leave(spans);
        let sent = self.exporter.export(batch).await;
        match &sent {
            Ok(()) => self.tally.ended(Outcome::Sent, spans),
            Err(error) => {
                self.tally.ended(Outcome::Refused, spans);
                if self.tells(Instant::now()) {
                    tracing::warn!(%error, spans, "the collector did not take spans; more is told in a minute");
                }
            }
        }
        sent
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        self.exporter.shutdown_with_timeout(timeout)
    }

    fn force_flush(&self) -> OTelSdkResult {
        self.exporter.force_flush()
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.exporter.set_resource(resource);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::mpsc::{Receiver, Sender, channel};

    use opentelemetry::trace::{Tracer, TracerProvider};
    use opentelemetry_sdk::error::OTelSdkError;
    use opentelemetry_sdk::trace::SdkTracerProvider;

    use super::*;

    /// One that says when it is given something, and answers each time as it is told to; once nobody tells it any more, it
    /// takes everything.
    #[derive(Debug)]
    struct Obedient {
        given: Sender<usize>,
        answers: Mutex<Receiver<OTelSdkResult>>,
    }

    impl SpanExporter for Obedient {
        async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
            let _ = self.given.send(batch.len());
            self.answers.lock().unwrap().recv().unwrap_or(Ok(()))
        }
    }

    fn obedient() -> (Obedient, Receiver<usize>, Sender<OTelSdkResult>) {
        let ((given, arrivals), (answer, answers)) = (channel(), channel());
        (Obedient { given, answers: Mutex::new(answers) }, arrivals, answer)
    }

    fn spans(provider: &SdkTracerProvider, count: usize) {
        let tracer = provider.tracer("test");
        (0..count).for_each(|_| drop(tracer.start("GET")));
    }

    // abuse: OP-12
    #[test]
    fn what_finds_no_place_is_dropped_and_counted_and_delays_nobody() {
        let tally = Tally::default();
        let (exporter, arrivals, answer) = obedient();
        let queue = Queue::to(exporter, tally.clone());
        let provider = SdkTracerProvider::builder().with_span_processor(queue).build();
        spans(&provider, BATCH);
        let taken = arrivals.recv().unwrap();
        // It holds these now, and answers nothing.
        spans(&provider, MOST_WAITING + BATCH);
        assert_eq!(tally.of(Outcome::Dropped), u64::try_from(2 * BATCH - taken).unwrap());
        assert_eq!(tally.of(Outcome::Sent), 0);
        drop(answer);
        provider.shutdown().unwrap();
        assert_eq!(tally.of(Outcome::Sent), u64::try_from(taken + MOST_WAITING).unwrap());
    }

    /// One that refuses while it is told to.
    #[derive(Debug)]
    struct Moody(Arc<AtomicBool>);

    impl SpanExporter for Moody {
        async fn export(&self, _: Vec<SpanData>) -> OTelSdkResult {
            let refused = || OTelSdkError::InternalFailure("503".to_owned());
            if self.0.load(Ordering::SeqCst) { Err(refused()) } else { Ok(()) }
        }
    }

    #[test]
    fn what_a_collector_refuses_is_counted_and_the_next_is_sent() {
        let (tally, refuses) = (Tally::default(), Arc::new(AtomicBool::new(true)));
        let queue = Queue::to(Moody(Arc::clone(&refuses)), tally.clone());
        let provider = SdkTracerProvider::builder().with_span_processor(queue).build();
        spans(&provider, 3);
        // Whether it was refused now or a moment ago.
        let _ = provider.force_flush();
        refuses.store(false, Ordering::SeqCst);
        spans(&provider, 2);
        provider.shutdown().unwrap();
        assert_eq!((tally.of(Outcome::Refused), tally.of(Outcome::Sent)), (3, 2));
    }

    #[test]
    fn the_log_is_told_of_failures_once_a_minute() {
        let (exporter, _arrivals, _answer) = obedient();
        let watched = Watched { exporter, tally: Tally::default(), told: Mutex::default() };
        let began = Instant::now();
        let told: Vec<_> =
            [0, 1, 59, 60, 61, 119, 120].map(|s| watched.tells(began + Duration::from_secs(s))).into();
        assert_eq!(told, [true, false, false, true, false, false, true]);
    }
}
