//! Photos in a bucket: the same stories as with files, told to a server that speaks S3, and what becomes of them when it
//! does not answer.

use std::fs;
use std::thread;

use chrono::{DateTime, TimeDelta, Utc};
use masthead_tests::answer::Answer;
use masthead_tests::bucket::Bucket;
use masthead_tests::database::Database;
use masthead_tests::on_both;
use masthead_tests::pictures::png;
use masthead_tests::site::Site;
use serde_json::{Value, json};

const PHOTOS: &str = "/v1/editorial/photos";

/// A site that keeps its photos in this bucket.
fn site_of(database: Database, bucket: &Bucket) -> Site {
    let settings = bucket.settings();
    let settings: Vec<_> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
    Site::with(database, &settings)
}

fn path(photo: &Answer) -> String {
    format!("{PHOTOS}/{}", photo.id())
}

/// The path of an address of ours.
fn path_of(url: &Value) -> String {
    let url = url.as_str().unwrap();
    url[url.find("/media/").unwrap()..].to_owned()
}

/// The paths of the renditions in an answer that lists them.
fn renditions(listed: &Value) -> Vec<String> {
    listed.as_array().unwrap().iter().map(|made| path_of(&made["url"])).collect()
}

/// Publishes an article with this lead photo.
fn publish_with(site: &Site, photo: &Answer) {
    site.editor().post("/v1/editorial/sections", json!({"name": "World"})).status(201);
    let story = json!({
        "headline": "Reef recovers", "section": "world", "no_byline": true, "lead_photo": {"photo": photo.id()},
        "body": [{"type": "paragraph", "content": [{"text": "It grows."}]}],
    });
    let draft = site.editor().post("/v1/editorial/articles", story).status(201);
    site.editor().publish(&draft).status(200);
}

/// Brings the site's clock to that of the machine, by which files are dated.
fn keep_machine_time(site: &Site) {
    let written_at = fs::metadata(site.dir().join("clock")).unwrap().modified().unwrap();
    site.wait(DateTime::<Utc>::from(written_at) - site.now());
}

on_both! {
    fn a_photo_goes_into_a_bucket_and_out_of_it_to_readers(database: Database) {
        let bucket = Bucket::open();
        let site = &site_of(database, &bucket);
        let photo = site.photo_editor().upload_whole(1);
        assert!(site.dir().join("media").read_dir().is_err(), "nothing lies beside the bucket");
        publish_with(site, &photo);
        let shown = || site.reader().article("reef-recovers").status(200).json()["lead_photo"].clone();
        assert_eq!(shown()["srcset"]["image/avif"], "");
        site.work();
        let lead = shown();
        assert_ne!(lead["srcset"]["image/avif"], "", "a worker has made it");
        for made in lead["renditions"].as_array().unwrap() {
            let url = path_of(&made["url"]);
            let whole = site.reader().get(&url).status(200);
            assert_eq!(whole.body.len(), made["bytes"]);
            let part = site.reader().request("GET", &url).header("range", "bytes=5-14").send().status(206);
            assert_eq!(part.body, whole.body[5..15]);
            assert_eq!(part.header("content-range"), format!("bytes 5-14/{}", whole.body.len()));
            let last = site.reader().request("GET", &url).header("range", "bytes=-4").send().status(206);
            assert_eq!(last.body, whole.body[whole.body.len() - 4..]);
        }
        let file = site.photo_editor().get(&format!("{}/file", path(&photo))).status(200);
        assert_eq!(file.body, png(400, 300, 1, None));
        let checkup = site.checkup();
        assert!(checkup.is_sound() && checkup.stock.named == bucket.objects().len(), "{:?}", checkup.stock);
    }

    fn another_file_takes_the_place_of_one_in_a_bucket(database: Database) {
        let bucket = Bucket::open();
        let site = &site_of(database, &bucket);
        let photo = site.photo_editor().upload_whole(2);
        publish_with(site, &photo);
        let shown = || renditions(&site.reader().article("reef-recovers").status(200).json()["lead_photo"]["renditions"]);
        let before = shown();
        let (desk, file) = (site.photo_editor(), png(500, 300, 3, None));
        desk.sending("PUT", &path(&photo), &file, None).if_match("*").send().status(200).says("/file/width", 500);
        site.reader().get(&before[0]).refused(404, "not_found");
        for url in shown() {
            site.reader().get(&url).status(200);
        }
        assert_eq!(desk.get(&format!("{}/file", path(&photo))).status(200).body, file);
        site.work();
        assert!(site.checkup().is_sound());
    }

    fn what_is_gone_from_a_bucket_is_not_found_and_named_by_the_doctor(database: Database) {
        let bucket = Bucket::open();
        let site = &site_of(database, &bucket);
        let photo = site.photo_editor().upload_whole(4);
        publish_with(site, &photo);
        let lead = site.reader().article("reef-recovers").status(200).json()["lead_photo"].clone();
        let urls = renditions(&lead["renditions"]);
        let whole = bucket.objects();
        for file in whole.iter().filter(|file| !file.ends_with("w320.webp")) {
            fs::remove_file(file).unwrap();
        }
        for url in &urls {
            let answer = site.reader().get(url);
            let answer = if url.ends_with("w320.webp") { answer.status(200) } else { answer.refused(404, "not_found") };
            drop(answer);
        }
        site.photo_editor().get(&format!("{}/file", path(&photo))).refused(404, "not_found");
        let checkup = site.checkup();
        assert!(!checkup.is_sound());
        assert_eq!((checkup.stock.lost, checkup.stock.named), (whole.len() - 1, whole.len()));
        assert!(checkup.stock.losses.iter().all(|loss| loss.to_string().ends_with("is missing")));
        site.reader().article("reef-recovers").status(200).says("/lead_photo/id", photo.id());
    }

    fn what_no_photo_needs_is_swept_out_of_a_bucket_after_a_day(database: Database) {
        let bucket = Bucket::open();
        let site = &site_of(database, &bucket);
        keep_machine_time(site);
        let kept = site.photo_editor().upload_whole(5);
        site.work();
        let needed = bucket.objects();
        let gone = site.photo_editor().upload_whole(6);
        site.photo_editor().delete(&path(&gone), "*").status(204);
        site.work();
        let all = bucket.objects();
        assert!(all.len() > needed.len(), "an upload may be under way");
        assert_eq!(site.checkup().stock.orphans, all.len() - needed.len());
        site.wait(TimeDelta::hours(25));
        site.work();
        assert_eq!(bucket.objects(), needed);
        site.photo_editor().get(&format!("{}/file", path(&kept))).status(200);
        assert!(site.checkup().is_sound());
    }

    fn a_bucket_that_is_away_is_told_and_nothing_is_acknowledged(database: Database) {
        let bucket = Bucket::open();
        let site = &site_of(database, &bucket);
        let photo = site.photo_editor().upload_whole(7);
        publish_with(site, &photo);
        let lead = site.reader().article("reef-recovers").status(200).json()["lead_photo"].clone();
        let url = &renditions(&lead["renditions"])[0];
        let (desk, file) = (site.photo_editor(), png(60, 40, 8, None));
        bucket.leave();
        let away = |answer: Answer| {
            let answer = answer.refused(503, "storage_unavailable");
            assert!(answer.header("retry-after").parse::<u32>().is_ok_and(|s| s > 0), "{answer}");
        };
        away(desk.upload(&file));
        away(desk.sending("PUT", &path(&photo), &file, None).if_match("*").send());
        away(desk.patch(&path(&photo), "*", json!({"focal_point": {"x": 0.0, "y": 0.0}})));
        away(desk.get(&format!("{}/file", path(&photo))));
        away(site.reader().get(url));
        site.reader().article("reef-recovers").status(200).says("/lead_photo/id", photo.id());
        let list = desk.get(PHOTOS).status(200).json();
        assert_eq!(list["data"].as_array().unwrap().len(), 1, "{list:#}");
        desk.get(&path(&photo)).status(200).says("/version", photo.json()["version"].clone()).says("/focal_point", Value::Null);
        bucket.come_back();
        site.reader().get(url).status(200);
        desk.upload(&file).status(201);
        site.work();
        assert!(site.checkup().is_sound());
    }

    fn bytes_that_come_again_while_they_are_swept_are_not_lost(database: Database) {
        let bucket = Bucket::open();
        let site = &site_of(database, &bucket);
        keep_machine_time(site);
        let file = png(60, 40, 9, None);
        let gone = site.photo_editor().upload(&file).status(201);
        site.photo_editor().delete(&path(&gone), "*").status(204);
        let orphans = bucket.objects();
        site.wait(TimeDelta::hours(25));
        site.photo_editor();
        let hold = bucket.hold("Delete");
        thread::scope(|scope| {
            let sweep = scope.spawn(|| site.work());
            // The sweep has asked which files nobody needs, and is about to remove them.
            hold.wait();
            let refused = site.photo_editor().upload(&file).refused(503, "storage_unavailable");
            assert!(refused.header("retry-after").parse::<u32>().is_ok());
            let other = site.photo_editor().upload(&png(60, 40, 10, None)).status(201);
            drop(hold);
            sweep.join().unwrap();
            assert!(orphans.iter().all(|orphan| !orphan.exists()));
            let again = site.photo_editor().upload(&file).status(201);
            for photo in [other, again] {
                site.photo_editor().get(&format!("{}/file", path(&photo))).status(200);
            }
        });
        site.work();
        assert!(site.checkup().is_sound());
    }
}
