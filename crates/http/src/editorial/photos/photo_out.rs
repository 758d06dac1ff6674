//! A photo as the newsroom gets it. Its renditions have addresses that hold for an hour, seen by readers or not.

use domain::id::{PhotoId, UserId};
use domain::photo::credit::house_style;
use domain::photo::facts::PhotoFacts;
use domain::photo::file::{Color, Orientation, PhotoFile, Rendition, RenditionStatus, ThumbHash};
use domain::photo::file_metadata::{FileMetadata, MetadataField, RawValue};
use domain::photo::hash::ContentHash;
use domain::photo::texts::FileName;
use domain::photo::variant::{Format, Variant};
use domain::photo::{CreditFrom, Photo, Printed};
use domain::time::Moment;
use domain::version::Version;
use newsroom::photos::{Print, Sheet};
use serde::Serialize;
use utoipa::ToSchema;

use crate::media;
use crate::settings::Settings;

/// A photo, as the newsroom keeps it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = EditorialPhoto)]
pub(in crate::editorial) struct PhotoOut {
    id: PhotoId,
    version: Version,
    owner: UserId,
    #[serde(flatten)]
    facts: PhotoFacts,
    /// Who said whom the credit names.
    credit_from: CreditFrom,
    /// The credit as readers see it, by the style of the house.
    #[schema(required, max_length = 1000, examples("Photo by Ivo Grane/Nordwire"))]
    credit_line: Option<String>,
    /// Whether an article that is live or scheduled uses it.
    #[schema(examples(false))]
    printed: bool,
    file: FileOut,
    renditions: Vec<RenditionOut>,
    created_at: Moment,
    updated_at: Moment,
}

/// The file of a photo.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PhotoFile)]
struct FileOut {
    hash: ContentHash,
    format: Format,
    /// Its length in octets.
    #[schema(minimum = 1, examples(51200))]
    octets: u64,
    #[schema(required)]
    name: Option<FileName>,
    /// In pixels, upright.
    #[schema(minimum = 1, examples(4000))]
    width: u32,
    /// In pixels, upright.
    #[schema(minimum = 1, examples(2667))]
    height: u32,
    orientation: Orientation,
    #[schema(required)]
    dominant_color: Option<Color>,
    #[schema(required)]
    thumbhash: Option<ThumbHash>,
    status: RenditionStatus,
}

/// A rendition of a photo.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = EditorialRendition)]
pub(in crate::editorial) struct RenditionOut {
    variant: Variant,
    /// Holds for an hour.
    #[schema(
        max_length = 2048,
        format = "uri",
        examples("https://api.varn.example/media/w640.webp?expires=1767268800&signature=00")
    )]
    url: String,
    #[schema(minimum = 1, examples(640))]
    width: u32,
    #[schema(minimum = 1, examples(427))]
    height: u32,
    /// Its length in octets.
    #[schema(minimum = 1, examples(51200))]
    octets: u64,
}

/// A photo after its file was sent.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BroughtPhoto)]
pub(super) struct BroughtOut {
    #[serde(flatten)]
    photo: PhotoOut,
    /// The members that were sent along and not heeded, because the photo was there already.
    #[schema(max_items = 20)]
    ignored: Vec<&'static str>,
}

/// A photo with all that is known of it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PhotoSheet)]
pub(super) struct SheetOut {
    #[serde(flatten)]
    photo: PhotoOut,
    metadata: MetadataOut,
}

/// What the file of a photo says.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PhotoMetadata)]
struct MetadataOut {
    /// Every value, as it stands in the file.
    #[schema(max_items = 1000)]
    raw: Vec<RawValue>,
    /// The fields in which the parts of the file differ.
    #[schema(max_items = 23)]
    conflicts: Vec<MetadataField>,
}

impl RenditionOut {
    /// Those of a photo, with addresses for whoever gets this answer.
    pub(in crate::editorial) fn all_of(print: &Print, settings: &Settings, now: Moment) -> Vec<Self> {
        let Print { photo, renditions } = print;
        let edition = photo.edition();
        let rendition = |&Rendition { variant, hash: _, octets, pixels }: &Rendition| Self {
            variant,
            url: media::signed(settings, &media::path(photo.id, edition, variant), now),
            width: pixels.width,
            height: pixels.height,
            octets,
        };
        renditions.iter().map(rendition).collect()
    }
}

impl PhotoOut {
    pub(in crate::editorial) fn of(print: Print, settings: &Settings, now: Moment) -> Self {
        let renditions = RenditionOut::all_of(&print, settings, now);
        let Photo { id, version, owner, printed, file, facts, credit_from, created_at, updated_at } =
            print.photo;
        let PhotoFile { hash, format, octets, name, pixels, orientation, dominant_color, thumbhash, status } =
            file;
        Self {
            id,
            version,
            owner,
            credit_line: facts.credit.as_ref().map(|credit| house_style::line(credit, settings.credit_style)),
            facts,
            credit_from,
            printed: printed == Printed::Already,
            file: FileOut {
                hash,
                format,
                octets,
                name,
                width: pixels.width,
                height: pixels.height,
                orientation,
                dominant_color,
                thumbhash,
                status,
            },
            renditions,
            created_at,
            updated_at,
        }
    }
}

impl BroughtOut {
    pub(super) const fn of(photo: PhotoOut, ignored: Vec<&'static str>) -> Self {
        Self { photo, ignored }
    }
}

impl SheetOut {
    pub(super) fn of(sheet: Sheet, settings: &Settings, now: Moment) -> Self {
        let Sheet { print, metadata } = sheet;
        let FileMetadata { raw, conflicts, .. } = metadata;
        Self { photo: PhotoOut::of(print, settings, now), metadata: MetadataOut { raw, conflicts } }
    }
}
