//! The demo edition, inside the binary, so that it can be imported from anywhere. Its form is told in demo/README.md.

use super::edition::Edition;

macro_rules! articles {
    ($($file:literal),* $(,)?) => {
        &[$(($file, include_str!(concat!("../../../../demo/articles/", $file)))),*]
    };
}

macro_rules! pictures {
    ($($file:literal),* $(,)?) => {
        &[$(($file, include_bytes!(concat!("../../../../demo/photos/", $file)).as_slice())),*]
    };
}

/// The edition.
pub(super) const DEMO: Edition = Edition {
    name: "demo",
    sections: include_str!("../../../../demo/sections.json"),
    tags: include_str!("../../../../demo/tags.json"),
    contributors: include_str!("../../../../demo/contributors.json"),
    photos: include_str!("../../../../demo/photos.json"),
    pictures: pictures![
        "01-mole-at-dusk.jpg",
        "02-sea-gates.jpg",
        "03-lanterns.jpg",
        "04-herring.jpg",
        "05-barge.jpg",
        "06-steam-ferry.jpg",
        "07-herring-depths.png",
        "08-hives.webp",
        "09-noon-gun.jpg",
    ],
    articles: articles![
        "01-how-varn-keeps-the-sea-out.json",
        "02-harbour-talks-resume.json",
        "03-morning-ferry-loses-a-crossing.json",
        "04-review-the-tide-clerk.json",
        "05-dagny-holm-pilot.json",
        "06-where-the-herring-went.json",
        "07-in-defence-of-the-noon-gun.json",
        "08-editorial-a-second-lamp.json",
        "09-nordstrand-opens-its-lighthouses.json",
        "10-die-nacht-der-dreihundert-laternen.json",
        "11-lantern-week-when-and-where.json",
        "12-kettle-row-bridge-stays-open.json",
        "13-kettle-row-bridge-to-close.json",
        "14-storm-night-on-the-mole.json",
        "15-the-beekeeper-of-holm.json",
        "16-what-the-pilots-want.json",
    ],
    fronts: include_str!("../../../../demo/fronts.json"),
    comments: include_str!("../../../../demo/comments.json"),
};

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    /// The files of a directory of the edition, those that tell of it left out.
    fn files(directory: &str) -> Vec<String> {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo").join(directory);
        let names = fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut files: Vec<_> = names.filter(|name| name != "README.md").collect();
        files.sort();
        files
    }

    #[test]
    fn every_article_and_picture_of_the_directory_is_in_the_edition() {
        assert_eq!(DEMO.articles.iter().map(|(file, _)| *file).collect::<Vec<_>>(), files("articles"));
        assert_eq!(DEMO.pictures.iter().map(|(file, _)| *file).collect::<Vec<_>>(), files("photos"));
    }
}
