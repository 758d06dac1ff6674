//! Photos as readers get them: what an article says of one, and what the photo says where the article is silent.

use std::collections::BTreeMap;

use domain::article::content::dateline::CountryCode;
use domain::block::photo::{Crop, FocalPoint, PhotoSize, PhotoUse};
use domain::id::{ContributorId, PhotoId};
use domain::photo::credit::house_style::{CreditStyle, line};
use domain::photo::credit::{Credit, CreditKind};
use domain::photo::digital_source::DigitalSourceType;
use domain::photo::file::{Color, Pixels, Rendition, ThumbHash};
use domain::photo::place::{PhotoLocation, PlaceName};
use domain::photo::taken::TakenAt;
use domain::photo::variant::{RenditionFormat, Size, Variant};
use domain::slug::Slug;
use domain::web_url::WebUrl;
use serde::Serialize;
use utoipa::ToSchema;

/// A photo in an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = DeliveredPhoto)]
pub struct Photo {
    /// Its identity.
    pub id: PhotoId,
    /// What it shows. The credit is not part of it.
    #[schema(required, examples("The sea gates of Varn at high tide."))]
    pub caption: Option<String>,
    /// What it shows, for those who cannot see it; empty where it is decorative.
    #[schema(examples("Waves break against closed steel gates"))]
    pub alt: String,
    /// The same at length.
    #[schema(required, examples("Eleven steel gates stand in a row across the harbour mouth."))]
    pub extended_description: Option<String>,
    /// Whether it tells nothing that the text does not.
    #[schema(examples(false))]
    pub decorative: bool,
    /// Who made it and who passed it on.
    #[schema(required)]
    pub credit: Option<PhotoCredit>,
    /// Caption and credit as one text, for where there is room for one.
    #[schema(examples("The sea gates of Varn at high tide. (Photo by Ivo Grane/Nordwire)"))]
    pub caption_text: String,
    /// The day on which it was taken, or the month or year, as far as that is known.
    #[schema(required, max_length = 10, examples("2026-01-09"))]
    pub taken_on: Option<String>,
    /// Where it was taken.
    #[schema(required)]
    pub location: Option<PhotoPlace>,
    /// In pixels.
    #[schema(minimum = 1, examples(4000))]
    pub width: u32,
    /// In pixels.
    #[schema(minimum = 1, examples(2667))]
    pub height: u32,
    /// What must stay visible however it is cut.
    #[schema(required)]
    pub focal_point: Option<FocalPoint>,
    /// The part that the article shows; of the whole photo where there is none.
    #[schema(required)]
    pub crop: Option<Crop>,
    /// A blurred miniature, until it is loaded.
    #[schema(required)]
    pub thumbhash: Option<ThumbHash>,
    /// A colour, until it is loaded.
    #[schema(required)]
    pub dominant_color: Option<Color>,
    /// Per format all widths, ready for `srcset`.
    pub srcset: Srcset,
    /// Everything that exists of it, crops too.
    #[schema(max_items = 30)]
    pub renditions: Vec<PhotoRendition>,
    /// What we and others may do with it.
    pub rights: PhotoRights,
    /// How the picture came to be.
    #[schema(required)]
    pub digital_source_type: Option<DigitalSourceType>,
}

/// Per format all widths, ready for `srcset`; empty where a format is not there yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = PhotoSrcset)]
pub struct Srcset {
    /// AVIF, the smallest; it comes a little after the photo.
    #[serde(rename = "image/avif")]
    #[schema(examples("https://api.varn.example/media/w320.avif 320w"))]
    pub avif: String,
    /// WebP.
    #[serde(rename = "image/webp")]
    #[schema(examples("https://api.varn.example/media/w320.webp 320w"))]
    pub webp: String,
    /// JPEG, which everything shows.
    #[serde(rename = "image/jpeg")]
    #[schema(examples("https://api.varn.example/media/w320.jpg 320w"))]
    pub jpeg: String,
}

/// A file that shows a photo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = PhotoRendition)]
pub struct PhotoRendition {
    /// Which.
    pub variant: Variant,
    /// Where it is.
    #[schema(format = "uri", examples("https://api.varn.example/media/w640.webp"))]
    pub url: String,
    /// In pixels.
    #[schema(minimum = 1, examples(640))]
    pub width: u32,
    /// In pixels.
    #[schema(minimum = 1, examples(427))]
    pub height: u32,
    /// Its media type.
    #[schema(examples("image/webp"))]
    pub content_type: &'static str,
    /// Its length in octets.
    #[schema(minimum = 1, examples(51200))]
    pub bytes: u64,
}

/// Who made a photo and who passed it on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = DeliveredCredit)]
pub struct PhotoCredit {
    /// What it is given for.
    pub kind: CreditKind,
    /// Who made it.
    pub creators: Vec<PhotoCreator>,
    /// Through whose hands it came.
    pub organizations: Vec<String>,
    /// The credit as it is to be shown.
    #[schema(examples("Photo by Ivo Grane/Nordwire"))]
    pub line: String,
}

/// Somebody who made a photo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = DeliveredCreator)]
pub struct PhotoCreator {
    /// Their name, as it is credited.
    #[schema(examples("Ivo Grane"))]
    pub name: String,
    /// Their profile, while an article that readers see names them in its bylines.
    #[schema(required)]
    pub contributor: Option<CreatorProfile>,
}

/// A profile beside a credit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CreatorProfile {
    /// Their identity.
    pub id: ContributorId,
    /// Their address.
    pub slug: Slug,
    /// Their name now.
    #[schema(examples("Ivo Grane"))]
    pub name: String,
}

/// Where a photo was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PhotoPlace {
    /// The name by which readers know it.
    #[schema(required, examples("Varn"))]
    pub name: Option<String>,
    /// Its country.
    #[schema(required)]
    pub country_code: Option<CountryCode>,
}

/// What readers are told of the rights to a photo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = DeliveredRights)]
pub struct PhotoRights {
    /// How it may be used, as its owners put it.
    #[schema(required, examples("Editorial use only."))]
    pub usage_terms: Option<String>,
    /// Who holds the copyright.
    #[schema(required, examples("© 2026 Nordwire"))]
    pub copyright_notice: Option<String>,
    /// Where it is said under which terms it may be used (IPTC, Web Statement of Rights).
    #[schema(required, examples("https://nordwire.example/rights"))]
    pub web_statement_url: Option<WebUrl>,
    /// Where a licence is had: from the first licensor who says so (PLUS, Licensor URL).
    #[schema(required, examples("https://nordwire.example/licences"))]
    pub licensor_url: Option<WebUrl>,
}

/// A photo between the paragraphs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = DeliveredPlacedPhoto)]
pub struct PhotoBlock {
    /// It.
    pub photo: Photo,
    /// How much room it takes.
    pub size: PhotoSize,
}

/// Several photos that belong together; those that readers do not see are left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = DeliveredGallery)]
pub struct Gallery {
    /// In the order in which they are shown.
    pub photos: Vec<Photo>,
}

/// A photo as it is kept, with what is needed to show it.
pub struct Kept<'a> {
    /// It.
    pub photo: &'a domain::photo::Photo,
    /// Its renditions, by variant.
    pub renditions: &'a [Rendition],
    /// How credits read.
    pub style: CreditStyle,
    /// Where a rendition is.
    pub address: &'a dyn Fn(Variant) -> String,
    /// The profile of a contributor, for readers.
    pub profile: &'a dyn Fn(ContributorId) -> Option<CreatorProfile>,
}

impl Photo {
    /// A photo as one use shows it.
    pub fn of(used: &PhotoUse, kept: &Kept<'_>) -> Self {
        let facts = &kept.photo.facts;
        let caption = used.caption.as_ref().or(facts.caption.as_ref()).map(|text| text.as_str().to_owned());
        let credit = credit(used, facts.credit.as_ref(), kept);
        let alt = if used.decorative { None } else { used.alt.as_ref().or(facts.alt.as_ref()) };
        let Pixels { width, height } = kept.photo.file.pixels;
        Self {
            id: kept.photo.id,
            caption_text: together(caption.as_deref(), credit.as_ref().map(|credit| credit.line.as_str())),
            caption,
            alt: alt.map(|alt| alt.as_str().to_owned()).unwrap_or_default(),
            extended_description: facts.extended_description.as_ref().map(|text| text.as_str().to_owned()),
            decorative: used.decorative,
            credit,
            taken_on: facts.taken_at.as_ref().map(TakenAt::on).map(str::to_owned),
            location: facts.location.as_ref().map(|location: &PhotoLocation| PhotoPlace {
                name: location.name().map(PlaceName::as_str).map(str::to_owned),
                country_code: location.country_code,
            }),
            width,
            height,
            focal_point: used.focal_point.or(facts.focal_point),
            crop: used.crop,
            thumbhash: kept.photo.file.thumbhash.clone(),
            dominant_color: kept.photo.file.dominant_color,
            srcset: srcset(kept),
            renditions: kept.renditions.iter().map(|rendition| told(rendition, kept)).collect(),
            rights: PhotoRights {
                usage_terms: facts.usage_terms.as_ref().map(|text| text.as_str().to_owned()),
                copyright_notice: facts.copyright_notice.as_ref().map(|text| text.as_str().to_owned()),
                web_statement_url: facts.web_statement_url.clone(),
                licensor_url: facts.licensors.as_slice().iter().find_map(|licensor| licensor.url.clone()),
            },
            digital_source_type: facts.digital_source_type.clone(),
        }
    }
}

impl Photo {
    /// The widest rendition that everything shows: uncut, as JPEG.
    pub fn widest(&self) -> Option<&PhotoRendition> {
        let whole = |rendition: &&PhotoRendition| {
            let variant = rendition.variant;
            variant.format() == RenditionFormat::Jpeg && matches!(variant.size(), Size::Width(_))
        };
        self.renditions.iter().filter(whole).max_by_key(|rendition| rendition.width)
    }
}

/// The credit, whose line the article may have set. Where nothing but that line is known, it stands alone.
fn credit(used: &PhotoUse, credit: Option<&Credit>, kept: &Kept<'_>) -> Option<PhotoCredit> {
    let own = used.credit_display.as_ref().map(|line| line.as_str().to_owned());
    let Some(credit) = credit else {
        let alone = |line| PhotoCredit {
            kind: CreditKind::Photo,
            creators: Vec::new(),
            organizations: Vec::new(),
            line,
        };
        return own.map(alone);
    };
    let creators = credit.creators().iter().map(|creator| PhotoCreator {
        name: creator.name.as_str().to_owned(),
        contributor: creator.contributor.and_then(|id| (kept.profile)(id)),
    });
    Some(PhotoCredit {
        kind: credit.kind(),
        creators: creators.collect(),
        organizations: credit.organizations().iter().map(|name| name.as_str().to_owned()).collect(),
        line: own.unwrap_or_else(|| line(credit, kept.style)),
    })
}

/// Caption and credit as one text.
fn together(caption: Option<&str>, credit: Option<&str>) -> String {
    match (caption, credit) {
        (Some(caption), Some(credit)) => format!("{caption} ({credit})"),
        (Some(text), None) | (None, Some(text)) => text.to_owned(),
        (None, None) => String::new(),
    }
}

fn told(rendition: &Rendition, kept: &Kept<'_>) -> PhotoRendition {
    let Rendition { variant, hash: _, octets, pixels } = *rendition;
    PhotoRendition {
        variant,
        url: (kept.address)(variant),
        width: pixels.width,
        height: pixels.height,
        content_type: variant.format().media_type(),
        bytes: octets,
    }
}

/// The widths of each format, smallest first.
fn srcset(kept: &Kept<'_>) -> Srcset {
    let mut sets: BTreeMap<RenditionFormat, Vec<String>> = BTreeMap::new();
    for rendition in kept.renditions {
        if let Size::Width(_) = rendition.variant.size() {
            let candidate = format!("{} {}w", (kept.address)(rendition.variant), rendition.pixels.width);
            sets.entry(rendition.variant.format()).or_default().push(candidate);
        }
    }
    let mut of = |format| sets.remove(&format).unwrap_or_default().join(", ");
    Srcset {
        avif: of(RenditionFormat::Avif),
        webp: of(RenditionFormat::Webp),
        jpeg: of(RenditionFormat::Jpeg),
    }
}
