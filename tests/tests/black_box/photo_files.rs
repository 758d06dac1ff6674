//! The files of photos: how long they lie, and what is left of those that nobody needs.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, TimeDelta, Utc};
use masthead_tests::on_both;
use masthead_tests::pictures::png;

/// All that lies below a directory: files, and directories without any.
fn lying(directory: &Path) -> Vec<PathBuf> {
    let entries: Vec<_> = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()).collect();
    if entries.is_empty() {
        return vec![directory.to_owned()];
    }
    entries.into_iter().flat_map(|path| if path.is_dir() { lying(&path) } else { vec![path] }).collect()
}

on_both! {
    fn what_no_photo_needs_is_forgotten_after_a_day(site: &Site) {
        let media = site.dir().join("media");
        // Files are dated by the machine's clock.
        let written_at = DateTime::<Utc>::from(fs::metadata(&media).unwrap().modified().unwrap());
        site.wait(written_at - site.now());
        let kept = site.photo_editor().upload(&png(60, 40, 1, None)).status(201);
        site.work();
        let needed = lying(&media);
        let gone = site.photo_editor().upload(&png(60, 40, 2, None)).status(201);
        site.work();
        site.photo_editor().delete(&format!("/v1/editorial/photos/{}", gone.id()), "*").status(204);
        let hash = gone.text_at("/file/hash");
        let begun = media.join("originals").join(&hash[..2]).join(format!("{hash}#1"));
        fs::write(&begun, "what a power failure leaves").unwrap();
        site.work();
        assert!(lying(&media).len() > 2 * needed.len(), "an upload may still be under way");
        site.wait(TimeDelta::hours(25));
        site.work();
        let mut left = lying(&media);
        left.sort();
        let mut needed = needed;
        needed.sort();
        assert_eq!(left, needed);
        let file = site.photo_editor().get(&format!("/v1/editorial/photos/{}/file", kept.id())).status(200);
        assert_eq!(file.body, png(60, 40, 1, None));
    }
}
