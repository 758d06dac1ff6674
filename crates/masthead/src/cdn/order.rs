//! What a CDN is told, in its form.

use std::iter;

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

/// How many keys may be told at once: what Fastly and Cloudflare say of themselves. Varnish has no such number.
const fn most_keys(form: Form) -> usize {
    match form {
        Form::Fastly => 256,
        Form::Cloudflare | Form::Varnish => 100,
    }
}

/// How many octets they may have together, with a space behind each. A header holds no more than that of an answer: Varnish
/// refuses a line of over 8 KiB with its name (`http_req_hdr_len`), and a proxy before it may refuse a head of that. A body
/// holds them all.
const fn most_octets(form: Form) -> usize {
    match form {
        Form::Fastly | Form::Varnish => SurrogateKey::MOST_FIELD_OCTETS,
        Form::Cloudflare => usize::MAX,
    }
}

/// These keys in portions that one order each may name.
pub(super) fn portions(form: Form, keys: &[SurrogateKey]) -> impl Iterator<Item = &[SurrogateKey]> {
    let mut rest = keys;
    iter::from_fn(move || {
        let mut octets = 0;
        let fits = |key: &&SurrogateKey| {
            octets += key.as_str().len() + 1;
            octets <= most_octets(form)
        };
        let fitting = rest.iter().take(most_keys(form)).take_while(fits).count();
        // One by itself always fits.
        let (portion, others) = rest.split_at_checked(fitting.max(1))?;
        rest = others;
        Some(portion)
    })
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

#[cfg(test)]
mod tests {
    use domain::id::PhotoId;
    use domain::slug::Slug;
    use url::Url;
    use uuid::Uuid;

    use super::*;

    fn usual() -> Vec<SurrogateKey> {
        (0..1000).map(|n| SurrogateKey::photo(PhotoId::new(Uuid::from_u128(n)))).collect()
    }

    /// Keys than which none is longer.
    fn longest() -> Vec<SurrogateKey> {
        let slug = |n: u16| format!("{}{n:05}", "a".repeat(Slug::MAX_CHARS - 5));
        let keys = (0..1000).map(|n| SurrogateKey::article_address(&Slug::parse(&slug(n)).unwrap()));
        keys.inspect(|key| assert_eq!(key.as_str().len(), SurrogateKey::MOST_OCTETS)).collect()
    }

    #[test]
    fn all_keys_are_told_and_no_more_at_once_than_a_cdn_takes() {
        for (form, most_usual, most_longest) in
            [(Form::Fastly, 117, 33), (Form::Varnish, 100, 33), (Form::Cloudflare, 100, 100)]
        {
            for (keys, most) in [(usual(), most_usual), (longest(), most_longest)] {
                let told: Vec<_> = portions(form, &keys).collect();
                assert_eq!(told.iter().map(|some| some.len()).max(), Some(most), "{form}");
                assert_eq!(told.concat(), keys, "{form}");
            }
            assert_eq!(portions(form, &[]).count(), 0);
        }
    }

    #[test]
    fn the_longest_keys_stand_in_a_line_that_varnish_reads() {
        let purge_url = Url::parse("https://cdn.varn.example/").unwrap();
        let cdn = Cdn { purge_url, form: Form::Varnish, token: String::new() };
        let (client, keys) = (Client::new(), longest());
        for some in portions(cdn.form, &keys) {
            let request = order(&client, &cdn, some).build().unwrap();
            let told = request.headers().get(XKEY_PURGE).unwrap();
            assert!("xkey-purge: ".len() + told.len() < 8192, "{}", told.len());
        }
    }
}
