//! Photos whose bytes are gone or wrong, and bytes that belong to no photo: what the doctor tells, what readers and editors
//! get, and what is swept.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use chrono::TimeDelta;
use masthead_tests::on_both;
use masthead_tests::pictures::png;
use serde_json::{Value, json};

/// All files below a directory.
fn files(dir: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// The path of an address of ours.
fn path_of(url: &Value) -> String {
    let url = url.as_str().unwrap();
    url[url.find("/media/").unwrap()..].to_owned()
}

on_both! {
    fn the_doctor_names_each_file_that_is_missing_or_wrong(site: &Site) {
        let photo = site.photo_editor().upload_whole(1);
        let media = site.dir().join("media");
        let sound = site.checkup();
        assert!(sound.is_sound() && sound.stock.named == files(&media).len(), "{:?}", sound.stock);
        let [longer, missing, other] = ["w320.jpg", "w320.webp", "1x1.jpg"].map(|name| {
            files(&media).into_iter().find(|file| file.file_name().unwrap() == name).unwrap()
        });
        let mut octets = fs::read(&other).unwrap();
        octets[100] ^= 1;
        fs::write(&other, octets).unwrap();
        fs::write(&longer, b"another picture").unwrap();
        fs::remove_file(&missing).unwrap();
        fs::write(media.join("notes.txt"), b"not ours").unwrap();
        let checkup = site.checkup();
        assert!(!checkup.is_sound());
        let told: Vec<_> = checkup.stock.losses.iter().map(ToString::to_string).collect();
        let expected = [("w320.jpg", "has another length"), ("w320.webp", "is missing"), ("1x1.jpg", "has other octets")];
        assert_eq!(told, expected.map(|(name, fault)| format!("photo {}: {name} {fault}", photo.id())));
        assert_eq!((checkup.stock.lost, checkup.stock.orphans, checkup.stock.strangers), (3, 0, 1));
    }

    fn a_file_that_is_gone_is_not_found_and_stops_no_other_work(site: &Site) {
        let photo = site.photo_editor().upload_whole(2);
        let path = format!("/v1/editorial/photos/{}", photo.id());
        let url = path_of(&photo.json()["renditions"][0]["url"]);
        for file in files(&site.dir().join("media")) {
            fs::remove_file(file).unwrap();
        }
        site.reader().get(&url).refused(404, "not_found");
        site.photo_editor().get(&format!("{path}/file")).refused(404, "not_found");
        site.work();
        let said = json!({"focal_point": {"x": 0.5, "y": 0.0}, "alt": "Waves"});
        site.photo_editor().patch(&path, photo.etag(), said).status(200);
        let desk = site.photo_editor();
        let again = desk.sending("PUT", &path, &png(400, 300, 3, None), None).if_match("*").send().status(200);
        site.reader().get(&path_of(&again.json()["renditions"][0]["url"])).status(200);
        assert!(site.checkup().is_sound());
    }

    fn what_no_photo_needs_is_told_and_swept_after_a_day(site: &Site) {
        let photo = site.photo_editor().upload_whole(4);
        site.photo_editor().delete(&format!("/v1/editorial/photos/{}", photo.id()), "*").status(204);
        let media = site.dir().join("media");
        let orphans = files(&media);
        // As a crash leaves it that struck while a file was being written.
        let half = PathBuf::from(format!("{}#1", orphans[0].display()));
        fs::write(&half, b"half a picture").unwrap();
        assert_eq!(site.checkup().stock.orphans, orphans.len());
        site.work();
        assert_eq!(files(&media).len(), orphans.len() + 1, "an upload may be under way");
        // Files bear the time of the machine, claims that of the site.
        let day = TimeDelta::hours(25);
        site.wait(day);
        let yesterday = SystemTime::from(site.now() - day);
        for file in files(&media) {
            fs::File::options().write(true).open(file).unwrap().set_modified(yesterday).unwrap();
        }
        site.work();
        assert_eq!(files(&media), Vec::<PathBuf>::new());
        assert!(!half.exists());
    }
}
