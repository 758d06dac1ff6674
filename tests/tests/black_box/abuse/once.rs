//! Idempotency keys: another's, used again, malformed, and fifty at once.

use masthead_tests::answer::Answer;
use masthead_tests::client::Client;
use masthead_tests::on_both;
use masthead_tests::people::{EDITOR, PASSWORD};
use masthead_tests::site::Site;
use masthead_tests::together::together;
use serde_json::{Value, json};

fn post(by: &Client<'_>, path: &str, key: &str, body: &Value) -> Answer {
    by.request("POST", path).idempotent(key).json(body).send()
}

fn count(site: &Site) -> Value {
    site.admin().get("/v1/editorial/articles?count=exact").status(200).json()["page"]["total"].clone()
}

on_both! {
    // abuse: CC-01
    fn a_key_belongs_to_its_actor_and_its_operation(site: &Site) {
        let body = json!({"headline": "Reef recovers"});
        let path = "/v1/editorial/articles";
        let mine = post(&site.editor(), path, "k-1", &body).status(201);
        for other in [site.reporter(), site.other_reporter(), site.admin()] {
            let theirs = post(&other, path, "k-1", &body).status(201);
            assert_ne!(theirs.id(), mine.id());
            assert!(theirs.find_header("idempotency-replayed").is_none());
            assert_eq!(post(&other, path, "k-1", &body).status(201).id(), theirs.id());
        }
        // Who may not do it is refused before any stored answer is looked for.
        post(&site.moderator(), path, "k-1", &body).refused(403, "forbidden");
        post(&site.reader(), path, "k-1", &body).refused(401, "unauthenticated");
        // Another operation, and the same one of another thing, has its own.
        let name = json!({"name": "Reef"});
        post(&site.editor(), "/v1/editorial/tags", "k-1", &name).status(201);
        post(&site.editor(), "/v1/editorial/sections", "k-1", &name).status(201);
        post(&site.editor(), "/v1/editorial/contributors", "k-1", &name).status(201);
        let one = site.editor().draft("One");
        let two = site.editor().draft("Two");
        for draft in [&one, &two] {
            let by = site.editor();
            let request = by.request("POST", &format!("{path}/{}/submit", draft.id())).if_match(draft.etag()).idempotent("k-2");
            let answer = request.json(&json!({})).send();
            // A key used for one article is another key for another one.
            assert_eq!(answer.status(200).id(), draft.id());
        }
        // Whoever signs in with the key of another gets their own tokens.
        let key = "0197aaaa-0000-7000-8000-00000000000a";
        let sign_in = |password: &str| post(&site.reader(), "/v1/auth/login", key, &json!({"email": EDITOR.email, "password": password}));
        let first = sign_in(PASSWORD).status(200);
        let second = sign_in(PASSWORD).status(200);
        assert_ne!(second.json()["refresh_token"], first.json()["refresh_token"], "tokens are not stored for a replay");
        assert!(sign_in("a wrong one, to be sure").status >= 400);
    }

    // abuse: CC-01
    fn an_answer_is_not_given_again_to_who_has_lost_the_right_to_it(site: &Site) {
        let (by, editor, admin) = (site.reporter(), site.editor(), site.admin());
        let draft = by.draft("Reef recovers");
        let path = format!("/v1/editorial/articles/{}", draft.id());
        let save = || by.request("PATCH", &path).if_match(draft.etag()).idempotent("k-1").json(&json!({"kicker": "Sea"})).send();
        let saved = save().status(200);
        assert_eq!(save().status(200).header("idempotency-replayed"), "true");
        let mine = editor.get("/v1/auth/me").ok().id();
        let assign = |etag: &str, owner: &str| {
            editor.request("PUT", &format!("{path}/assignment")).if_match(etag).json(&json!({"owner": owner})).send().status(200)
        };
        let other = assign(saved.etag(), &mine);
        save().refused(403, "forbidden");
        assign(other.etag(), &by.get("/v1/auth/me").ok().id());
        save().status(200).says("/content/kicker", "Sea");
        // The same holds for a role.
        let name = json!({"name": "Reef"});
        post(&editor, "/v1/editorial/tags", "k-2", &name).status(201);
        let user = format!("/v1/editorial/users/{mine}");
        let seen = admin.get(&user).ok();
        admin.patch(&user, seen.etag(), json!({"role": "reporter"})).status(200);
        post(&editor, "/v1/editorial/tags", "k-2", &name).refused(403, "forbidden");
    }

    // abuse: CC-03
    fn a_key_is_for_one_request_and_only_its_success_is_kept(site: &Site) {
        let by = site.editor();
        let path = "/v1/editorial/articles";
        let body = json!({"headline": "Reef recovers"});
        let first = post(&by, path, "k-1", &body).status(201);
        let replayed = post(&by, path, "k-1", &body).status(201);
        assert_eq!((replayed.header("idempotency-replayed"), replayed.id(), replayed.etag(), replayed.header("location")), ("true", first.id(), first.etag(), first.header("location")));
        for other in [json!({"headline": "Reef dies"}), json!({"headline": "Reef recovers", "kind": "news"}), json!({})] {
            let answer = post(&by, path, "k-1", &other);
            assert!(answer.status == 422, "{answer}");
        }
        post(&by, path, "k-1", &json!({"headline": "Other"})).refused(422, "idempotency_key_reused");
        // Malformed keys.
        let huge = "a".repeat(256);
        for key in ["", " ", &huge, "a b", "a\tb"] {
            site.unmoved_by(&[], || post(&by, path, key, &body).refused(400, "malformed_request"));
        }
        by.request("POST", path).idempotent("a").idempotent("a").json(&body).send().refused(400, "malformed_request");
        for octets in ["k\u{e9}y", "k\u{fc}", "🦀"] {
            let mut raw = site.raw();
            let (token, text) = (by.token().unwrap(), body.to_string());
            raw.write(format!("POST {path} HTTP/1.1\r\nhost: a\r\nauthorization: Bearer {token}\r\nidempotency-key: {octets}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{text}", text.len()));
            assert_eq!(raw.answer(std::time::Duration::from_secs(5)).map(|answer| answer.status), Some(400));
        }
        post(&by, path, &"a".repeat(255), &body).status(201);
        post(&by, path, "!\"#$%&'()*+,-./09:;<=>?@AZ[]^_`az{|}~", &body).status(201);
        // A refusal is not kept: with the same key the same request may succeed later.
        let tagged = json!({"headline": "Reef", "tags": ["corals"]});
        post(&by, path, "k-2", &tagged).refused(422, "validation_failed");
        by.post("/v1/editorial/tags", json!({"name": "Corals"})).status(201);
        let made = post(&by, path, "k-2", &tagged).status(201);
        assert!(made.find_header("idempotency-replayed").is_none());
        assert_eq!(post(&by, path, "k-2", &tagged).status(201).id(), made.id());
        // The answer is that of then, whatever has become of the thing.
        let etag = first.etag().to_owned();
        by.delete(&format!("{path}/{}", first.id()), &etag).status(204);
        assert_eq!(post(&by, path, "k-1", &body).status(201).id(), first.id());
        by.working_copy(&first.id()).refused(404, "not_found");
    }

    // abuse: CC-03
    fn fifty_at_once_with_one_key_have_one_effect(database: Database) {
        let site = &Site::of_two_nodes(database);
        site.editor();
        let before = count(site);
        let body = json!({"headline": "Reef recovers"});
        let answers = together(50, |n| post(&site.editor().at_node(n), "/v1/editorial/articles", "k-1", &body));
        let made: Vec<_> = answers.iter().filter(|answer| answer.status == 201).collect();
        assert!(!made.is_empty());
        for answer in answers.iter().filter(|answer| answer.status != 201) {
            answer.clone().refused(409, "idempotency_in_progress").header("retry-after");
        }
        assert!(made.iter().all(|answer| answer.id() == made[0].id()));
        let first_hand = made.iter().filter(|answer| answer.find_header("idempotency-replayed").is_none()).count();
        assert_eq!(first_hand, 1, "one is the first, the others are told so");
        assert_eq!((before, count(site)), (json!(0), json!(1)));
        // The key is free again for the same request, and answers as before.
        assert_eq!(post(&site.editor(), "/v1/editorial/articles", "k-1", &body).status(201).id(), made[0].id());
    }

    // abuse: CC-03, OP-06
    fn a_change_that_is_sent_again_to_another_node_is_made_once(database: Database) {
        let site = &Site::of_two_nodes(database);
        for round in 0..12 {
            let draft = site.editor().draft(&format!("Reef recovers {round}"));
            let path = format!("/v1/editorial/articles/{}", draft.id());
            let change = |n: usize| {
                let by = site.editor().at_node(n);
                by.request("PATCH", &path).if_match(draft.etag()).idempotent("k-1").json(&json!({"kicker": "Sea"})).send()
            };
            let answers = together(2, change);
            assert!(answers.iter().any(|answer| answer.status == 200), "{answers:#?}");
            for other in answers.iter().filter(|answer| answer.status != 200) {
                other.clone().refused(409, "idempotency_in_progress").header("retry-after");
            }
            // Whoever did not get it gets it now, and not that somebody else changed the article.
            for n in 0..2 {
                change(n).status(200).says("/revision", 2);
            }
        }
    }

    // abuse: OP-06
    fn who_went_away_before_the_answer_asks_again(site: &Site) {
        let by = site.editor();
        let (path, body) = ("/v1/editorial/articles", json!({"headline": "Reef recovers"}));
        let (token, text) = (by.token().unwrap(), body.to_string());
        let mut lost = site.raw();
        lost.write(format!("POST {path} HTTP/1.1\r\nhost: a\r\nauthorization: Bearer {token}\r\nidempotency-key: k-1\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{text}", text.len()));
        drop(lost);
        let (made, told) = site.told_by(|| {
            let again = || post(&by, path, "k-1", &body);
            std::iter::repeat_with(again).find(|answer| answer.status != 409).unwrap().status(201)
        });
        assert_eq!((count(site), post(&by, path, "k-1", &body).status(201).id()), (json!(1), made.id()));
        assert!(told.len() <= 1, "{told:#?}");
    }
}
