//! What holds for every request, whatever its route: one spelling of its path, an id, and an answer that is a problem
//! where it is no success. It stands before the application, so that what needs no route meets nothing of it.

mod client;
mod refusal;

use std::borrow::Cow;
use std::future::{Ready, ready};
use std::panic::AssertUnwindSafe;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Instant;

use actix_http::Request;
use actix_web::body::{self, BodySize, BoxBody, MessageBody};
use actix_web::dev::{
    AppConfig, RequestHead, Response, Service, ServiceFactory, ServiceResponse, forward_ready,
};
use actix_web::http::header::{
    CACHE_CONTROL, HeaderMap, HeaderName, HeaderValue, IF_RANGE, RANGE, X_CONTENT_TYPE_OPTIONS,
};
use actix_web::http::{Method, StatusCode};
use actix_web::web::Data;
use actix_web::{Error, HttpMessage, HttpResponse};
use delivery::Delivery;
use domain::id::RequestId;
use futures_util::FutureExt;
use futures_util::future::{Either, LocalBoxFuture};
use opentelemetry::trace::{SpanId, TraceId};
use tracing::field::display;
use uuid::Uuid;

pub(crate) use self::client::Client;
use crate::cors;
use crate::keep::{self, Answers};
use crate::metrics::Metrics;
use crate::problem::Problem;
use crate::problem::catalogue::Code;
use crate::rates::{Rates, Standing};
use crate::reply::finished::SURROGATE_KEY;
use crate::settings::{Naming, Settings};
use crate::traces::Trace;

/// The header with the id of a request.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The names under which Cloudflare keeps an answer.
const CACHE_TAG: HeaderName = HeaderName::from_static("cache-tag");

/// What the edge works with.
#[derive(Clone)]
pub(crate) struct Means {
    pub(crate) settings: Data<Settings>,
    pub(crate) metrics: Metrics,
    pub(crate) answers: Answers,
    pub(crate) delivery: Delivery,
    pub(crate) rates: Rates,
}

/// Makes the edge of each worker, before an application of its own.
pub(crate) struct Edge<A> {
    application: A,
    means: Means,
}

impl<A> Edge<A> {
    pub(crate) const fn before(application: A, means: Means) -> Self {
        Self { application, means }
    }
}

impl<A> ServiceFactory<Request> for Edge<A>
where
    A: ServiceFactory<
            Request,
            Config = AppConfig,
            Response = ServiceResponse<BoxBody>,
            Error = Error,
            InitError = (),
        >,
    A::Service: 'static,
    A::Future: 'static,
{
    type Response = Response<BoxBody>;
    type Error = Error;
    type Config = AppConfig;
    type Service = OfWorker<A::Service>;
    type InitError = ();
    type Future = LocalBoxFuture<'static, Result<Self::Service, ()>>;

    fn new_service(&self, config: AppConfig) -> Self::Future {
        let (application, means) = (self.application.new_service(config), Rc::new(self.means.clone()));
        Box::pin(async move { Ok(OfWorker { application: Rc::new(application.await?), means }) })
    }
}

/// The edge of a worker.
pub(crate) struct OfWorker<S> {
    application: Rc<S>,
    means: Rc<Means>,
}

type Answer = Result<Response<BoxBody>, Error>;

/// What is answered at once is not put on the heap for it.
type Answering = Either<Ready<Answer>, LocalBoxFuture<'static, Answer>>;

impl<S> Service<Request> for OfWorker<S>
where
    S: Service<Request, Response = ServiceResponse<BoxBody>, Error = Error> + 'static,
{
    type Response = Response<BoxBody>;
    type Error = Error;
    type Future = Answering;

    forward_ready!(application);

    fn call(&self, request: Request) -> Answering {
        let arrival = Arrival::of(request.head(), &self.means.settings);
        let request = if arrival.head { as_get(request) } else { request };
        match self.means.at_once(request.head(), &arrival) {
            Some(answer) => self.give(request, arrival, answer),
            None => self.route(request, arrival),
        }
    }
}

impl<S> OfWorker<S>
where
    S: Service<Request, Response = ServiceResponse<BoxBody>, Error = Error> + 'static,
{
    /// Gives an answer that needs no route. It is counted all the same: a key that raises the limit may have to be looked up.
    fn give(&self, request: Request, arrival: Arrival, answer: AtOnce) -> Answering {
        let means = Rc::clone(&self.means);
        match means.rates.charge_now(&request, arrival.client) {
            Some(counted) => Either::Left(ready(Ok(means.answered(&request, &arrival, answer, counted)))),
            None => Either::Right(Box::pin(async move {
                let counted = means.rates.charge_by_key(&request, arrival.client).await;
                Ok(means.answered(&request, &arrival, answer, counted))
            })),
        }
    }

    /// Lets its route answer a request.
    fn route(&self, request: Request, arrival: Arrival) -> Answering {
        request.extensions_mut().insert(arrival.client);
        let (application, means) = (Rc::clone(&self.application), Rc::clone(&self.means));
        Either::Right(Box::pin(async move {
            let routed = arrival.trace.around(async move { application.call(request).await });
            let panicked = |_| {
                tracing::error!(request = %arrival.client.request, "a handler panicked");
                Err(Problem::new(Code::Internal).into())
            };
            let routed = AssertUnwindSafe(routed).catch_unwind().await.unwrap_or_else(panicked);
            Ok(means.routed(&arrival, routed))
        }))
    }
}

/// What is known of a request before any route is looked for.
struct Arrival {
    began: Instant,
    client: Client,
    /// The method by which it is answered.
    method: Method,
    /// Whether no more than the head of that answer is asked for.
    head: bool,
    trace: Trace,
    /// What its answer says of other origins.
    cors: Cow<'static, [cors::Field]>,
}

impl Arrival {
    fn of(request: &RequestHead, settings: &Settings) -> Self {
        let began = Instant::now();
        let client = Client::of(request, settings);
        let head = request.method == Method::HEAD;
        Self {
            began,
            client,
            method: if head { Method::GET } else { request.method.clone() },
            head,
            trace: settings.traces.begin(request, client.request),
            cors: cors::headers(request, &settings.cors_origins),
        }
    }
}

/// A `HEAD` as a `GET`, whose answer has the same head; the connection leaves the body out. No part is asked for: a range
/// counts with `GET` alone (RFC 9110, 14.2). What extensions there were are lost; nothing stands before the edge that adds any.
fn as_get(request: Request) -> Request {
    let (mut head, payload) = request.into_parts();
    head.method = Method::GET;
    for name in [RANGE, IF_RANGE] {
        head.headers.remove(name);
    }
    let mut request = Request::from(head);
    *request.payload() = payload;
    request
}

/// An answer that needs no route, and the route of what is kept.
type AtOnce = (HttpResponse, Arc<str>);

impl Means {
    /// What is refused, what browsers ask for pages of other origins, and what is kept for readers.
    fn at_once(&self, request: &RequestHead, arrival: &Arrival) -> Option<AtOnce> {
        if cors::is_preflight(request) {
            return Some((HttpResponse::NoContent().finish(), Arc::default()));
        }
        match refusal::refusal(request) {
            Some(problem) => Some((self.document(&problem, arrival), Arc::default())),
            None => keep::kept(request, &self.answers, &self.delivery),
        }
    }

    /// The end of what needs no route, unless it was one too many.
    fn answered(
        &self,
        request: &Request,
        arrival: &Arrival,
        (answer, route): AtOnce,
        counted: Result<(), Problem>,
    ) -> Response<BoxBody> {
        let mut answer = counted.map_or_else(|problem| self.document(&problem, arrival), |()| answer);
        stand(&mut answer, request);
        self.end(arrival, answer, &route, request.path())
    }

    /// The end of what a route has answered, or nobody.
    fn routed(
        &self,
        arrival: &Arrival,
        routed: Result<ServiceResponse<BoxBody>, Error>,
    ) -> Response<BoxBody> {
        let (request, mut answer) = match routed {
            Ok(answer) => answer.into_parts(),
            Err(error) => {
                return self.end(arrival, self.problem_of(&error, arrival), &Arc::default(), "");
            }
        };
        if let Some(problem) = answer.error().map(|error| self.problem_of(error, arrival)) {
            answer = problem;
        }
        // A body without an end would hold the connection for ever, though nothing of it is sent.
        if arrival.head && answer.body().size() == BodySize::Stream {
            answer = answer.map_body(|_, _| BoxBody::new(body::None::new()));
        }
        let route = request.match_pattern().map(Arc::from).unwrap_or_default();
        stand(&mut answer, &request);
        self.end(arrival, answer, &route, request.path())
    }

    /// Adds what every answer has, and tells of it.
    fn end(
        &self,
        arrival: &Arrival,
        mut answer: HttpResponse,
        route: &Arc<str>,
        path: &str,
    ) -> Response<BoxBody> {
        let (id, status) = (arrival.client.request, answer.status());
        finish(answer.headers_mut(), &arrival.cors, id, self.settings.naming);
        log(id, &arrival.method, route, status, arrival.trace.ids());
        self.metrics.answered(&arrival.method, Arc::clone(route), status, arrival.began.elapsed());
        arrival.trace.end(route, path, status);
        answer.into()
    }

    /// The document of a problem, which names the request.
    fn document(&self, problem: &Problem, arrival: &Arrival) -> HttpResponse {
        problem.answer(&self.settings.public_url, &arrival.client.request.to_string())
    }

    /// The same of any error: what is none of ours is told by its status alone.
    fn problem_of(&self, error: &Error, arrival: &Arrival) -> HttpResponse {
        let foreign = || {
            Problem::new(match error.as_response_error().status_code() {
                StatusCode::NOT_FOUND => Code::NotFound,
                StatusCode::PAYLOAD_TOO_LARGE => Code::PayloadTooLarge,
                status if status.is_client_error() => Code::MalformedRequest,
                _ => Code::Internal,
            })
        };
        error
            .as_error::<Problem>()
            .map_or_else(|| self.document(&foreign(), arrival), |own| self.document(own, arrival))
    }
}

/// Adds where the client stands, if that is told.
fn stand(answer: &mut HttpResponse, request: &impl HttpMessage) {
    if let Some(standing) = request.extensions().get::<Standing>().copied() {
        standing.tell(answer.headers_mut());
    }
}

/// Logs an answer by its route, never by its path, which may hold a secret (ruling 32); and by its trace, if it has one, in
/// the words of [OpenTelemetry](https://opentelemetry.io/docs/specs/otel/compatibility/logging_trace_context/).
fn log(id: RequestId, method: &Method, route: &str, status: StatusCode, trace: Option<(TraceId, SpanId)>) {
    let (trace_id, span_id) = trace.map(|(trace, span)| (display(trace), display(span))).unzip();
    tracing::info!(request = %id, %method, route, status = status.as_u16(), trace_id, span_id, "answered");
}

/// Adds what every answer has.
fn finish(own: &mut HeaderMap, headers: &[cors::Field], id: RequestId, naming: Naming) {
    if let (Naming::CacheTagToo, Some(keys)) = (naming, own.get(SURROGATE_KEY)) {
        let tags = keys.to_str().ok().and_then(|keys| HeaderValue::from_str(&keys.replace(' ', ",")).ok());
        if let Some(tags) = tags {
            own.insert(CACHE_TAG, tags);
        }
    }
    for (name, value) in headers {
        own.append(name.clone(), value.clone());
    }
    // Not by way of a `String`, which grows as it is written: that costs as much as all else here.
    let mut text = Uuid::encode_buffer();
    if let Ok(id) = HeaderValue::from_str(id.uuid().hyphenated().encode_lower(&mut text)) {
        own.insert(REQUEST_ID, id);
    }
    own.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if !own.contains_key(CACHE_CONTROL) {
        own.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    }
}
