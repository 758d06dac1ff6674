//! What the picture desk says of a photo: what came with the file, and what editors made of it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::credit::Credit;
use super::credit::line::Confidence;
use super::digital_source::DigitalSourceType;
use super::lists::{Keywords, Licensors, PeopleShown};
use super::place::PhotoLocation;
use super::provenance::Supplier;
use super::rights::Rights;
use super::taken::TakenAt;
use super::texts::{
    CaptionWriter, CopyrightNotice, ExtendedDescription, Instructions, JobId, PhotoHeadline, UsageTerms,
};
use crate::block::photo::{AltText, FocalPoint, PhotoCaption};
use crate::web_url::WebUrl;

/// What is said of a photo. Each fact is what is shown: an editor's, else that of the file, and never both mixed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PhotoFacts {
    /// What it shows. The credit is not part of it.
    #[schema(required)]
    pub caption: Option<PhotoCaption>,
    /// Who wrote the caption.
    #[schema(required)]
    pub caption_writer: Option<CaptionWriter>,
    /// Its headline with the agency.
    #[schema(required)]
    pub headline: Option<PhotoHeadline>,
    /// What it shows, for those who cannot see it.
    #[schema(required)]
    pub alt: Option<AltText>,
    /// The same at length.
    #[schema(required)]
    pub extended_description: Option<ExtendedDescription>,
    /// Who made it and who passed it on.
    #[schema(required)]
    pub credit: Option<Credit>,
    /// How far that is to be trusted, where it was read out of a line.
    #[serde(default)]
    pub credit_confidence: Confidence,
    /// Who holds the copyright.
    #[schema(required)]
    pub copyright_notice: Option<CopyrightNotice>,
    /// How it may be used, as its owners put it.
    #[schema(required)]
    pub usage_terms: Option<UsageTerms>,
    /// What the agency asks of the newsroom: never shown to readers.
    #[schema(required)]
    pub instructions: Option<Instructions>,
    /// Where its rights are told.
    #[schema(required)]
    pub web_statement_url: Option<WebUrl>,
    /// Who gives licences.
    pub licensors: Licensors,
    /// Who delivered it.
    #[schema(required)]
    pub supplier: Option<Supplier>,
    /// When it was taken.
    #[schema(required)]
    pub taken_at: Option<TakenAt>,
    /// Where it was taken.
    #[schema(required)]
    pub location: Option<PhotoLocation>,
    /// Whom it shows.
    pub people_shown: PeopleShown,
    /// Words by which it is found.
    pub keywords: Keywords,
    /// By which order it was taken or sent.
    #[schema(required)]
    pub job_id: Option<JobId>,
    /// How the picture came to be.
    #[schema(required)]
    pub digital_source_type: Option<DigitalSourceType>,
    /// What we may do with it.
    pub rights: Rights,
    /// What must stay visible however it is cut; the middle where nobody said.
    #[schema(required)]
    pub focal_point: Option<FocalPoint>,
}
