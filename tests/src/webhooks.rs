//! What admins do with webhooks, by their names, and where names lead to.

use std::fmt::Write as _;
use std::fs;

use serde_json::{Value, json};

use crate::answer::Answer;
use crate::receiver::Receiver;
use crate::site::Site;

/// The name that leads to this machine unless a test says otherwise.
pub const NAME: &str = "hooks.varn.example";

impl Site {
    /// A webhook of a receiver that wants all that changes what readers see.
    #[track_caller]
    pub fn webhook(&self, receiver: &Receiver) -> Answer {
        self.webhook_to(&receiver.url(), &json!(null))
    }

    /// A webhook that leads there and wants these events.
    #[track_caller]
    pub fn webhook_to(&self, url: &str, events: &Value) -> Answer {
        let new = json!({"name": "Rebuild of the site", "url": url, "events": events});
        self.admin().post("/v1/editorial/webhooks", new).status(201)
    }

    /// Switches a webhook on or off, or changes it otherwise, whatever its version.
    #[track_caller]
    pub fn change_webhook(&self, id: &str, patch: Value) -> Answer {
        self.admin().patch(&format!("/v1/editorial/webhooks/{id}"), "*", patch)
    }

    /// The deliveries of a webhook, newest first.
    #[track_caller]
    pub fn deliveries(&self, webhook: &str) -> Vec<Value> {
        let path = format!("/v1/editorial/webhooks/{webhook}/deliveries?limit=100");
        let list = self.admin().get(&path).status(200).json();
        list["data"].as_array().expect("a list").clone()
    }

    /// What came of the last try of the newest delivery of a webhook.
    #[track_caller]
    pub fn last_outcome(&self, webhook: &str) -> String {
        let log = self.deliveries(webhook)[0]["log"].clone();
        let last = log.as_array().and_then(|log| log.last().cloned()).expect("a try");
        last["outcome"].as_str().expect("an outcome").to_owned()
    }

    /// Lets names lead to these addresses from now on.
    pub fn names(&self, names: &[(&str, &[&str])]) {
        let lines = names.iter().fold(String::new(), |mut text, (name, addresses)| {
            // A text takes whatever is written to it.
            let _ = writeln!(text, "{name} {}", addresses.join(" "));
            text
        });
        let half = self.dir().join("names.new");
        fs::write(&half, lines).expect("our own directory");
        fs::rename(half, self.dir().join("names")).expect("our own directory");
    }
}
