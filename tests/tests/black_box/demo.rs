//! The demo edition: what `masthead import demo` makes of a site.

use chrono::TimeDelta;
use masthead::import::{How, Outcome};
use masthead_tests::on_both;
use serde_json::Value;

on_both! {
    fn the_demo_edition_is_published_as_an_editor_would(site: &Site) {
        let admin = site.admin();
        let Outcome::Made(report) = site.import_demo(How::Kept) else { panic!("nothing was there before") };
        assert_eq!(report.articles.len(), 16);
        admin.get("/v1/editorial/audit?limit=1").ok().says("/data/0/action", "site.imported");
        site.reader().get("/v1/articles?count=exact").ok().says("/page/total", 13);
        site.reader().article("harbour-talks-resume").ok().says("/section/slug", "shipping");
        let front = site.reader().front("home").ok().says("/data/1/front_headline", "Harbour talks resume, with soup");
        assert_eq!(front.front_headlines().len(), 12);
        site.reader().front("on-the-water").ok().says("/data/0/slug", "dagny-holm-pilot");
        site.reader().article("kettle-row-bridge-to-close").status(410);
        site.reader().article("what-the-pilots-want").status(404);
        // Its times count from the import, so that it is scheduled in any year.
        site.reader().article("the-beekeeper-of-holm").status(404);
        site.wait(TimeDelta::hours(7));
        site.reader().article("the-beekeeper-of-holm").ok();
        site.reader().front("home").ok().says("/data/3/slug", "the-beekeeper-of-holm");
    }

    fn the_articles_of_the_demo_edition_show_its_photos(site: &Site) {
        site.import_demo(How::Kept);
        let told = site.reader().article("how-varn-keeps-the-sea-out").ok()
            .says("/lead_photo/caption", "All eleven gates at the end of the Mole, shut against the evening tide.")
            .says("/lead_photo/alt", "Eleven steel gates between posts, closed, with the sea high against them")
            .says("/lead_photo/credit/line", "Photo by Émilie Rocq/Nordstrand Press")
            .json();
        let kinds: Vec<_> = told["body"].as_array().unwrap().iter().map(|block| &block["type"]).collect();
        let at = kinds.iter().position(|kind| *kind == "photo").unwrap();
        assert_eq!(told["body"][at]["photo"]["credit"]["organizations"].as_array().unwrap().len(), 3);
        let url = told["lead_photo"]["renditions"][0]["url"].as_str().unwrap();
        site.reader().get(&url[url.find("/media/").unwrap()..]).status(200);
        let week = site.reader().article("lantern-week-when-and-where").ok().json();
        let gallery = week["body"].as_array().unwrap().iter().find(|block| block["type"] == "gallery").unwrap();
        assert_eq!(gallery["photos"][1]["caption"], "The Mole, where it ends.");
        assert_eq!(gallery["photos"].as_array().unwrap().len(), 3);
        let german = site.reader().article("die-nacht-der-dreihundert-laternen").ok();
        german.says("/lead_photo/credit/line", "Foto: Émilie Rocq/Nordstrand Press");
        site.editor().get("/v1/editorial/photos?count=exact&used=true").ok().says("/page/total", 9);
    }

    fn a_picture_of_the_edition_that_the_site_has_is_that_photo(site: &Site) {
        let there = site.photo_editor().upload(include_bytes!("../../../demo/photos/03-lanterns.jpg")).status(201);
        site.import_demo(How::Kept);
        let shown = site.reader().article("lantern-week-when-and-where").ok();
        shown.says("/lead_photo/id", there.id());
    }

    fn the_demo_edition_has_threads_of_every_kind(site: &Site) {
        site.import_demo(How::Kept);
        let thread = |slug: &str| site.reader().thread(slug).ok();
        let ferry = thread("morning-ferry-loses-a-crossing").says("/thread/count", 6).says("/thread/accepting", true);
        let depths: Vec<_> = ferry.json()["data"].as_array().unwrap().iter().map(|c| c["depth"].clone()).collect();
        assert_eq!(depths, [0, 1, 1, 0, 1, 2, 0]);
        let ferry = ferry.says("/data/0/featured", true).says("/data/2/author/staff", true);
        let ferry = ferry.says("/data/4/tombstone", true).says("/data/4/body", Value::Null);
        let linked = "href=\"https://konsul-berg.example/plates\" rel=\"ugc nofollow noopener\"";
        assert!(ferry.json()["data"][3]["body_html"].as_str().unwrap().contains(linked));
        thread("in-defence-of-the-noon-gun").says("/thread/count", 3).says("/thread/reason", "closed");
        thread("where-the-herring-went").says("/thread/count", 1);
        thread("harbour-talks-resume").says("/thread/count", 0).says("/thread/accepting", true);
        thread("dagny-holm-pilot").says("/thread/enabled", false);
        let waiting = site.moderator().get("/v1/editorial/comments?state=pending&sort=created_at").ok();
        let steps: Vec<_> = waiting.json()["data"].as_array().unwrap().iter().map(|c| c["step"].clone()).collect();
        assert_eq!(steps, ["policy", "links"]);
    }

    fn a_second_import_changes_nothing(site: &Site) {
        site.import_demo(How::Kept);
        let second = site.unmoved_by(&[], || site.import_demo(How::Kept));
        assert_eq!(second, Outcome::AlreadyThere);
    }

    fn a_rehearsal_tells_what_an_import_makes_and_keeps_nothing(site: &Site) {
        let rehearsed = site.unmoved_by(&[], || site.import_demo(How::Rehearsed));
        assert_eq!(rehearsed, site.import_demo(How::Kept));
    }
}
