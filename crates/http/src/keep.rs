//! Keeps the answers that are for all who ask the same: gives what is kept, and lets one of those who ask at once compose
//! what is not. What a client wants of an answer, and what it has, is looked at here alone.

use std::borrow::Cow;
use std::sync::Arc;

use actix_web::body::{BoxBody, MessageBody, to_bytes};
use actix_web::dev::{RequestHead, ServiceRequest, ServiceResponse};
use actix_web::http::header::IF_NONE_MATCH;
use actix_web::http::{Method, Uri};
use actix_web::middleware::Next;
use actix_web::web::{Bytes, Data};
use actix_web::{Error, HttpMessage, HttpResponse};
use delivery::Delivery;
use delivery::cache::{Cache, Keeping, Kept, Made, Turn};
use delivery::notes::{Noted, Notes};
use domain::surrogate_key::SurrogateKey;
use domain::time::{Clock, Moment};
use prometheus_client::metrics::counter::Counter;

use crate::problem::Problem;
use crate::problem::catalogue::Code;
use crate::read::canonical::canonical;
use crate::reply::finished::{Answered, Finished, Wants};
use crate::reply::public::Lifetime;
use crate::sight::{Knows, Sight};

/// Octets of a problem that is kept, about.
const PROBLEM_OCTETS: u64 = 1024;

/// The finished answers of a node.
#[derive(Clone, Debug)]
pub struct Answers {
    cache: Arc<Cache<Entry>>,
    sight: Arc<Sight>,
    kept: Counter,
    composed: Counter,
}

/// How much it helps that answers are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// How many readers were given an answer that was there, or that was composed for another.
    pub kept: u64,
    /// For how many it was composed.
    pub composed: u64,
    /// How many answers are kept now.
    pub entries: u64,
    /// The octets that they count for, in all codings.
    pub octets: u64,
}

/// A finished answer, and the route that composed it.
struct Entry {
    route: Arc<str>,
    finished: Finished,
}

impl Answers {
    /// A place for answers of up to `most_octets` together; of none it keeps nothing.
    pub fn new(most_octets: u64, clock: Clock, sight: Sight) -> Self {
        Self {
            cache: Arc::new(Cache::new(most_octets, clock)),
            sight: Arc::new(sight),
            kept: Counter::default(),
            composed: Counter::default(),
        }
    }

    /// Lets go of every answer into which one of these went.
    pub fn purge(&self, keys: &[SurrogateKey]) {
        self.cache.purge(keys);
    }

    /// Lets go of all, since what others did is not known.
    pub fn purge_all(&self) {
        self.cache.purge_all();
    }

    /// What was counted since it began, and what it has.
    pub fn counts(&self) -> Counts {
        let (entries, octets) = self.cache.size();
        Counts { kept: self.kept.get(), composed: self.composed.get(), entries, octets }
    }

    /// Says that what others did is known as of now.
    pub fn looked(&self) {
        self.sight.looked();
    }

    /// Says that it was tried to look what others did, and that the database did not answer.
    pub fn saw_nothing(&self) {
        self.sight.saw_nothing();
    }
}

/// What is kept under the address of a request, with its route, where that needs no work.
pub(crate) fn kept(
    request: &RequestHead,
    answers: &Answers,
    delivery: &Delivery,
) -> Option<(HttpResponse, Arc<str>)> {
    if request.method != Method::GET || answers.sight.knows() != Knows::Enough {
        return None;
    }
    let kept = answers.cache.get(&key(&request.uri))?;
    let Finished::Answered(answered) = &kept.answer.finished else { return None };
    let answer = answered.answer(&Wants::of(&request.headers), delivery.now())?;
    answers.kept.inc();
    Some((answer, Arc::clone(&kept.answer.route)))
}

/// The address under which an answer is kept: the path, which has one spelling, and the query in its one.
fn key(uri: &Uri) -> Cow<'_, str> {
    let whole = uri.path_and_query().map_or("/", |whole| whole.as_str());
    match uri.query() {
        None => Cow::Borrowed(whole),
        Some(raw) => match canonical(raw) {
            Cow::Borrowed(query) if !query.is_empty() => Cow::Borrowed(whole),
            query if query.is_empty() => Cow::Borrowed(uri.path()),
            query => Cow::Owned(format!("{}?{query}", uri.path())),
        },
    }
}

/// The middleware of operations whose answers are kept.
pub(crate) async fn keep(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    if request.method() != Method::GET {
        return Ok(next.call(request).await?.map_into_boxed_body());
    }
    let parts =
        request.app_data::<Data<Answers>>().cloned().zip(request.app_data::<Data<Delivery>>().cloned());
    let Some((answers, delivery)) = parts else { return Err(Problem::new(Code::Internal).into()) };
    if answers.sight.known().await != Knows::Enough {
        return Err(Problem::new(Code::StorageUnavailable).into());
    }
    let wants = Wants::of(request.headers());
    let key = key(request.uri()).into_owned();
    match answers.cache.turn(&key).await {
        Turn::Had(kept) => {
            answers.kept.inc();
            let answer = given(&kept, &wants, delivery.now()).await;
            // Not `into_response`, which forgets that an answer is a problem.
            Ok(ServiceResponse::new(request.into_parts().0, answer))
        }
        Turn::Theirs(flight) => {
            answers.composed.inc();
            let (notes, route) = (Notes::default(), request.match_pattern().unwrap_or_default().into());
            request.extensions_mut().insert(notes.clone());
            request.headers_mut().remove(IF_NONE_MATCH);
            let (request, composed) = next.call(request).await?.into_parts();
            let kept = flight.land(made(route, composed, notes.noted()).await?);
            let answer = given(&kept, &wants, delivery.now()).await;
            Ok(ServiceResponse::new(request, answer))
        }
    }
}

async fn given(kept: &Kept<Entry>, wants: &Wants, now: Moment) -> HttpResponse {
    match &kept.answer.finished {
        Finished::Answered(answered) => answered.coded(wants, now).await,
        Finished::Problem(problem) => HttpResponse::from_error(problem.clone()),
    }
}

/// What was composed, finished.
async fn made(
    route: Arc<str>,
    composed: HttpResponse<impl MessageBody + 'static>,
    mut noted: Noted,
) -> Result<Made<Entry>, Error> {
    if let Some(error) = composed.error() {
        let problem = error.as_error::<Problem>().cloned().unwrap_or_else(|| Problem::new(Code::Internal));
        let told = matches!(problem.code(), Code::NotFound | Code::Withdrawn) && noted.at.is_some();
        let keeping = if told { Keeping::As(PROBLEM_OCTETS) } else { Keeping::Not };
        let finished = Finished::Problem(problem.under(&noted.keys));
        return Ok(Made { answer: Entry { route, finished }, noted, keeping });
    }
    let lifetime = composed.extensions().get::<Lifetime>().copied();
    let lifetime = lifetime.ok_or_else(|| Problem::new(Code::Internal))?;
    let (head, body) = composed.into_parts();
    let octets = to_bytes(body).await.map_err(|_| Problem::new(Code::Internal))?;
    // Without the room that writing it left: it would not be counted.
    let octets = Bytes::copy_from_slice(&octets);
    let answered = Answered::new(head.status(), head.headers().clone(), octets, lifetime, &noted.keys);
    noted.until = noted.until.into_iter().chain(answered.ends()).min();
    let keeping = Keeping::As(answered.octets() as u64);
    let finished = Finished::Answered(Box::new(answered));
    Ok(Made { answer: Entry { route, finished }, noted, keeping })
}

#[cfg(test)]
mod tests {
    use super::*;

    // abuse: CA-03
    #[test]
    fn an_address_is_kept_once() {
        let key = |uri: &str| key(&uri.parse().unwrap()).into_owned();
        assert_eq!(key("/v1/articles"), "/v1/articles");
        assert_eq!(key("/v1/articles?"), "/v1/articles");
        assert_eq!(key("/v1/articles?limit=5&tag=a,b"), "/v1/articles?limit=5&tag=a,b");
        assert_eq!(key("/v1/articles?tag=a%2cb&limit=5"), "/v1/articles?limit=5&tag=a,b");
    }
}
