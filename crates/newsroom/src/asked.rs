//! Who asks, from where, and whether for the second time.

use std::net::IpAddr;
use std::sync::Arc;

use domain::account::Agent;
use domain::actor::Actor;
use domain::id::RequestId;
use uuid::Uuid;

/// Whence a request came, for the audit log.
#[derive(Debug, Clone)]
pub struct Origin {
    /// The address of the client.
    pub address: IpAddr,
    /// What the client calls itself.
    pub agent: Option<Agent>,
    /// The request.
    pub request: RequestId,
}

/// A key under which a write is done once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Once {
    /// SHA-256 of operation, actor and key.
    pub scope: [u8; 32],
    /// SHA-256 of all that the request asks for.
    pub fingerprint: [u8; 32],
}

/// A write as somebody asked for it.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Who.
    pub actor: Actor,
    /// Whence.
    pub origin: Origin,
    /// The key under which it is done once, where one was given.
    pub once: Option<Once>,
}

/// Gives new ids, in the order of time (UUID version 7). It is given from outside, as the clock is.
#[derive(Clone)]
pub struct Ids(Arc<dyn Fn() -> Uuid + Send + Sync>);

impl Ids {
    /// Ids that come from `draw`, each a new one.
    pub fn new(draw: impl Fn() -> Uuid + Send + Sync + 'static) -> Self {
        Self(Arc::new(draw))
    }

    /// The next id.
    pub fn draw(&self) -> Uuid {
        (self.0)()
    }
}

impl std::fmt::Debug for Ids {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Ids")
    }
}
