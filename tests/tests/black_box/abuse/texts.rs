//! Control characters, look-alikes and names of other things: in every text of every write.

use masthead_tests::on_both;
use masthead_tests::writes::pointers;
use serde_json::{Value, json};

use super::story;

/// Control characters that no text may hold (tab and newline may stand in some).
const CONTROLS: [char; 12] = [
    '\0', '\u{1}', '\u{8}', '\u{b}', '\u{c}', '\r', '\u{e}', '\u{1b}', '\u{1f}', '\u{7f}', '\u{85}', '\u{9f}',
];

/// Members that hold no free text: a word of a closed set, an id, a slug, an address or a time. There a control
/// character is refused as what it is, no such word.
const WORDS: [&str; 26] = [
    "article",
    "kind",
    "type",
    "role",
    "id",
    "slug",
    "section",
    "tag",
    "contributor",
    "language",
    "canonical_url",
    "href",
    "url",
    "provider",
    "country_code",
    "time",
    "goes_live_at",
    "expires_at",
    "published_at",
    "until",
    "change",
    "action",
    "mode",
    "moderation",
    "parent",
    "into",
];

on_both! {
    // abuse: IN-04
    fn no_text_of_any_write_takes_a_control_character(site: &Site) {
        let writes = site.writes();
        let admin = site.admin();
        let mut texts = 0;
        site.unmoved_by(&[], || {
            for write in writes.iter().filter(|write| !write.is_sign_in()) {
                for at in pointers(&write.body, &Value::is_string) {
                    texts += 1;
                    let old = write.body.pointer(&at).unwrap().as_str().unwrap();
                    // Markdown and HTML may end their lines with it: what is read holds none.
                    let source = at.ends_with("/markdown") || at.ends_with("/html");
                    for control in CONTROLS.into_iter().filter(|control| !(source && *control == '\r')) {
                        for new in [format!("{old}{control}x"), format!("{control}{old}")] {
                            let mut body = write.body.clone();
                            *body.pointer_mut(&at).unwrap() = json!(new);
                            let answer = write.send(&admin, &body);
                            assert_eq!(answer.status, 422, "{at} with {control:?}: {answer}");
                            let errors = answer.refused(422, "validation_failed").json()["errors"].clone();
                            let fault = errors.as_array().unwrap().iter().find(|fault| at.starts_with(fault["pointer"].as_str().unwrap()));
                            let fault = fault.unwrap_or_else(|| panic!("{at} with {control:?}: {errors}"));
                            let name = at.split('/').rev().find(|part| part.parse::<usize>().is_err()).unwrap();
                            let free = !WORDS.contains(&name) && !matches!(name, "tags" | "related" | "articles" | "after" | "replacement" | "block" | "events" | "scopes" | "same_as" | "email" | "id" | "parent_id" | "pattern" | "until" | "owner" | "writers" | "photo" | "taken_at" | "use_until" | "embargo_until" | "excluded_territories" | "model_release" | "property_release");
                            assert!(!free || fault["code"] == "control_character", "{at} with {control:?}: {fault}");
                        }
                    }
                }
            }
        });
        assert!(texts > 100, "{texts}");
        // At a sign-in such a text is nobody's, and nothing worse.
        for write in writes.iter().filter(|write| write.is_sign_in()) {
            for at in pointers(&write.body, &Value::is_string) {
                for control in ['\0', '\u{1}', '\u{85}'] {
                    let mut body = write.body.clone();
                    *body.pointer_mut(&at).unwrap() = json!(format!("a{control}b, which is nobody's own text"));
                    let answer = write.send(&admin, &body);
                    // Nobody has been invited with such a token.
                    let nobodys = write.path.ends_with("accept-invitation") && answer.status == 404;
                    assert!(nobodys || matches!(answer.status, 401 | 422 | 429), "{answer}");
                }
            }
        }
        // In queries too.
        for control in ["%00", "%01", "%1f", "%7f", "%c2%85"] {
            admin.get(&format!("/v1/editorial/articles?q=a{control}b")).refused(422, "validation_failed").names("q", "control_character");
            for name in ["section", "tag", "contributor", "kind", "language", "slug", "id", "sort"] {
                site.reader().get(&format!("/v1/articles?{name}=a{control}b")).refused(422, "validation_failed");
            }
        }
    }

    // abuse: IN-06
    fn what_looks_alike_is_one_or_is_refused(site: &Site) {
        let editor = site.editor();
        // Slugs are of a to z and digits.
        for slug in ["реef", "r\u{e9}ef", "re\u{301}ef", "REEF", "Reef", "reef\u{200b}", "re\u{202e}ef", "reeſ", "reeﬁ", "ｒｅｅｆ", "reıf", "re ef", "-reef", "reef-", "re--ef", "re_ef", "re/ef", "re.ef", ""] {
            let sent = json!({"headline": "Reef", "slug": slug});
            editor.post("/v1/editorial/articles", sent).refused(422, "validation_failed");
            for list in ["sections", "tags", "contributors"] {
                editor.post(&format!("/v1/editorial/{list}"), json!({"name": "Reef", "slug": slug})).refused(422, "validation_failed");
            }
        }
        // Names hold nothing that cannot be seen.
        for hidden in ["\u{200b}", "\u{200e}", "\u{200f}", "\u{202a}", "\u{202e}", "\u{2066}", "\u{2069}", "\u{feff}", "\u{ad}", "\u{61c}"] {
            for list in ["sections", "tags", "contributors"] {
                let sent = json!({"name": format!("Re{hidden}ef")});
                editor.post(&format!("/v1/editorial/{list}"), sent).refused(422, "validation_failed").names("/name", "invisible_character");
            }
            let byline = json!({"headline": "Reef", "bylines": [{"role": "author", "name": format!("Ma{hidden}ra")}]});
            editor.post("/v1/editorial/articles", byline).refused(422, "validation_failed").names("/bylines/0/name", "invisible_character");
        }
        // The same text in two normal forms is one text, and its slug is taken.
        editor.post("/v1/editorial/tags", json!({"name": "S\u{e4}ule"})).status(201).says("/name", "S\u{e4}ule");
        let same = editor.post("/v1/editorial/tags", json!({"name": "Sa\u{308}ule"}));
        same.refused(422, "validation_failed").names("/slug", "taken");
        // One account per address, in any dress.
        let admin = site.admin();
        let me = site.reporter().get("/v1/auth/me").status(200);
        let path = format!("/v1/editorial/users/{}", me.id());
        let change = |email: &str| admin.request("PATCH", &path).if_match("*").json(&json!({"email": email})).send();
        for email in ["IVO.GRANE@varn.example", "ivo.grane@VARN.EXAMPLE", " ivo.grane@varn.example", "ivo.grane@varn.example "] {
            let answer = change(email).refused(422, "validation_failed");
            let code = answer.json()["errors"][0]["code"].clone();
            assert!(code == "taken" || code == "bad_format", "{email}: {code}");
        }
        for email in ["ıvo.grane@varn.example", "ivo.grane@varn.exаmple", "ſela.orn@varn.example", "ivo.grane@varn.example\u{200b}", "ivo\u{202e}.grane@varn.example", "ｉｖｏ.grane@varn.example"] {
            change(email).refused(422, "validation_failed");
        }
        change("MARA.Lind@Varn.Example").status(200);
        let sign_in = |email: &str| site.reader().post("/v1/auth/login", json!({"email": email, "password": masthead_tests::people::PASSWORD}));
        for email in ["mara.lind@varn.example", "MARA.LIND@VARN.EXAMPLE", "Mara.Lind@varn.example"] {
            sign_in(email).status(200).says("/user/id", me.id());
        }
    }

    // abuse: IN-07
    fn no_slug_captures_an_id_a_word_of_ours_or_anothers_address(site: &Site) {
        let editor = site.editor();
        let live = editor.publish(&story::ready(site, &editor, "Reef recovers")).status(200);
        let reserved = ["search", "feeds", "new", "events", "changes", "preview", "media", "sitemap", "ninjs", "docs", "health", "admin"];
        let shaped = [live.id(), live.id().replace('-', ""), "0197aaaa-0000-7000-8000-00000000000a".to_owned(), "00000000-0000-0000-0000-000000000000".to_owned()];
        for slug in reserved.iter().map(|word| (*word).to_owned()).chain(shaped) {
            let sent = json!({"headline": "Reef", "slug": slug});
            editor.post("/v1/editorial/articles", sent).refused(422, "validation_failed").names("/slug", "reserved");
            for list in ["sections", "tags", "contributors"] {
                editor.post(&format!("/v1/editorial/{list}"), json!({"name": "Reef", "slug": slug})).refused(422, "validation_failed").names("/slug", "reserved");
            }
        }
        let long = "a".repeat(121);
        editor.post("/v1/editorial/articles", json!({"headline": "Reef", "slug": long})).refused(422, "validation_failed").names("/slug", "too_long");
        editor.post("/v1/editorial/articles", json!({"headline": "Reef", "slug": "a".repeat(201)})).refused(422, "validation_failed").names("/slug", "too_long");
        editor.post("/v1/editorial/articles", json!({"headline": "Reef", "slug": "a"})).status(201).says("/content/slug", "a");
        // A former slug of another article is never given away, nor is a draft's.
        let path = format!("/v1/editorial/articles/{}", live.id());
        let moved = editor.patch(&path, live.etag(), json!({"slug": "reef-moved"})).status(200);
        for taken in ["reef-recovers", "reef-moved"] {
            editor.post("/v1/editorial/articles", json!({"headline": "Mine", "slug": taken})).refused(409, "slug_taken");
        }
        editor.publish(&moved).status(200);
        let other = editor.draft("Another");
        for taken in ["reef-recovers", "reef-moved"] {
            editor.post("/v1/editorial/articles", json!({"headline": "Mine", "slug": taken})).refused(409, "slug_taken");
            editor.patch(&format!("/v1/editorial/articles/{}", other.id()), other.etag(), json!({"slug": taken})).refused(409, "slug_taken");
        }
        let redirect = site.reader().article("reef-recovers").status(308);
        assert_eq!(redirect.header("location"), format!("{}/v1/articles/reef-moved", site.public_url()));
        site.reader().article(&live.id()).says("/slug", "reef-moved");
        // A headline that makes such a slug gets another one.
        for headline in ["Search", "New", live.id().as_str()] {
            let slug = editor.draft(headline).text_at("/content/slug");
            assert!(!reserved.contains(&slug.as_str()) && slug != live.id(), "{slug}");
        }
    }
}
