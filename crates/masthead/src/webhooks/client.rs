//! Sends one event to one webhook: to no address that was not checked, without following a redirect, and reading little of
//! what is answered.

use std::error::Error as StdError;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use domain::webhook::attempt::{Outcome, Tried};
use domain::webhook::target::TargetRefusal;
use newsroom::webhooks::{Parcel, Targets};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{CONTENT_TYPE, DATE, HeaderMap, HeaderName, RETRY_AFTER};
use reqwest::redirect::Policy;
use reqwest::{Response, StatusCode};

/// How long a receiver may take, from its name to the end of its answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// The same, with the time that it takes to find that out.
pub(super) const PATIENCE_AT_MOST: TimeDelta = TimeDelta::seconds(11);

/// Most octets of an answer.
const MOST_OCTETS: usize = 65_536;

const WEBHOOK_ID: HeaderName = HeaderName::from_static("webhook-id");
const WEBHOOK_TIMESTAMP: HeaderName = HeaderName::from_static("webhook-timestamp");
const WEBHOOK_SIGNATURE: HeaderName = HeaderName::from_static("webhook-signature");

/// Who connects.
#[derive(Debug, Clone)]
pub(super) struct Client {
    http: reqwest::Client,
    targets: Targets,
}

/// Looks names up as the newsroom does when a webhook is made. The connection goes to what this finds.
struct Checked(Targets);

impl Resolve for Checked {
    fn resolve(&self, name: Name) -> Resolving {
        let targets = self.0.clone();
        Box::pin(async move {
            let found = targets.addresses(name.as_str()).await?;
            // The port is that of the address that is sent to.
            let found = found.into_iter().map(|address| SocketAddr::new(address, 0));
            Ok(Box::new(found) as Addrs)
        })
    }
}

impl Client {
    /// A client that connects to where these let it.
    pub(super) fn new(targets: Targets) -> Result<Self, reqwest::Error> {
        let http = reqwest::Client::builder()
            .timeout(PATIENCE)
            .redirect(Policy::none())
            .no_proxy()
            .referer(false)
            .http1_only()
            // Each try connects anew: to an address that is allowed now.
            .pool_max_idle_per_host(0)
            .dns_resolver(Arc::new(Checked(targets.clone())))
            .user_agent(concat!("Masthead/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self { http, targets })
    }

    /// Sends it, and tells what came of it.
    pub(super) async fn send(&self, parcel: &Parcel) -> Tried {
        // An address in the place of a name is looked up by nobody.
        if self.targets.check_form(&parcel.url).is_err() {
            return Tried::without_answer(Outcome::TargetRefused);
        }
        let request = self
            .http
            .post(parcel.url.as_str())
            .header(CONTENT_TYPE, "application/json")
            .header(WEBHOOK_ID, parcel.event.to_string())
            .header(WEBHOOK_TIMESTAMP, parcel.timestamp.to_string())
            .header(WEBHOOK_SIGNATURE, &parcel.signatures)
            .body(parcel.body.clone());
        match request.send().await {
            Ok(answer) => judged(answer).await,
            Err(error) => Tried::without_answer(failure(&error)),
        }
    }
}

/// What an answer means, once it is read.
async fn judged(mut answer: Response) -> Tried {
    let status = answer.status();
    let retry_after = match status {
        StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => retry_after(answer.headers()),
        _ => None,
    };
    let meaning = match status {
        status if status.is_success() => Outcome::Delivered,
        StatusCode::GONE => Outcome::Gone,
        status if status.is_redirection() => Outcome::Redirected,
        _ => Outcome::Refused,
    };
    let mut read = 0_usize;
    let outcome = loop {
        match answer.chunk().await {
            Ok(Some(octets)) => {
                read = read.saturating_add(octets.len());
                if read > MOST_OCTETS {
                    break Outcome::AnswerTooLarge;
                }
            }
            Ok(None) => break meaning,
            Err(error) => break failure(&error),
        }
    };
    let octets = u32::try_from(read).ok();
    Tried { outcome, status: Some(status.as_u16()), octets, retry_after }
}

/// Why there is no answer. No more of it is told: what a network inside says is nobody's business outside.
fn failure(error: &reqwest::Error) -> Outcome {
    let mut cause = error.source();
    while let Some(inner) = cause {
        if inner.is::<TargetRefusal>() {
            return Outcome::TargetRefused;
        }
        cause = inner.source();
    }
    if error.is_timeout() {
        Outcome::TimedOut
    } else if error.is_connect() {
        Outcome::Unreachable
    } else {
        Outcome::BrokenOff
    }
}

/// For how long a receiver wants to be left alone: in seconds, or until an instant by its own clock (RFC 9110, 10.2.3).
fn retry_after(headers: &HeaderMap) -> Option<TimeDelta> {
    let text = |name| headers.get(name)?.to_str().ok();
    let asked = text(RETRY_AFTER)?;
    if let Ok(seconds) = asked.parse::<u32>() {
        return Some(TimeDelta::seconds(seconds.into()));
    }
    let instant = |text: &str| DateTime::parse_from_rfc2822(text).ok().map(|at| at.with_timezone(&Utc));
    let (until, now) = (instant(asked)?, text(DATE).and_then(instant)?);
    Some((until - now).max(TimeDelta::zero()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_is_read_in_both_of_its_forms() {
        let headers = |asked: &'static str, date: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, asked.parse().unwrap());
            headers.insert(DATE, date.parse().unwrap());
            headers
        };
        let date = "Fri, 09 Jan 2026 06:00:00 GMT";
        assert_eq!(retry_after(&headers("120", date)), Some(TimeDelta::seconds(120)));
        assert_eq!(retry_after(&headers("Fri, 09 Jan 2026 06:07:00 GMT", date)), Some(TimeDelta::minutes(7)));
        assert_eq!(retry_after(&headers("Fri, 09 Jan 2026 05:00:00 GMT", date)), Some(TimeDelta::zero()));
        for nonsense in ["", "-1", "soon", "1e9", "99999999999999999999"] {
            assert_eq!(retry_after(&headers(nonsense, date)), None, "{nonsense}");
        }
    }
}
