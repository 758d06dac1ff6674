//! The photos of the demo edition tell what demo/photos/README.md says of them.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use domain::photo::credit::agencies::Agencies;
use domain::photo::credit::caption::part;
use domain::photo::credit::house_style::{CreditStyle, line};
use domain::photo::credit::line::{Known, read};
use domain::photo::file_metadata::MetadataField as Field;

/// A file; the beginning of its caption; the credit line that its own field tells, and the one at the end of its caption;
/// the fields in which its parts differ.
type Row = (&'static str, &'static str, Option<&'static str>, Option<&'static str>, &'static [Field]);

const ROWS: &[Row] = &[
    (
        "01-mole-at-dusk.jpg",
        "The lighthouse on the north mole of Varn is lit at dusk, 31 December 2025.",
        None,
        Some("Photo by ÉMILIE ROCQ-HALM/NORDSTRAND PRESS/Holm Library/Varn Pictures"),
        &[],
    ),
    (
        "02-sea-gates.jpg",
        "All eleven sea gates of Varn are shut against the evening tide.",
        Some("Photo via Nordstrand Press"),
        None,
        &[],
    ),
    (
        "03-lanterns.jpg",
        "Lanterns hang over the canal on the first night of Lantern Week in Varn.",
        Some("Photo by Émilie Rocq/Nordstrand Press"),
        None,
        &[],
    ),
    (
        "04-herring.jpg",
        "Herring turn below the research boat Alke, 40 metres down off Varn.",
        Some("Photo by Nguyễn Thị Hạnh/The Varn Courier"),
        None,
        &[Field::Caption, Field::Creators],
    ),
    (
        "05-barge.jpg",
        "The sunken barge Tove is raised from the channel of Varn in the night to Sunday.",
        None,
        Some("Photo via Varn Harbour Police/Nordstrand Press, Handout"),
        &[],
    ),
    (
        "06-steam-ferry.jpg",
        "FILE - The steam ferry Halvard leaves Varn on 3 May 1961.",
        None,
        Some("Photo by Ivo Grane/Nordstrand Press, File"),
        &[],
    ),
    (
        "07-herring-depths.png",
        "How deep herring were caught off Varn, 2017 to 2025.",
        Some("Graphic by Søren Kjær-Amsel/Courier Data Desk"),
        None,
        &[],
    ),
    (
        "08-hives.webp",
        "Six hives stand on the hill of Holm, where Émilie Rocq keeps bees.",
        Some("Photo by Mara Lind and Þóra Eldsdóttir"),
        None,
        &[],
    ),
    ("09-noon-gun.jpg", "The noon gun of Varn, four seconds late as ever.", None, None, &[]),
];

fn dir() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo/photos")
}

#[test]
fn each_photo_of_the_demo_edition_tells_what_is_written_of_it() {
    let agencies = Agencies::known();
    for &(file, caption, of_field, at_the_end, conflicts) in ROWS {
        let told = media::metadata::read(File::open(dir().join(file)).unwrap()).unwrap();
        let known = Known { agencies: &agencies, creators: &told.creators };
        let parted = part(told.caption.as_ref().unwrap().as_str(), known);
        assert_eq!(parted.caption, caption, "{file}");
        let house = |credit| line(&credit, CreditStyle::Slash);
        assert_eq!(parted.credit.map(house).as_deref(), at_the_end, "{file}");
        let field = told.credit_line.and_then(|field| read(field.as_str(), known));
        assert_eq!(field.map(|read| house(read.credit)).as_deref(), of_field, "{file}");
        assert_eq!(told.conflicts, conflicts, "{file}");
    }
}

#[test]
fn no_photo_of_the_demo_edition_is_large_or_untold() {
    let mut files = 0;
    for entry in
        fs::read_dir(dir()).unwrap().map(Result::unwrap).filter(|entry| entry.file_name() != "README.md")
    {
        assert!(entry.metadata().unwrap().len() < 200_000, "{entry:?}");
        assert!(ROWS.iter().any(|row| entry.file_name() == row.0), "{entry:?}");
        files += 1;
    }
    assert_eq!(files, ROWS.len());
}
