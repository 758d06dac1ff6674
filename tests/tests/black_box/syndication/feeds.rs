//! Feeds: what their standards require, what is on them and what leaves them.

use chrono::TimeDelta;
use masthead_tests::on_both;
use masthead_tests::site::Site;
use roxmltree::Document;
use serde_json::{Value, json};

use super::rules::{self, ATOM, DC, MEDIA, children, one, texts};
use super::{drafted, furnish, published, text};

/// The headlines of a feed in each format, which are the same and which keep the rules of their formats.
#[track_caller]
fn headlines(site: &Site, path: &str) -> Vec<String> {
    let read = |format: &str| {
        let path = format!("{path}.{format}");
        (site.reader().get(&path).status(200), format!("{}{path}", site.public_url()))
    };
    let (rss, address) = read("rss");
    assert_eq!(rss.media_type(), "application/rss+xml");
    let in_rss = rules::rss(&text(&rss), &address);
    let (atom, address) = read("atom");
    assert_eq!(atom.media_type(), "application/atom+xml");
    assert_eq!(rules::atom(&text(&atom), &address), in_rss);
    let (json, address) = read("json");
    assert_eq!(json.media_type(), "application/feed+json");
    assert_eq!(rules::json_feed(&json.json(), &address), in_rss);
    in_rss
}

on_both! {
    // abuse: OUT-06
    fn feeds_are_what_their_standards_require(site: &Site) {
        furnish(site);
        assert!(headlines(site, "/feeds/latest").is_empty());
        let photo = site.photo_editor().upload_whole(1);
        published(site, "Sea gates hold", &json!({
            "lead_photo": {"photo": photo.id()}, "summary": "Eleven <gates> & a storm.",
            "bylines": [{"role": "author", "contributor": "mara-lind"}, {"role": "with", "name": "A. Guest"},
                {"role": "photographer", "name": "Ivo Grane"}],
        }));
        published(site, "Tide <b>falls</b> & rises", &json!({"bylines": [], "no_byline": true}));
        assert_eq!(headlines(site, "/feeds/latest"), ["Tide <b>falls</b> & rises", "Sea gates hold"]);
        let rss = text(&site.reader().get("/feeds/latest.rss").ok());
        let rss = Document::parse(&rss).unwrap();
        let item = rss.descendants().rfind(|node| node.has_tag_name("item")).unwrap();
        assert_eq!(texts(item, (DC, "creator")), ["Mara Lind", "A. Guest"]);
        assert_eq!(texts(item, ("", "category")), ["Ports", "Sea gates"]);
        assert_eq!(one(item, ("", "description")), "<p>Eleven &lt;gates&gt; &amp; a storm.</p>");
        let shown = children(item, (MEDIA, "content")).next().unwrap();
        assert_eq!(one(shown, (MEDIA, "credit")), "Photo by Ivo Grane/Nordwire");
        assert_eq!(one(shown, (MEDIA, "description")), "The sea gates of Varn at high tide.");
        let atom = text(&site.reader().get("/feeds/latest.atom").ok());
        let atom = Document::parse(&atom).unwrap();
        let entry = atom.descendants().rfind(|node| node.has_tag_name((ATOM, "entry"))).unwrap();
        let named = |role| children(entry, (ATOM, role)).map(|person| one(person, (ATOM, "name"))).collect::<Vec<_>>();
        assert_eq!(named("author"), ["Mara Lind", "A. Guest"]);
        assert_eq!(named("contributor"), ["Ivo Grane"]);
        let json = site.reader().get("/feeds/latest.json").ok().json();
        assert_eq!(json["items"][1]["content_text"], "Eleven <gates> & a storm.");
        assert_eq!(json["items"][0]["content_text"], "The tide came in.");
        assert_eq!(json["items"][1]["tags"], json!(["Ports", "Sea gates"]));
    }

    // abuse: OUT-01, OUT-06
    fn no_text_breaks_a_feed(site: &Site) {
        furnish(site);
        let hostile = "]]> <![CDATA[ &amp; <script>alert(1)</script> \u{1f30a}\u{10ffff}\u{fffd} é";
        let summary = format!("{hostile}\n\u{fffe}\u{2028}\u{ffff}\u{e000}");
        let body = json!([{"type": "paragraph", "content": [{"text": summary}]}]);
        published(site, hostile, &json!({"summary": summary, "kicker": "]]>&", "body": body}));
        assert_eq!(headlines(site, "/feeds/latest"), [hostile]);
        let atom = text(&site.reader().get("/feeds/latest.atom").ok());
        let atom = Document::parse(&atom).unwrap();
        let told = atom.descendants().find(|node| node.has_tag_name((ATOM, "summary"))).unwrap();
        // What XML has no form for is left out of it, and of nothing else.
        let held = format!("{hostile}\n\u{2028}\u{e000}");
        assert_eq!(told.text(), Some(held.as_str()));
        let json = site.reader().get("/feeds/latest.json").ok().json();
        assert_eq!(json["items"][0]["content_text"], summary);
    }

    fn a_feed_of_a_part_has_its_articles_and_follows_its_slug(site: &Site) {
        furnish(site);
        published(site, "Sea gates hold", &json!({}));
        let other = json!({"section": "world", "tags": [], "bylines": [{"role": "author", "name": "A. Guest"}]});
        published(site, "Talks resume", &other);
        assert_eq!(headlines(site, "/feeds/latest"), ["Talks resume", "Sea gates hold"]);
        assert_eq!(headlines(site, "/feeds/sections/world"), ["Talks resume", "Sea gates hold"]);
        for path in ["/feeds/sections/ports", "/feeds/tags/sea-gates", "/feeds/contributors/mara-lind"] {
            assert_eq!(headlines(site, path), ["Sea gates hold"], "{path}");
        }
        site.editor().patch("/v1/editorial/tags/sea-gates", "*", json!({"slug": "gates"})).status(200);
        let moved = site.reader().get("/feeds/tags/sea-gates.atom").status(308);
        assert_eq!(moved.header("location"), format!("{}/feeds/tags/gates.atom", site.public_url()));
        let id = |format: &str| site.reader().get(&format!("/feeds/tags/gates.{format}")).ok();
        assert!(text(&id("atom")).contains("<id>urn:uuid:"));
        for path in ["/feeds/sections/nowhere.rss", "/feeds/tags/gates.xml", "/feeds/latest.html", "/feeds/latest", "/feeds/tags/a.b.rss"] {
            site.reader().get(path).refused(404, "not_found");
        }
        site.reader().get("/feeds/latest.rss?limit=5").refused(422, "validation_failed").names("limit", "unknown_parameter");
    }

    // abuse: AZ-06
    fn what_readers_do_not_see_is_in_no_feed(site: &Site) {
        furnish(site);
        site.editor().post("/v1/editorial/tags", json!({"name": "Secret plan"})).status(201);
        drafted(site, "A draft", &json!({"tags": ["secret-plan"]}));
        let later = drafted(site, "To come", &json!({"tags": ["secret-plan"]}));
        let at = (site.now() + TimeDelta::seconds(30)).to_rfc3339();
        site.editor().act(&later, "publish", json!({"goes_live_at": at})).status(200);
        let ending = drafted(site, "To end", &json!({}));
        let end = (site.now() + TimeDelta::seconds(20)).to_rfc3339();
        site.editor().act(&ending, "publish", json!({"expires_at": end})).status(200);
        let live = published(site, "Sea gates hold", &json!({}));
        let path = format!("/v1/editorial/articles/{}", live.id());
        let edited = site.editor().patch(&path, "*", json!({"headline": "An edit"})).status(200);
        site.reader().get("/feeds/tags/secret-plan.rss").refused(404, "not_found");
        assert_eq!(headlines(site, "/feeds/latest"), ["Sea gates hold", "To end"]);
        let cache = site.reader().get("/feeds/latest.rss").ok().header("cache-control").to_owned();
        assert!(cache.contains("s-maxage=10"), "{cache}");
        site.wait(TimeDelta::seconds(15));
        let cache = site.reader().get("/feeds/latest.rss").ok().header("cache-control").to_owned();
        assert!(cache.contains("s-maxage=5") && cache.contains("stale-if-error=0"), "{cache}");
        site.wait(TimeDelta::seconds(5));
        assert_eq!(headlines(site, "/feeds/latest"), ["Sea gates hold"]);
        site.wait(TimeDelta::seconds(10));
        assert_eq!(headlines(site, "/feeds/latest"), ["To come", "Sea gates hold"]);
        assert_eq!(headlines(site, "/feeds/tags/secret-plan"), ["To come"]);
        let reason = json!({"kind": "error", "public_reason": "It was wrong."});
        site.editor().act(&edited, "withdraw", reason).status(200);
        assert_eq!(headlines(site, "/feeds/latest"), ["To come"]);
        site.reader().get("/feeds/tags/sea-gates.rss").refused(404, "not_found");
    }

    fn a_reader_is_told_whether_a_feed_changed_by_its_tag_alone(site: &Site) {
        furnish(site);
        let live = published(site, "Sea gates hold", &json!({}));
        published(site, "Talks resume", &json!({}));
        let reader = site.reader();
        let seen = reader.get("/feeds/latest.rss").status(200);
        assert!(seen.header("last-modified").ends_with(" GMT"));
        assert!(seen.header("content-security-policy").contains("default-src 'none'"));
        reader.request("GET", "/feeds/latest.rss").if_none_match(seen.etag()).send().status(304);
        let head = reader.request("HEAD", "/feeds/latest.rss").send().status(200);
        assert_eq!((head.etag(), head.body.len()), (seen.etag(), 0));
        site.editor().act(&live, "withdraw", json!({"kind": "legal", "public_reason": "A court says so."})).status(200);
        let since = seen.header("last-modified").to_owned();
        let again = reader.request("GET", "/feeds/latest.rss").header("if-modified-since", &since).send().status(200);
        assert!(!text(&again).contains("Sea gates hold"));
        reader.request("GET", "/feeds/latest.rss").if_none_match(seen.etag()).send().status(200);
    }

    // abuse: OUT-09
    fn a_feed_is_answered_to_whoever_reads_feeds_and_names_no_other_host(site: &Site) {
        furnish(site);
        published(site, "Sea gates hold", &json!({}));
        let ask = |accept: &str| {
            let reader = site.reader();
            let forged = reader.request("GET", "/feeds/latest.atom").header("x-forwarded-host", "evil.example");
            forged.header("accept", accept).send()
        };
        for accept in ["*/*", "text/xml", "application/rss+xml, application/xml;q=0.9", "application/atom+xml"] {
            assert!(!text(&ask(accept).status(200)).contains("evil"), "{accept}");
        }
        ask("text/html").refused(406, "not_acceptable");
    }

    fn a_photo_leaves_the_feeds_when_its_rights_end(site: &Site) {
        furnish(site);
        let photo = site.photo_editor().upload_whole(2);
        published(site, "Sea gates hold", &json!({"lead_photo": {"photo": photo.id()}}));
        let shown = || site.reader().get("/feeds/latest.json").ok().json()["items"][0]["image"].clone();
        assert!(shown().as_str().unwrap().ends_with("/w320.jpg"), "{}", shown());
        let until = (site.now() + TimeDelta::seconds(20)).to_rfc3339();
        let path = format!("/v1/editorial/photos/{}", photo.id());
        site.photo_editor().patch(&path, "*", json!({"rights": {"use_until": until}})).status(200);
        site.wait(TimeDelta::seconds(20));
        assert_eq!(shown(), Value::Null);
    }

    fn a_correction_is_told_by_the_date_of_an_entry(site: &Site) {
        furnish(site);
        let live = published(site, "Sea gates hold", &json!({}));
        let dates = || {
            let item = site.reader().get("/feeds/latest.json").ok().json()["items"][0].clone();
            (item["date_published"].clone(), item["date_modified"].clone())
        };
        let (published, before) = dates();
        site.wait(TimeDelta::seconds(60));
        site.editor().act(&live, "corrections", json!({"kind": "correction", "text": "It was nine."})).status(201);
        let (still, after) = dates();
        assert_eq!(still, published);
        assert!(after.as_str() > before.as_str(), "{before} {after}");
    }
}
