//! The binary tells a webhook over TLS, and only one that has a certificate of the name that is to be told.

#![expect(clippy::unwrap_used, reason = "a test ends where what it stands on is not there")]

use std::path::Path;

use masthead_bench::connection::{Connection, request};
use masthead_bench::load::Target;
use masthead_bench::node::{Site, refused};
use masthead_tests::secured::{CERTIFICATE, Secured};
use masthead_tests::webhooks::NAME;
use masthead_tests::{on_both, scratch};
use serde_json::{Value, json};
use tokio::runtime::Builder;

const WEBHOOKS: &str = "/v1/editorial/webhooks";

/// A name that leads to the same receiver, and of which it has no certificate.
const OTHER_NAME: &str = "desk.varn.example";

async fn ask(node: &Target, method: &str, path: &str, body: &str) -> Value {
    let mut connection = Connection::open(node.address).await.unwrap();
    let answer = connection.exchange(&request(method, path, Some(&node.token), None, body)).await.unwrap();
    assert!((200..300).contains(&answer.status), "{}", refused(&answer));
    serde_json::from_slice(&answer.body).unwrap()
}

/// Makes a webhook that leads there, lets it be tested, and tells its id.
async fn tested(node: &Target, url: &str) -> String {
    let new = json!({"name": "Rebuild of the site", "url": url});
    let id = ask(node, "POST", WEBHOOKS, &new.to_string()).await["id"].as_str().unwrap().to_owned();
    ask(node, "POST", &format!("{WEBHOOKS}/{id}/test"), "{}").await;
    id
}

/// What came of telling a webhook.
async fn outcome(node: &Target, webhook: &str) -> Value {
    let deliveries = ask(node, "GET", &format!("{WEBHOOKS}/{webhook}/deliveries"), "").await;
    deliveries["data"][0]["log"][0]["outcome"].clone()
}

on_both! {
    // abuse: WH-05
    fn whose_certificate_is_of_another_name_is_told_nothing(database: Database) {
        let dir = scratch::new_dir("masthead-trust-");
        let (own, receiver) = (database.empty(&dir), Secured::start());
        let (port, names) = (receiver.port().to_string(), dir.join("names").display().to_string());
        std::fs::write(&names, format!("{NAME} 127.0.0.1\n{OTHER_NAME} 127.0.0.1\n")).unwrap();
        let settings = [
            // The certificate is one that the machine trusts: nothing but its name is wrong.
            ("SSL_CERT_FILE", CERTIFICATE),
            // Names lead to where the file says, and nothing is sent before `work`.
            ("MASTHEAD_ENV", "test"),
            ("MASTHEAD_WEBHOOKS_NAMES_FILE", names.as_str()),
            ("MASTHEAD_WEBHOOKS_ALLOW_NETWORKS", "127.0.0.1"),
            ("MASTHEAD_WEBHOOKS_PORTS", port.as_str()),
        ];
        let site = Site::new(Path::new(env!("CARGO_BIN_EXE_masthead")), &dir.join("site"), own.url(), &settings);
        site.found().unwrap();
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let node = site.start().unwrap();
        let webhooks = runtime.block_on(async {
            let node = node.target().await.unwrap();
            let url = |name: &str| format!("https://{name}:{port}/hook");
            [tested(&node, &url(OTHER_NAME)).await, tested(&node, &url(NAME)).await]
        });
        node.stop().unwrap();
        site.work().unwrap();
        let came = [receiver.next(), receiver.next()];
        let told: Vec<_> = came.iter().flatten().map(|order| order.header("host")).collect();
        assert_eq!(told, [format!("{NAME}:{port}")], "the other went away before it said anything: {came:?}");
        let node = site.start().unwrap();
        let outcomes = runtime.block_on(async {
            let node = node.target().await.unwrap();
            [outcome(&node, &webhooks[0]).await, outcome(&node, &webhooks[1]).await]
        });
        assert_eq!(outcomes, ["unreachable", "delivered"]);
        node.stop().unwrap();
        drop(own);
        std::fs::remove_dir_all(dir).unwrap();
    }
}
