//! A request while a test puts it together.

use serde_json::Value;

use crate::answer::Answer;
use crate::client::Client;

/// A request to be sent by one client.
#[derive(Debug, Clone)]
#[must_use = "nothing is sent before `send`"]
pub struct Request<'a> {
    pub(crate) client: &'a Client<'a>,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Request<'_> {
    /// Adds a header; one that stands twice is sent twice.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The version that the caller saw.
    pub fn if_match(self, etag: &str) -> Self {
        self.header("if-match", etag)
    }

    /// What the caller has already.
    pub fn if_none_match(self, etag: &str) -> Self {
        self.header("if-none-match", etag)
    }

    /// Whoever sends it shows this token and no other.
    pub fn bearing(mut self, token: &str) -> Self {
        self.headers.retain(|(name, _)| name != "authorization");
        self.header("authorization", &format!("Bearer {token}"))
    }

    /// Makes it safe to send again.
    pub fn idempotent(self, key: &str) -> Self {
        self.header("idempotency-key", key)
    }

    /// A JSON body.
    pub fn json(self, body: &Value) -> Self {
        self.body("application/json", body.to_string())
    }

    /// Any body.
    pub fn body(self, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        let mut request = self.header("content-type", content_type);
        request.body = body.into();
        request
    }

    /// Sends it. The answer has been held against the house rules when it comes back.
    #[track_caller]
    pub fn send(self) -> Answer {
        self.client.send(self)
    }
}
