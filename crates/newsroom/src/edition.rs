//! Editions that a site has taken over as a whole, each once. How one is read is not here.

use domain::account::User;
use domain::actor::{Actor, Credential};
use domain::audit::AuditAction;
use domain::paging::From;
use domain::thing::Thing;
use domain::user::{Email, Role};
use serde_json::json;
use store::tx::Tx;

use crate::cx::{Cx, Deed, Recorded};
use crate::error::Error;
use crate::room::Newsroom;

/// How many users are looked through at a time.
const PAGE: u16 = 100;

impl Newsroom {
    /// The user of this address, or else the first admin who can sign in: as whom an operator takes an edition over.
    pub async fn acting(&self, email: Option<Email>) -> Result<Actor, Error> {
        let user = self.room().parts.store.read(move |tx| match email {
            Some(email) => Ok::<_, Error>(tx.user_of_email(&email)?.map(|known| known.user)),
            None => first_admin(tx),
        });
        let user = user.await?.filter(|user| user.disabled_at.is_none()).ok_or(Error::NotFound)?;
        Ok(Actor { user: user.id, role: user.role, with: Credential::Nothing, drafts: self.site().drafts })
    }

    /// Whether the site has the edition of this name.
    pub async fn has_edition(&self, name: &'static str) -> Result<bool, Error> {
        self.room().parts.store.read(move |tx| Ok(tx.fact(&fact(name))?.is_some())).await
    }
}

/// Notes that all of the edition was made in this transaction; what was made is the answer.
pub fn take_over<T>(cx: &mut Cx<'_>, name: &str, made: T) -> Result<Recorded<T>, Error> {
    cx.tx.set_fact(&fact(name), &cx.now.to_string())?;
    let detail = json!({"edition": name});
    cx.record(Deed { action: AuditAction::SiteImported, subject: Thing::Site, detail }, None, made)
}

/// The name under which the database knows that an edition is there.
fn fact(name: &str) -> String {
    format!("edition {name}")
}

fn first_admin(tx: &mut dyn Tx) -> Result<Option<User>, Error> {
    let is_admin = |user: &User| user.role == Role::Admin && user.disabled_at.is_none();
    let mut from = None;
    loop {
        let users = tx.users(from, PAGE)?;
        if let Some(admin) = users.iter().find(|user| is_admin(user)) {
            return Ok(Some(admin.clone()));
        }
        match users.last() {
            Some(last) => from = Some(From::Behind(last.id)),
            None => return Ok(None),
        }
    }
}
