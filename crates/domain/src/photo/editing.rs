//! What an editor changes of a photo. Where it is shown, and whether that may be, is the newsroom's to ask.

use super::arrival::{heed, of_archive};
use super::credit::Credit;
use super::credit::agencies::Agencies;
use super::credit::caption::part;
use super::credit::line::{Confidence, Known};
use super::facts::PhotoFacts;
use super::file::PhotoFile;
use super::patch::PhotoPatch;
use super::{CreditFrom, Photo};
use crate::article::content::change::Change;
use crate::block::photo::PhotoCaption;
use crate::time::Moment;

impl Photo {
    /// The photo after `patch`. A caption that ends in a credit is taken without it, so that it shows once; the credit
    /// counts unless an editor has said another one. Notices of the caption and of a line that is said as the credit are
    /// heeded, unless the rights are said along with them.
    #[must_use]
    pub fn edited(mut self, mut patch: PhotoPatch, agencies: &Agencies, now: Moment) -> Self {
        if patch.credit != Change::Keep {
            self.credit_from = CreditFrom::Editor;
        }
        if let Change::Set(caption) = &patch.caption {
            let parted = part(caption.as_str(), Known { agencies, creators: &[] });
            patch.caption = PhotoCaption::parse(&parted.caption).map_or(Change::Clear, Change::Set);
            let free = self.credit_from != CreditFrom::Editor || self.facts.credit.is_none();
            if patch.credit == Change::Keep && free {
                self.read(parted.credit, parted.confidence);
                self.facts.credit = self.facts.credit.map(|credit| of_archive(credit, &parted.notices));
            }
            heed(&parted.notices, &mut self.facts.rights, &mut self.facts.instructions);
        }
        if let Change::Set(said) = &patch.credit {
            heed(&said.notices, &mut self.facts.rights, &mut self.facts.instructions);
        }
        self.facts = self.facts.patched(patch);
        self.updated_at = now;
        self
    }

    /// Takes the credit over that a caption named, if it did.
    fn read(&mut self, credit: Option<Credit>, confidence: Confidence) {
        if let Some(credit) = credit {
            self.facts.credit = Some(credit);
            self.facts.credit_confidence = confidence;
            self.credit_from = CreditFrom::Caption;
        }
    }

    /// The photo with another file. What is said of it stays; what nobody said yet, the new file may tell.
    #[must_use]
    pub fn with_file(mut self, file: PhotoFile, told: PhotoFacts, from: CreditFrom, now: Moment) -> Self {
        if self.facts.credit.is_none() {
            self.credit_from = from;
        }
        self.facts = self.facts.or(told);
        self.file = file;
        self.updated_at = now;
        self
    }
}

impl PhotoFacts {
    /// Each fact, or that of `other` where there is none.
    fn or(self, other: Self) -> Self {
        Self {
            caption: self.caption.or(other.caption),
            caption_writer: self.caption_writer.or(other.caption_writer),
            headline: self.headline.or(other.headline),
            alt: self.alt.or(other.alt),
            extended_description: self.extended_description.or(other.extended_description),
            credit_confidence: if self.credit.is_some() {
                self.credit_confidence
            } else {
                other.credit_confidence
            },
            credit: self.credit.or(other.credit),
            copyright_notice: self.copyright_notice.or(other.copyright_notice),
            usage_terms: self.usage_terms.or(other.usage_terms),
            instructions: self.instructions.or(other.instructions),
            web_statement_url: self.web_statement_url.or(other.web_statement_url),
            licensors: if self.licensors.as_slice().is_empty() { other.licensors } else { self.licensors },
            supplier: self.supplier.or(other.supplier),
            taken_at: self.taken_at.or(other.taken_at),
            location: self.location.or(other.location),
            people_shown: if self.people_shown.as_slice().is_empty() {
                other.people_shown
            } else {
                self.people_shown
            },
            keywords: if self.keywords.as_slice().is_empty() { other.keywords } else { self.keywords },
            job_id: self.job_id.or(other.job_id),
            digital_source_type: self.digital_source_type.or(other.digital_source_type),
            rights: self.rights,
            // The point of one picture means nothing in another.
            focal_point: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::id::{PhotoId, UserId};

    #[test]
    fn an_editors_credit_is_never_overwritten_by_what_is_read() {
        let photo = Photo::sample(PhotoId::new(Uuid::from_u128(1)), UserId::new(Uuid::from_u128(2)));
        let (agencies, at) = (Agencies::known(), photo.created_at);
        let caption = |text: &str| {
            let caption = Change::Set(PhotoCaption::parse(text).unwrap());
            PhotoPatch { caption, ..PhotoPatch::default() }
        };
        let creator =
            |photo: &Photo| photo.facts.credit.as_ref().unwrap().creators()[0].name.as_str().to_owned();
        let read = photo.edited(caption("The tide. (Photo by Ivo Grane/AP)"), &agencies, at);
        assert_eq!((creator(&read).as_str(), read.credit_from), ("Ivo Grane", CreditFrom::Caption));
        let again = read.edited(caption("The tide. (Photo by Mara Lind/AP)"), &agencies, at);
        assert_eq!(creator(&again), "Mara Lind");
        let credit = Change::Set(again.facts.credit.clone().unwrap().into());
        let said = again.edited(PhotoPatch { credit, ..PhotoPatch::default() }, &agencies, at);
        let kept = said.edited(caption("The ebb. (Photo by Ivo Grane/AP)"), &agencies, at);
        assert_eq!((creator(&kept).as_str(), kept.credit_from), ("Mara Lind", CreditFrom::Editor));
        assert_eq!(kept.facts.caption.unwrap().as_str(), "The ebb.");
    }
}
