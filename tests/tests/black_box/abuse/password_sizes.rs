//! Passwords that are large: what does not fit is refused before a hash is made of it.

use masthead_tests::answer::Answer;
use masthead_tests::on_both;
use masthead_tests::people::{EDITOR, PASSWORD};
use masthead_tests::site::Site;
use serde_json::json;

fn sign_in(site: &Site, email: &str, password: &str) -> Answer {
    site.reader().post("/v1/auth/login", json!({"email": email, "password": password}))
}

on_both! {
    // abuse: AUTH-13
    fn a_password_of_any_size_costs_little(site: &Site) {
        let login = |password: &str| sign_in(site, EDITOR.email, password);
        login(&"a".repeat(1_000_000)).refused(413, "payload_too_large").says("/limit", 8192);
        login(&"a".repeat(8192)).refused(413, "payload_too_large");
        login(&"a".repeat(257)).refused(422, "validation_failed").names("/password", "too_long");
        login(&"ä".repeat(257)).refused(422, "validation_failed").names("/password", "too_long");
        login(&"ä".repeat(256)).refused(401, "invalid_credentials");
        let by = site.editor();
        let change = |old: &str, new: &str| by.post("/v1/auth/password", json!({"current_password": old, "new_password": new}));
        change(&"a".repeat(9000), PASSWORD).refused(413, "payload_too_large");
        change(&"a".repeat(257), PASSWORD).refused(422, "validation_failed").names("/current_password", "too_long");
        site.reader().post("/v1/auth/refresh", json!({"refresh_token": "a".repeat(9000)})).refused(413, "payload_too_large");
    }
}
