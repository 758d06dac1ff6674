//! A database that is full, that another process has, or that would be unsafe.

use masthead_tests::database::Database;
use masthead_tests::on_both;
use masthead_tests::site::Site;
use serde_json::json;

use super::story;

// abuse: OP-03
#[test]
fn a_full_database_refuses_writes_and_goes_on_reading_and_recovers() {
    let site = &Site::with(Database::Sqlite, &[("MASTHEAD_DATABASE_MAX_PAGES", "300")]);
    let live = site.editor().publish(&story::ready(site, &site.editor(), "Reef recovers")).status(200);
    let big = json!([story::paragraph(&"A long reading of the tide. ".repeat(300))]);
    let mut made = Vec::new();
    let refused = loop {
        let answer = site.editor().post("/v1/editorial/articles", json!({"headline": "Big", "body": big}));
        if answer.status != 201 {
            break answer;
        }
        made.push(answer);
        assert!(made.len() < 1000, "the limit is never met");
    };
    refused.refused(503, "storage_full").header("retry-after");
    // Reads of all kinds go on; nothing of what was refused is there.
    site.reader().article("reef-recovers").status(200);
    let list = site.editor().get("/v1/editorial/articles?count=exact&limit=1").status(200);
    list.says("/page/total", made.len() + 1);
    let saved = site.editor().patch(
        &format!("/v1/editorial/articles/{}", live.id()),
        live.etag(),
        json!({"body": big}),
    );
    saved.refused(503, "storage_full");
    site.editor().working_copy(&live.id()).says("/version", 2);
    site.reader().get("/health/live").status(200);
    // When room comes back, writes do, without a restart.
    let mut freed = 0;
    for article in &made {
        let gone = site.editor().delete(&format!("/v1/editorial/articles/{}", article.id()), article.etag());
        assert!(matches!(gone.status, 204 | 503), "{gone}");
        freed += usize::from(gone.status == 204);
        if freed == 20 {
            break;
        }
    }
    assert!(freed > 0, "what is there can be deleted");
    site.editor().post("/v1/editorial/articles", json!({"headline": "Big again", "body": big})).status(201);
    site.reader().article("reef-recovers").status(200);
}

// abuse: OP-02
#[test]
fn one_process_has_a_sqlite_file_and_knows_which_sqlite_it_is() {
    let site = &Site::start(Database::Sqlite);
    let why = site.why_no_second_server().expect("two processes on one file lose what they write");
    assert!(why.contains("masthead.db") || why.contains("another"), "{why}");
    site.reader().get("/v1/articles").status(200);
}

on_both! {
    // abuse: OP-02
    fn no_setting_makes_the_database_forget_what_it_acknowledged(database: Database) {
        let settings = ["MASTHEAD_DATABASE_SYNCHRONOUS", "MASTHEAD_DATABASE_JOURNAL_MODE", "MASTHEAD_DATABASE_FOREIGN_KEYS", "MASTHEAD_STORE_SQLITE_SYNCHRONOUS"];
        for name in settings {
            let refused = std::panic::catch_unwind(|| Site::with(database, &[(name, "OFF")]));
            let why = refused.expect_err("it is no setting");
            let why = why.downcast_ref::<String>().expect("a message");
            assert!(why.contains(name), "{why}");
        }
    }
}
