//! What the edge must know of the installation.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use domain::photo::credit::house_style::CreditStyle;
use identity::keys::Subkey;
use newsroom::asked::Ids;

use crate::traces::Traces;

/// Whether the server is about to stop: all that holds it is told at once.
#[derive(Debug, Clone, Default)]
pub struct Leaving(Arc<AtomicBool>);

impl Leaving {
    /// Says that it is.
    pub fn begin(&self) {
        self.0.store(true, Ordering::Release);
    }

    pub(crate) fn has_begun(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

/// In which headers answers name what went into them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Naming {
    /// `Surrogate-Key` alone, as most CDNs read it.
    SurrogateKey,
    /// `Cache-Tag` too, as Cloudflare does.
    CacheTagToo,
}

/// The settings of the edge.
#[derive(Clone)]
pub struct Settings {
    /// The base of our own addresses, without a slash at its end.
    pub public_url: String,
    /// Origins whose pages may use the editorial API.
    pub cors_origins: Vec<String>,
    /// Whether a peer is a proxy whose word on the client's address is taken.
    pub trusts: Arc<dyn Fn(IpAddr) -> bool + Send + Sync>,
    /// Largest body, in octets.
    pub body_bytes: usize,
    /// How long a body may take to arrive, in seconds.
    pub body_deadline_s: u32,
    /// Largest file of a photo, in octets.
    pub file_octets: usize,
    /// How long a file may take to arrive, in seconds.
    pub upload_deadline_s: u32,
    /// The key of addresses of renditions that readers do not see.
    pub media_key: Subkey,
    /// How the credit lines of photos read.
    pub credit_style: CreditStyle,
    /// The key of cursors.
    pub cursor_key: Subkey,
    /// New ids for requests.
    pub ids: Ids,
    /// In which headers answers name what went into them.
    pub naming: Naming,
    /// Whether the server is about to stop.
    pub leaving: Leaving,
    /// Where requests are told of as spans.
    pub traces: Traces,
}
