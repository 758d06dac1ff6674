//! What an editor sends to change what is said of a photo.

use super::credit::line::Confidence;
use super::credit::reading::SaidCredit;
use super::digital_source::DigitalSourceType;
use super::facts::PhotoFacts;
use super::lists::{Keywords, Licensors, PeopleShown};
use super::place::PhotoLocation;
use super::provenance::Supplier;
use super::rights::Rights;
use super::taken::TakenAt;
use super::texts::{
    CaptionWriter, CopyrightNotice, ExtendedDescription, Instructions, JobId, PhotoHeadline, UsageTerms,
};
use crate::article::content::change::Change;
use crate::block::photo::{AltText, FocalPoint, PhotoCaption};
use crate::web_url::WebUrl;

macro_rules! patch {
    ($($name:ident: $type:ty,)+) => {
        /// A change of what is said of a photo, fact by fact; each is replaced as a whole (ruling 4).
        #[derive(Debug, Clone, Default, PartialEq, Eq)]
        pub struct PhotoPatch {$(
            #[doc = concat!("See [`PhotoFacts::", stringify!($name), "`].")]
            pub $name: Change<$type>,
        )+}

        impl PhotoPatch {
            /// The names of the facts that it gives or clears, in the order of the contract.
            pub fn names(&self) -> Vec<&'static str> {
                let mut names = Vec::new();
                $(if self.$name != Change::Keep {
                    names.push(stringify!($name));
                })+
                names
            }
        }
    };
}

patch! {
    caption: PhotoCaption,
    caption_writer: CaptionWriter,
    headline: PhotoHeadline,
    alt: AltText,
    extended_description: ExtendedDescription,
    credit: SaidCredit,
    copyright_notice: CopyrightNotice,
    usage_terms: UsageTerms,
    instructions: Instructions,
    web_statement_url: WebUrl,
    licensors: Licensors,
    supplier: Supplier,
    taken_at: TakenAt,
    location: PhotoLocation,
    people_shown: PeopleShown,
    keywords: Keywords,
    job_id: JobId,
    digital_source_type: DigitalSourceType,
    rights: Rights,
    focal_point: FocalPoint,
}

impl PhotoFacts {
    /// The facts after `patch`.
    #[must_use]
    pub fn patched(self, patch: PhotoPatch) -> Self {
        Self {
            caption: patch.caption.or(self.caption),
            caption_writer: patch.caption_writer.or(self.caption_writer),
            headline: patch.headline.or(self.headline),
            alt: patch.alt.or(self.alt),
            extended_description: patch.extended_description.or(self.extended_description),
            credit_confidence: match patch.credit {
                Change::Keep => self.credit_confidence,
                Change::Clear | Change::Set(_) => Confidence::High,
            },
            credit: patch.credit.map(|said| said.credit).or(self.credit),
            copyright_notice: patch.copyright_notice.or(self.copyright_notice),
            usage_terms: patch.usage_terms.or(self.usage_terms),
            instructions: patch.instructions.or(self.instructions),
            web_statement_url: patch.web_statement_url.or(self.web_statement_url),
            licensors: patch.licensors.or_default(self.licensors),
            supplier: patch.supplier.or(self.supplier),
            taken_at: patch.taken_at.or(self.taken_at),
            location: patch.location.or(self.location),
            people_shown: patch.people_shown.or_default(self.people_shown),
            keywords: patch.keywords.or_default(self.keywords),
            job_id: patch.job_id.or(self.job_id),
            digital_source_type: patch.digital_source_type.or(self.digital_source_type),
            rights: patch.rights.or_default(self.rights),
            focal_point: patch.focal_point.or(self.focal_point),
        }
    }
}
