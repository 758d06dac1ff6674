//! Who acts with an API key.

use domain::actor::{Actor, Credential};
use domain::api_key::{ApiKey, KeyStanding};
use domain::policy::may_give;
use identity::api_key;

use crate::error::Error;
use crate::room::Newsroom;

impl Newsroom {
    /// Who acts with this key, if it counts at this moment, on whichever node it was taken back.
    pub(super) async fn actor_of_key(&self, key: &str) -> Result<Actor, Error> {
        let hash = api_key::ApiKey::parse(key).ok_or(Error::Unauthenticated)?.hash();
        let (parts, now) = (&self.room().parts, self.now());
        let found = parts.store.peek(move |tx| Ok::<_, Error>(tx.key_standing(hash.octets(), now)?)).await?;
        let KeyStanding { id, owner, owner_role, role, scopes, last_used_at } =
            found.ok_or(Error::Unauthenticated)?;
        // Nobody's key does what they may not let others do any more (abuse AZ-12).
        if !may_give(owner_role, role) {
            return Err(Error::Unauthenticated);
        }
        let lately = now.plus(-ApiKey::USE_NOTED_EVERY);
        if last_used_at.is_none_or(|at| at <= lately) {
            let noted = parts.store.write(move |tx| Ok::<_, Error>(tx.note_key_use(id, lately, now)?)).await;
            if let Err(cause) = noted {
                // What is asked for is done also where there is no room to write that down.
                tracing::warn!(%cause, "the use of an API key could not be noted");
            }
        }
        let drafts = parts.site.drafts;
        Ok(Actor { user: owner, role, with: Credential::ApiKey(id, scopes), drafts })
    }
}
