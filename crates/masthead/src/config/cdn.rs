//! `[cdn]`: whom we tell what to let go of.

use std::fmt;
use std::str::FromStr;

use url::Url;

use super::masked::{Masked, masked};
use super::reader::Section;
use super::server::web_url;

/// A CDN that keeps our answers.
#[derive(Clone)]
pub struct Cdn {
    /// Where it is told.
    pub purge_url: Url,
    /// In which form.
    pub form: Form,
    /// What shows it that it is us; empty where it knows by another way.
    pub token: String,
}

impl Cdn {
    pub(super) fn read(section: &mut Section<'_>) -> Option<Self> {
        let url = section.key(
            "purge_url",
            PurgeUrl(None),
            "Address at which a CDN is told what to let go of; empty: nobody is told",
        );
        let form = section.key(
            "form",
            Form::Fastly,
            "How it is told: `fastly` (also for what speaks as it does), `cloudflare` or `varnish`",
        );
        let token = section.key("token", Masked::default(), "What shows the CDN that it is us");
        url.0.map(|purge_url| Self { purge_url, form, token: token.0 })
    }
}

/// Shows no token.
impl fmt::Debug for Cdn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cdn").field("form", &self.form).finish_non_exhaustive()
    }
}

/// How a CDN is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// [A purge of several keys](https://www.fastly.com/documentation/reference/api/purging/), which it reads in a header.
    Fastly,
    /// [A purge by tags](https://developers.cloudflare.com/cache/how-to/purge-cache/purge-by-tags/), as JSON. Answers name them
    /// in a header of its own.
    Cloudflare,
    /// A `PURGE` with the keys in a header, for
    /// [xkey](https://github.com/varnish/varnish-modules/blob/master/src/vmod_xkey.vcc).
    Varnish,
}

impl FromStr for Form {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "fastly" => Ok(Self::Fastly),
            "cloudflare" => Ok(Self::Cloudflare),
            "varnish" => Ok(Self::Varnish),
            _ => Err("must be `fastly`, `cloudflare` or `varnish`"),
        }
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Fastly => "fastly",
            Self::Cloudflare => "cloudflare",
            Self::Varnish => "varnish",
        })
    }
}

/// An address, or none. Shown without password and without what its parameters say.
#[derive(Clone)]
struct PurgeUrl(Option<Url>);

impl FromStr for PurgeUrl {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.is_empty() {
            return Ok(Self(None));
        }
        web_url(text).map(|url| Self(Some(url))).ok_or("must be an http or https address")
    }
}

impl fmt::Display for PurgeUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.as_ref().map_or(Ok(()), |url| f.write_str(&masked(url)))
    }
}
