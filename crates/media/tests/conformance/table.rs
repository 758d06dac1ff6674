//! A file's metadata as ExifTool tells it and as we do, both as the same table: texts by source and field.

use std::collections::BTreeMap;

use domain::photo::file_metadata::MetadataSource::{self as Source, Exif, Iim, Xmp};
use media::metadata::found::{Field, Found, Party, Place, Value};
use serde_json::Value as Json;

/// The texts of each field in each source.
pub(crate) type Table = BTreeMap<(Source, Field), Vec<String>>;

/// Tags of ExifTool that are a field by themselves.
const TAGS: [(&str, Source, Field); 40] = [
    ("XMP-photoshop:CaptionWriter", Xmp, Field::CaptionWriter),
    ("XMP-photoshop:Headline", Xmp, Field::Headline),
    ("XMP-dc:Creator", Xmp, Field::Creators),
    ("XMP-photoshop:AuthorsPosition", Xmp, Field::CreatorTitle),
    ("XMP-photoshop:Credit", Xmp, Field::CreditLine),
    ("XMP-photoshop:Source", Xmp, Field::Supplied),
    ("XMP-photoshop:Instructions", Xmp, Field::Instructions),
    ("XMP-xmpRights:WebStatement", Xmp, Field::WebStatementUrl),
    ("XMP-plus:Licensor", Xmp, Field::Licensors),
    ("XMP-plus:ImageSupplier", Xmp, Field::Suppliers),
    ("XMP-plus:ImageSupplierImageID", Xmp, Field::SupplierImageId),
    ("XMP-photoshop:DateCreated", Xmp, Field::TakenAt),
    ("XMP-iptcExt:LocationShown", Xmp, Field::PlacesShown),
    ("XMP-iptcExt:LocationCreated", Xmp, Field::PlaceTaken),
    ("XMP-iptcExt:PersonInImage", Xmp, Field::PeopleShown),
    ("XMP-dc:Subject", Xmp, Field::Keywords),
    ("XMP-photoshop:TransmissionReference", Xmp, Field::JobId),
    ("XMP-iptcExt:DigitalSourceType", Xmp, Field::DigitalSourceType),
    ("XMP-plus:ModelReleaseStatus", Xmp, Field::ModelRelease),
    ("XMP-plus:PropertyReleaseStatus", Xmp, Field::PropertyRelease),
    ("XMP-dc:Description", Xmp, Field::Caption),
    ("XMP-dc:Rights", Xmp, Field::CopyrightNotice),
    ("XMP-xmpRights:UsageTerms", Xmp, Field::UsageTerms),
    ("XMP-iptcCore:AltTextAccessibility", Xmp, Field::Alt),
    ("XMP-iptcCore:ExtDescrAccessibility", Xmp, Field::ExtendedDescription),
    ("IPTC:Caption-Abstract", Iim, Field::Caption),
    ("IPTC:Writer-Editor", Iim, Field::CaptionWriter),
    ("IPTC:Headline", Iim, Field::Headline),
    ("IPTC:By-line", Iim, Field::Creators),
    ("IPTC:By-lineTitle", Iim, Field::CreatorTitle),
    ("IPTC:Credit", Iim, Field::CreditLine),
    ("IPTC:Source", Iim, Field::Supplied),
    ("IPTC:CopyrightNotice", Iim, Field::CopyrightNotice),
    ("IPTC:SpecialInstructions", Iim, Field::Instructions),
    ("IPTC:Keywords", Iim, Field::Keywords),
    ("IPTC:OriginalTransmissionReference", Iim, Field::JobId),
    ("IFD0:ImageDescription", Exif, Field::Caption),
    ("IFD0:Artist", Exif, Field::Creators),
    ("IFD0:Copyright", Exif, Field::CopyrightNotice),
    ("IPTC:DateCreated", Iim, Field::TakenAt),
];

/// The tags of a place in the fields of old, from the narrowest.
const PLACES: [(Source, [&str; 5]); 2] = [
    (
        Xmp,
        [
            "XMP-iptcCore:Location",
            "XMP-photoshop:City",
            "XMP-photoshop:State",
            "XMP-photoshop:Country",
            "XMP-iptcCore:CountryCode",
        ],
    ),
    (
        Iim,
        [
            "IPTC:Sub-location",
            "IPTC:City",
            "IPTC:Province-State",
            "IPTC:Country-PrimaryLocationName",
            "IPTC:Country-PrimaryLocationCode",
        ],
    ),
];

/// The members of structures, in the order in which both tables tell them.
const MEMBERS: [&str; 13] = [
    "LicensorName",
    "LicensorID",
    "LicensorURL",
    "ImageSupplierName",
    "ImageSupplierID",
    "LocationId",
    "LocationName",
    "Sublocation",
    "City",
    "ProvinceState",
    "CountryName",
    "CountryCode",
    "WorldRegion",
];

/// What ExifTool says of a file, out of its JSON.
pub(crate) fn theirs(file: &Json) -> Table {
    let mut table = Table::new();
    for (tag, source, field) in TAGS {
        if let Some(value) = file.get(tag) {
            table.insert((source, field), told(value));
        }
    }
    for (tag, value) in file.as_object().into_iter().flatten() {
        // `XMP-dc:Description-de` is the caption in another language.
        for (told_by, source, field) in TAGS {
            if let Some(language) = tag.strip_prefix(told_by).and_then(|rest| rest.strip_prefix('-')) {
                let texts = table.entry((source, field)).or_default();
                texts.extend(told(value).iter().map(|text| format!("[{language}] {text}")));
            }
        }
    }
    for (source, tags) in PLACES {
        let members: Vec<_> =
            tags.iter().map(|tag| file.get(tag).map(|value| told(value).concat())).collect();
        if members.iter().any(Option::is_some) {
            table.insert((source, Field::Place), vec![joined(&members)]);
        }
    }
    for (source, field) in [(Xmp, Field::TakenAt), (Iim, Field::TakenAt)] {
        let time = file.get("IPTC:TimeCreated").filter(|_| source == Iim).map(told).unwrap_or_default();
        table.entry((source, field)).and_modify(|at| *at = vec![moment(&at.concat(), &time.concat())]);
    }
    if let Some(taken) = file.get("ExifIFD:DateTimeOriginal") {
        let text = |tag| file.get(tag).map(|value| told(value).concat());
        let fraction =
            text("ExifIFD:SubSecTimeOriginal").map(|digits| format!(".{digits}")).unwrap_or_default();
        let offset = text("ExifIFD:OffsetTimeOriginal").unwrap_or_default();
        let taken = moment(&told(taken).concat(), "");
        table.insert((Exif, Field::TakenAt), vec![format!("{taken}{fraction}{offset}")]);
    }
    table.retain(|_, texts| texts.iter().any(|text| !text.is_empty()));
    table
}

/// What we say of it.
pub(crate) fn ours(found: &[Found]) -> Table {
    let texts = |value: &Value| match value {
        Value::Text(text) => {
            // ExifTool leaves out where the vocabulary of PLUS lies.
            vec![text.trim_start_matches("http://ns.useplus.org/ldf/vocab/").to_owned()]
        }
        Value::Texts(texts) => texts.clone(),
        Value::Alternatives(alternatives) => {
            let mut texts: Vec<_> = alternatives
                .iter()
                .map(|one| match one.language.as_str() {
                    "x-default" => one.text.clone(),
                    language => format!("[{language}] {}", one.text),
                })
                .collect();
            texts.sort_by_key(|text| text.starts_with('['));
            texts
        }
        Value::Parties(parties) => parties.iter().map(party).collect(),
        Value::Places(places) => places.iter().map(place).collect(),
    };
    found.iter().map(|found| ((found.source, found.field), texts(&found.value))).collect()
}

fn told(value: &Json) -> Vec<String> {
    match value {
        Json::Array(values) => values.iter().flat_map(told).collect(),
        Json::Object(members) => {
            vec![joined(&MEMBERS.map(|member| members.get(member).map(|value| told(value).concat())))]
        }
        Json::String(text) => vec![text.trim().to_owned()],
        other => vec![other.to_string()],
    }
}

/// `2018:01:01 12:30:05` as XMP spells it.
fn moment(date: &str, time: &str) -> String {
    let (date, own) = date.split_once(' ').unwrap_or((date, ""));
    let time = if own.is_empty() { time } else { own };
    let separator = if time.is_empty() { "" } else { "T" };
    format!("{}{separator}{time}", date.replace(':', "-"))
}

fn party(party: &Party) -> String {
    let Party { name, id, url } = party;
    joined(&[name, id, url].map(Clone::clone))
}

fn place(place: &Place) -> String {
    let Place { id, name, sublocation, city, province_state, country, country_code, world_region } = place;
    joined(
        &[id, name, sublocation, city, province_state, country, country_code, world_region].map(Clone::clone),
    )
}

/// What is there, with strokes between.
fn joined(members: &[Option<String>]) -> String {
    members.iter().flatten().map(|text| text.trim()).collect::<Vec<_>>().join(" | ")
}
