//! Photos: what the picture desk knows of one. How an article uses it is in `block::photo`; files and pixels are the
//! business of the crate `media`.

pub mod arrival;
pub mod credit;
pub mod digital_source;
mod editing;
pub mod facts;
pub mod file;
pub mod file_metadata;
pub mod hash;
pub mod lists;
pub mod patch;
pub mod place;
pub mod provenance;
pub mod rights;
pub mod search;
pub mod taken;
pub mod texts;
pub mod variant;

use self::credit::Credit;
use self::facts::PhotoFacts;
use self::file::PhotoFile;
use self::hash::ContentHash;
use self::lists::Licensors;
use self::texts::CopyrightNotice;
use crate::block::photo::FocalPoint;
use crate::codes::codes;
use crate::id::{PhotoId, UserId};
use crate::policy::{Action, Relation, Subject};
use crate::time::Moment;
use crate::version::Version;
use crate::web_url::WebUrl;

/// A photo as the newsroom keeps it. The same bytes are the same photo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    /// Its identity; it stays when the file is replaced.
    pub id: PhotoId,
    /// How often it was written.
    pub version: Version,
    /// Who brought it in.
    pub owner: UserId,
    /// Whether an article that has gone to readers, or is about to, uses it.
    pub printed: Printed,
    /// Its file.
    pub file: PhotoFile,
    /// What the picture desk says of it.
    pub facts: PhotoFacts,
    /// Who said whom its credit names.
    pub credit_from: CreditFrom,
    /// When it came in.
    pub created_at: Moment,
    /// When it last changed.
    pub updated_at: Moment,
}

codes! {
    /// Who said whom a credit names.
    pub enum CreditFrom {
        /// A field of the file.
        File = "file",
        /// The end of a caption.
        Caption = "caption",
        /// An editor: nothing that is read takes its place.
        Editor = "editor",
    }
}

impl Photo {
    /// What of it is in its renditions.
    pub const fn imprint(&self) -> Imprint<'_> {
        let PhotoFacts { focal_point, credit, copyright_notice, web_statement_url, licensors, .. } =
            &self.facts;
        Imprint {
            file: self.file.hash,
            focal_point: *focal_point,
            credit: credit.as_ref(),
            copyright_notice: copyright_notice.as_ref(),
            web_statement_url: web_statement_url.as_ref(),
            licensors,
        }
    }

    /// The name under which its renditions are addressed: it changes with its file and its focal point, so that no
    /// cache shows an old part of it.
    pub fn edition(&self) -> ContentHash {
        let Some(FocalPoint { x, y }) = self.facts.focal_point else { return self.file.hash };
        let mut made_of = self.file.hash.octets().to_vec();
        made_of.extend([x, y].into_iter().flat_map(|share| share.number().to_be_bytes()));
        ContentHash::of(&made_of)
    }
}

/// What of a photo is in its renditions: while it stays the same, so may they.
#[derive(Debug, PartialEq, Eq)]
pub struct Imprint<'a> {
    file: ContentHash,
    focal_point: Option<FocalPoint>,
    credit: Option<&'a Credit>,
    copyright_notice: Option<&'a CopyrightNotice>,
    web_statement_url: Option<&'a WebUrl>,
    licensors: &'a Licensors,
}

/// Whether a photo has left the newsroom with an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Printed {
    /// No live or scheduled article uses it.
    NotYet,
    /// One does.
    Already,
}

/// What readers see only ever comes from somebody who may publish (abuse AZ-14): so a photo is its owner's own to change
/// until an article takes it along to them.
impl Subject for Photo {
    fn relation(&self, user: UserId) -> Relation {
        match (self.owner == user, self.printed) {
            (false, _) => Relation::Others,
            (true, Printed::NotYet) => Relation::OwnUntilReady,
            (true, Printed::Already) => Relation::Own,
        }
    }

    const SEE: Action = Action::ReadPhotos;
}

#[cfg(test)]
mod tests;
