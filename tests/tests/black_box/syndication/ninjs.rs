//! Articles as ninjs documents, held against the schema of the IPTC.

use chrono::TimeDelta;
use jsonschema::Validator;
use masthead_tests::on_both;
use serde_json::{Value, json};

use super::{drafted, furnish, published};

/// The schema of ninjs 3.1. What it takes over from elsewhere, maps of places, we have not.
fn schema() -> Validator {
    let mut schema: Value =
        serde_json::from_str(include_str!("../../../fixtures/ninjs-schema_3.1.json")).unwrap();
    let elsewhere =
        schema.pointer_mut("/$defs/ninjsType/properties/places/items/properties/geoJSON").unwrap();
    *elsewhere = json!(false);
    jsonschema::options().should_validate_formats(true).build(&schema).unwrap()
}

#[track_caller]
fn valid(told: &Value) {
    let schema = schema();
    let faults: Vec<_> =
        schema.iter_errors(told).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
    assert!(faults.is_empty(), "{faults:#?}\n{told:#}");
}

on_both! {
    fn an_article_for_partners_keeps_the_schema_of_ninjs(site: &Site) {
        furnish(site);
        let photo = site.photo_editor().upload_whole(1);
        let other = published(site, "Talks resume", &json!({}));
        let hidden = published(site, "Tide falls", &json!({}));
        let body = json!([
            {"type": "paragraph", "content": [{"text": "The tide came in."}]},
            {"type": "photo", "photo": photo.id(), "size": "wide"},
        ]);
        let live = published(site, "Sea gates hold", &json!({
            "lead_photo": {"photo": photo.id()}, "dateline": {"place": "Varn"}, "body": body,
            "related": [hidden.id(), other.id()],
        }));
        site.editor().act(&hidden, "unpublish", json!({})).status(200);
        site.editor().act(&live, "corrections", json!({"kind": "clarification", "text": "It was nine."})).status(201);
        let told = site.reader().get("/v1/articles/sea-gates-hold/ninjs").status(200)
            .says("/uri", format!("urn:uuid:{}", live.id()))
            .says("/standard/version", "3.1")
            .says("/headlines/0/value", "Sea gates hold")
            .says("/by", "By Mara Lind in Varn")
            .says("/located", "VARN")
            .says("/infoSources", json!([{"name": "Mara Lind", "role": "author"}]))
            .says("/descriptions/1/role", "clarification")
            .says("/descriptions/1/value", "It was nine.")
            .json();
        valid(&told);
        assert!(told["bodies"][0]["value"].as_str().unwrap().starts_with("<p>The tide came in.</p>"), "{told:#}");
        let beside: Vec<_> = told["associations"].as_array().unwrap().iter()
            .map(|beside| (beside["rel"].as_str().unwrap(), beside["uri"].as_str().unwrap().to_owned())).collect();
        let urn = |id: String| format!("urn:uuid:{id}");
        assert_eq!(beside, [("lead", urn(photo.id())), ("body", urn(photo.id())), ("related", urn(other.id()))]);
        assert_eq!(told["associations"][0]["by"], "Photo by Ivo Grane/Nordwire");
        let by_id = site.reader().get(&format!("/v1/articles/{}/ninjs", live.id())).status(200);
        assert_eq!(by_id.json(), told);
        let again = site.reader();
        again.request("GET", "/v1/articles/sea-gates-hold/ninjs").if_none_match(by_id.etag()).send().status(304);
    }

    // abuse: AZ-02, AZ-06
    fn partners_see_what_readers_see_and_no_more(site: &Site) {
        furnish(site);
        let photo = site.photo_editor().upload_whole(2);
        let draft = drafted(site, "Sea gates hold", &json!({"lead_photo": {"photo": photo.id()}}));
        site.reader().get("/v1/articles/sea-gates-hold/ninjs").refused(404, "not_found");
        site.reader().get(&format!("/v1/articles/{}/ninjs", draft.id())).refused(404, "not_found");
        let live = site.editor().publish(&draft).status(200);
        let path = format!("/v1/editorial/articles/{}", live.id());
        let renamed = site.editor().patch(&path, "*", json!({"slug": "gates-hold", "headline": "Gates hold"})).status(200);
        valid(&site.reader().get("/v1/articles/sea-gates-hold/ninjs").status(200).says("/headlines/0/value", "Sea gates hold").json());
        let renamed = site.editor().publish(&renamed).status(200);
        let moved = site.reader().get("/v1/articles/sea-gates-hold/ninjs").status(308);
        assert_eq!(moved.header("location"), format!("{}/v1/articles/gates-hold/ninjs", site.public_url()));
        let until = (site.now() + TimeDelta::seconds(20)).to_rfc3339();
        let rights = json!({"rights": {"use_until": until}});
        site.photo_editor().patch(&format!("/v1/editorial/photos/{}", photo.id()), "*", rights).status(200);
        site.wait(TimeDelta::seconds(20));
        let told = site.reader().get("/v1/articles/gates-hold/ninjs").status(200).says("/associations", json!([]));
        valid(&told.json());
        site.editor().act(&renamed, "withdraw", json!({"kind": "error", "public_reason": "It was wrong."})).status(200);
        for name in ["gates-hold", "sea-gates-hold", &live.id()] {
            site.reader().get(&format!("/v1/articles/{name}/ninjs")).refused(410, "withdrawn");
        }
    }
}
