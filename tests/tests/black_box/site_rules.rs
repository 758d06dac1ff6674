//! What a site's own rules change: the languages in which it is written, and who reads its drafts.

use masthead_tests::on_both;
use masthead_tests::site::Site;
use serde_json::json;

const ARTICLES: &str = "/v1/editorial/articles";

on_both! {
    fn a_site_that_names_its_languages_is_written_in_no_other(database: Database) {
        let nordic = [("MASTHEAD_SITE_LANGUAGE", "nb"), ("MASTHEAD_SITE_LANGUAGES", "nb, nn")];
        let site = &Site::with(database, &nordic);
        let english = json!({"headline": "Reef recovers", "language": "en", "section": "nowhere"});
        let refused = site.editor().post(ARTICLES, english).refused(422, "validation_failed");
        refused.names("/language", "unknown_value").names("/section", "unknown_reference");
        let draft = site.editor().draft("Revet vokser").says("/content/language", "nb");
        let path = format!("{ARTICLES}/{}", draft.id());
        let refused = site.editor().patch(&path, draft.etag(), json!({"language": "en"}));
        refused.refused(422, "validation_failed").names("/language", "unknown_value");
        site.editor().patch(&path, draft.etag(), json!({"language": "NN"})).says("/content/language", "nn");
    }

    fn a_site_that_names_none_is_written_in_any(site: &Site) {
        let french = json!({"headline": "Le récif se remet", "language": "fr"});
        site.editor().post(ARTICLES, french).status(201).says("/content/language", "fr");
        site.editor().draft("Reef recovers").says("/content/language", "en");
    }

    // abuse: AZ-08
    fn private_drafts_are_not_there_for_other_reporters(database: Database) {
        let site = &Site::with(database, &[("MASTHEAD_SITE_PRIVATE_DRAFTS", "on")]);
        let draft = site.reporter().draft("Reef recovers");
        let own = site.other_reporter().draft("Ice breaks");
        let path = format!("{ARTICLES}/{}", draft.id());
        let nowhere = format!("{ARTICLES}/019ba157-1f00-7c3d-9a41-5b7e2f60d8a4");
        let reporter = site.other_reporter();
        for part in ["", "/checks", "/revisions", "/revisions/1", "/corrections"] {
            let hidden = reporter.get(&format!("{path}{part}")).refused(404, "not_found");
            let absent = reporter.get(&format!("{nowhere}{part}")).refused(404, "not_found");
            assert_eq!(hidden.json()["detail"], absent.json()["detail"], "{part}");
        }
        for etag in [draft.etag(), "\"99\"", "*"] {
            reporter.patch(&path, etag, json!({"kicker": "Sea"})).refused(404, "not_found");
            reporter.delete(&path, etag).refused(404, "not_found");
        }
        reporter.act(&draft, "submit", json!({})).refused(404, "not_found");
        let list = reporter.get(&format!("{ARTICLES}?count=exact")).status(200);
        list.says("/data/0/id", own.id()).says("/page/total", 1);
        let theirs = reporter.get(&format!("{ARTICLES}?q=reef&count=exact")).status(200);
        theirs.says("/data", json!([])).says("/page/total", 0);
        for who in [site.reporter(), site.photo_editor(), site.moderator(), site.editor(), site.admin()] {
            who.get(&path).status(200);
        }
        site.editor().get(&format!("{ARTICLES}?count=exact")).says("/page/total", 2);
    }

    fn shared_drafts_are_read_by_every_reporter(site: &Site) {
        let draft = site.reporter().draft("Reef recovers");
        site.other_reporter().get(&format!("{ARTICLES}/{}", draft.id())).status(200);
        site.other_reporter().get(&format!("{ARTICLES}?count=exact")).says("/page/total", 1);
    }
}
