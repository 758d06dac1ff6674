//! The demo edition: what `masthead import demo` makes of a site.

use chrono::TimeDelta;
use masthead::import::{How, Outcome};
use masthead_tests::on_both;

on_both! {
    fn the_demo_edition_is_published_as_an_editor_would(site: &Site) {
        let admin = site.admin();
        let Outcome::Made(report) = site.import_demo(How::Kept) else { panic!("nothing was there before") };
        assert_eq!(report.articles.len(), 16);
        admin.get("/v1/editorial/audit?limit=1").ok().says("/data/0/action", "site.imported");
        site.reader().get("/v1/articles?count=exact").ok().says("/page/total", 13);
        site.reader().article("harbour-talks-resume").ok().says("/section/slug", "shipping");
        site.reader().article("kettle-row-bridge-to-close").status(410);
        site.reader().article("what-the-pilots-want").status(404);
        // Its times count from the import, so that it is scheduled in any year.
        site.reader().article("the-beekeeper-of-holm").status(404);
        site.wait(TimeDelta::hours(7));
        site.reader().article("the-beekeeper-of-holm").ok();
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
