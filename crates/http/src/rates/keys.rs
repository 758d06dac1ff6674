//! Which API key a reader presents. It raises what they may read, and changes nothing of what they are given (ruling 20).

use actix_web::dev::ServiceRequest;
use actix_web::web::Data;
use domain::id::ApiKeyId;
use identity::api_key::ApiKey;
use newsroom::Newsroom;
use quick_cache::sync::Cache;

use crate::read::conditional::bearer;

/// Keys that are remembered at most, of those that were presented in the same second.
const MOST_KEPT: usize = 1024;

/// The keys of readers, each looked up once a second at most: a key that was taken back raises nothing after that.
pub(super) struct Keys(Cache<[u8; 32], LookedUp>);

#[derive(Clone, Copy)]
struct LookedUp {
    at_s: u32,
    /// `None` where it does not count.
    key: Option<ApiKeyId>,
}

impl Default for Keys {
    fn default() -> Self {
        Self(Cache::new(MOST_KEPT))
    }
}

impl Keys {
    /// The key that a request presents, if it counts in the second `now_s`. What is anything else is passed over.
    pub(super) async fn of(&self, request: &ServiceRequest, now_s: u32) -> Option<ApiKeyId> {
        let presented = bearer(request.request()).ok().flatten()?;
        let hash = *ApiKey::parse(presented)?.hash().octets();
        if let Some(known) = self.0.get(&hash).filter(|known| known.at_s == now_s) {
            return known.key;
        }
        let newsroom = request.app_data::<Data<Newsroom>>().cloned()?;
        let key = newsroom.actor(presented).await.ok().and_then(|actor| actor.api_key());
        self.0.insert(hash, LookedUp { at_s: now_s, key });
        key
    }
}
