//! Serves a throwaway site, with things of every kind in it, until standard input ends: `site sqlite` or
//! `site postgres`; its workers tell of what happens where `telling` stands behind that. It first prints one line of JSON:
//! where it is, who may sign in, and what is there.

use std::io::{self, Read as _};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use masthead_tests::client::Client;
use masthead_tests::database::Database;
use masthead_tests::fronts::items;
use masthead_tests::people::{ADMIN, EDITOR, MODERATOR, PASSWORD, REPORTER};
use masthead_tests::site::Site;
use masthead_tests::writes::full_article;
use serde_json::{Value, json};

fn main() {
    let database = match std::env::args().nth(1).as_deref() {
        Some("sqlite") => Database::Sqlite,
        Some("postgres") => Database::Postgres,
        _ => panic!("say sqlite or postgres"),
    };
    // Whoever tries all sign-ins says themselves from where, so that their guesses stand in nobody else's way.
    let site = Site::with(database, &[("MASTHEAD_SERVER_TRUSTED_PROXIES", "127.0.0.1")]);
    println!("{}", furnished(&site));
    let telling = std::env::args().nth(2).is_some_and(|word| word == "telling");
    let over = AtomicBool::new(!telling);
    thread::scope(|scope| {
        scope.spawn(|| {
            while !over.load(Ordering::SeqCst) {
                site.work();
                thread::sleep(Duration::from_millis(100));
            }
        });
        // The end of whoever started us is the end of the site.
        let _ = io::stdin().read_to_end(&mut Vec::new());
        over.store(true, Ordering::SeqCst);
    });
}

/// Makes things of every kind, and tells of them.
fn furnished(site: &Site) -> Value {
    let editor = site.editor();
    let make = |list: &str, name: &str| {
        editor.post(&format!("/v1/editorial/{list}"), json!({"name": name})).status(201).id()
    };
    let sections = ["World", "Ports", "Culture"].map(|name| make("sections", name));
    let tags = ["Reef", "Tides", "Herring"].map(|name| make("tags", name));
    let contributors = ["Mara Lind", "Ivo Grane", "Dagny Holm"].map(|name| make("contributors", name));
    let drafts: Vec<_> = (1..=6).map(|n| editor.draft(&format!("Draft {n}")).id()).collect();
    let publish = |content: &Value| {
        let article = editor.post("/v1/editorial/articles", content.clone()).status(201);
        editor.publish(&article).status(200).id()
    };
    let text = json!([{"type": "paragraph", "content": [{"text": "It grows."}]}]);
    let mut live =
        vec![publish(&json!({"headline": "Live 0", "section": "world", "no_byline": true, "body": text}))];
    for n in 1..=5 {
        let mut content = full_article("world", &tags[0], &contributors[0], &live[0]);
        content["slug"] = json!(format!("live-{n}"));
        live.push(publish(&content));
    }
    let corrected = editor.request("POST", &format!("/v1/editorial/articles/{}/corrections", live[0]));
    let correction = json!({"kind": "correction", "text": "An earlier version named the wrong gate."});
    let correction = corrected.if_match("*").json(&correction).send().status(201).id();
    let front = json!({"name": "Front page", "slug": "home", "items": items(&[&live[1], &drafts[0]]), "fill_from": {"up_to": 5}});
    let fronts = [
        editor.post("/v1/editorial/fronts", front).status(201).id(),
        make("fronts", "Sport"),
        make("fronts", "Culture"),
    ];
    let photos = [1, 2, 3].map(|shade| editor.upload_whole(shade).id());
    let id = |by: &Client<'_>| by.get("/v1/auth/me").status(200).id();
    let person = |email: &str| json!({"email": email, "password": PASSWORD});
    json!({
        "url": site.address(),
        "now": site.now().to_rfc3339(),
        "token": site.admin().token(),
        "admin": person(ADMIN.email),
        "editor": person(EDITOR.email),
        "moderator": person(MODERATOR.email),
        "reporter": person(REPORTER.email),
        "users": [id(&site.reporter())],
        // Who may be disabled by whoever tries that, so that those above can always be named.
        "changed_user": id(&site.other_reporter()),
        "sections": sections,
        "tags": tags,
        "contributors": contributors,
        "fronts": fronts,
        "drafts": drafts,
        "live": live,
        "corrections": [correction],
        "photos": photos,
    })
}
