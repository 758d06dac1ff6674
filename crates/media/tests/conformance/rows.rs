//! The table of fields as arguments of ExifTool: what writes each row in each of its sources. `{}` is a text.

use domain::photo::file_metadata::MetadataSource::{self as Source, Exif, Iim, Xmp};
use media::metadata::found::Field;

/// A row of the table in one of its sources, and what writes it.
pub(crate) struct Row {
    pub(crate) field: Field,
    pub(crate) source: Source,
    pub(crate) writes: &'static [&'static str],
}

const fn row(field: Field, source: Source, writes: &'static [&'static str]) -> Row {
    Row { field, source, writes }
}

pub(crate) const ROWS: [Row; 46] = [
    row(Field::Caption, Xmp, &["-XMP-dc:Description={}, the caption"]),
    row(Field::Caption, Iim, &["-IPTC:Caption-Abstract={}, the caption"]),
    row(Field::Caption, Exif, &["-IFD0:ImageDescription={}, the caption"]),
    row(Field::CaptionWriter, Xmp, &["-XMP-photoshop:CaptionWriter={} cw"]),
    row(Field::CaptionWriter, Iim, &["-IPTC:Writer-Editor={} cw"]),
    row(Field::Headline, Xmp, &["-XMP-photoshop:Headline={}, the headline"]),
    row(Field::Headline, Iim, &["-IPTC:Headline={}, the headline"]),
    row(Field::Creators, Xmp, &["-XMP-dc:Creator={} 1", "-XMP-dc:Creator={} 2"]),
    row(Field::Creators, Iim, &["-IPTC:By-line={} 1", "-IPTC:By-line={} 2"]),
    row(Field::Creators, Exif, &["-IFD0:Artist={} 1"]),
    row(Field::CreatorTitle, Xmp, &["-XMP-photoshop:AuthorsPosition={} st"]),
    row(Field::CreatorTitle, Iim, &["-IPTC:By-lineTitle={} st"]),
    row(Field::CreditLine, Xmp, &["-XMP-photoshop:Credit={}/EPA-EFE"]),
    row(Field::CreditLine, Iim, &["-IPTC:Credit={}/EPA"]),
    row(Field::Supplied, Xmp, &["-XMP-photoshop:Source={} src"]),
    row(Field::Supplied, Iim, &["-IPTC:Source={} src"]),
    row(Field::CopyrightNotice, Xmp, &["-XMP-dc:Rights=© 2018 {}"]),
    row(Field::CopyrightNotice, Iim, &["-IPTC:CopyrightNotice=(c) 2018 {}"]),
    row(Field::CopyrightNotice, Exif, &["-IFD0:Copyright=(c) 2018 {}"]),
    row(Field::Instructions, Xmp, &["-XMP-photoshop:Instructions=MANDATORY CREDIT {}"]),
    row(Field::Instructions, Iim, &["-IPTC:SpecialInstructions=MANDATORY CREDIT {}"]),
    row(Field::UsageTerms, Xmp, &["-XMP-xmpRights:UsageTerms=Not for sale: {}"]),
    row(Field::WebStatementUrl, Xmp, &["-XMP-xmpRights:WebStatement=https://rights.example/2018?a=1&b=2"]),
    row(
        Field::Licensors,
        Xmp,
        &[
            "-XMP-plus:Licensor=[{LicensorName={} A,LicensorID=PLUS-A,LicensorURL=https://a.example},{LicensorName={} B}]",
        ],
    ),
    row(
        Field::Suppliers,
        Xmp,
        &["-XMP-plus:ImageSupplier={ImageSupplierName={} Ltd,ImageSupplierID=PLUS-S}"],
    ),
    row(Field::SupplierImageId, Xmp, &["-XMP-plus:ImageSupplierImageID=IMG-{}"]),
    row(Field::Alt, Xmp, &["-XMP-iptcCore:AltTextAccessibility={}, in words"]),
    row(Field::ExtendedDescription, Xmp, &["-XMP-iptcCore:ExtDescrAccessibility={}, at length"]),
    row(Field::TakenAt, Xmp, &["-XMP-photoshop:DateCreated=2018:01:01 12:30:05+01:00"]),
    row(Field::TakenAt, Iim, &["-IPTC:DateCreated=2018:01:01", "-IPTC:TimeCreated=12:30:05-03:30"]),
    row(
        Field::TakenAt,
        Exif,
        &[
            "-ExifIFD:DateTimeOriginal=2018:01:01 12:30:05",
            "-ExifIFD:SubSecTimeOriginal=25",
            "-ExifIFD:OffsetTimeOriginal=+05:45",
        ],
    ),
    row(
        Field::PlacesShown,
        Xmp,
        &[
            "-XMP-iptcExt:LocationShown=[{LocationName={},LocationId=urn:varn:1,Sublocation={} s,City={} c,ProvinceState={} p,\
           CountryName={} l,CountryCode=NOR,WorldRegion={} w},{City={} 2}]",
        ],
    ),
    row(Field::PlaceTaken, Xmp, &["-XMP-iptcExt:LocationCreated={City={} taken,CountryName={} l}"]),
    row(
        Field::Place,
        Xmp,
        &[
            "-XMP-iptcCore:Location={} s",
            "-XMP-photoshop:City={} c",
            "-XMP-photoshop:State={} p",
            "-XMP-photoshop:Country={} l",
            "-XMP-iptcCore:CountryCode=NOR",
        ],
    ),
    row(
        Field::Place,
        Iim,
        &[
            "-IPTC:Sub-location={} s",
            "-IPTC:City={} c",
            "-IPTC:Province-State={} p",
            "-IPTC:Country-PrimaryLocationName={} l",
            "-IPTC:Country-PrimaryLocationCode=NOR",
        ],
    ),
    row(Field::Place, Xmp, &["-XMP-photoshop:City={} alone"]),
    row(Field::Place, Iim, &["-IPTC:City={} alone"]),
    row(Field::PeopleShown, Xmp, &["-XMP-iptcExt:PersonInImage={} 1", "-XMP-iptcExt:PersonInImage={} 2"]),
    row(Field::Keywords, Xmp, &["-XMP-dc:Subject={} k1", "-XMP-dc:Subject={} k2", "-XMP-dc:Subject={} k3"]),
    row(Field::Keywords, Iim, &["-IPTC:Keywords={} k1", "-IPTC:Keywords={} k2", "-IPTC:Keywords={} k3"]),
    row(Field::JobId, Xmp, &["-XMP-photoshop:TransmissionReference=J-{}"]),
    row(Field::JobId, Iim, &["-IPTC:OriginalTransmissionReference=J-{}"]),
    row(
        Field::DigitalSourceType,
        Xmp,
        &["-XMP-iptcExt:DigitalSourceType#=http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture"],
    ),
    row(
        Field::DigitalSourceType,
        Xmp,
        &[
            "-XMP-iptcExt:DigitalSourceType#=http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
        ],
    ),
    row(Field::ModelRelease, Xmp, &["-XMP-plus:ModelReleaseStatus#=MR-UMR"]),
    row(Field::PropertyRelease, Xmp, &["-XMP-plus:PropertyReleaseStatus#=PR-NON"]),
];

impl Row {
    /// The arguments that write the row with `text` in it.
    pub(crate) fn writes(&self, text: &str) -> impl Iterator<Item = String> {
        self.writes.iter().map(move |write| write.replace("{}", text))
    }
}
