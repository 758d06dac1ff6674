//! Credentials where none belong, and doors that must not be there.

use masthead_tests::on_both;
use masthead_tests::people::ADMIN;
use serde_json::json;

on_both! {
    // abuse: AUTH-14
    fn credentials_stand_in_one_bearer_header_and_nowhere_else(site: &Site) {
        let admin = site.admin();
        let token = admin.token().unwrap();
        let nobody = site.reader();
        for path in [
            format!("/v1/auth/me?access_token={token}"), format!("/v1/auth/me?token={token}"),
            format!("/v1/editorial/articles?api_key={token}"), format!("/v1/editorial/articles?access_token={token}"),
        ] {
            nobody.get(&path).refused(401, "unauthenticated");
        }
        let basic = {
            use base64::Engine as _;
            base64::engine::general_purpose::STANDARD.encode(format!("{}:{}", ADMIN.email, masthead_tests::people::PASSWORD))
        };
        for (name, value) in [
            ("authorization", format!("Basic {basic}")), ("authorization", token.to_owned()), ("authorization", format!("Token {token}")),
            ("authorization", "Bearer".to_owned()), ("authorization", "Bearer ".to_owned()), ("authorization", format!("Bearer {token}, Bearer {token}")),
            ("authorization", format!("Bearer {token} {token}")),
            ("cookie", format!("access_token={token}; session={token}")), ("x-api-key", token.to_owned()), ("x-access-token", token.to_owned()),
            ("proxy-authorization", format!("Bearer {token}")), ("x-authorization", format!("Bearer {token}")),
        ] {
            let answer = nobody.request("GET", "/v1/auth/me").header(name, &value).send();
            assert_eq!(answer.status, 401, "{name}: {}", value.replace(token, "TOKEN"));
            answer.refused(401, "unauthenticated");
        }
        let bearer = format!("Bearer {token}");
        let twice = nobody.request("GET", "/v1/auth/me").header("authorization", &bearer).header("authorization", &bearer);
        twice.send().refused(400, "malformed_request");
        let other = nobody.request("GET", "/v1/auth/me").header("authorization", &bearer).header("authorization", &format!("Basic {basic}"));
        other.send().refused(400, "malformed_request");
        // The scheme's name has no case (RFC 9110, 11.1).
        nobody.request("GET", "/v1/auth/me").header("authorization", &format!("bearer {token}")).send().status(200);
        // A body is no place either.
        nobody.post("/v1/auth/logout", json!({"access_token": token})).refused(401, "unauthenticated");
        admin.get("/v1/auth/me").status(200);
    }

    // abuse: AUTH-14
    fn no_account_is_there_that_nobody_made(site: &Site) {
        let admin = site.admin();
        let users = admin.get("/v1/editorial/users?limit=100").status(200).json();
        assert_eq!(users["data"].as_array().map(Vec::len), Some(masthead_tests::people::STAFF.len()));
        for (email, password) in [
            ("admin", "admin"), ("admin@varn.example", "admin"), ("admin@example.com", "changeme"), ("root@localhost", "root"),
            (ADMIN.email, ""), (ADMIN.email, "password"), ("admin@localhost", "masthead"),
        ] {
            let answer = site.reader().post("/v1/auth/login", json!({"email": email, "password": password}));
            assert!(matches!(answer.status, 401 | 422), "{email}: {answer}");
        }
        // Nobody who is not signed in can make one.
        for path in ["/v1/auth/setup", "/v1/auth/register", "/v1/setup", "/v1/auth/bootstrap", "/v1/users", "/v1/auth/users"] {
            let answer = site.reader().post(path, json!({"email": "a@b.example", "password": "a long enough one, surely"}));
            assert!(matches!(answer.status, 401 | 404 | 405), "{path}: {answer}");
        }
    }
}
