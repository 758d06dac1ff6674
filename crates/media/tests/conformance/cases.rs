//! The files: what is written into which plain picture, what is done to it then, and which of them are kept.

use domain::photo::file_metadata::MetadataSource::{self as Source, Exif, Iim, Xmp};
use media::metadata::found::Field;

use crate::rows::ROWS;

/// Texts that rows are written with: of several scripts, short enough for IIM with what the row adds to them.
pub(crate) const TEXTS: [(&str, &str); 5] = [
    ("ascii", "Seals off Varn"),
    ("latin", "Żółw — œuvre"),
    ("cyrillic", "Тюлени"),
    ("japanese", "灯台の朝"),
    ("arabic", "الفقمات"),
];

/// One file.
pub(crate) struct Case {
    /// Its name, of which the extension is the format.
    pub(crate) name: String,
    /// What ExifTool writes, one call after another.
    pub(crate) writes: Vec<Vec<String>>,
    /// What is done to the bytes after that.
    pub(crate) edit: fn(Vec<u8>) -> Vec<u8>,
    /// What ExifTool has to be told to read it as we do by ourselves.
    pub(crate) told: &'static [&'static str],
    /// Where the readings differ, and why they may.
    pub(crate) explained: &'static [(Source, Field, &'static str)],
    /// Whether the file is kept for who has no ExifTool.
    pub(crate) kept: bool,
}

fn case(name: impl Into<String>, writes: &[&str]) -> Case {
    Case {
        name: name.into(),
        writes: vec![writes.iter().map(|&write| write.to_owned()).collect()],
        edit: |bytes| bytes,
        told: &[],
        explained: &[],
        kept: false,
    }
}

impl Case {
    fn then(mut self, writes: &[&str]) -> Self {
        self.writes.push(writes.iter().map(|&write| write.to_owned()).collect());
        self
    }

    fn edited(self, edit: fn(Vec<u8>) -> Vec<u8>) -> Self {
        Self { edit, ..self }
    }

    fn told(self, told: &'static [&'static str]) -> Self {
        Self { told, ..self }
    }

    fn explained(self, explained: &'static [(Source, Field, &'static str)]) -> Self {
        Self { explained, ..self }
    }

    fn kept(self) -> Self {
        Self { kept: true, ..self }
    }
}

const UTF_8: &str = "-IPTC:CodedCharacterSet=UTF8";

/// Every file, in the order of the report.
pub(crate) fn all() -> Vec<Case> {
    let mut cases = each_row();
    cases.extend(all_rows());
    cases.extend(charsets());
    cases.extend(cut());
    cases.extend(digests());
    cases.extend(formats());
    cases.extend(spellings());
    cases.extend(hours());
    cases
}

/// Each row in each of its sources, alone.
fn each_row() -> Vec<Case> {
    let one = |(number, row): (usize, &crate::rows::Row)| Case {
        writes: vec![
            [UTF_8.to_owned()]
                .into_iter()
                .filter(|_| row.source == Iim)
                .chain(row.writes(TEXTS[1].1))
                .collect(),
        ],
        ..case(format!("row-{number:02}-{:?}-{:?}.jpg", row.field, row.source).to_lowercase(), &[])
    };
    ROWS.iter().enumerate().map(one).collect()
}

/// All rows at once, in each script and each source; and in all three sources.
fn all_rows() -> Vec<Case> {
    let mut cases = Vec::new();
    for (script, text) in TEXTS {
        for sources in [&[Xmp][..], &[Iim], &[Exif], &[Xmp, Iim, Exif]] {
            let rows =
                ROWS.iter().filter(|row| sources.contains(&row.source) && !row.writes[0].contains(" alone"));
            let writes = [UTF_8.to_owned()].into_iter().filter(|_| sources.contains(&Iim));
            let writes = writes.chain(rows.flat_map(|row| row.writes(text))).collect();
            let name = format!("all-{sources:?}-{script}.jpg")
                .to_lowercase()
                .replace(", ", "-")
                .replace(['[', ']'], "");
            cases.push(Case { writes: vec![writes], ..case(name, &[]) });
        }
    }
    cases
}

/// Character sets, told and untold.
fn charsets() -> Vec<Case> {
    let iim = ["-IPTC:Caption-Abstract=Réka — “œuvre” für 5 €", "-IPTC:By-line=Łukasz Żak", "-IPTC:City=Řež"];
    let latin =
        ["-IPTC:Caption-Abstract=Réka — “œuvre” für 5 €", "-IPTC:By-line=José Peña", "-IPTC:City=Århus"];
    vec![
        case("charset-utf8-told.jpg", &[&[UTF_8][..], &iim].concat()).kept(),
        case("charset-utf8-untold.jpg", &[&["-charset", "iptc=UTF8"][..], &iim].concat())
            .told(&["-charset", "iptc=UTF8"])
            .kept(),
        case("charset-latin-untold.jpg", &latin).kept(),
        case("charset-exif-utf8.jpg", &["-IFD0:ImageDescription=Réka — 灯台", "-IFD0:Artist=Łukasz Żak"])
            .kept(),
        case(
            "charset-exif-latin.jpg",
            &["-charset", "exif=Latin", "-IFD0:ImageDescription=Réka – “œuvre”", "-IFD0:Artist=José Peña"],
        )
        .told(&["-charset", "exif=Latin"])
        .kept(),
    ]
}

/// Values at and past their limits, and blocks that break off.
fn cut() -> Vec<Case> {
    let long = |tag: &str, text: &str, times: usize| format!("-{tag}={}", text.repeat(times));
    let past_limits = [
        long("IPTC:Caption-Abstract", "0123456789", 300),
        long("IPTC:By-line", "Long Name ", 9),
        long("IPTC:Credit", "Agency/", 20),
    ];
    let past_limits: Vec<_> = past_limits.iter().map(String::as_str).collect();
    let accents = ["-IPTC:Headline=Réka é!", "-IPTC:City=Varn é!"];
    let extended =
        [UTF_8.to_owned(), long("IPTC:Caption-Abstract", "Ünd weiter. ", 3000), "-IPTC:City=Varn".into()];
    let extended: Vec<_> = extended.iter().map(String::as_str).collect();
    let caption =
        [UTF_8, "-IPTC:Headline=Whole", "-IPTC:City=Varn", "-IPTC:Caption-Abstract=This breaks off here"];
    vec![
        case("cut-not-at-limits.jpg", &past_limits).kept(),
        case("cut-character-told.jpg", &[&[UTF_8][..], &accents].concat())
            .edited(cut_characters)
            .explained(&CUT_CHARACTERS),
        case("cut-character-untold.jpg", &[&["-charset", "iptc=UTF8"][..], &accents].concat())
            .told(&["-charset", "iptc=UTF8"])
            .edited(cut_characters)
            .explained(&CUT_CHARACTERS),
        case("cut-long-dataset.jpg", &extended),
        case("cut-block.jpg", &caption).edited(|bytes| with_iim_shorter_by(bytes, 12)).kept(),
        case("cut-dataset-too-long.jpg", &caption)
            .edited(|bytes| replaced(bytes, &[0x1c, 2, 120, 0, 20], &[0x1c, 2, 120, 3, 20]))
            .kept(),
        case("cut-nul-ended.jpg", &caption)
            .edited(|bytes| replaced(bytes, b"breaks off here", b"ends with nul\0\0")),
    ]
}

/// Three captions in one file, and what the digest says of them.
fn digests() -> Vec<Case> {
    let three = [
        UTF_8,
        "-XMP-dc:Description=The caption of XMP",
        "-IPTC:Caption-Abstract=The caption of IIM",
        "-IFD0:ImageDescription=The caption of Exif",
    ];
    vec![
        case("captions-digest-none.jpg", &three).kept(),
        case("captions-digest-fresh.jpg", &three).then(&["-Photoshop:IPTCDigest=new"]).kept(),
        case("captions-digest-stale.jpg", &three)
            .then(&["-Photoshop:IPTCDigest=new"])
            .then(&["-IPTC:Caption-Abstract=The caption of IIM, changed later"])
            .kept(),
        case(
            "captions-cut-stale.jpg",
            &[
                UTF_8,
                "-XMP-photoshop:Credit=MIN HAE-WON/EPA-EFE/REX/Shutterstock",
                "-IPTC:Credit=MIN HAE-WON/EPA-EFE/REX/Shutters",
            ],
        )
        .then(&["-Photoshop:IPTCDigest=new"])
        .then(&["-IPTC:Headline=Changed later"])
        .kept(),
        case(
            "private-camera.jpg",
            &[
                "-XMP-dc:Description=Seals off Varn",
                "-XMP-iptcExt:LocationShown={City=Varn,GPSLatitude=59.91,GPSLongitude=10.75}",
                "-XMP-exif:GPSLatitude=59.91",
                "-XMP-exif:GPSLongitude=10.75",
                "-XMP-aux:SerialNumber=SERIAL-4711",
                "-XMP-aux:OwnerName=Owner Name",
                "-GPS:GPSLatitude=59.91",
                "-GPS:GPSLatitudeRef=N",
                "-ExifIFD:SerialNumber=SERIAL-4711",
                "-ExifIFD:LensSerialNumber=Lens-4712",
                "-ExifIFD:OwnerName=Owner Name",
            ],
        )
        .kept(),
        case(
            "captions-camera.jpg",
            &["-IFD0:ImageDescription=OLYMPUS DIGITAL CAMERA", "-IFD0:Artist=Ana Bo"],
        )
        .kept(),
    ]
}

/// The same in each format that can hold it.
fn formats() -> Vec<Case> {
    let writes = [
        "-XMP-dc:Description=Robben vor Varn — 灯台",
        "-XMP-dc:Description-en=Seals off Varn",
        "-XMP-dc:Creator=Ana Bo",
        "-XMP-plus:Licensor={LicensorName=A,LicensorURL=https://a.example}",
    ];
    let exif = ["-IFD0:ImageDescription=Of Exif", "-ExifIFD:DateTimeOriginal=2018:01:01 12:30:05"];
    let iim = [UTF_8, "-IPTC:Caption-Abstract=Of IIM, Réka", "-IPTC:By-line=Ana Bo"];
    let both = [&writes[..], &exif].concat();
    let three = [&both[..], &iim].concat();
    let long = format!("-XMP-iptcCore:ExtDescrAccessibility={}", "At great length. ".repeat(7000));
    let extended = [&writes[..], &[long.as_str()]].concat();
    vec![
        case("format.png", &three).kept(),
        case("format-compressed.png", &[&["-z"][..], &three].concat()).kept(),
        case("format.webp", &both).kept(),
        case("format.avif", &both).kept(),
        case("format.gif", &writes).kept(),
        case("format-little-endian.jpg", &[&["-ExifByteOrder=II"][..], &exif].concat()).kept(),
        case("format-big-endian.jpg", &[&["-ExifByteOrder=MM"][..], &exif, &["-IFD0:Artist=Bo"]].concat())
            .kept(),
        case("format-extended-xmp.jpg", &extended),
        case("format-xmp-in-comments.jpg", &[&["-Comment=<x:xmpmeta>"][..], &both].concat()),
    ]
}

/// The spellings of RDF that ExifTool can write, and texts that XML has to escape.
fn spellings() -> Vec<Case> {
    let rows: Vec<String> = ROWS
        .iter()
        .filter(|row| row.source == Xmp)
        .flat_map(|row| row.writes("Réka & <b>'s \"x\""))
        .collect();
    let rows: Vec<_> = rows.iter().map(String::as_str).collect();
    let with = |api: &[&'static str]| [api, &rows].concat();
    vec![
        case("spelt-elements.jpg", &with(&[])),
        case("spelt-attributes.jpg", &with(&["-api", "Compact=Shorthand,NoPadding"])).kept(),
        case("spelt-one-description.jpg", &with(&["-api", "Compact=OneDesc,NoPadding"])),
        case("spelt-one-line.jpg", &with(&["-api", "Compact=AllSpace,AllNewline"])),
        case(
            "spelt-languages.jpg",
            &["-XMP-dc:Rights=©", "-XMP-dc:Rights-fr=Droits réservés", "-XMP-dc:Rights-zh-Hant=版權"],
        )
        .kept(),
        case(
            "spelt-lines.jpg",
            &[
                UTF_8,
                "-ec",
                "-XMP-dc:Description=One\\nTwo\\n\\nFour",
                "-IPTC:Caption-Abstract=One\\r\\nTwo",
                "-IFD0:ImageDescription=One\\nTwo",
            ],
        )
        .kept(),
        case("spelt-artists.jpg", &["-IFD0:Artist=\"Peña; José\"; Ana Bo;Cy Di"])
            .told(&["-use", "MWG"])
            .kept(),
        case("spelt-copyright-of-two.jpg", &["-ec", "-IFD0:Copyright=Ana Bo\\nThe Varn Post"]).kept(),
    ]
}

/// Hours, as exact as they are known.
fn hours() -> Vec<Case> {
    let hours = [
        ("year", "-XMP-photoshop:DateCreated=2018"),
        ("month", "-XMP-photoshop:DateCreated=2018:03"),
        ("day", "-XMP-photoshop:DateCreated=2018:03:09"),
        ("minute", "-XMP-photoshop:DateCreated=2018:03:09 07:05"),
        ("no-offset", "-XMP-photoshop:DateCreated=2018:03:09 07:05:09"),
        ("utc", "-XMP-photoshop:DateCreated=2018:03:09 07:05:09Z"),
        ("fraction", "-XMP-photoshop:DateCreated=2018:03:09 07:05:09.123+14:00"),
        ("iim-day", "-IPTC:DateCreated=2018:03:09"),
        ("exif-no-offset", "-ExifIFD:DateTimeOriginal=2018:03:09 07:05:09"),
    ];
    hours.iter().map(|(name, write)| case(format!("hour-{name}.jpg"), &[write])).collect()
}

/// Ends each text that ends in `é!` within the last character that it then has.
fn cut_characters(bytes: Vec<u8>) -> Vec<u8> {
    let once = replaced(bytes, "é!".as_bytes(), b"\xc3\xa9\xc3");
    replaced(once, "é!".as_bytes(), b"\xc3\xa9\xc3")
}

const CUT_CHARACTERS: [(Source, Field, &str); 2] = [
    (Iim, Field::Headline, "ExifTool shows half a character as `?`, we leave it out"),
    (Iim, Field::Place, "ExifTool shows half a character as `?`, we leave it out"),
];

/// Puts `new` where `old` stands once.
fn replaced(mut bytes: Vec<u8>, old: &[u8], new: &[u8]) -> Vec<u8> {
    let at = bytes.windows(old.len()).position(|window| window == old).expect("what is replaced is there");
    bytes[at..at + old.len()].copy_from_slice(new);
    bytes
}

/// Makes Photoshop's resource of IIM claim to be shorter; what is cut off becomes zeros after it.
fn with_iim_shorter_by(mut bytes: Vec<u8>, by: u32) -> Vec<u8> {
    let head = b"8BIM\x04\x04\0\0";
    let at = bytes.windows(head.len()).position(|window| window == head).expect("IIM") + head.len();
    let length = u32::from_be_bytes(bytes[at..at + 4].try_into().expect("four octets"));
    let end = at + 4 + length as usize;
    bytes[at..at + 4].copy_from_slice(&(length - by).to_be_bytes());
    bytes[end - by as usize..end].fill(0);
    bytes
}
