//! An answer of the server, and what a test asserts of it.

use std::io::Read;

use serde_json::Value;
use ureq::http::{HeaderMap, Response};

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The method and path of the request, for messages.
    pub to: String,
    /// The method of the request.
    pub method: String,
    /// Path and query of the request.
    pub path: String,
    /// The status.
    pub status: u16,
    /// The header fields.
    pub headers: HeaderMap,
    /// The body as it came; of a stream of events, what comes first.
    pub body: Vec<u8>,
}

impl Answer {
    pub(crate) fn read(method: &str, path: &str, response: Response<ureq::Body>) -> Self {
        let (parts, mut body) = response.into_parts();
        let endless = parts.headers.get("content-type").is_some_and(|kind| kind == "text/event-stream");
        let body = if endless {
            first_event(body.as_reader())
        } else {
            body.with_config().limit(64 << 20).read_to_vec().expect("the whole body arrives")
        };
        Self {
            to: format!("{method} {path}"),
            method: method.to_owned(),
            path: path.to_owned(),
            status: parts.status.as_u16(),
            headers: parts.headers,
            body,
        }
    }

    /// Asserts a 2xx status.
    #[track_caller]
    pub fn ok(self) -> Self {
        assert!((200..300).contains(&self.status), "{}: wanted success, got {self}", self.to);
        self
    }

    /// Asserts this very status.
    #[track_caller]
    pub fn status(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}: {self}", self.to);
        self
    }

    /// Asserts a problem with this status and code.
    #[track_caller]
    pub fn refused(self, status: u16, code: &str) -> Self {
        assert_eq!(self.status, status, "{}: wanted {status} {code}, got {self}", self.to);
        assert_eq!(self.json()["code"], code, "{}: {self}", self.to);
        self
    }

    /// Asserts that the problem names this place (a JSON pointer, or the name of a query parameter) with this code.
    #[track_caller]
    pub fn names(self, place: &str, code: &str) -> Self {
        let errors = self.json()["errors"].clone();
        let named = errors.as_array().is_some_and(|errors| {
            errors.iter().any(|error| {
                (error["pointer"] == place || error["parameter"] == place) && error["code"] == code
            })
        });
        assert!(named, "{}: wanted {code} at {place}, got {errors:#}", self.to);
        self
    }

    /// Asserts the value at a JSON pointer of the body.
    #[track_caller]
    pub fn says(self, pointer: &str, value: impl Into<Value>) -> Self {
        let value = value.into();
        assert_eq!(self.json().pointer(pointer), Some(&value), "{}: {pointer} of {self}", self.to);
        self
    }

    /// The body as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{}: not JSON ({error}): {self}", self.to))
    }

    /// The text at a JSON pointer of the body.
    #[track_caller]
    pub fn text_at(&self, pointer: &str) -> String {
        let json = self.json();
        let text = json.pointer(pointer).and_then(Value::as_str);
        text.unwrap_or_else(|| panic!("{}: no text at {pointer} of {self}", self.to)).to_owned()
    }

    /// The `id` of the resource that it shows.
    #[track_caller]
    pub fn id(&self) -> String {
        self.text_at("/id")
    }

    /// A header that must be there.
    #[track_caller]
    pub fn header(&self, name: &str) -> &str {
        self.find_header(name).unwrap_or_else(|| panic!("{}: no {name} in {self}", self.to))
    }

    /// A header that may be there.
    pub fn find_header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The `ETag`.
    #[track_caller]
    pub fn etag(&self) -> &str {
        self.header("etag")
    }

    /// The media type, without parameters.
    pub fn media_type(&self) -> &str {
        self.find_header("content-type").and_then(|value| value.split(';').next()).unwrap_or_default().trim()
    }
}

/// What comes of a stream before its first empty line.
fn first_event(mut stream: impl Read) -> Vec<u8> {
    let (mut read, mut octet) = (Vec::new(), [0]);
    while !read.ends_with(b"\n\n") && stream.read_exact(&mut octet).is_ok() {
        read.extend(octet);
    }
    read
}

impl std::fmt::Display for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}\n{:#?}\n{}", self.status, self.headers, String::from_utf8_lossy(&self.body))
    }
}
