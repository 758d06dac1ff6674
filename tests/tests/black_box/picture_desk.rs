//! The picture desk at work on photos that readers may see already: who may send a file, crops round a new point, credits
//! as text, and what others are told.

use chrono::TimeDelta;
use masthead_tests::answer::Answer;
use masthead_tests::on_both;
use masthead_tests::pictures::{form, png};
use masthead_tests::site::Site;
use serde_json::{Value, json};

const PHOTOS: &str = "/v1/editorial/photos";

fn path(photo: &Answer) -> String {
    format!("{PHOTOS}/{}", photo.id())
}

/// A live article with a lead photo.
fn live(site: &Site, headline: &str, photo: &Answer) -> Answer {
    let sections = site.editor().get("/v1/editorial/sections").status(200).json();
    if sections["data"].as_array().unwrap().is_empty() {
        site.editor().post("/v1/editorial/sections", json!({"name": "World"})).status(201);
    }
    let story = json!({
        "headline": headline, "section": "world", "no_byline": true, "lead_photo": {"photo": photo.id()},
        "body": [{"type": "paragraph", "content": [{"text": "It grows."}]}],
    });
    let draft = site.editor().post("/v1/editorial/articles", story).status(201);
    site.editor().publish(&draft).status(200)
}

/// The path of an address of ours.
fn path_of(url: &Value) -> String {
    let url = url.as_str().unwrap();
    url[url.find("/media/").unwrap()..].to_owned()
}

/// The variants of an answer that lists renditions, each of which is there.
fn variants(site: &Site, renditions: &Value) -> Vec<String> {
    let listed = renditions.as_array().unwrap().iter();
    listed
        .map(|made| {
            site.reader().get(&path_of(&made["url"])).status(200);
            made["variant"].as_str().unwrap().to_owned()
        })
        .collect()
}

/// The tag of one rendition in an answer.
fn tag_of(site: &Site, photo: &Answer, variant: &str) -> String {
    let json = photo.json();
    let made = json["renditions"].as_array().unwrap().iter().find(|made| made["variant"] == variant).unwrap();
    site.reader().get(&path_of(&made["url"])).status(200).etag().to_owned()
}

on_both! {
    // abuse: AZ-08
    fn who_may_not_send_a_file_is_told_before_it_is_read(site: &Site) {
        let photo = site.reporter().upload(&png(40, 30, 1, None)).status(201);
        let (kind, _) = form(&[]);
        let broken = || b"no form at all".to_vec();
        let put = |path: &str, etag: &str| site.other_reporter().request("PUT", path).if_match(etag).body(&kind, broken()).send();
        site.moderator().request("POST", PHOTOS).body(&kind, broken()).send().refused(403, "forbidden");
        put(&path(&photo), photo.etag()).refused(403, "forbidden");
        put(&format!("{PHOTOS}/019ba157-1f00-7c3d-9a41-5b7e2f60d8a4"), "*").refused(404, "not_found");
        let own = site.reporter();
        let own = own.request("PUT", &path(&photo)).if_match(photo.etag()).body(&kind, broken()).send();
        own.refused(400, "malformed_multipart");
    }

    fn what_is_said_beside_another_file_is_refused(site: &Site) {
        let photo = site.photo_editor().upload(&png(40, 30, 2, None)).status(201);
        let (desk, said) = (site.photo_editor(), json!({"alt": "Waves"}));
        let file = png(40, 30, 3, None);
        let sent = desk.sending("PUT", &path(&photo), &file, Some(&said)).if_match(photo.etag()).send();
        sent.refused(422, "validation_failed").names("/photo", "unknown_field");
    }

    fn crops_follow_the_focal_point_at_once(site: &Site) {
        let photo = site.photo_editor().upload_whole(4);
        live(site, "Reef recovers", &photo);
        let before = tag_of(site, &photo, "1x1.jpg");
        let point = json!({"focal_point": {"x": 0.0, "y": 0.0}});
        let moved = site.photo_editor().patch(&path(&photo), photo.etag(), point).status(200);
        let listed = variants(site, &moved.json()["renditions"]);
        for crop in ["1x1.jpg", "1x1.webp", "4x3.jpg", "16x9.webp", "w320.jpg"] {
            assert!(listed.contains(&crop.to_owned()), "{crop} is not among {listed:?}");
        }
        assert_ne!(tag_of(site, &moved, "1x1.jpg"), before);
        let shown = site.reader().article("reef-recovers").status(200).json();
        assert!(variants(site, &shown["lead_photo"]["renditions"]).contains(&"16x9.jpg".to_owned()));
    }

    fn crops_are_round_the_point_that_came_with_the_file(site: &Site) {
        let said = json!({"focal_point": {"x": 1.0, "y": 1.0}});
        let (desk, file) = (site.photo_editor(), png(400, 300, 5, None));
        let photo = desk.sending("POST", PHOTOS, &file, Some(&said)).send().status(201);
        let at_first = tag_of(site, &photo, "1x1.jpg");
        site.work();
        assert_eq!(tag_of(site, &desk.get(&path(&photo)).status(200), "1x1.jpg"), at_first);
    }

    // abuse: MED-09
    fn editors_get_addresses_of_the_photos_of_a_working_copy(site: &Site) {
        let photo = site.photo_editor().upload_whole(6);
        let draft = site.reporter().draft("Reef recovers");
        let used = json!({"lead_photo": {"photo": photo.id()}});
        let path = format!("/v1/editorial/articles/{}", draft.id());
        let saved = site.editor().patch(&path, draft.etag(), used).status(200).json();
        let read = site.reporter().get(&path).status(200).json();
        for answer in [saved, read] {
            let renditions = &answer["resolved"]["photos"][0]["renditions"];
            assert!(variants(site, renditions).contains(&"w320.webp".to_owned()), "{answer}");
            let url = path_of(&renditions[0]["url"]);
            assert_eq!(site.reader().get(&url).status(200).header("cache-control"), "private, no-store");
        }
    }

    fn a_credit_may_be_sent_as_the_line_that_it_is(site: &Site) {
        let photo = site.photo_editor().upload(&png(40, 30, 7, None)).status(201);
        let desk = site.photo_editor();
        let said = desk.patch(&path(&photo), photo.etag(), json!({"credit": "Photo by Ivo Grane/Nordwire via AP"}));
        let said = said.status(200)
            .says("/credit/creators/0/name", "Ivo Grane")
            .says("/credit/organizations", json!(["Nordwire", "AP"]))
            .says("/credit/raw", "Photo by Ivo Grane/Nordwire via AP")
            .says("/credit_from", "editor");
        let wrong = |credit: Value| desk.patch(&path(&photo), said.etag(), json!({"credit": credit})).refused(422, "validation_failed");
        wrong(json!("")).names("/credit", "required");
        wrong(json!(7)).names("/credit", "wrong_type");
        wrong(json!("a".repeat(501))).names("/credit", "too_long");
        wrong(json!({"kind": null, "organizations": ["AP"]})).names("/credit/kind", "wrong_type");
        wrong(json!({"creators": null, "organizations": ["AP"]})).names("/credit/creators", "wrong_type");
        let bare = json!({"credit": {"organizations": ["AP"]}, "rights": {}});
        let bare = desk.patch(&path(&photo), said.etag(), bare).status(200).says("/credit/kind", "photo");
        bare.says("/credit/creators", json!([])).says("/rights/mandatory_credit", false);
    }

    fn a_notice_within_a_credit_is_heeded_and_names_nobody(site: &Site) {
        let caption = "The ferry leaves Varn. (NO ARCHIVES; Photo by Ivo Grane - GERMANY OUT/AP)";
        let photo = site.photo_editor().upload(&png(40, 30, 14, Some(caption))).status(201)
            .says("/caption", "The ferry leaves Varn.")
            .says("/credit_line", "Photo by Ivo Grane/AP")
            .says("/rights/no_archive", true)
            .says("/rights/excluded_territories", json!(["DE"]))
            .says("/rights/mandatory_credit", false);
        let desk = site.photo_editor();
        let line = json!({"credit": "FILE PHOTO - Mara Lind/Nordwire - MANDATORY CREDIT"});
        let said = desk.patch(&path(&photo), photo.etag(), line).status(200)
            .says("/credit/kind", "file")
            .says("/credit/creators", json!([{"name": "Mara Lind", "contributor": null}]))
            .says("/credit/organizations", json!(["Nordwire"]))
            .says("/rights/mandatory_credit", true)
            .says("/rights/no_archive", true);
        let both = json!({"credit": "Mara Lind/Nordwire - MANDATORY CREDIT", "rights": {"no_archive": true}});
        desk.patch(&path(&photo), said.etag(), both).status(200).says("/rights/mandatory_credit", false);
    }

    fn an_uncertain_credit_is_a_warning_until_an_editor_has_said_it(site: &Site) {
        let caption = "Seals rest on the mole. (photo: mara lind)";
        let photo = site.photo_editor().upload(&png(400, 300, 8, Some(caption))).status(201);
        let photo = site.photo_editor().patch(&path(&photo), photo.etag(), json!({"alt": "Waves"})).status(200);
        let article = live(site, "Reef recovers", &photo);
        let warned = || {
            let path = format!("/v1/editorial/articles/{}/checks", article.id());
            let checks = site.editor().get(&path).status(200).json();
            checks["checks"].as_array().unwrap().iter().any(|check| check["code"] == "photo_credit_uncertain")
        };
        assert!(warned());
        let credit = json!({"credit": "Photo by Mara Lind/Nordwire"});
        site.photo_editor().patch(&path(&photo), "*", credit).status(200);
        assert!(!warned());
    }

    fn a_photo_that_goes_or_comes_is_told_to_what_keeps_its_articles(site: &Site) {
        let photo = site.photo_editor().upload_whole(9);
        let article = live(site, "Reef recovers", &photo);
        let key = format!("a:{}", article.id().replace('-', ""));
        let until = site.now() + TimeDelta::hours(1);
        let told = |rights: Value| {
            let (_, told) = site.told_by(|| site.photo_editor().patch(&path(&photo), "*", json!({"rights": rights})).status(200));
            let keys = &told[0].keys;
            keys.contains(&key) && keys.contains(&"l".to_owned()) && keys.contains(&"a:reef-recovers".to_owned())
        };
        assert!(told(json!({"use_until": until.to_rfc3339()})), "it will go from the article");
        site.wait(TimeDelta::hours(2));
        let (_, announced) = site.told_by(|| site.work());
        let ended = announced.iter().find(|told| told.kind == "photo.rights_ended").unwrap();
        assert!(ended.keys.contains(&key), "it went from the article: {ended:?}");
        assert!(told(json!({})), "it comes back to the article, which does not name it now");
        let (_, told) = site.told_by(|| site.photo_editor().patch(&path(&photo), "*", json!({"keywords": ["sea"]})).status(200));
        assert_eq!(told[0].keys, [format!("p:{}", photo.id().replace('-', ""))], "what shows it names it");
    }

    fn the_uses_of_a_photo_are_paged_both_ways(site: &Site) {
        let photo = site.photo_editor().upload_whole(10);
        let mut users: Vec<_> = ["One", "Two", "Three"].iter().map(|name| live(site, name, &photo).id().to_owned()).collect();
        users.sort();
        let uses = format!("{}/uses", path(&photo));
        let page = |cursor: Option<&str>| {
            let cursor = cursor.map(|cursor| format!("&cursor={cursor}")).unwrap_or_default();
            site.reporter().get(&format!("{uses}?limit=1{cursor}")).status(200)
        };
        let first = page(None).says("/data/0/article", users[0].as_str()).says("/page/prev_cursor", Value::Null);
        let second = page(Some(&first.text_at("/page/next_cursor"))).says("/data/0/article", users[1].as_str());
        let third = page(Some(&second.text_at("/page/next_cursor"))).says("/data/0/article", users[2].as_str());
        third.says("/page/next_cursor", Value::Null);
        let back = page(Some(&second.text_at("/page/prev_cursor"))).says("/data/0/article", users[0].as_str());
        back.says("/page/prev_cursor", Value::Null);
    }

    fn a_contributor_whom_credits_name_is_not_deleted(site: &Site) {
        let person = site.editor().post("/v1/editorial/contributors", json!({"name": "Ivo Grane"})).status(201);
        let photo = site.photo_editor().upload(&png(40, 30, 11, None)).status(201);
        let credit = json!({"credit": {"creators": [{"name": "Ivo Grane", "contributor": person.id()}]}});
        let said = site.photo_editor().patch(&path(&photo), photo.etag(), credit).status(200);
        let person_path = format!("/v1/editorial/contributors/{}", person.id());
        let refused = site.editor().delete(&person_path, person.etag()).refused(409, "in_use");
        refused.says("/photos", json!([photo.id()])).says("/articles", json!([]));
        site.photo_editor().patch(&path(&photo), said.etag(), json!({"credit": null})).status(200);
        site.editor().delete(&person_path, person.etag()).status(204);
    }

    fn a_photo_out_of_the_archive_says_so_whatever_named_its_credit(site: &Site) {
        let caption = "The ferry leaves Varn. (Photo by Ivo Grane/AP)";
        let photo = site.photo_editor().upload(&png(40, 30, 12, Some(caption))).status(201).says("/credit/kind", "photo");
        let said = json!({"caption": "FILE - The ferry leaves Varn on 3 May 1961."});
        let said = site.photo_editor().patch(&path(&photo), photo.etag(), said).status(200);
        said.says("/credit/kind", "file").says("/credit/creators/0/name", "Ivo Grane");
    }

    fn a_portrait_has_a_credit_and_keeps_it(site: &Site) {
        let desk = site.photo_editor();
        let photo = desk.upload(&png(40, 30, 15, None)).status(201);
        let person = json!({"name": "Mara Lind", "portrait": photo.id()});
        let made = || site.editor().post("/v1/editorial/contributors", person.clone());
        made().refused(422, "validation_failed").names("/portrait", "inconsistent");
        desk.patch(&path(&photo), "*", json!({"alt": "Mara Lind"})).status(200);
        made().refused(422, "validation_failed").names("/portrait", "inconsistent");
        desk.patch(&path(&photo), "*", json!({"credit": "Photo by Ivo Grane/Nordwire"})).status(200);
        let mara = made().status(201);
        for taken in [json!({"credit": null}), json!({"alt": null})] {
            let refused = desk.patch(&path(&photo), "*", taken).refused(409, "in_use");
            refused.says("/contributors", json!([mara.id()])).says("/articles", json!([]));
        }
        desk.patch(&path(&photo), "*", json!({"credit": "Photo by Ivo Grane/AP", "caption": null})).status(200);
        let other = desk.upload(&png(40, 30, 16, None)).status(201);
        let change = json!({"portrait": other.id()});
        let mara_path = format!("/v1/editorial/contributors/{}", mara.id());
        site.editor().patch(&mara_path, mara.etag(), change).refused(422, "validation_failed").names("/portrait", "inconsistent");
    }

    // abuse: AZ-05
    fn a_portrait_is_a_photo_in_use_that_readers_see_beside_a_byline(site: &Site) {
        let photo = site.photo_editor().upload_whole(13);
        let nobody = json!({"name": "Mara Lind", "portrait": "019ba157-1f00-7c3d-9a41-5b7e2f60d8a4"});
        let refused = site.editor().post("/v1/editorial/contributors", nobody).refused(422, "validation_failed");
        refused.names("/portrait", "unknown_reference");
        let person = json!({"name": "Mara Lind", "portrait": photo.id()});
        let person = site.editor().post("/v1/editorial/contributors", person).status(201).says("/portrait", photo.id());
        let public = format!("/v1/photos/{}", photo.id());
        site.reader().get(&public).refused(404, "not_found");
        site.editor().post("/v1/editorial/sections", json!({"name": "World"})).status(201);
        let story = json!({
            "headline": "Reef recovers", "section": "world", "bylines": [{"role": "author", "contributor": "mara-lind"}],
            "body": [{"type": "paragraph", "content": [{"text": "It grows."}]}],
        });
        let draft = site.editor().post("/v1/editorial/articles", story).status(201);
        site.editor().publish(&draft).status(200);
        let profile = "/v1/contributors/mara-lind";
        site.reader().article("reef-recovers").status(200).says("/bylines/0/contributor/photo", photo.id());
        site.reader().get(profile).status(200).says("/photo", photo.id());
        let shown = site.reader().get(&public).status(200).json();
        variants(site, &shown["renditions"]);
        let refused = site.photo_editor().delete(&path(&photo), "*").refused(409, "in_use");
        refused.says("/contributors", json!([person.id()]));
        site.photo_editor().patch(&path(&photo), "*", json!({"rights": {"use_until": site.now().to_rfc3339()}})).status(200);
        site.reader().article("reef-recovers").status(200).says("/bylines/0/contributor/photo", Value::Null);
        site.reader().get(profile).status(200).says("/photo", Value::Null);
        site.reader().get(&public).refused(404, "not_found");
        let person_path = format!("/v1/editorial/contributors/{}", person.id());
        site.editor().patch(&person_path, person.etag(), json!({"portrait": null})).status(200);
        site.photo_editor().delete(&path(&photo), "*").status(204);
    }
}
