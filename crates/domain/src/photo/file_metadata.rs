//! What the file of a photo says of it. Reading a file is the crate `media`'s; what becomes of it is the picture desk's.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::credit::{CreatorName, RawCredit};
use super::digital_source::DigitalSourceType;
use super::lists::{Keywords, Licensors, PeopleShown};
use super::place::PhotoLocation;
use super::provenance::Supplier;
use super::rights::Release;
use super::taken::TakenAt;
use super::texts::{
    CaptionWriter, CopyrightNotice, CreatorTitle, ExtendedDescription, Instructions, JobId, PhotoHeadline,
    UsageTerms,
};
use crate::block::photo::{AltText, PhotoCaption};
use crate::codes::codes;
use crate::web_url::WebUrl;

codes! {
    /// A field of the IPTC Photo Metadata Standard that we read.
    pub enum MetadataField {
        /// What the photo shows.
        Caption = "caption",
        /// Who wrote the caption.
        CaptionWriter = "caption_writer",
        /// The headline.
        Headline = "headline",
        /// Who made the photo.
        Creators = "creators",
        /// The position of who made it.
        CreatorTitle = "creator_title",
        /// The credit line.
        CreditLine = "credit_line",
        /// Whence the photo came at first.
        Source = "source",
        /// The copyright notice.
        CopyrightNotice = "copyright_notice",
        /// What the agency asks.
        Instructions = "instructions",
        /// The terms of use.
        UsageTerms = "usage_terms",
        /// Where the rights are told.
        WebStatementUrl = "web_statement_url",
        /// Who gives licences.
        Licensors = "licensors",
        /// Who delivered it.
        Supplier = "supplier",
        /// The alternative text.
        Alt = "alt",
        /// The extended description.
        ExtendedDescription = "extended_description",
        /// When it was taken.
        TakenAt = "taken_at",
        /// Where it was taken.
        Location = "location",
        /// Whom it shows.
        PeopleShown = "people_shown",
        /// Its keywords.
        Keywords = "keywords",
        /// The order by which it was taken or sent.
        JobId = "job_id",
        /// How the picture came to be.
        DigitalSourceType = "digital_source_type",
        /// Whether those whom it shows agreed.
        ModelRelease = "model_release",
        /// Whether the owners of what it shows agreed.
        PropertyRelease = "property_release",
    }
}

codes! {
    /// The part of a file in which a value stands.
    pub enum MetadataSource {
        /// The XMP packet.
        Xmp = "xmp",
        /// The IPTC-IIM block.
        Iim = "iim",
        /// The Exif block.
        Exif = "exif",
    }
}

/// A value to the letter as it stands in a file, cut at [`RawValue::MAX_CHARS`] (abuse MED-04). For editors only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RawValue {
    /// Of which field.
    pub field: MetadataField,
    /// In which part of the file.
    pub source: MetadataSource,
    /// What stands there; of a list, each entry is a value of its own.
    #[schema(max_length = 4000)]
    pub value: String,
}

impl RawValue {
    /// Longest, in Unicode scalar values: the longest text of a photo, doubled.
    pub const MAX_CHARS: usize = 4000;
}

/// What a file says, by the precedence of its parts. What did not fit a field was cut or left out; the raw values tell.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileMetadata {
    /// What the photo shows; a credit may still stand at its end.
    pub caption: Option<PhotoCaption>,
    /// Who wrote the caption.
    pub caption_writer: Option<CaptionWriter>,
    /// The headline.
    pub headline: Option<PhotoHeadline>,
    /// Who made the photo, one name each.
    pub creators: Vec<CreatorName>,
    /// The position of who made it.
    pub creator_title: Option<CreatorTitle>,
    /// The credit line.
    pub credit_line: Option<RawCredit>,
    /// Whence the photo came at first.
    pub source: Option<RawCredit>,
    /// The copyright notice.
    pub copyright_notice: Option<CopyrightNotice>,
    /// What the agency asks.
    pub instructions: Option<Instructions>,
    /// The terms of use.
    pub usage_terms: Option<UsageTerms>,
    /// Where the rights are told.
    pub web_statement_url: Option<WebUrl>,
    /// Who gives licences.
    pub licensors: Licensors,
    /// Who delivered it.
    pub supplier: Option<Supplier>,
    /// The alternative text.
    pub alt: Option<AltText>,
    /// The extended description.
    pub extended_description: Option<ExtendedDescription>,
    /// When it was taken.
    pub taken_at: Option<TakenAt>,
    /// Where it was taken.
    pub location: Option<PhotoLocation>,
    /// Whom it shows.
    pub people_shown: PeopleShown,
    /// Its keywords.
    pub keywords: Keywords,
    /// The order by which it was taken or sent.
    pub job_id: Option<JobId>,
    /// How the picture came to be.
    pub digital_source_type: Option<DigitalSourceType>,
    /// Whether those whom it shows agreed.
    pub model_release: Option<Release>,
    /// Whether the owners of what it shows agreed.
    pub property_release: Option<Release>,
    /// Every value of every part, as it stands in the file.
    pub raw: Vec<RawValue>,
    /// Fields in which the parts of the file differ.
    pub conflicts: Vec<MetadataField>,
}

impl FileMetadata {
    /// Most raw values that are kept of one file: keywords, creators and people, in three parts each (abuse MED-04).
    pub const MAX_RAW: usize = 1000;
}
