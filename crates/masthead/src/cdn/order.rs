//! What a CDN is told, in its form.

use domain::surrogate_key::SurrogateKey;
use reqwest::header::{AUTHORIZATION, HeaderName};
use reqwest::{Client, Method, RequestBuilder};
use serde_json::json;

use crate::config::cdn::{Cdn, Form};

/// Whom Fastly believes.
const FASTLY_KEY: HeaderName = HeaderName::from_static("fastly-key");

/// Where Fastly reads what to let go of.
const SURROGATE_KEY: HeaderName = HeaderName::from_static("surrogate-key");

/// Where a configuration of Varnish usually does.
const XKEY_PURGE: HeaderName = HeaderName::from_static("xkey-purge");

/// How many keys may be told at once: what Fastly and Cloudflare say of themselves, and what a header of Varnish holds.
pub(super) const fn most_keys(form: Form) -> usize {
    match form {
        Form::Fastly => 256,
        Form::Cloudflare | Form::Varnish => 100,
    }
}

/// The request that tells it to let go of what has one of these keys.
pub(super) fn order(client: &Client, cdn: &Cdn, keys: &[SurrogateKey]) -> RequestBuilder {
    let names: Vec<_> = keys.iter().map(SurrogateKey::as_str).collect();
    let method = match cdn.form {
        Form::Fastly | Form::Cloudflare => Method::POST,
        Form::Varnish => Method::from_bytes(b"PURGE").unwrap_or(Method::DELETE),
    };
    let request = client.request(method, cdn.purge_url.clone());
    let bearer = || format!("Bearer {}", cdn.token);
    let request = match cdn.form {
        _ if cdn.token.is_empty() => request,
        Form::Fastly => request.header(FASTLY_KEY, &cdn.token),
        Form::Cloudflare | Form::Varnish => request.header(AUTHORIZATION, bearer()),
    };
    match cdn.form {
        Form::Fastly => request.header(SURROGATE_KEY, names.join(" ")),
        Form::Varnish => request.header(XKEY_PURGE, names.join(" ")),
        Form::Cloudflare => {
            request.header("content-type", "application/json").body(json!({ "tags": names }).to_string())
        }
    }
}
