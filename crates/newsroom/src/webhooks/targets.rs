//! To where webhooks may lead, asked of the network: the one way by which a name becomes an address, when a webhook is made
//! and when it is told (abuse WH-03).

use std::fmt;
use std::io;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use domain::actor::Actor;
use domain::id::WebhookId;
use domain::policy::grant_house;
use domain::policy::right::ManageWebhooks;
use domain::webhook::target::{TargetHost, TargetRefusal, TargetRules, TargetUrl};

use crate::error::Error;
use crate::room::Newsroom;

/// How long a name is looked up.
const PATIENCE: Duration = Duration::from_secs(5);

/// The addresses of a name, once they are found.
pub type Found = Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send>>;

/// To where webhooks may lead. How a name is looked up is given from outside.
#[derive(Clone)]
pub struct Targets {
    rules: TargetRules,
    find: Arc<dyn Fn(&str) -> Found + Send + Sync>,
}

impl Targets {
    /// Targets by these rules, whose names are looked up by `find`.
    pub fn new(rules: TargetRules, find: impl Fn(&str) -> Found + Send + Sync + 'static) -> Self {
        Self { rules, find: Arc::new(find) }
    }

    /// Whether an address may be told, as far as it shows by itself. A name is looked up when it is told.
    pub fn check_form(&self, url: &TargetUrl) -> Result<(), TargetRefusal> {
        self.rules.check(url)
    }

    /// The addresses of a name, all of which may be told. Whoever connects does so to one of these, and asks no more.
    pub async fn addresses(&self, name: &str) -> Result<Vec<IpAddr>, TargetRefusal> {
        let found = tokio::time::timeout(PATIENCE, (self.find)(name)).await;
        let found = found.map_err(|_| TargetRefusal::Unknown)?.map_err(|_| TargetRefusal::Unknown)?;
        self.rules.check_found(name, &found)?;
        Ok(found)
    }

    /// Whether an address may be told now.
    async fn check(&self, url: &TargetUrl) -> Result<(), TargetRefusal> {
        self.check_form(url)?;
        match url.host() {
            TargetHost::Name(name) => self.addresses(&name).await.map(drop),
            TargetHost::Address(_) => Ok(()),
        }
    }
}

impl fmt::Debug for Targets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Targets").field("rules", &self.rules).finish_non_exhaustive()
    }
}

impl Newsroom {
    /// To where webhooks may lead.
    pub fn targets(&self) -> &Targets {
        &self.room().parts.post.targets
    }

    /// Whether a webhook of `actor`'s may lead there.
    pub async fn check_target(&self, actor: &Actor, url: &TargetUrl) -> Result<(), Error> {
        grant_house::<ManageWebhooks>(actor)?;
        Ok(self.targets().check(url).await?)
    }

    /// Whether a webhook leads to where it may.
    pub async fn check_target_of(&self, actor: Actor, id: WebhookId) -> Result<(), Error> {
        let webhook = self.read(actor, move |tx, actor, _| super::read(tx, &actor, id)).await?;
        Ok(self.targets().check(&webhook.url).await?)
    }
}
