//! Members that are unknown, mistyped or missing: all told at once, each with its place.

use masthead_tests::answer::Answer;
use masthead_tests::on_both;
use masthead_tests::writes::pointers;
use serde_json::{Value, json};

/// The code of the fault at this very place.
#[track_caller]
fn code_at(answer: &Answer, at: &str) -> String {
    let errors = answer.json()["errors"].clone();
    let fault = errors.as_array().unwrap().iter().find(|fault| fault["pointer"] == at);
    fault.unwrap_or_else(|| panic!("no fault at {at}: {errors:#}"))["code"].as_str().unwrap().to_owned()
}

/// Values of other types than `value`.
fn mistyped(value: &Value) -> Vec<Value> {
    let all = [json!("x"), json!(7), json!(1.5), json!(true), json!([]), json!({})];
    let same = |other: &Value| {
        value.is_string() && other.is_string()
            || value.is_number() && other.is_number()
            || value.is_boolean() && other.is_boolean()
            || value.is_array() && other.is_array()
            || value.is_object() && other.is_object()
    };
    all.into_iter().filter(|other| !same(other)).collect()
}

on_both! {
    // abuse: IN-03
    fn a_member_of_another_type_is_named_at_every_depth_of_every_write(site: &Site) {
        let admin = site.admin();
        let mut sent = 0;
        for write in site.writes() {
            let body = &write.body;
            site.unmoved_by(&[], || {
                for at in pointers(body, &|value| !value.is_null()).iter().filter(|at| !at.is_empty()) {
                    for other in mistyped(body.pointer(at).unwrap()) {
                        // A body is blocks, or an object with Markdown or HTML in it.
                        if matches!(at.as_str(), "/body" | "/patch/body") && (other.is_object() || other.is_array()) {
                            continue;
                        }
                        // A credit is its parts, or a line.
                        if at.ends_with("/credit") && other.is_string() {
                            continue;
                        }
                        let mut wrong = body.clone();
                        *wrong.pointer_mut(at).unwrap() = other.clone();
                        let answer = write.send(&admin, &wrong);
                        assert_eq!(answer.status, 422, "{at} = {other}: {answer}");
                        let answer = answer.refused(422, "validation_failed");
                        assert_eq!(code_at(&answer, at), "wrong_type", "{at} = {other}: {answer}");
                        sent += 1;
                    }
                }
                for whole in [json!([]), json!("x"), json!(1), json!(true), json!(null), json!([body])] {
                    let answer = write.send(&admin, &whole).refused(422, "validation_failed");
                    assert_eq!(code_at(&answer, ""), "wrong_type");
                }
            });
        }
        assert!(sent > 1000, "{sent}");
    }

    // abuse: IN-03
    fn an_unknown_member_is_named_at_every_depth_of_every_write(site: &Site) {
        let admin = site.admin();
        for write in site.writes() {
            site.unmoved_by(&[], || {
                for at in pointers(&write.body, &Value::is_object) {
                    let own: Vec<_> = write.body.pointer(&at).unwrap().as_object().unwrap().keys().cloned().collect();
                    let slips = own.iter().map(|name| format!("{name}s")).filter(|slip| !own.contains(slip));
                    for slip in slips.chain(["nobody_knows".to_owned()]) {
                        let mut wrong = write.body.clone();
                        wrong.pointer_mut(&at).unwrap().as_object_mut().unwrap().insert(slip.clone(), json!(1));
                        let answer = write.send(&admin, &wrong);
                        assert_eq!(answer.status, 422, "{at}/{slip}: {answer}");
                        let code = code_at(&answer, &format!("{at}/{slip}"));
                        assert!(code == "unknown_field" || code == "read_only", "{at}/{slip}: {code}");
                        let details = answer.json()["errors"].to_string();
                        for private in ["password_hash", "secret", "token_hash"] {
                            assert!(!details.contains(private), "{details}");
                        }
                    }
                }
            });
        }
    }

    // abuse: IN-03
    fn what_must_be_there_is_named_and_a_hundred_faults_are_enough(site: &Site) {
        let admin = site.admin();
        for (method, path, required) in [
            ("POST", "/v1/auth/login", vec!["email", "password"]), ("POST", "/v1/auth/refresh", vec!["refresh_token"]),
            ("POST", "/v1/auth/password", vec!["current_password", "new_password"]), ("POST", "/v1/editorial/articles", vec!["headline"]),
            ("POST", "/v1/editorial/sections", vec!["name"]), ("POST", "/v1/editorial/tags", vec!["name"]), ("POST", "/v1/editorial/contributors", vec!["name"]),
        ] {
            for body in [json!({}), required.iter().map(|name| ((*name).to_owned(), Value::Null)).collect::<Value>()] {
                let answer = admin.request(method, path).json(&body).send().refused(422, "validation_failed");
                for name in &required {
                    assert_eq!(code_at(&answer, &format!("/{name}")), "required", "{path}");
                }
            }
        }
        // A whole of faults at once, in the order of the body.
        let many: serde_json::Map<_, _> = (0..300).map(|n| (format!("m{n}"), json!(n))).collect();
        let answer = admin.post("/v1/editorial/articles", Value::Object(many)).refused(422, "validation_failed");
        assert_eq!(answer.json()["errors"].as_array().map(Vec::len), Some(100));
        let body: Vec<_> = (0..400).map(|_| json!({"type": "paragraf"})).collect();
        let answer = admin.post("/v1/editorial/articles", json!({"headline": "Reef", "body": body})).refused(422, "validation_failed");
        assert_eq!(answer.json()["errors"].as_array().map(Vec::len), Some(100));
        let long = json!({"headline": "a".repeat(201), "kicker": "b".repeat(41), "kind": "nws", "slug": "-", "tags": ["-", 7], "no_byline": "yes"});
        let answer = admin.post("/v1/editorial/articles", long).refused(422, "validation_failed");
        for (at, code) in [("/headline", "too_long"), ("/kicker", "too_long"), ("/kind", "unknown_value"), ("/slug", "bad_format"), ("/tags/0", "bad_format"), ("/tags/1", "wrong_type"), ("/no_byline", "wrong_type")] {
            assert_eq!(code_at(&answer, at), code);
        }
    }
}
