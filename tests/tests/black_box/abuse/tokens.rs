//! Access tokens that are not ours, or not ours any more: each is refused as no token would be.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::digest::KeyInit;
use hmac::{Hmac, Mac};
use masthead_tests::answer::Answer;
use masthead_tests::forge::Forged;
use masthead_tests::on_both;
use masthead_tests::people::{ADMIN, PASSWORD};
use masthead_tests::site::Site;
use serde_json::{Value, json};

/// A route for those who are signed in.
const GUARDED: &str = "/v1/editorial/articles";

/// The token of an admin, to be changed.
fn good(site: &Site) -> (String, Forged) {
    let token = site.admin().token().expect("signed in").to_owned();
    let forged = Forged::from(&token);
    assert_eq!(forged.signed(site), token, "the forger signs as the site does");
    (token, forged)
}

/// A problem without what differs from request to request.
fn told(answer: &Answer) -> Value {
    let mut problem = answer.json();
    problem.as_object_mut().unwrap().remove("instance");
    problem
}

/// Sends a token, which must be refused as no token is but for the `error` of `WWW-Authenticate`.
#[track_caller]
fn refuse(site: &Site, token: &str, why: &str) {
    let nobody = site.reader().get(GUARDED).refused(401, "unauthenticated");
    let answer = site.bearer(token).get(GUARDED);
    assert_eq!(answer.status, 401, "{why}: {answer}");
    let answer = answer.refused(401, "unauthenticated");
    assert_eq!(told(&answer), told(&nobody), "{why}");
    let challenge = answer.header("www-authenticate");
    assert!(
        challenge.starts_with("Bearer") && challenge.contains("error=\"invalid_token\""),
        "{why}: {challenge}"
    );
    assert!(!nobody.header("www-authenticate").contains("error"), "nobody has sent a token");
}

fn mac<M: Mac + KeyInit>(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = <M as KeyInit>::new_from_slice(key).expect("any length fits");
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

/// The kinds of tokens, and the places where they are presented.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Access,
    Refresh,
    Preview,
    Invitation,
}

const KINDS: [Kind; 4] = [Kind::Access, Kind::Refresh, Kind::Preview, Kind::Invitation];

impl Kind {
    /// Presents a token as one of this kind.
    fn present(self, site: &Site, token: &str) -> Answer {
        let reader = site.reader();
        match self {
            Self::Access => site.bearer(token).get(GUARDED),
            Self::Refresh => reader.post("/v1/auth/refresh", json!({"refresh_token": token})),
            Self::Preview => reader.get(&format!("/v1/preview/{token}")),
            Self::Invitation => {
                let guest =
                    json!({"token": token, "name": "A. Guest", "password": "a tide table of the outer bank"});
                reader.post("/v1/auth/accept-invitation", guest)
            }
        }
    }

    /// How a token is refused that is none of this kind.
    const fn refusal(self) -> u16 {
        match self {
            Self::Access | Self::Refresh => 401,
            Self::Preview | Self::Invitation => 404,
        }
    }
}

on_both! {
    // abuse: AUTH-01
    fn a_token_without_a_signature_lets_nobody_in(site: &Site) {
        let (token, good) = good(site);
        let old = token.rsplit('.').next().unwrap();
        let old = URL_SAFE_NO_PAD.decode(old).unwrap();
        for algorithm in [json!("none"), json!("None"), json!("NONE"), json!("nOnE"), json!(""), json!(null), json!(0)] {
            let forged = if algorithm.is_null() {
                good.clone().header("alg", Value::Null)
            } else {
                good.clone().header("alg", algorithm.clone())
            };
            let why = format!("alg {algorithm}");
            refuse(site, &forged.with(""), &why);
            refuse(site, forged.text().as_str(), &why);
            refuse(site, &forged.with(&old), &why);
            refuse(site, &forged.signed(site), &why);
        }
        refuse(site, &good.with(""), "no signature");
        refuse(site, &good.text(), "no third part");
        refuse(site, &good.text().replace('.', ""), "no dot");
        refuse(site, &good.clone().claim("sub", "0197aaaa-0000-7000-8000-000000000000").with(&old), "another's claims");
        site.bearer(&token).get(GUARDED).status(200);
    }

    // abuse: AUTH-02
    fn our_public_key_is_nobodys_secret(site: &Site) {
        let (token, good) = good(site);
        for algorithm in ["HS256", "HS384", "HS512", "RS256", "PS256", "ES256", "eddsa", "EDDSA", "Ed25519", "Ed448"] {
            let forged = good.clone().header("alg", algorithm);
            refuse(site, &forged.signed(site), algorithm);
            for key in site.public_key_texts() {
                let text = forged.text();
                refuse(site, &forged.with(mac::<Hmac<sha2::Sha256>>(&key, &text)), algorithm);
                refuse(site, &forged.with(mac::<Hmac<sha2::Sha384>>(&key, &text)), algorithm);
                refuse(site, &forged.with(mac::<Hmac<sha2::Sha512>>(&key, &text)), algorithm);
            }
        }
        // A key that the token brings along, or an extension that must be understood (RFC 7515, 4.1).
        let jwk = site.reader().get("/.well-known/jwks.json").json()["keys"][0].clone();
        refuse(site, &good.clone().header("jwk", jwk).signed(site), "jwk");
        for name in ["jku", "x5u"] {
            refuse(site, &good.clone().header(name, "https://evil.example/keys").signed(site), name);
        }
        refuse(site, &good.clone().header("crit", json!(["exp"])).signed(site), "crit");
        site.bearer(&token).get(GUARDED).status(200);
    }

    // abuse: AUTH-03
    fn a_key_id_is_compared_and_nothing_else(site: &Site) {
        let (_, good) = good(site);
        let known = good.in_header("kid").as_str().unwrap().to_owned();
        for kid in [
            json!(null), json!(""), json!("0001-0000000000000000"), json!("../../../../dev/null"), json!("' OR 1=1--"),
            json!(1), json!(["0001"]), json!({"a": 1}), json!(format!("{known} ")), json!(format!("{known}\0")),
            json!(known.to_uppercase()), json!("a".repeat(10_000)),
        ] {
            refuse(site, &good.clone().header("kid", kid.clone()).signed(site), &format!("kid {kid:.40}"));
        }
        // Past what a header block may hold nothing is parsed at all.
        let huge = good.header("kid", "a".repeat(200_000)).signed(site);
        let mut raw = site.raw();
        raw.write(format!("GET {GUARDED} HTTP/1.1\r\nhost: a\r\nauthorization: Bearer {huge}\r\n\r\n"));
        let answer = raw.answer(std::time::Duration::from_secs(10));
        assert_eq!(answer.map(|answer| answer.status), Some(431));
    }

    // abuse: AUTH-04
    fn a_token_counts_for_its_fifteen_minutes_and_half_a_minute_more(site: &Site) {
        let (token, good) = good(site);
        let now = site.now().timestamp();
        for (why, forged) in [
            ("no end", good.clone().claim("exp", Value::Null)),
            ("an end in words", good.clone().claim("exp", "tomorrow")),
            ("an end that is no whole second", good.clone().claim("exp", 1e300)),
            ("no beginning", good.clone().claim("iat", Value::Null)),
            ("not before an hour from now", good.clone().claim("nbf", now + 3600)),
            ("made in an hour", good.clone().claim("iat", now + 3600).claim("exp", now + 3600 + 900)),
            ("ten years long", good.clone().claim("exp", now + 10 * 365 * 86_400)),
            ("a second longer than ours", good.clone().claim("iat", now).claim("exp", now + 901)),
            ("a second past the leeway", good.clone().claim("iat", now - 931).claim("exp", now - 31)),
            ("at the end of the leeway", good.clone().claim("iat", now - 930).claim("exp", now - 30)),
            ("an end before its beginning", good.clone().claim("iat", now + 10).claim("exp", now)),
            ("an end beyond all time", good.clone().claim("exp", i64::MAX)),
            ("a beginning before all time", good.clone().claim("iat", i64::MIN)),
        ] {
            refuse(site, &forged.signed(site), why);
        }
        let late = good.claim("iat", now - 929).claim("exp", now - 29).signed(site);
        site.bearer(&late).get(GUARDED).status(200);
        site.wait(chrono::TimeDelta::seconds(929));
        site.bearer(&token).get(GUARDED).status(200);
        site.wait(chrono::TimeDelta::seconds(1));
        refuse(site, &token, "fifteen and a half minutes old");
    }

    // abuse: AUTH-05
    fn a_token_for_something_else_lets_nobody_in(site: &Site) {
        let (_, good) = good(site);
        let (aud, iss) = (good.in_claims("aud"), good.in_claims("iss"));
        for (claim, value) in [
            ("aud", json!("another")), ("aud", json!(null)), ("aud", json!([aud])), ("aud", json!(["another", aud])),
            ("aud", json!(5)), ("aud", json!({})), ("aud", json!("")),
            ("iss", json!("https://evil.example")), ("iss", json!(null)), ("iss", json!([iss])), ("iss", json!(5)),
            ("iss", json!(format!("{}/", iss.as_str().unwrap()))),
            ("sub", json!(null)), ("sub", json!("nobody")), ("sub", json!(5)),
            ("sid", json!(null)), ("sid", json!("0197aaaa-0000-7000-8000-000000000000")),
            ("role", json!("admin")),
        ] {
            refuse(site, &good.clone().claim(claim, value.clone()).signed(site), &format!("{claim} {value}"));
        }
        for kind in [json!(null), json!("JWT"), json!("jwt"), json!("rt+jwt"), json!("AT+JWT"), json!("preview"), json!(1)] {
            refuse(site, &good.clone().header("typ", kind.clone()).signed(site), &format!("typ {kind}"));
        }
    }

    // abuse: AUTH-05
    fn each_kind_of_token_is_refused_in_the_place_of_every_other(site: &Site) {
        let tokens = site.reader().post("/v1/auth/login", json!({"email": ADMIN.email, "password": PASSWORD})).ok();
        let guest = json!({"email": "guest@varn.example", "name": "A. Guest", "role": "admin"});
        let invitation = site.admin().post("/v1/editorial/invitations", guest).status(201).text_at("/token");
        let draft = site.admin().draft("Reef recovers");
        let path = format!("/v1/editorial/articles/{}/preview-tokens", draft.id());
        let preview = site.admin().post(&path, json!({})).status(201).text_at("/token");
        let tokens = [
            (Kind::Access, tokens.text_at("/access_token")),
            (Kind::Refresh, tokens.text_at("/refresh_token")),
            (Kind::Preview, preview.clone()),
            (Kind::Invitation, invitation.clone()),
        ];
        for place in KINDS {
            for (kind, token) in tokens.iter().filter(|(kind, _)| *kind != place) {
                let answer = place.present(site, token);
                assert_eq!(answer.status, place.refusal(), "{kind:?} in the place of {place:?}: {answer}");
            }
        }
        // The same secret in the dress of the other kind is not that kind either.
        Kind::Preview.present(site, &invitation.replace("mhi_", "mhp_")).refused(404, "not_found");
        Kind::Invitation.present(site, &preview.replace("mhp_", "mhi_")).refused(404, "not_found");
        refuse(site, &tokens[1].1, "a refresh token as an access token");
        let (_, refresh) = &tokens[1];
        let cut = &refresh[..refresh.len() - 1];
        for spoilt in ["", &format!("{refresh} "), &refresh.to_uppercase(), cut] {
            Kind::Refresh.present(site, spoilt).refused(401, "unauthenticated");
        }
        // In its own place each counts, after all that.
        for (kind, token) in &tokens {
            kind.present(site, token).status(200);
        }
    }
}
