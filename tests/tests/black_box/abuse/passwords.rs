//! Passwords that are too weak, and passwords as a load.

use masthead_tests::answer::Answer;
use masthead_tests::on_both;
use masthead_tests::people::{EDITOR, PASSWORD, REPORTER};
use masthead_tests::site::Site;
use masthead_tests::together::together;
use serde_json::json;

fn sign_in(site: &Site, email: &str, password: &str) -> Answer {
    site.reader().post("/v1/auth/login", json!({"email": email, "password": password}))
}

/// `chars` characters that no guesser has.
fn long(chars: usize) -> String {
    "Zwölf Möwen, 3 Kähne & ein Licht! ".chars().cycle().take(chars).collect()
}

on_both! {
    // abuse: AUTH-12
    fn a_password_is_long_and_nobodys_first_guess(site: &Site) {
        let mut old = PASSWORD.to_owned();
        let by = site.editor();
        for (new, why) in [
            (long(14), "too_short"),
            ("🦀".repeat(14), "too_short"),
            (long(257), "too_long"),
            (" ".repeat(20), "too_common"),
            ("passwordpassword1".to_owned(), "too_common"),
            ("aaaaaaaaaaaaaaaaaaaa".to_owned(), "too_common"),
            ("123456789012345678".to_owned(), "too_common"),
            ("qwertyuiopasdfgh".to_owned(), "too_common"),
            (EDITOR.email.to_owned(), "contains_identity"),
            (EDITOR.email.to_uppercase(), "contains_identity"),
            ("Sela Orn, 2026!".to_owned(), "contains_identity"),
            ("MastheadMasthead".to_owned(), "too_common"),
        ] {
            let answer = by.post("/v1/auth/password", json!({"current_password": PASSWORD, "new_password": new}));
            let answer = answer.refused(422, "validation_failed");
            assert!(!answer.json().to_string().contains(&new), "the password is not said back");
            answer.names("/new_password", why);
        }
        // No mixture of signs is asked for, nothing is cut off, and what is the same text is the same password.
        let (base, nfc, nfd) = (long(72), "Ein K\u{e4}nguru \u{fc}bt G\u{e4}hnen".to_owned(), "Ein Ka\u{308}nguru u\u{308}bt Ga\u{308}hnen".to_owned());
        let (one, other) = (format!("{base} one"), format!("{base} two"));
        for new in [long(15), "alllowercaseandlong".to_owned(), long(64), long(256), "🦀 🐙 🐚 🦑 🐠 🦐 🐋 🦈 🐬".to_owned(), "5920388172661035".to_owned(), one.clone(), nfc] {
            by.post("/v1/auth/password", json!({"current_password": old, "new_password": new})).status(204);
            sign_in(site, EDITOR.email, &new).status(200);
            if new == one {
                sign_in(site, EDITOR.email, &other).refused(401, "invalid_credentials");
            }
            old = new;
        }
        sign_in(site, EDITOR.email, &nfd).status(200);
        sign_in(site, EDITOR.email, &format!("{nfd} ")).refused(401, "invalid_credentials");
    }

    // abuse: AUTH-12
    fn the_name_of_the_site_is_no_password(database: Database) {
        let site = Site::with(database, &[("MASTHEAD_SITE_NAME", "The Varn Evening Courier")]);
        let change = |new: &str| {
            site.editor().post("/v1/auth/password", json!({"current_password": PASSWORD, "new_password": new}))
        };
        change("the varn evening courier 2026").refused(422, "validation_failed").names("/new_password", "contains_identity");
        change("the varn evening courier has a lighthouse").status(204);
    }

    // abuse: AUTH-13
    fn a_crowd_at_the_door_is_told_to_come_back(database: Database) {
        let site = Site::with(database, &[
            ("MASTHEAD_AUTH_HASHES_AT_ONCE", "1"),
            ("MASTHEAD_AUTH_HASHES_WAITING", "2"),
            ("MASTHEAD_AUTH_HASH_MEMORY_KIB", "16384"),
            ("MASTHEAD_AUTH_HASH_PASSES", "8"),
        ]);
        let site = &site;
        site.editor();
        // Some hang up after sending: their hash keeps its place until it is done.
        let body = json!({"email": REPORTER.email, "password": long(200)}).to_string();
        for _ in 0..8 {
            let mut gone = site.raw();
            gone.write(format!("POST /v1/auth/login HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}", body.len()));
            gone.end();
        }
        let answers = together(24, |n| sign_in(site, &format!("user{n}@varn.example"), &long(200)));
        let turned_away: Vec<_> = answers.iter().filter(|answer| answer.status == 503).collect();
        assert!(turned_away.len() >= 12, "one runs and two wait: {:?}", answers.iter().map(|answer| answer.status).collect::<Vec<_>>());
        for answer in turned_away {
            assert_eq!(answer.json()["code"], "overloaded");
            answer.header("retry-after");
        }
        assert!(answers.iter().all(|answer| matches!(answer.status, 401 | 429 | 503)));
        // Who reads, and who is signed in, notices nothing.
        site.reader().get("/v1/articles").status(200);
        site.editor().get("/v1/auth/me").status(200);
    }
}
