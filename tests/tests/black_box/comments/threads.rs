//! Threads as readers see them, and how a comment gets there.

use masthead_tests::comments::said;
use masthead_tests::on_both;
use serde_json::{Value, json};

on_both! {
    fn a_comment_is_handed_in_approved_and_read(site: &Site) {
        site.published("Reef recovers");
        site.reader().thread("reef-recovers").status(200)
            .says("/thread/count", 0)
            .says("/thread/enabled", true)
            .says("/thread/accepting", true)
            .says("/thread/reason", Value::Null)
            .says("/thread/requires", json!(["author_name", "author_email", "body"]))
            .says("/data", json!([]));
        let sent = site.reader().comment("reef-recovers", said("Ines", "I saw it from the ferry.")).status(201);
        let sent = sent.says("/state", "pending");
        assert!(sent.text_at("/edit_token").len() > 60);
        site.reader().thread("reef-recovers").status(200).says("/data", json!([])).says("/thread/count", 0);
        site.editor().decide(&sent.id(), "approve").status(200).says("/state", "visible").says("/decision/by", "user");
        let thread = site.reader().thread("reef-recovers").status(200);
        thread
            .says("/thread/count", 1)
            .says("/data/0/id", sent.id())
            .says("/data/0/author", json!({"name": "Ines", "staff": false}))
            .says("/data/0/body", "I saw it from the ferry.")
            .says("/data/0/depth", 0)
            .says("/data/0/parent_id", Value::Null);
        site.moderator().decide(&sent.id(), "approve").refused(409, "conflict").says("/reason", "decided");
        site.moderator().decide(&sent.id(), "remove").status(200);
        site.reader().thread("reef-recovers").status(200).says("/data", json!([])).says("/thread/count", 0);
        site.reporter().decide(&sent.id(), "approve").refused(403, "forbidden");
    }

    // abuse: CM-04
    fn replies_stand_below_what_they_reply_to_and_a_hidden_parent_holds_its_place(site: &Site) {
        site.published("Reef recovers");
        let hand_in = |said: Value| {
            let sent = site.reader().comment("reef-recovers", said).status(201);
            site.moderator().decide(&sent.id(), "approve").status(200);
            sent.id()
        };
        let reply = |parent: &str, name: &str, text: &str| {
            let mut said = said(name, text);
            said["parent_id"] = json!(parent);
            hand_in(said)
        };
        let first = hand_in(said("Ines", "One"));
        let second = hand_in(said("Tom", "Two"));
        let below = reply(&first, "Una", "One, one");
        let deep = reply(&below, "Vera", "One, one, one");
        let deepest = reply(&reply(&deep, "Wim", "Four"), "Xena", "Five");
        let order = |sort: &str| {
            let thread = site.reader().get(&format!("/v1/articles/reef-recovers/comments?sort={sort}")).status(200);
            let ids = thread.json()["data"].as_array().unwrap().iter().map(|c| c["body"].clone()).collect::<Vec<_>>();
            (thread, json!(ids))
        };
        let (thread, bodies) = order("oldest");
        assert_eq!(bodies, json!(["One", "One, one", "One, one, one", "Four", "Five", "Two"]));
        // No deeper than the site lets replies stand: three.
        let last = thread.json()["data"][4].clone();
        assert_eq!((&last["depth"], &last["parent_id"], &last["id"]), (&json!(3), &json!(deep), &json!(deepest)));
        assert_eq!(order("newest").1, json!(["Two", "One", "One, one", "One, one, one", "Four", "Five"]));
        site.moderator().decide(&first, "reject").status(200);
        let thread = site.reader().thread("reef-recovers").status(200).says("/thread/count", 5);
        thread
            .says("/data/0/id", first.clone())
            .says("/data/0/tombstone", true)
            .says("/data/0/author", Value::Null)
            .says("/data/0/body", Value::Null)
            .says("/data/1/parent_id", first.clone());
        let mut again = said("Yara", "To nobody");
        let waiting = site.reader().comment("reef-recovers", said("Zora", "Waits")).status(201).id();
        site.published("Tide turns");
        let elsewhere = site.reader().comment("tide-turns", said("Zora", "Elsewhere")).status(201).id();
        site.moderator().decide(&elsewhere, "approve").status(200);
        let nothing = "01970000-0000-7000-8000-00000000ffff".to_owned();
        let told: Vec<_> = [first.clone(), waiting, elsewhere, nothing]
            .into_iter()
            .map(|parent| {
                again["parent_id"] = json!(parent);
                let refused = site.reader().comment("reef-recovers", again.clone()).refused(422, "validation_failed");
                refused.names("/parent_id", "parent_not_visible").json()["errors"].clone()
            })
            .collect();
        assert!(told.windows(2).all(|two| two[0] == two[1]), "{told:?}");
        assert_eq!(site.reader().thread("reef-recovers").status(200).json()["data"][5]["id"], json!(second));
    }

    fn a_thread_is_read_page_by_page_there_and_back(site: &Site) {
        site.published("Reef recovers");
        for n in 0..5 {
            let sent = site.reader().comment("reef-recovers", said(&format!("Reader {n}"), &format!("Word {n}"))).status(201);
            site.moderator().decide(&sent.id(), "approve").status(200);
        }
        for (sort, expected) in [("oldest", [0, 1, 2, 3, 4]), ("newest", [4, 3, 2, 1, 0])] {
            let base = format!("/v1/articles/reef-recovers/comments?limit=2&sort={sort}");
            let (mut path, mut there) = (base.clone(), Vec::new());
            loop {
                let page = site.reader().get(&path).status(200);
                assert!(page.find_header("link").is_some());
                there.push(page.json()["data"].clone());
                match page.json()["page"]["next_cursor"].as_str() {
                    Some(next) => path = format!("{base}&cursor={next}"),
                    None => {
                        let back = format!("{base}&cursor={}", page.text_at("/page/prev_cursor"));
                        assert_eq!(site.reader().get(&back).status(200).json()["data"], there[there.len() - 2]);
                        break;
                    }
                }
            }
            let bodies: Vec<_> = there.iter().flat_map(|page| page.as_array().unwrap()).map(|c| c["body"].clone()).collect();
            let expected: Vec<_> = expected.iter().map(|n| json!(format!("Word {n}"))).collect();
            assert_eq!(bodies, expected, "{sort}");
        }
    }

    fn an_article_is_read_with_the_first_page_of_its_comments(site: &Site) {
        site.published("Reef recovers");
        let (article, whole) = ("/v1/articles/reef-recovers", "/v1/articles/reef-recovers?include=html,comments");
        site.reader().get(article).status(200).says("/comment_thread", Value::Null);
        let thread = || site.reader().thread("reef-recovers").status(200).json();
        assert_eq!(site.reader().get(whole).status(200).json()["comment_thread"], thread());
        let before = site.reader().get(whole).status(200);
        let first = site.reader().comment("reef-recovers", said("Ines", "Word 0")).status(201).id();
        site.moderator().decide(&first, "approve").status(200);
        for n in 1..22 {
            let path = format!("/v1/editorial/comments/{first}/replies");
            site.moderator().post(&path, json!({"body": format!("Word {n}")})).status(201);
        }
        let with = site.reader().get(whole).status(200);
        assert_ne!(with.etag(), before.etag());
        assert_eq!(with.json()["comment_thread"], thread());
        let with = with.says("/comment_thread/thread/count", 22).says("/comments/accepting", true);
        assert_eq!(with.json()["comment_thread"]["data"].as_array().map(Vec::len), Some(20));
        let next = with.text_at("/comment_thread/page/next_cursor");
        let rest = site.reader().get(&format!("{article}/comments?cursor={next}")).status(200);
        assert_eq!(rest.json()["data"].as_array().map(Vec::len), Some(2));
        // It is kept no longer than the thread alone.
        assert_eq!(with.header("cache-control"), site.reader().thread("reef-recovers").header("cache-control"));
        let by_id = format!("/v1/articles/{}?include=comments&body=none", with.id());
        site.reader().get(&by_id).status(200).says("/comment_thread/thread/count", 22).says("/body", Value::Null);
        site.moderator().decide(&first, "spam").status(200);
        site.reader().get(whole).status(200)
            .says("/comment_thread/data/0/tombstone", true)
            .says("/comment_thread/thread/count", 21);
        let token = format!("/v1/editorial/articles/{}/preview-tokens", with.id());
        let token = site.editor().post(&token, json!({})).status(201).text_at("/token");
        let preview = site.reader().get(&format!("/v1/preview/{token}?include=comments")).status(200);
        preview.says("/comment_thread", Value::Null);
    }
}
