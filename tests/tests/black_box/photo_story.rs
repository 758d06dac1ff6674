//! A photo from the file of an agency to the page of a reader, with nothing typed again; and the page that docs/photos.md
//! tells frontends to build of it.

use masthead_tests::answer::Answer;
use masthead_tests::on_both;
use masthead_tests::pictures::{jpeg_with_iim, png};
use masthead_tests::site::Site;
use serde_json::{Value, json};

/// A draft that lacks nothing, with a lead photo.
fn draft_with(site: &Site, lead: &Value) -> Answer {
    site.editor().post("/v1/editorial/sections", json!({"name": "World"})).status(201);
    let story = json!({
        "headline": "People watch the tide", "section": "world", "no_byline": true, "lead_photo": lead,
        "body": [{"type": "paragraph", "content": [{"text": "It comes twice a day."}]}],
    });
    site.editor().post("/v1/editorial/articles", story).status(201)
}

/// The variants and widths of an attribute `srcset`.
fn sizes(srcset: &Value) -> Vec<(String, String)> {
    let text = srcset.as_str().unwrap();
    let parts = text.split(", ").filter(|part| !part.is_empty());
    let part = |part: &str| {
        let (url, width) = part.split_once(' ').unwrap();
        (url.rsplit('/').next().unwrap().to_owned(), width.to_owned())
    };
    parts.map(part).collect()
}

on_both! {
    fn an_agencys_photo_reaches_readers_with_its_caption_and_its_credit_once(site: &Site) {
        let told = "People watch the tide in Varn, 01 January 2018. (Photo by NAME-NAME/EPA-EFE/REX/Shutterstock)";
        let photo = site.photo_editor().upload(&jpeg_with_iim(told)).status(201);
        let read = site.reporter().get(&format!("/v1/editorial/photos/{}", photo.id())).status(200);
        assert_eq!(read.json()["metadata"]["raw"], json!([{"field": "caption", "source": "iim", "value": told}]));

        let draft = draft_with(site, &json!({"photo": photo.id()}));
        let refused = site.editor().publish(&draft).refused(409, "not_publishable").json();
        let errors: Vec<_> = refused["checks"].as_array().unwrap().iter().filter(|check| check["severity"] == "error").collect();
        assert_eq!(errors.len(), 1, "{refused:#}");
        assert_eq!((&errors[0]["pointer"], &errors[0]["code"]), (&json!("/lead_photo"), &json!("photo_without_alt")));

        let path = format!("/v1/editorial/photos/{}", photo.id());
        site.photo_editor().patch(&path, photo.etag(), json!({"alt": "A crowd on a sea wall"})).status(200);
        site.editor().publish(&draft).status(200);
        let shown = site.reader().get("/v1/articles/people-watch-the-tide?include=html").status(200)
            .says("/lead_photo/caption", "People watch the tide in Varn, 01 January 2018.")
            .says("/lead_photo/alt", "A crowd on a sea wall")
            .says("/lead_photo/credit/creators", json!([{"name": "NAME-NAME", "contributor": null}]))
            .says("/lead_photo/credit/organizations", json!(["EPA-EFE", "REX", "Shutterstock"]))
            .says("/lead_photo/credit/line", "Photo by NAME-NAME/EPA-EFE/REX/Shutterstock")
            .says("/lead_photo/caption_text", told);
        let lead = shown.json()["lead_photo"].clone();
        assert!(!lead["renditions"].as_array().unwrap().is_empty());
        let printed = format!("{}{}", lead["caption"], lead["credit"]["line"]);
        assert_eq!(printed.matches("EPA-EFE").count(), 1, "{printed}");
    }

    fn the_srcset_recipe_holds(site: &Site) {
        let said = json!({"caption": "Gates.", "alt": "Waves", "credit": {"organizations": ["Nordwire"]}, "focal_point": {"x": 0.5, "y": 0.4}});
        let desk = site.photo_editor();
        let photo = desk.sending("POST", "/v1/editorial/photos", &png(700, 40, 1, None), Some(&said)).send().status(201);
        site.editor().publish(&draft_with(site, &json!({"photo": photo.id()}))).status(200);
        let lead = || site.reader().article("people-watch-the-tide").status(200).json()["lead_photo"].clone();
        let at_first = lead();
        let widths = |ending: &str| ["320w", "480w", "640w"].map(|width| (format!("w{}.{ending}", &width[..3]), width.to_owned()));
        assert_eq!(sizes(&at_first["srcset"]["image/webp"]), widths("webp"));
        assert_eq!(sizes(&at_first["srcset"]["image/jpeg"]), widths("jpg"));
        assert_eq!(at_first["srcset"]["image/avif"], "", "a source to leave out");
        site.work();
        let lead = lead();
        assert_eq!(sizes(&lead["srcset"]["image/avif"]), widths("avif"));
        let made = |variant: &str| lead["renditions"].as_array().unwrap().iter().find(|made| made["variant"] == variant).cloned();
        let src = made("w640.jpg").expect("what the recipe takes for `src`");
        assert!(lead["srcset"]["image/jpeg"].as_str().unwrap().contains(&format!("{} 640w", src["url"].as_str().unwrap())));
        assert!(made("16x9.jpg").is_some(), "what previews of links take");
        assert_eq!((&lead["width"], &lead["height"], &lead["focal_point"], &lead["crop"]), (&json!(700), &json!(40), &json!({"x": 0.5, "y": 0.4}), &Value::Null));
        assert!(lead["dominant_color"].as_str().unwrap().starts_with('#') && lead["thumbhash"].is_string());
        // What the page of the documents shows is what there is, member for member.
        let docs = include_str!("../../../docs/photos.md");
        let example = docs.split("```json\n").nth(1).and_then(|rest| rest.split("\n```").next()).expect("an example");
        let example: Value = serde_json::from_str(example).expect("JSON");
        let members = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<std::collections::BTreeSet<_>>();
        for (ours, theirs) in [
            (&lead, &example),
            (&lead["credit"], &example["credit"]),
            (&lead["srcset"], &example["srcset"]),
            (&lead["renditions"][0], &example["renditions"][0]),
        ] {
            assert_eq!(members(ours), members(theirs));
        }
    }
}
