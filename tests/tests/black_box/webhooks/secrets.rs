//! The secret of a webhook: shown once, kept sealed, rotated without a gap.

use chrono::TimeDelta;
use masthead_tests::log;
use masthead_tests::on_both;
use masthead_tests::receiver::Receiver;
use masthead_tests::site::Site;
use serde_json::json;

on_both! {
    // abuse: WH-07, CC-02
    fn a_secret_is_shown_once_and_kept_sealed(database: Database) {
        let site = Site::with(database, &[("MASTHEAD_METRICS_LISTEN", "127.0.0.1:0")]);
        let receiver = Receiver::start();
        let new = json!({"name": "Rebuild", "url": receiver.url()});
        let admin = site.admin();
        let make = || admin.request("POST", "/v1/editorial/webhooks").json(&new).idempotent("once").send().status(201);
        let made = make();
        let secret = made.text_at("/secret");
        make().says("/secret", json!(null)).says("/id", made.id());
        let path = format!("/v1/editorial/webhooks/{}", made.id());
        let rotate = || {
            let request = admin.request("POST", &format!("{path}/rotate-secret")).if_match(made.etag());
            request.json(&json!({})).idempotent("again").send().status(200)
        };
        let rotated = rotate();
        let next = rotated.text_at("/secret");
        assert_ne!(secret, next);
        rotate().says("/secret", json!(null));
        site.published("Reef recovers");
        site.work();
        assert!(!receiver.took().is_empty());
        admin.patch(&path, rotated.etag(), json!({"name": "Rebuild it"})).status(200).says("/secret", json!(null));
        let read = |path: &str| String::from_utf8(admin.get(path).status(200).body).unwrap();
        let audit = read("/v1/editorial/audit");
        let webhooks = [path.clone(), format!("{path}/deliveries"), "/v1/editorial/webhooks".to_owned()];
        let mut told: Vec<_> = webhooks.iter().map(|path| read(path)).collect();
        told.extend([audit.clone(), site.metrics(), log::since(0)]);
        for secret in [&secret, &next] {
            let bare = secret.trim_start_matches("whsec_");
            assert!(told.iter().all(|text| !text.contains(bare)), "a secret gets out");
            assert!(!site.keeps(bare), "a secret is kept in clear");
        }
        let origin = receiver.url().trim_end_matches("/hook").to_owned();
        assert!(audit.contains(&format!("\"leads_to\":\"{origin}\"")), "{audit}");
        assert!(!audit.contains("/hook"), "the audit log tells of no path: {audit}");
    }

    // abuse: WH-07
    fn with_other_keys_nothing_is_sent_and_no_node_starts(site: &Site) {
        let receiver = Receiver::start();
        site.webhook(&receiver);
        site.published("Reef recovers");
        let why = site.why_no_work_with_other_keys();
        assert!(why.contains("keys are not those that this database knows"), "{why}");
        assert_eq!(receiver.connections(), 0);
        site.work();
        assert!(!receiver.took().is_empty(), "with its own they are");
    }

    // abuse: WH-06
    fn after_a_rotation_both_secrets_count_until_the_former_is_over(site: &Site) {
        let receiver = Receiver::start();
        let webhook = site.webhook(&receiver);
        let (path, first) = (format!("/v1/editorial/webhooks/{}", webhook.id()), webhook.text_at("/secret"));
        let rotate = |lasts: i64| {
            let order = json!({"former_lasts_s": lasts});
            let by = site.admin();
            let rotated = by.request("POST", &format!("{path}/rotate-secret")).if_match("*").json(&order).send();
            rotated.status(200).text_at("/secret")
        };
        let signed = |secrets: [&str; 2]| {
            site.admin().post(&format!("{path}/test"), json!({})).status(200);
            site.work();
            let told = receiver.took();
            let signatures = told[0].order.header("webhook-signature").split(' ').count();
            (secrets.map(|secret| told[0].is_signed_by(secret)), signatures)
        };
        let second = rotate(3600);
        assert_eq!(signed([&first, &second]), ([true, true], 2));
        site.wait(TimeDelta::seconds(3601));
        assert_eq!(signed([&first, &second]), ([false, true], 1));
        let third = rotate(0);
        assert_eq!(signed([&second, &third]), ([false, true], 1), "somebody else knew it");
        let by = site.admin();
        let too_long = by.request("POST", &format!("{path}/rotate-secret")).if_match("*").json(&json!({"former_lasts_s": 604_801}));
        too_long.send().refused(422, "validation_failed").names("/former_lasts_s", "out_of_range");
        let bare = by.request("POST", &format!("{path}/rotate-secret")).json(&json!({}));
        bare.send().refused(428, "if_match_required");
        by.request("POST", &format!("{path}/rotate-secret")).if_match("\"1\"").json(&json!({})).send().refused(412, "stale_version");
    }
}
