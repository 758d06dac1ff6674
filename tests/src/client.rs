//! A person or program that speaks HTTP to a site: with a token or without.

use std::time::Duration;

use serde_json::Value;
use ureq::http;

use crate::answer::Answer;
use crate::house_rules;
use crate::request::Request;
use crate::site::Site;

/// One who sends requests to a site.
#[derive(Debug)]
pub struct Client<'a> {
    site: &'a Site,
    token: Option<String>,
    /// The node that is asked.
    node: usize,
}

impl<'a> Client<'a> {
    pub(crate) const fn new(site: &'a Site, token: Option<String>) -> Self {
        Self { site, token, node: 0 }
    }

    /// The same, asking node `n` of the site.
    #[must_use]
    pub fn at_node(self, n: usize) -> Self {
        Self { node: n, ..self }
    }

    /// The access token, if signed in.
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// A request to put together; `path` begins with a slash and may have a query.
    pub fn request(&'a self, method: &str, path: &str) -> Request<'a> {
        let headers =
            self.token.iter().map(|token| ("authorization".into(), format!("Bearer {token}"))).collect();
        Request { client: self, method: method.into(), path: path.into(), headers, body: Vec::new() }
    }

    /// Reads.
    #[track_caller]
    pub fn get(&self, path: &str) -> Answer {
        self.request("GET", path).send()
    }

    /// Posts a JSON body.
    #[track_caller]
    pub fn post(&self, path: &str, body: Value) -> Answer {
        self.request("POST", path).json(&body).send()
    }

    /// Changes a resource that the caller saw at `etag`.
    #[track_caller]
    pub fn patch(&self, path: &str, etag: &str, body: Value) -> Answer {
        self.request("PATCH", path).if_match(etag).json(&body).send()
    }

    /// Deletes a resource that the caller saw at `etag`.
    #[track_caller]
    pub fn delete(&self, path: &str, etag: &str) -> Answer {
        self.request("DELETE", path).if_match(etag).send()
    }

    #[track_caller]
    pub(crate) fn send(&self, request: Request<'_>) -> Answer {
        let Request { client: _, method, path, headers, body } = request;
        let mut builder = http::Request::builder()
            .method(method.as_str())
            .uri(format!("{}{path}", self.site.address_of(self.node)));
        for (name, value) in headers {
            builder = builder.header(name, value);
        }
        let agent = self.site.agent();
        let sent = if body.is_empty() && matches!(method.as_str(), "GET" | "HEAD" | "DELETE" | "OPTIONS") {
            agent.run(builder.body(()).expect("a request"))
        } else {
            let request = builder.body(body).expect("a request");
            agent.run(agent.configure_request(request).allow_non_standard_methods(true).build())
        };
        let answer = match sent {
            Ok(answer) => Answer::read(&method, &path, answer),
            Err(error) => panic!("{method} {path}: no answer: {error}"),
        };
        house_rules::hold(self.site, &answer);
        answer
    }
}

/// What sends the requests: every status is an answer, redirects are shown and not followed, no proxy is asked.
pub(crate) fn agent() -> ureq::Agent {
    ureq::Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .proxy(None)
        // A disk that stands still for a minute fails no test.
        .timeout_global(Some(Duration::from_secs(240)))
        .build()
        .new_agent()
}
