//! What hides in files of pictures, and what nobody shall learn from them.

use masthead_tests::answer::Answer;
use masthead_tests::bombs;
use masthead_tests::on_both;
use masthead_tests::pictures::{jpeg_with, png_with};
use masthead_tests::site::Site;
use serde_json::{Value, json};

const PHOTOS: &str = "/v1/editorial/photos";

/// Says of a photo what publishing needs, lets all renditions be made, and publishes an article with it.
fn published_with(site: &Site, photo: &Answer, slug: &str) -> Answer {
    let said =
        json!({"caption": "Seals off Varn.", "alt": "Seals", "credit": {"organizations": ["Nordwire"]}});
    site.photo_editor().patch(&format!("{PHOTOS}/{}", photo.id()), "*", said).status(200);
    site.work();
    published(site, photo, slug)
}

/// Publishes an article with this photo at its head, in a block and in a gallery.
fn published(site: &Site, photo: &Answer, slug: &str) -> Answer {
    site.editor().post("/v1/editorial/sections", json!({"name": "World"}));
    let used = json!({"photo": photo.id()});
    let story = json!({
        "headline": "Seals return", "slug": slug, "section": "world", "no_byline": true, "lead_photo": used,
        "body": [
            {"type": "paragraph", "content": [{"text": "They bask."}]},
            {"type": "photo", "photo": photo.id(), "size": "wide"},
            {"type": "gallery", "photos": [used, used]},
        ],
    });
    let draft = site.editor().post("/v1/editorial/articles", story).status(201);
    site.editor().publish(&draft).status(200);
    site.reader().get(&format!("/v1/articles/{slug}?include=html,text,portable_text")).status(200)
}

/// The octets of all renditions that an article shows.
fn renditions(site: &Site, shown: &Answer) -> Vec<(String, Vec<u8>)> {
    let lead = shown.json()["lead_photo"].clone();
    let made = lead["renditions"].as_array().unwrap().iter().map(|made| {
        let url = made["url"].as_str().unwrap();
        let path = &url[url.find("/media/").unwrap()..];
        (made["variant"].to_string(), site.reader().get(path).status(200).body)
    });
    made.collect()
}

fn holds(octets: &[u8], text: &str) -> bool {
    octets.windows(text.len()).any(|part| part == text.as_bytes())
}

on_both! {
    // abuse: MED-02
    fn what_hides_in_a_picture_reaches_no_reader(site: &Site) {
        let script = "<script>alert('hidden')</script>";
        let chunk = [b"Comment\0".as_slice(), script.as_bytes()].concat();
        let png = [png_with(60, 40, 1, &[(*b"tEXt", chunk)]), b"<?php hidden(); ?>".to_vec()].concat();
        let jpeg = [jpeg_with([(0xfe, script.as_bytes())]), b"PK\x03\x04hidden".to_vec()].concat();
        for (slug, file) in [("seals-return", png), ("gates-close", jpeg)] {
            let photo = site.photo_editor().upload(&file).status(201);
            let shown = published_with(site, &photo, slug);
            let made = renditions(site, &shown);
            assert!(made.len() > 5, "{made:?}");
            for (variant, octets) in made {
                assert!(!holds(&octets, "hidden"), "{variant}");
            }
        }
    }

    // abuse: MED-03
    fn a_bomb_of_pixels_is_refused_and_leaves_nothing(site: &Site) {
        for (name, file) in bombs::of_pixels() {
            println!("{name}");
            site.photo_editor().upload(&file).refused(422, "image_too_large");
        }
        for (name, file) in bombs::of_streams() {
            println!("{name}");
            site.photo_editor().upload(&file).refused(422, "unreadable_image");
        }
        site.reporter().get(PHOTOS).status(200).says("/data", json!([]));
    }

    // abuse: MED-04
    fn a_photo_with_a_bomb_in_its_metadata_comes_without_it(site: &Site) {
        for (name, file) in bombs::of_metadata() {
            println!("{name}");
            let photo = site.photo_editor().upload(&file).status(201).says("/caption", Value::Null);
            let read = site.reporter().get(&format!("{PHOTOS}/{}", photo.id())).status(200);
            assert!(!holds(&read.body, "lollol"), "{name} was expanded");
        }
    }

    // abuse: MED-05
    fn where_a_camera_was_and_whose_it_is_reaches_nobody(site: &Site) {
        let file = include_bytes!("../../../../crates/media/tests/files/private-camera.jpg");
        let private = ["SERIAL-4711", "Lens-4712", "Owner Name", "59.91", "10.75"];
        for text in &private[..3] {
            assert!(holds(file, text), "the file holds {text}");
        }
        let photo = site.photo_editor().upload(file).status(201).says("/location/city", "Varn");
        let shown = published_with(site, &photo, "seals-return");
        let sheet = site.photo_editor().get(&format!("{PHOTOS}/{}", photo.id())).status(200);
        let alone = site.reader().get(&format!("/v1/photos/{}", photo.id())).status(200);
        let answers = [shown.clone(), sheet, alone].map(|answer| (answer.to, answer.body));
        for (name, octets) in renditions(site, &shown).into_iter().chain(answers) {
            for text in private {
                assert!(!holds(&octets, text), "{name} tells {text}");
            }
        }
    }

    // abuse: AZ-05
    fn a_photo_whose_rights_ended_leaves_no_trace_in_any_form(site: &Site) {
        let photo = site.photo_editor().upload_whole(9);
        let shown = published(site, &photo, "seals-return");
        assert!(holds(&shown.body, &photo.id()));
        let path = format!("{PHOTOS}/{}", photo.id());
        let until = site.now() + chrono::TimeDelta::seconds(5);
        site.photo_editor().patch(&path, "*", json!({"rights": {"use_until": until.to_rfc3339()}})).status(200);
        site.wait(chrono::TimeDelta::seconds(5));
        let shown = site.reader().get("/v1/articles/seals-return?include=html,text,portable_text").status(200);
        for trace in [photo.id().as_str(), "sea gates of Varn", "Ivo Grane", "/media/", "figure"] {
            assert!(!holds(&shown.body, trace), "{trace} in {shown}");
        }
        let listed = site.reader().get("/v1/articles").status(200).says("/data/0/lead_photo", Value::Null);
        assert!(!holds(&listed.body, &photo.id()));
    }

    // abuse: OUT-01
    fn markup_in_what_is_said_of_a_photo_is_text(site: &Site) {
        let markup = "\"><img src=x onerror=alert(1)></figcaption><script>1</script>";
        let said = json!({"caption": markup, "alt": markup, "credit": {"creators": [{"name": markup}], "organizations": [markup]}});
        let desk = site.photo_editor();
        let photo = desk.sending("POST", PHOTOS, &png_with(60, 40, 10, &[]), Some(&said)).send().status(201);
        let shown = published(site, &photo, "seals-return").says("/lead_photo/caption", markup).says("/lead_photo/alt", markup);
        let html = shown.text_at("/body_html");
        assert!(html.contains("&lt;script&gt;") && html.contains("<figure"), "{html}");
        for broken_out in ["<script", "<img src=x", "alt=\"\">"] {
            assert!(!html.contains(broken_out), "{broken_out} in {html}");
        }
    }
}
