//! What is found follows what readers see, at once where that is published, and soon where it is a photo.

use chrono::TimeDelta;
use masthead_tests::on_both;
use serde_json::json;

use super::{found, live};

on_both! {
    fn an_amended_article_is_found_by_what_it_says_now(site: &Site) {
        let first = live(site, "Reef recovers", "It grew by a tenth.", &json!({}));
        site.wait(TimeDelta::hours(1));
        let order = json!({"patch": {"body": [{"type": "paragraph", "content": [{"text": "It grew by nine."}]}]}, "change": "minor"});
        let amended = site.editor().act(&first, "amend", order).status(200);
        assert_eq!((found(site, "tenth").len(), found(site, "nine").len()), (0, 1));
        let gone = site.editor().act(&amended, "unpublish", json!({})).status(200);
        assert_eq!(found(site, "nine").len(), 0);
        site.editor().publish(&gone).status(200);
        assert_eq!(found(site, "nine").len(), 1);
        assert!(site.checkup().is_sound(), "{:?}", site.checkup());
    }

    fn an_article_is_found_by_what_its_photos_say_now_and_by_nothing_that_they_no_longer_say(site: &Site) {
        let photo = site.photo_editor().upload_whole(1);
        let own = json!({"photo": photo.id(), "caption": "An own caption."});
        live(site, "Reef", "It grows.", &json!({"lead_photo": {"photo": photo.id()}}));
        live(site, "Other", "It grows.", &json!({"lead_photo": own}));
        assert_eq!(found(site, "varn"), ["Reef"]);
        assert_eq!(found(site, "nordwire").len(), 2);
        let path = format!("/v1/editorial/photos/{}", photo.id());
        let said = json!({"caption": "Herons at dusk.", "credit": {"creators": [{"name": "Ada Oe"}]}});
        let changed = site.photo_editor().patch(&path, photo.etag(), said).status(200);
        // What is gone is gone at once; what came is found when the workers have looked.
        assert_eq!((found(site, "varn").len(), found(site, "nordwire").len()), (0, 0));
        assert_eq!(found(site, "heron").len(), 0);
        site.work();
        assert_eq!((found(site, "heron"), found(site, "\"ada oe\"").len()), (vec!["Reef".to_owned()], 2));
        let until = (site.now() + TimeDelta::seconds(20)).to_rfc3339();
        site.photo_editor().patch(&path, changed.etag(), json!({"rights": {"use_until": until}})).status(200);
        site.work();
        assert_eq!(found(site, "heron"), ["Reef"]);
        site.wait(TimeDelta::seconds(20));
        assert_eq!((found(site, "heron").len(), found(site, "reef").len()), (0, 1), "nobody sees the photo any more");
        assert!(site.checkup().is_sound(), "{:?}", site.checkup());
    }
}
