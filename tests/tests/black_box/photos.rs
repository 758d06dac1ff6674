//! Photos at the picture desk: brought in, described, replaced, deleted, and what is refused.

use masthead_tests::on_both;
use masthead_tests::pictures::{form, png};
use serde_json::{Value, json};

const PHOTOS: &str = "/v1/editorial/photos";

fn path(photo: &masthead_tests::answer::Answer) -> String {
    format!("{PHOTOS}/{}", photo.id())
}

on_both! {
    fn a_photo_arrives_with_its_caption_and_its_credit_apart(site: &Site) {
        let caption = "People watch the tide in Varn, 01 January 2018. (Photo by NAME-NAME/EPA-EFE/REX/Shutterstock)";
        let photo = site.photo_editor().upload(&png(700, 400, 1, Some(caption))).status(201);
        photo.header("location");
        let photo = photo
            .says("/caption", "People watch the tide in Varn, 01 January 2018.")
            .says("/credit/creators", json!([{"name": "NAME-NAME", "contributor": null}]))
            .says("/credit/organizations", json!(["EPA-EFE", "REX", "Shutterstock"]))
            .says("/credit_line", "Photo by NAME-NAME/EPA-EFE/REX/Shutterstock")
            .says("/credit_from", "caption")
            .says("/file/format", "png")
            .says("/file/width", 700)
            .says("/file/name", "VRN104_sea-gates.png")
            .says("/file/status", "ready");
        let read = site.reporter().get(&path(&photo)).status(200);
        let raw = read.json()["metadata"]["raw"].clone();
        assert_eq!(raw, json!([{"field": "caption", "source": "xmp", "value": caption}]));
        let variants: Vec<_> = read.json()["renditions"].as_array().unwrap().iter().map(|made| made["variant"].clone()).collect();
        for expected in ["w320.jpg", "w320.webp", "w640.webp", "16x9.jpg"] {
            assert!(variants.contains(&json!(expected)), "{variants:?}");
        }
        assert!(!variants.contains(&json!("w960.jpg")), "nothing is made larger");
        assert_eq!(site.work().0, 0, "nothing is due");
        let read = site.reporter().get(&path(&photo)).status(200).json();
        assert!(read["renditions"].as_array().unwrap().iter().any(|made| made["variant"] == "w640.avif"));
    }

    fn the_same_bytes_are_the_same_photo_and_what_is_said_again_is_named(site: &Site) {
        let file = png(40, 30, 2, None);
        let first = site.photo_editor().upload(&file).status(201);
        let desk = site.editor();
        let said = json!({"caption": "Another one.", "alt": "Waves"});
        let again = desk.sending("POST", PHOTOS, &file, Some(&said)).send().status(200);
        again.says("/id", first.id()).says("/ignored", json!(["caption", "alt"])).says("/caption", Value::Null);
        let elsewhere = site.photo_editor().upload(&png(40, 30, 3, None)).status(201);
        let desk = site.photo_editor();
        let taken = desk.sending("PUT", &path(&elsewhere), &file, None).if_match(elsewhere.etag()).send();
        taken.refused(422, "validation_failed").names("/file", "taken");
    }

    // abuse: CC-03
    fn a_form_that_is_sent_again_with_its_key_brings_one_photo(site: &Site) {
        let (desk, file) = (site.photo_editor(), png(40, 30, 4, None));
        let send = |file: &[u8]| desk.sending("POST", PHOTOS, file, None).idempotent("a-key").send();
        let first = send(&file).status(201);
        let again = send(&file).status(201).says("/id", first.id());
        assert_eq!(again.header("idempotency-replayed"), "true");
        send(&png(40, 30, 5, None)).refused(422, "idempotency_key_reused");
    }

    fn an_edit_takes_a_credit_off_a_caption_and_leaves_an_editors_alone(site: &Site) {
        let photo = site.photo_editor().upload(&png(40, 30, 6, None)).status(201);
        let said = json!({"caption": "The ebb. (Photo by Ivo Grane/AP)", "alt": "Waves"});
        let read = site.photo_editor().patch(&path(&photo), photo.etag(), said).status(200);
        let read = read.says("/caption", "The ebb.").says("/credit_line", "Photo by Ivo Grane/AP");
        let credit = json!({"credit": {"creators": [{"name": "Mara Lind"}]}});
        let said = site.photo_editor().patch(&path(&photo), read.etag(), credit).status(200);
        let again = json!({"caption": "The tide. (Photo by Ivo Grane/AP)"});
        let kept = site.photo_editor().patch(&path(&photo), said.etag(), again.clone()).status(200);
        kept.says("/caption", "The tide.").says("/credit_line", "Photo by Mara Lind").says("/credit_from", "editor");
        site.photo_editor().patch(&path(&photo), said.etag(), again).refused(412, "stale_version");
        let wrong = json!({"alt": "a".repeat(251), "rights": {"use_until": "soon"}, "storage_key": "x"});
        let wrong = site.photo_editor().patch(&path(&photo), "*", wrong).refused(422, "validation_failed");
        wrong.names("/alt", "too_long").names("/rights/use_until", "bad_format").names("/storage_key", "unknown_field");
    }

    fn a_reporters_photo_is_their_own_and_nobody_elses_but_the_desks(site: &Site) {
        let photo = site.reporter().upload(&png(40, 30, 7, None)).status(201);
        let said = json!({"alt": "Waves"});
        site.other_reporter().patch(&path(&photo), photo.etag(), said.clone()).refused(403, "forbidden");
        site.moderator().upload(&png(40, 30, 8, None)).refused(403, "forbidden");
        let said = site.reporter().patch(&path(&photo), photo.etag(), said).status(200);
        let desk = site.photo_editor();
        let replaced = desk.sending("PUT", &path(&photo), &png(50, 30, 9, None), None).if_match(said.etag()).send();
        let replaced = replaced.status(200).says("/file/width", 50).says("/alt", "Waves").says("/id", photo.id());
        site.reporter().delete(&path(&photo), replaced.etag()).status(204);
        site.reporter().get(&path(&photo)).refused(404, "not_found");
    }

    fn photos_are_found_by_what_is_said_of_them(site: &Site) {
        let whole = site.photo_editor().upload_whole(10);
        let bare = site.photo_editor().upload(&png(40, 30, 11, None)).status(201);
        let found = |query: &str| {
            let list = site.reporter().get(&format!("{PHOTOS}?count=exact&{query}")).status(200).json();
            let ids: Vec<_> = list["data"].as_array().unwrap().iter().map(|photo| photo["id"].clone()).collect();
            assert_eq!(list["page"]["total"], ids.len());
            ids
        };
        let (whole, bare) = (json!(whole.id()), json!(bare.id()));
        assert_eq!(found(""), [bare.clone(), whole.clone()]);
        assert_eq!(found("q=sea%20gates%20of"), json!([whole]).as_array().unwrap()[..]);
        assert_eq!(found("creator=ivo%20grane"), json!([whole]).as_array().unwrap()[..]);
        assert_eq!(found("agency=Nordwire&missing=alt"), [0; 0]);
        assert_eq!(found("missing=alt,credit"), json!([bare]).as_array().unwrap()[..]);
        assert_eq!(found("used=true"), [0; 0]);
        assert_eq!(found("used=false&rights_end_before=2100-01-01T00:00:00Z"), [0; 0]);
        let first = site.reporter().get(&format!("{PHOTOS}?limit=1")).status(200).says("/data/0/id", bare);
        let next = format!("{PHOTOS}?limit=1&cursor={}", first.text_at("/page/next_cursor"));
        site.reporter().get(&next).status(200).says("/data/0/id", whole);
    }

    // abuse: MED-01
    fn what_is_no_picture_is_refused_whatever_it_is_called(site: &Site) {
        for file in [
            &b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>1</script></svg>"[..],
            b"<!doctype html><html><script>1</script></html>",
            b"%PDF-1.7\n",
            b"",
            b"GIF",
        ] {
            site.photo_editor().upload(file).refused(415, "unsupported_media_type");
        }
        let broken = &png(40, 30, 12, None)[..200];
        site.photo_editor().upload(broken).refused(422, "unreadable_image");
        assert_eq!(site.reporter().get(PHOTOS).status(200).json()["data"], json!([]));
    }

    // abuse: MED-03
    fn a_picture_that_declares_too_much_is_refused_by_its_header(site: &Site) {
        let mut bomb = png(40, 30, 13, None);
        bomb[16..24].copy_from_slice(&[0, 1, 0x86, 0xa0, 0, 1, 0x86, 0xa0]);
        let mut sum = !0_u32;
        for octet in &bomb[12..29] {
            sum ^= u32::from(*octet);
            for _ in 0..8 {
                sum = if sum & 1 == 1 { 0xedb8_8320 ^ (sum >> 1) } else { sum >> 1 };
            }
        }
        bomb[29..33].copy_from_slice(&(!sum).to_be_bytes());
        site.photo_editor().upload(&bomb).refused(422, "image_too_large");
    }

    // abuse: MED-06
    fn the_name_of_a_file_is_kept_as_data_or_not_at_all(site: &Site) {
        let desk = site.photo_editor();
        for (shade, name, kept) in [
            (14, "../../etc/passwd", json!("../../etc/passwd")),
            (15, "C:\\evil.png", json!("C:\\evil.png")),
            (16, &"a".repeat(5000), Value::Null),
            (17, "a\u{202e}gnp.exe", Value::Null),
        ] {
            let (kind, body) = form(&[("file", Some(name), &png(40, 30, shade, None))]);
            let sent = desk.request("POST", PHOTOS).body(&kind, body).send();
            let photo = sent.status(201).says("/file/name", kept);
            let file = desk.get(&format!("{}/file", path(&photo))).status(200);
            assert_eq!(file.header("content-disposition"), format!("attachment; filename=\"photo-{}.png\"", photo.id()));
        }
    }

    // abuse: IN-14
    fn a_form_is_whole_and_has_only_our_parts(site: &Site) {
        let desk = site.photo_editor();
        let file = png(40, 30, 18, None);
        let send = |parts: &[(&str, Option<&str>, &[u8])]| {
            let (kind, body) = form(parts);
            desk.request("POST", PHOTOS).body(&kind, body).send()
        };
        send(&[("photo", None, b"{}")]).refused(422, "validation_failed").names("/file", "required");
        send(&[("file", None, &file), ("fiel", None, b"")]).refused(422, "validation_failed").names("/fiel", "unknown_field");
        send(&[("file", None, &file), ("file", None, &file)]).refused(422, "validation_failed").names("/file", "duplicate");
        send(&[("file", None, &file), ("photo", None, b"{")]).refused(400, "malformed_json");
        send(&[("file", None, &file), ("photo", None, b"{\"alt\": 1}")]).refused(422, "validation_failed").names("/photo/alt", "wrong_type");
        let (kind, body) = form(&[("file", None, &file)]);
        desk.request("POST", PHOTOS).body(&kind, &body[..300]).send().refused(400, "malformed_multipart");
        desk.request("POST", PHOTOS).body("image/png", file.clone()).send().refused(415, "unsupported_media_type");
        assert_eq!(site.reporter().get(PHOTOS).status(200).json()["data"], json!([]));
    }
}
