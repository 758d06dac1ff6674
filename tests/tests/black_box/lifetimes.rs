//! How long caches may keep what readers get: constants, cut by the end of what is shown and by nothing that is to come.

use chrono::TimeDelta;
use masthead_tests::answer::Answer;
use masthead_tests::on_both;
use masthead_tests::site::Site;
use serde_json::{Value, json};

const ARTICLE: &str = "public, max-age=10, s-maxage=60, stale-while-revalidate=30, stale-if-error=600";
const LIST: &str = "public, max-age=5, s-maxage=10, stale-while-revalidate=10, stale-if-error=600";

/// A draft with all that it needs.
fn draft(site: &Site, headline: &str, content: &Value) -> Answer {
    let sections = site.editor().get("/v1/editorial/sections").ok().json();
    if sections["data"].as_array().is_none_or(Vec::is_empty) {
        site.editor().post("/v1/editorial/sections", json!({"name": "City"})).status(201);
    }
    let body = json!([{"type": "paragraph", "content": content}]);
    let draft = json!({"headline": headline, "section": "city", "no_byline": true, "body": body});
    site.editor().post("/v1/editorial/articles", draft).status(201)
}

fn in_seconds(site: &Site, seconds: i64) -> String {
    (site.now() + TimeDelta::seconds(seconds)).to_rfc3339()
}

fn lifetime(site: &Site, path: &str) -> String {
    site.reader().get(path).status(200).header("cache-control").to_owned()
}

on_both! {
    fn nothing_is_kept_longer_than_what_it_shows(site: &Site) {
        let plain = json!([{"text": "It grows."}]);
        let brief = draft(site, "Reef recovers", &plain);
        let brief = site.editor().act(&brief, "publish", json!({"expires_at": in_seconds(site, 40)})).status(200);
        let link = json!([{"text": "there", "marks": [{"type": "link", "article": brief.id()}]}]);
        site.editor().publish(&draft(site, "Seals return", &link)).status(200);
        let cut = "public, max-age=10, s-maxage=40, stale-while-revalidate=0, stale-if-error=0";
        assert_eq!(lifetime(site, "/v1/articles/reef-recovers"), cut);
        assert_eq!(lifetime(site, "/v1/articles/seals-return"), cut, "the link becomes text");
        let list = "public, max-age=5, s-maxage=10, stale-while-revalidate=10, stale-if-error=30";
        assert_eq!(lifetime(site, "/v1/articles"), list);
        site.wait(TimeDelta::seconds(33));
        let seven = "public, max-age=7, s-maxage=7, stale-while-revalidate=0, stale-if-error=0";
        assert_eq!(lifetime(site, "/v1/articles/reef-recovers"), seven);
        site.wait(TimeDelta::seconds(7));
        site.reader().article("reef-recovers").refused(404, "not_found");
        assert_eq!(lifetime(site, "/v1/articles/seals-return"), ARTICLE);
        assert_eq!(lifetime(site, "/v1/articles"), LIST);
    }

    // abuse: AZ-07
    fn what_is_to_come_shortens_nothing(site: &Site) {
        let plain = json!([{"text": "It grows."}]);
        let live = draft(site, "Reef recovers", &plain);
        let live = site.editor().publish(&live).status(200);
        let path = format!("/v1/editorial/articles/{}", live.id());
        let edited = site.editor().patch(&path, live.etag(), json!({"headline": "Reef in peril"})).status(200);
        site.editor().act(&edited, "publish", json!({"goes_live_at": in_seconds(site, 4)})).status(200);
        let soon = draft(site, "Seals return", &plain);
        site.editor().act(&soon, "publish", json!({"goes_live_at": in_seconds(site, 4)})).status(200);
        assert_eq!(lifetime(site, "/v1/articles/reef-recovers"), ARTICLE);
        assert_eq!(lifetime(site, "/v1/articles"), LIST);
        site.wait(TimeDelta::seconds(4));
        site.reader().article("seals-return").status(200);
        site.reader().article("reef-recovers").status(200).says("/headline", "Reef in peril");
    }
}
