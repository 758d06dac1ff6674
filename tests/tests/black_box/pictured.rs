//! Photos in articles: what stands in the way of publishing them, what readers get of them, and when it goes.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use masthead_tests::answer::Answer;
use masthead_tests::on_both;
use masthead_tests::pictures::png;
use masthead_tests::site::Site;
use serde_json::{Value, json};

/// A draft that may be published, with a lead photo.
fn placed(site: &Site, headline: &str, lead: &Value) -> Answer {
    let sections = site.editor().get("/v1/editorial/sections").status(200).json();
    if sections["data"].as_array().unwrap().is_empty() {
        site.editor().post("/v1/editorial/sections", json!({"name": "World"})).status(201);
    }
    let story = json!({
        "headline": headline, "section": "world", "no_byline": true, "lead_photo": lead,
        "body": [{"type": "paragraph", "content": [{"text": "It grows."}]}],
    });
    site.editor().post("/v1/editorial/articles", story).status(201)
}

/// The path of an address of ours.
fn path_of(url: &Value) -> String {
    let url = url.as_str().unwrap();
    url[url.find("/media/").unwrap()..].to_owned()
}

on_both! {
    // abuse: AZ-05
    fn readers_get_a_photo_with_all_that_a_page_needs(site: &Site) {
        let photo = site.photo_editor().upload_whole(1);
        let lead = json!({"photo": photo.id(), "caption": "An own caption."});
        let draft = placed(site, "Reef recovers", &lead);
        let address = format!("/v1/photos/{}", photo.id());
        site.reader().get(&address).refused(404, "not_found");
        site.editor().publish(&draft).status(200);
        let shown = site.reader().article("reef-recovers").status(200)
            .says("/lead_photo/id", photo.id())
            .says("/lead_photo/caption", "An own caption.")
            .says("/lead_photo/alt", "Waves break against steel gates")
            .says("/lead_photo/credit/line", "Photo by Ivo Grane/Nordwire")
            .says("/lead_photo/caption_text", "An own caption. (Photo by Ivo Grane/Nordwire)")
            .says("/lead_photo/width", 400);
        let lead = shown.json()["lead_photo"].clone();
        assert!(lead["srcset"]["image/webp"].as_str().unwrap().contains("/w320.webp 320w"), "{lead}");
        assert!(lead.get("instructions").is_none() && lead.get("metadata").is_none());
        site.reader().get("/v1/articles").status(200).says("/data/0/lead_photo/id", photo.id());
        site.reader().get(&address).status(200).says("/caption", "The sea gates of Varn at high tide.");
        let made = &lead["renditions"][0];
        let picture = site.reader().get(&path_of(&made["url"])).status(200);
        assert_eq!(picture.media_type(), made["content_type"].as_str().unwrap());
        assert_eq!(picture.header("content-length"), made["bytes"].to_string());
    }

    fn a_photo_is_published_only_with_caption_credit_and_alternative_text(site: &Site) {
        let bare = site.photo_editor().upload(&png(40, 30, 2, None)).status(201);
        let gallery = json!([{"photo": bare.id(), "decorative": true}, {"photo": bare.id(), "caption": "A", "credit_display": "B", "alt": "C"}]);
        let draft = placed(site, "Reef recovers", &json!({"photo": bare.id()}));
        let body = json!([
            {"type": "paragraph", "content": [{"text": "It grows."}]},
            {"type": "photo", "photo": bare.id(), "size": "wide", "alt": "Waves"},
            {"type": "gallery", "photos": gallery},
        ]);
        let path = format!("/v1/editorial/articles/{}", draft.id());
        let draft = site.editor().patch(&path, draft.etag(), json!({"body": body})).status(200);
        let refused = site.editor().publish(&draft).refused(409, "not_publishable").json();
        let found: Vec<_> = refused["checks"].as_array().unwrap().iter()
            .filter(|check| check["severity"] == "error")
            .map(|check| format!("{} {}", check["pointer"].as_str().unwrap(), check["code"].as_str().unwrap()))
            .collect();
        assert_eq!(found, [
            "/lead_photo photo_without_caption", "/lead_photo photo_without_alt", "/lead_photo photo_without_credit",
            "/body/1 photo_without_caption", "/body/1 photo_without_credit",
            "/body/2/photos/0 photo_without_caption", "/body/2/photos/0 photo_without_credit",
        ]);
        let desk = site.photo_editor();
        let said = json!({"caption": "Gates.", "alt": "Waves", "credit": {"organizations": ["Nordwire"]}});
        desk.patch(&format!("/v1/editorial/photos/{}", bare.id()), bare.etag(), said).status(200);
        site.editor().publish(&draft).status(200);
        let shown = site.reader().get("/v1/articles/reef-recovers?include=html,text,portable_text").status(200).json();
        assert_eq!(shown["body"][1]["photo"]["credit"]["line"], "Photo via Nordwire");
        assert_eq!(shown["body"][2]["photos"][0]["alt"], "");
        assert_eq!(shown["body"][2]["photos"][1]["credit"]["line"], "B");
        assert!(shown["body_html"].as_str().unwrap().contains("<figcaption>Gates. <small>Photo via Nordwire</small></figcaption>"));
        assert_eq!(shown["body_portable_text"][1]["_type"], "photo");
    }

    // abuse: AZ-02, AZ-05, MED-09
    fn a_photo_goes_from_articles_and_media_when_its_rights_end(site: &Site) {
        let photo = site.photo_editor().upload_whole(3);
        let draft = placed(site, "Reef recovers", &json!({"photo": photo.id()}));
        site.editor().publish(&draft).status(200);
        let until = site.now() + TimeDelta::seconds(20);
        let path = format!("/v1/editorial/photos/{}", photo.id());
        let rights = json!({"rights": {"use_until": until.to_rfc3339()}});
        let seen = site.photo_editor().get(&path).status(200);
        site.photo_editor().patch(&path, seen.etag(), rights).status(200);
        let shown = site.reader().article("reef-recovers").status(200);
        assert!(shown.header("cache-control").contains("s-maxage=20"), "{}", shown.header("cache-control"));
        let url = path_of(&shown.json()["lead_photo"]["renditions"][0]["url"]);
        let picture = site.reader().get(&url).status(200);
        assert_eq!(picture.header("cache-control"), "public, max-age=20");
        let signed = path_of(&seen.json()["renditions"][0]["url"]);
        site.wait(TimeDelta::seconds(20));
        site.reader().article("reef-recovers").status(200).says("/lead_photo", Value::Null);
        site.reader().get(&url).refused(404, "not_found");
        site.reader().get(&format!("/v1/photos/{}", photo.id())).refused(404, "not_found");
        assert_eq!(site.reader().get(&signed).status(200).header("cache-control"), "private, no-store");
        site.wait(TimeDelta::seconds(2));
        site.work();
        let told = site.admin().get(&format!("/v1/editorial/audit?subject=photo:{}", photo.id())).status(200);
        told.says("/data/0/action", "photo.rights_ended").says("/data/0/detail/articles", json!([draft.id()]));
        site.wait(TimeDelta::hours(2));
        site.reader().get(&signed).refused(404, "not_found");
    }

    fn a_photo_in_use_is_not_deleted_and_not_made_unfit(site: &Site) {
        let photo = site.photo_editor().upload_whole(4);
        let draft = placed(site, "Reef recovers", &json!({"photo": photo.id()}));
        let path = format!("/v1/editorial/photos/{}", photo.id());
        let users = json!([draft.id()]);
        site.photo_editor().delete(&path, "*").refused(409, "in_use").says("/articles", users.clone());
        site.photo_editor().patch(&path, "*", json!({"alt": null})).status(200);
        site.photo_editor().patch(&path, "*", json!({"alt": "Waves"})).status(200);
        site.editor().publish(&draft).status(200);
        let unfit = site.photo_editor().patch(&path, "*", json!({"alt": null}));
        unfit.refused(409, "in_use").says("/articles", users);
        site.photo_editor().patch(&path, "*", json!({"caption": "Another caption."})).status(200);
        site.reader().article("reef-recovers").status(200).says("/lead_photo/caption", "Another caption.");
        let used = site.reporter().get(&format!("{path}/uses")).status(200);
        used.says("/data", json!([{"article": draft.id(), "in_working_copy": true, "in_publication": true}]));
    }

    // abuse: AZ-14
    fn a_reporter_changes_their_photo_until_readers_have_it(site: &Site) {
        let photo = site.reporter().upload_whole(5);
        let path = format!("/v1/editorial/photos/{}", photo.id());
        site.reporter().patch(&path, "*", json!({"caption": "Mine."})).status(200);
        let draft = placed(site, "Reef recovers", &json!({"photo": photo.id()}));
        site.editor().publish(&draft).status(200);
        site.reporter().patch(&path, "*", json!({"caption": "Mine again."})).refused(403, "forbidden");
    }

    fn the_desk_places_photos_in_articles_of_others(site: &Site) {
        let photo = site.photo_editor().upload_whole(6);
        let draft = site.reporter().draft("Reef recovers");
        let place = |spot: &str, etag: &str, body: Value| {
            let path = format!("/v1/editorial/articles/{}/photo-uses/{spot}", draft.id());
            site.photo_editor().request("PUT", &path).if_match(etag).json(&body).send()
        };
        let used = json!({"photo": photo.id(), "caption": "Placed."});
        let desked = place("lead", draft.etag(), used.clone()).status(200);
        desked.says("/content/lead_photo/caption", "Placed.").says("/resolved/photos/0/id", photo.id());
        place("no-such-block", "*", used.clone()).refused(404, "not_found");
        place("lead", "*", json!({"photo": draft.id()})).refused(422, "validation_failed").names("/lead_photo/photo", "unknown_reference");
        place("lead", draft.etag(), used).refused(412, "stale_version");
        site.photo_editor().patch(&format!("/v1/editorial/articles/{}", draft.id()), "*", json!({"kicker": "Sea"})).refused(403, "forbidden");
    }

    // abuse: MED-07, MED-08
    fn a_rendition_is_answered_as_a_picture_and_nothing_else(site: &Site) {
        let photo = site.photo_editor().upload_whole(7);
        let draft = placed(site, "Reef recovers", &json!({"photo": photo.id()}));
        site.editor().publish(&draft).status(200);
        let shown = site.reader().article("reef-recovers").status(200).json();
        let url = path_of(&shown["lead_photo"]["renditions"][0]["url"]);
        let reader = site.reader();
        let get = |range: &str| reader.request("GET", &url).header("range", range).send();
        let whole = reader.get(&url).status(200);
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("content-security-policy", "default-src 'none'; sandbox"),
            ("cross-origin-resource-policy", "cross-origin"),
            ("cache-control", "public, max-age=86400"),
        ] {
            assert_eq!(whole.header(name), value);
        }
        // As a browser asks for the picture of a page, and as it opens one as a page.
        let as_a_picture = "image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5";
        let as_a_page = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
        for (accept, place) in [("*/*", "empty"), (as_a_picture, "image"), (as_a_page, "document")] {
            let asked = reader.request("GET", &url).header("accept", accept).header("sec-fetch-dest", place);
            let seen = asked.send().status(200);
            for name in ["content-type", "x-content-type-options", "content-security-policy", "cross-origin-resource-policy"] {
                assert_eq!(seen.header(name), whole.header(name), "{place}");
            }
            assert_eq!(seen.header("content-type"), shown["lead_photo"]["renditions"][0]["content_type"].as_str().unwrap());
            assert!(seen.body == whole.body && seen.find_header("set-cookie").is_none(), "{place}");
        }
        let length = whole.header("content-length").to_owned();
        let part = get("bytes=0-9").status(206);
        assert_eq!(part.header("content-range"), format!("bytes 0-9/{length}"));
        assert_eq!(get("bytes=99999999999999999999-").refused(416, "range_not_satisfiable").header("content-range"), format!("bytes */{length}"));
        get("bytes=0-0,2-2").status(200);
        reader.request("GET", &url).if_none_match(whole.etag()).send().status(304);
        let base = url.rsplit_once('/').unwrap().0;
        for other in ["w1.webp", "w4000.webp", "W320.webp", "w320.png", "original"] {
            reader.get(&format!("{base}/{other}")).refused(404, "not_found");
        }
        let forged = format!("{url}?expires=99999999999&signature={}", "0".repeat(32));
        reader.get(&forged).refused(404, "not_found");
    }

    // abuse: CA-06
    fn a_photo_is_kept_no_longer_than_an_article_shows_it(site: &Site) {
        let photo = site.photo_editor().upload_whole(11).id();
        let ending = placed(site, "Reef recovers", &json!({"photo": photo}));
        let at = |seconds| (site.now() + TimeDelta::seconds(seconds)).to_rfc3339();
        site.editor().act(&ending, "publish", json!({"expires_at": at(20)})).status(200);
        let shown = site.reader().article("reef-recovers").status(200).json();
        let (picture, page) = (path_of(&shown["lead_photo"]["renditions"][0]["url"]), format!("/v1/photos/{photo}"));
        let kept = |seconds: u32, page_seconds: u32| {
            let told = |path: &str| site.reader().get(path).status(200).header("cache-control").to_owned();
            assert_eq!(told(&picture), format!("public, max-age={seconds}"));
            assert!(told(&page).contains(&format!("s-maxage={page_seconds},")), "{}", told(&page));
        };
        kept(20, 20);
        let other = placed(site, "Seals return", &json!({"photo": photo}));
        let live = site.editor().publish(&other).status(200);
        kept(86_400, 60);
        // An update that is to come without it is not told of.
        let path = format!("/v1/editorial/articles/{}", live.id());
        let bare = site.editor().patch(&path, live.etag(), json!({"lead_photo": null})).status(200);
        site.editor().act(&bare, "publish", json!({"goes_live_at": at(10)})).status(200);
        kept(86_400, 60);
        site.wait(TimeDelta::seconds(10));
        kept(10, 10);
        site.wait(TimeDelta::seconds(10));
        for path in [&picture, &page] {
            site.reader().get(path).refused(404, "not_found");
        }
    }

    // abuse: AZ-05
    fn a_credit_leads_to_a_profile_while_readers_know_of_it(site: &Site) {
        let ivo = site.editor().post("/v1/editorial/contributors", json!({"name": "Ivo Grane"})).status(201).id();
        let photo = site.photo_editor().upload_whole(10).id();
        let credit = json!({"credit": {"creators": [{"name": "Ivo Grane", "contributor": ivo}]}});
        site.photo_editor().patch(&format!("/v1/editorial/photos/{photo}"), "*", credit).status(200);
        let draft = placed(site, "Reef recovers", &json!({"photo": photo}));
        let shown = site.editor().publish(&draft).status(200).id();
        let pages = [
            ("/v1/articles/reef-recovers".to_owned(), "/lead_photo/credit/creators/0"),
            (format!("/v1/articles?id={shown}"), "/data/0/lead_photo/credit/creators/0"),
            (format!("/v1/photos/{photo}"), "/credit/creators/0"),
        ];
        // Asked twice: the second time it is kept.
        let told = |profile: &Value| {
            for (path, creator) in pages.iter().chain(&pages) {
                let told = json!({"name": "Ivo Grane", "contributor": profile});
                let page = site.reader().get(path).status(200).says(creator, told);
                let named = page.header("surrogate-key").contains(&ivo.replace('-', ""));
                assert_eq!(named, profile.is_object(), "{path}: {page}");
            }
            let known = site.reader().get("/v1/contributors/ivo-grane").status;
            assert_eq!(known == 200, profile.is_object(), "{known}");
        };
        let (nobody, link) = (Value::Null, json!({"id": ivo, "slug": "ivo-grane", "name": "Ivo Grane"}));
        told(&nobody);
        let by_ivo = |headline: &str| {
            let story = json!({
                "headline": headline, "section": "world", "bylines": [{"role": "photographer", "contributor": "ivo-grane"}],
                "body": [{"type": "paragraph", "content": [{"text": "They bask."}]}],
            });
            site.editor().post("/v1/editorial/articles", story).status(201)
        };
        let live = site.editor().publish(&by_ivo("Seals return")).status(200);
        told(&link);
        site.editor().act(&live, "unpublish", json!({})).status(200);
        told(&nobody);
        let at = |seconds| (site.now() + TimeDelta::seconds(seconds)).to_rfc3339();
        let order = json!({"goes_live_at": at(20), "expires_at": at(40)});
        site.editor().act(&by_ivo("Seals bask"), "publish", order).status(200);
        told(&nobody);
        for profile in [&link, &nobody] {
            site.wait(TimeDelta::seconds(20));
            told(profile);
        }
    }

    // abuse: MED-07
    fn a_picture_is_answered_whatever_a_client_says_that_it_takes(site: &Site) {
        let photo = site.photo_editor().upload_whole(9);
        let draft = placed(site, "Reef recovers", &json!({"photo": photo.id()}));
        site.editor().publish(&draft).status(200);
        site.work();
        let shown = site.reader().article("reef-recovers").status(200).json();
        let (reader, desk) = (site.reader(), site.photo_editor());
        let mut formats = BTreeSet::new();
        for made in shown["lead_photo"]["renditions"].as_array().unwrap() {
            let (url, kind) = (path_of(&made["url"]), made["content_type"].as_str().unwrap());
            let ask = |accept: &str| reader.request("GET", &url).header("accept", accept).send();
            let in_a_page = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
            for accept in [kind, "image/*", "*/*", "image/jpeg,image/png", in_a_page, "text/html", "application/json"] {
                assert_eq!(ask(accept).status(200).media_type(), kind, "{accept}");
            }
            formats.insert(kind.to_owned());
        }
        assert_eq!(formats.into_iter().collect::<Vec<_>>(), ["image/avif", "image/jpeg", "image/webp"]);
        let file = format!("/v1/editorial/photos/{}/file", photo.id());
        let ask = |accept: &str| desk.request("GET", &file).header("accept", accept).send();
        for accept in ["image/png", "image/jpeg,image/png", "image/*", "*/*"] {
            assert_eq!(ask(accept).status(200).media_type(), "image/png", "{accept}");
        }
        // A problem is a document, whatever picture was asked for.
        let asked = |path: &str| reader.request("GET", path).header("accept", "image/*").send();
        asked(&file).refused(401, "unauthenticated");
        let first = path_of(&shown["lead_photo"]["renditions"][0]["url"]);
        let base = first.rsplit_once('/').unwrap().0;
        for other in ["w4000.webp", "w320.png", "original"] {
            asked(&format!("{base}/{other}")).refused(404, "not_found");
        }
    }

    // abuse: MED-08
    fn a_range_counts_with_get_alone_and_for_whoever_has_not_the_whole(site: &Site) {
        let photo = site.photo_editor().upload_whole(10);
        let draft = placed(site, "Reef recovers", &json!({"photo": photo.id()}));
        site.editor().publish(&draft).status(200);
        let shown = site.reader().article("reef-recovers").status(200).json();
        let url = path_of(&shown["lead_photo"]["renditions"][0]["url"]);
        let reader = site.reader();
        let whole = reader.get(&url).status(200);
        for range in ["bytes=0-9", "bytes=99999999999999999999-"] {
            let head = reader.request("HEAD", &url).header("range", range).header("if-range", whole.etag());
            let head = head.send().status(200);
            assert_eq!(head.header("content-length"), whole.header("content-length"), "{range}");
            assert!(head.find_header("content-range").is_none() && head.body.is_empty(), "{range}");
            let known = reader.request("GET", &url).header("range", range).if_none_match(whole.etag()).send();
            assert!(known.status(304).find_header("content-range").is_none(), "{range}");
        }
        let other = reader.request("GET", &url).header("range", "bytes=0-9").if_none_match("\"other\"").send();
        assert_eq!(other.status(206).body, whole.body[..10]);
    }

    // abuse: AZ-02
    fn a_photo_of_a_draft_is_as_absent_as_no_photo(site: &Site) {
        let photo = site.photo_editor().upload_whole(8);
        let draft = placed(site, "Reef recovers", &json!({"photo": photo.id()}));
        let absent = site.reader().get("/v1/photos/019ba157-1f00-7c3d-9a41-5b7e2f60d8a4").refused(404, "not_found").json();
        let hidden = site.reader().get(&format!("/v1/photos/{}", photo.id())).refused(404, "not_found").json();
        assert_eq!((&absent["title"], &absent["detail"]), (&hidden["title"], &hidden["detail"]));
        let link = site.editor().post(&format!("/v1/editorial/articles/{}/preview-tokens", draft.id()), json!({})).status(201);
        let seen = site.reader().get(&format!("/v1/preview/{}", link.text_at("/token"))).status(200).says("/lead_photo/id", photo.id());
        let url = path_of(&seen.json()["lead_photo"]["renditions"][0]["url"]);
        assert_eq!(site.reader().get(&url).status(200).header("cache-control"), "private, no-store");
        site.reader().get(url.split('?').next().unwrap()).refused(404, "not_found");
    }
}
