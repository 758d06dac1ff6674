//! How somebody becomes a user: invited by who may, once, with the rights that they were invited to.

use chrono::TimeDelta;
use masthead_tests::answer::Answer;
use masthead_tests::on_both;
use masthead_tests::people::ADMIN;
use masthead_tests::site::Site;
use serde_json::{Value, json};

const EMAIL: &str = "nova.reed@varn.example";
const PASSWORD: &str = "a tide table of the outer bank";

#[track_caller]
fn invite(site: &Site, role: &str) -> Answer {
    site.admin()
        .post("/v1/editorial/invitations", json!({"email": EMAIL, "name": "Nova", "role": role}))
        .status(201)
}

fn accept(site: &Site, token: &str, more: &Value) -> Answer {
    let mut sent = json!({"token": token, "name": "Nova Reed", "password": PASSWORD});
    sent.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    site.reader().post("/v1/auth/accept-invitation", sent)
}

on_both! {
    // abuse: AUTH-14
    fn an_invitation_makes_one_user_with_its_role_once(site: &Site) {
        let invited = invite(site, "editor").says("/state", "pending").says("/role", "editor");
        let token = invited.text_at("/token");
        let list = site.admin().get("/v1/editorial/invitations").status(200);
        list.says("/data/0/id", invited.id()).says("/data/0/token", json!(null)).says("/data/0/email", EMAIL);
        let role = json!({"role": "admin"});
        site.unmoved_by(&[], || accept(site, &token, &role).refused(422, "validation_failed").names("/role", "unknown_field"));
        let other = json!({"email": "else@varn.example"});
        accept(site, &token, &other).refused(422, "validation_failed").names("/email", "unknown_field");
        let weak = json!({"password": "nova reed nova reed"});
        accept(site, &token, &weak).refused(422, "validation_failed").names("/password", "contains_identity");
        let new = accept(site, &token, &json!({})).status(200).says("/user/role", "editor");
        let new = new.says("/user/email", EMAIL).says("/user/name", "Nova Reed");
        site.bearer(&new.text_at("/access_token")).get("/v1/editorial/articles").status(200);
        site.reader().post("/v1/auth/login", json!({"email": EMAIL, "password": PASSWORD})).status(200);
        accept(site, &token, &json!({})).refused(404, "not_found");
        site.admin().get("/v1/editorial/invitations").says("/data/0/state", "accepted");
        let again = json!({"email": EMAIL, "name": "Nova", "role": "editor"});
        site.admin().post("/v1/editorial/invitations", again).refused(422, "validation_failed").names("/email", "taken");
        let log = masthead_tests::log::since(0);
        assert!(!log.contains(&token) && !log.contains(PASSWORD), "the log tells a secret");
    }

    // abuse: AUTH-14
    fn invitations_that_are_over_taken_back_or_nobodys_are_answered_alike(site: &Site) {
        let told = |answer: Answer| {
            let mut told = answer.refused(404, "not_found").json();
            told["instance"] = json!(null);
            told
        };
        let nothing = told(accept(site, &format!("mhi_{}", "0".repeat(64)), &json!({})));
        assert_eq!(told(accept(site, "mhi_", &json!({}))), nothing);
        let revoked = invite(site, "reporter");
        let path = format!("/v1/editorial/invitations/{}", revoked.id());
        let by = site.admin();
        site.editor().request("DELETE", &path).send().refused(403, "forbidden");
        by.request("DELETE", &path).send().status(204);
        by.request("DELETE", &path).send().refused(404, "not_found");
        assert_eq!(told(accept(site, &revoked.text_at("/token"), &json!({}))), nothing);
        let late = invite(site, "reporter");
        let other = invite(site, "reporter");
        site.wait(TimeDelta::days(7) - TimeDelta::seconds(1));
        accept(site, &other.text_at("/token"), &json!({})).status(200);
        assert_eq!(told(accept(site, &late.text_at("/token"), &json!({}))), nothing, "its address is a user's");
        site.wait(TimeDelta::seconds(1));
        assert_eq!(told(accept(site, &late.text_at("/token"), &json!({}))), nothing);
        site.admin().get("/v1/editorial/invitations?limit=1").says("/data/0/state", "accepted");
    }

    // abuse: AZ-12
    fn an_invitation_gives_no_more_than_who_made_it_has(site: &Site) {
        let order = json!({"email": EMAIL, "name": "Nova", "role": "reporter"});
        for person in [site.editor(), site.reporter(), site.photo_editor(), site.moderator()] {
            person.post("/v1/editorial/invitations", order.clone()).refused(403, "forbidden");
            person.get("/v1/editorial/invitations").refused(403, "forbidden");
        }
        let token = invite(site, "admin").text_at("/token");
        let second = accept(site, &token, &json!({})).status(200);
        let second = site.bearer(&second.text_at("/access_token"));
        let third = json!({"email": "third@varn.example", "name": "Third", "role": "admin"});
        let third = second.post("/v1/editorial/invitations", third).status(201).text_at("/token");
        let me = second.get("/v1/auth/me").status(200);
        let path = format!("/v1/editorial/users/{}", me.id());
        site.admin().patch(&path, me.etag(), json!({"role": "editor"})).status(200);
        accept(site, &third, &json!({})).refused(404, "not_found");
    }

    // abuse: CC-02
    fn an_invitation_is_shown_once_also_to_who_asks_again(site: &Site) {
        let by = site.admin();
        let order = json!({"email": EMAIL, "name": "Nova", "role": "reporter"});
        let ask = || by.request("POST", "/v1/editorial/invitations").idempotent("i-1").json(&order).send().status(201);
        let (first, second) = (ask(), ask());
        assert_eq!(first.id(), second.id());
        second.says("/token", json!(null));
        let token = first.text_at("/token");
        assert!(site.keeps(&format!("\"id\":\"{}\"", first.id())), "the answer is kept for the replay");
        assert!(!site.keeps(&token) && !site.keeps(&token[4..]), "the token is kept with it");
        accept(site, &first.text_at("/token"), &json!({})).status(200);
        let audit = by.get(&format!("/v1/editorial/audit?subject=invitation:{}", first.id())).status(200);
        let audit = audit.says("/data/0/action", "invitation.accepted").says("/data/1/action", "invitation.created");
        assert!(!audit.json().to_string().contains(&first.text_at("/token")), "{} is told", ADMIN.email);
    }
}
