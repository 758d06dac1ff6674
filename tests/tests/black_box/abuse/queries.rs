//! Parameters that are unknown, twice, out of range, in other notations, or meant for the database.

use std::time::Instant;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use masthead_tests::answer::Answer;
use masthead_tests::on_both;
use masthead_tests::site::Site;
use serde_json::{Value, json};

use super::story;

/// Every list with the parameters that it has, apart from `limit` and `cursor`.
const LISTS: [(&str, &[&str]); 9] = [
    (
        "/v1/articles",
        &[
            "section",
            "tag",
            "contributor",
            "kind",
            "language",
            "published_after",
            "published_before",
            "updated_after",
            "slug",
            "id",
            "sort",
            "count",
        ],
    ),
    ("/v1/tags", &[]),
    ("/v1/contributors", &[]),
    ("/v1/fronts", &[]),
    (
        "/v1/editorial/articles",
        &[
            "stage",
            "publication",
            "section",
            "tag",
            "contributor",
            "owner",
            "q",
            "updated_after",
            "sort",
            "count",
        ],
    ),
    ("/v1/editorial/fronts", &[]),
    ("/v1/editorial/users", &[]),
    ("/v1/editorial/audit", &["actor", "subject"]),
    ("/v1/sections", &[]),
];

/// Texts that mean something to a database or a pattern.
const CRAFTED: [&str; 14] = [
    "'",
    "\"",
    "a'b",
    "' OR '1'='1",
    "1; DROP TABLE articles",
    "--",
    "/*",
    "\\",
    "%",
    "_",
    "a\\'b",
    "$1",
    "1 AND pg_sleep(5)",
    "'||(select 1)||'",
];

fn encoded(text: &str) -> String {
    text.bytes().map(|b| format!("%{b:02x}")).collect()
}

fn live(site: &Site, headline: &str) -> Answer {
    site.editor().publish(&story::ready(site, &site.editor(), headline)).status(200)
}

on_both! {
    // abuse: IN-03
    fn every_unknown_parameter_is_named_with_what_may_have_been_meant(site: &Site) {
        let admin = site.admin();
        for (list, own) in LISTS {
            for name in own {
                let slip = format!("{name}s");
                let near = format!("{}x", &name[..name.len() - 1]);
                for wrong in [slip.clone(), near, name.to_uppercase()].iter().filter(|wrong| !own.contains(&wrong.as_str())) {
                    let answer = admin.get(&format!("{list}?{wrong}=a&nobody_knows=b")).refused(422, "validation_failed");
                    let answer = answer.names(wrong, "unknown_parameter").names("nobody_knows", "unknown_parameter");
                    let errors = answer.json()["errors"].clone();
                    assert_eq!(errors.as_array().map(Vec::len), Some(2));
                    let detail = errors[0]["detail"].as_str().unwrap();
                    assert!(*wrong != slip || detail.contains(&format!("`{name}`")), "{wrong}: {detail}");
                }
            }
            let many: Vec<_> = (0..300).map(|n| format!("p{n}=1")).collect();
            let answer = admin.get(&format!("{list}?{}", many.join("&"))).refused(422, "validation_failed");
            assert_eq!(answer.json()["errors"].as_array().map(Vec::len), Some(100), "at most a hundred faults are told");
        }
        for single in ["/v1/articles/reef", "/v1/sections/world", "/v1/tags/reef", "/v1/contributors/mara"] {
            site.reader().get(&format!("{single}?nobody_knows=1")).refused(422, "validation_failed").names("nobody_knows", "unknown_parameter");
        }
    }

    // abuse: IN-08
    fn a_number_is_digits_in_its_range(site: &Site) {
        let admin = site.admin();
        let huge = format!("1{}", "0".repeat(400));
        for (list, _) in LISTS.iter().filter(|(list, _)| *list != "/v1/sections") {
            for number in ["0", "101", "-1", "1.5", "1e2", "%2B5", "+5", "05", "%D9%A3", "2147483648", "9223372036854775808", huge.as_str(), "", "%201", "0x10", "1_0", "NaN", "Infinity", "-0", "null"] {
                let answer = admin.get(&format!("{list}?limit={number}"));
                assert_eq!(answer.status, 422, "{list}?limit={number}: {answer}");
                answer.refused(422, "validation_failed").names("limit", "out_of_range");
            }
            for number in ["1", "100"] {
                admin.get(&format!("{list}?limit={number}")).status(200);
            }
        }
        // Numbers in bodies, with the model's own ranges.
        let block = |block: &str| admin.request("POST", "/v1/editorial/articles").body("application/json", format!("{{\"headline\": \"Reef\", \"body\": [{block}]}}")).send();
        for level in ["0", "1", "5", "7", "-2", "2.5", "2e0", "256", "258", "4294967298", "1e400", "\"2\"", "null"] {
            let answer = block(&format!("{{\"type\": \"heading\", \"level\": {level}, \"content\": [{{\"text\": \"A\"}}]}}"));
            assert!(matches!(answer.status, 400 | 422), "level {level}: {answer}");
        }
        for rows in ["-1", "3", "1.5", "18446744073709551616", "1e400", "\"1\""] {
            let answer = block(&format!("{{\"type\": \"table\", \"caption\": null, \"header_rows\": {rows}, \"rows\": [[{{\"content\": []}}]]}}"));
            assert!(matches!(answer.status, 400 | 422), "header_rows {rows}: {answer}");
        }
        for position in ["-1", "1.5", "2147483648", "9223372036854775808", "1e400", "\"1\"", "-9223372036854775809", "1e2", "true"] {
            let answer = admin.request("POST", "/v1/editorial/sections").body("application/json", format!("{{\"name\": \"World\", \"position\": {position}}}")).send();
            assert!(matches!(answer.status, 400 | 422), "position {position}: {answer}");
        }
        site.editor().post("/v1/editorial/sections", json!({"name": "World"})).status(201);
        for version in ["\"0\"", "\"-1\"", "\"9223372036854775808\"", "\"99999999999999999999999\"", "\"+1\"", "\"0x1\"", "\"٣\""] {
            let request = admin.request("PATCH", "/v1/editorial/sections/world").header("if-match", version);
            request.json(&json!({"name": "W"})).send().refused(400, "malformed_request");
        }
        let id = site.editor().draft("Reef").id();
        admin.patch(&format!("/v1/editorial/articles/{id}"), "\"9223372036854775807\"", json!({"headline": "R"})).refused(412, "stale_version");
    }

    // abuse: IN-09
    fn a_cursor_is_ours_whole_and_for_its_own_question(site: &Site) {
        for n in 0..3 {
            let story = live(site, &format!("Story {n}"));
            let tag = site.editor().post("/v1/editorial/tags", json!({"name": format!("Tag {n}")})).status(201);
            let path = format!("/v1/editorial/articles/{}", story.id());
            let tagged = site.editor().patch(&path, story.etag(), json!({"tags": [tag.id()]})).status(200);
            site.editor().publish(&tagged).status(200);
            site.wait(chrono::TimeDelta::seconds(1));
        }
        let admin = site.admin();
        let lists = ["/v1/articles?limit=1", "/v1/articles?limit=1&sort=published_at", "/v1/articles?limit=1&section=world", "/v1/tags?limit=1", "/v1/editorial/articles?limit=1"];
        let cursors = lists.map(|list| admin.get(list).status(200).text_at("/page/next_cursor"));
        for (list, cursor) in lists.iter().zip(&cursors) {
            let get = |cursor: &str| admin.get(&format!("{list}&cursor={cursor}"));
            get(cursor).status(200);
            // A year later it still says the same.
            for i in 0..cursor.len() {
                let other = if &cursor[i..=i] == "A" { "B" } else { "A" };
                let flipped = format!("{}{other}{}", &cursor[..i], &cursor[i + 1..]);
                // The last letter of base64 may hold bits that say nothing: then it is not the one spelling.
                assert_eq!(get(&flipped).refused(400, "invalid_cursor").status, 400, "{i} of {cursor}");
                get(&cursor[..i]).refused(400, "invalid_cursor");
            }
            let oversize = "A".repeat(7000);
            for forged in ["0", "1", "AAAA", "==", "%00", "next", "..", "eyJpZCI6MX0", &format!("{cursor}A"), &format!("{cursor}=="), &format!("%20{cursor}"), oversize.as_str()] {
                get(forged).refused(400, "invalid_cursor");
            }
            admin.get(&format!("{list}&cursor={}", "A".repeat(60_000))).refused(414, "uri_too_long");
            for other in cursors.iter().filter(|other| *other != cursor) {
                get(other).refused(400, "invalid_cursor");
            }
            if list.contains("articles") {
                let changed = list.replace("limit=1", "limit=2");
                admin.get(&format!("{changed}&cursor={cursor}")).refused(400, "invalid_cursor");
            }
            // Nothing of the database can be read in it, nor changed with its like.
            let octets = URL_SAFE_NO_PAD.decode(cursor).expect("base64url");
            let readable = String::from_utf8_lossy(&octets).to_lowercase();
            assert!(!["select", "where", "order", "article", "published"].iter().any(|word| readable.contains(word)), "{readable}");
        }
        let link = admin.get(lists[0]).header("link").to_owned();
        assert!(link.starts_with(&format!("<{}/v1/articles?", site.public_url())), "{link}");
        // Another site has other keys: to it, this one's cursors are forgeries.
        site.wait(chrono::TimeDelta::days(365));
        site.reader().get(&format!("{}&cursor={}", lists[0], cursors[0])).status(200);
    }

    // abuse: IN-09
    fn a_cursor_of_another_site_is_a_forgery(database: Database) {
        let (one, other) = (&Site::start(database), &Site::start(database));
        for site in [one, other] {
            for n in 0..2 {
                live(site, &format!("Story {n}"));
            }
        }
        let cursor = one.reader().get("/v1/articles?limit=1").text_at("/page/next_cursor");
        one.reader().get(&format!("/v1/articles?limit=1&cursor={cursor}")).status(200);
        other.reader().get(&format!("/v1/articles?limit=1&cursor={cursor}")).refused(400, "invalid_cursor");
    }

    // abuse: IN-11
    fn nothing_stands_twice_and_only_json_is_offered(site: &Site) {
        let admin = site.admin();
        for (list, own) in LISTS {
            for name in own.iter().chain(["limit", "cursor"].iter().filter(|_| list != "/v1/sections")) {
                let answer = admin.get(&format!("{list}?{name}=1&{name}=1")).refused(422, "validation_failed");
                answer.names(name, "repeated_parameter");
                admin.get(&format!("{list}?{name}[]=1")).refused(422, "validation_failed").names(&format!("{name}[]"), "unknown_parameter");
                admin.get(&format!("{list}?{name}%5B%5D=1")).refused(422, "validation_failed").names(&format!("{name}[]"), "unknown_parameter");
            }
            for accepted in ["text/plain", "text/html", "text/*", "application/xml", "image/*", "application/json;q=0", "*/*;q=0", "application/json;q=0, */*;q=0", "application/json;q=0.0"] {
                let answer = admin.request("GET", list).header("accept", accepted).send();
                assert_eq!(answer.status, 406, "{list}: {accepted}: {answer}");
                answer.refused(406, "not_acceptable");
            }
            for accepted in ["*/*", "application/json", "application/*", "text/html, */*;q=0.1", "application/json;q=0.1", "APPLICATION/JSON"] {
                admin.request("GET", list).header("accept", accepted).send().status(200);
            }
        }
        let many = |n: usize| (0..n).map(|n| format!("s{n}")).collect::<Vec<_>>().join(",");
        for name in ["slug", "tag"] {
            site.reader().get(&format!("/v1/articles?{name}={}", many(51))).refused(422, "validation_failed").names(name, "too_many");
            site.reader().get(&format!("/v1/articles?{name}={}", many(300))).refused(422, "validation_failed").names(name, "too_many");
            site.reader().get(&format!("/v1/articles?{name}={}", many(50))).status(200);
            for empty in ["", ",", "a,", ",a", "a,,b"] {
                site.reader().get(&format!("/v1/articles?{name}={empty}")).refused(422, "validation_failed");
            }
        }
        site.reader().get(&format!("/v1/articles?q={}", "a".repeat(9000))).refused(414, "uri_too_long");
    }

    // abuse: IN-12
    fn what_is_meant_for_the_database_is_a_text_to_it(site: &Site) {
        let strange = "100% of it's \"reef\" -- \\ _ $1";
        live(site, strange);
        live(site, "Another");
        let admin = site.admin();
        let begun = Instant::now();
        for (list, own) in LISTS {
            for name in own {
                for crafted in CRAFTED {
                    let answer = admin.get(&format!("{list}?{name}={}", encoded(crafted)));
                    let found = answer.status == 200;
                    assert!(found || answer.status == 422, "{list}?{name}={crafted}: {answer}");
                    // Taken as words, it finds what holds those words and nothing else.
                    if found {
                        assert_eq!(*name, "q", "{list}?{name}={crafted}");
                        let data = answer.json()["data"].as_array().unwrap().clone();
                        let headlines: Vec<_> = data.iter().map(|article| article["headline"].as_str().unwrap()).collect();
                        let expected: Vec<_> = [strange, "Another"].into_iter().filter(|headline| headline.contains(crafted)).collect();
                        assert_eq!(headlines, expected, "q={crafted}");
                    }
                }
            }
            for crafted in CRAFTED {
                let answer = admin.get(&format!("{list}?{}=1", encoded(crafted)));
                answer.refused(422, "validation_failed");
                admin.get(&format!("{list}?limit={}", encoded(crafted))).refused(422, "validation_failed");
            }
        }
        let mut slugs: Vec<_> = (0..49).map(|n| format!("s{n}")).collect();
        slugs.push("it's".to_owned());
        site.reader().get(&format!("/v1/articles?slug={}", slugs.join(","))).refused(422, "validation_failed");
        // The same texts in bodies are stored to the letter.
        for crafted in CRAFTED {
            let draft = admin.post("/v1/editorial/articles", json!({"headline": format!("a {crafted} b"), "note": crafted})).status(201);
            draft.says("/content/headline", format!("a {crafted} b"));
            for list in ["tags", "sections", "contributors"] {
                admin.post(&format!("/v1/editorial/{list}"), json!({"name": format!("x{crafted}x{}", list.len()), "description": Value::Null})).json();
            }
        }
        assert!(begun.elapsed().as_secs() < 60, "nothing slept");
        admin.get("/v1/editorial/articles?count=exact").says("/page/total", 2 + CRAFTED.len());
    }
}
