//! Identities: UUIDs of version 7 (RFC 9562), one type per noun, so that no id stands in for another.

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::openapi::{KnownFormat, ObjectBuilder, SchemaFormat};
use uuid::Uuid;

use crate::json::from_text;
use crate::schema::{self, described};
use crate::violation::{Rule, Violation};

macro_rules! ids {
    ($($(#[doc = $doc:literal])+ $name:ident)+) => {$(
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Takes over an id made elsewhere: ids come from outside, this crate has no source of chance.
            pub const fn new(id: Uuid) -> Self {
                Self(id)
            }

            /// Parses the one public spelling: hyphenated and lower case.
            pub fn parse(raw: &str) -> Result<Self, Violation> {
                parse(raw).map(Self)
            }

            /// The bare UUID, for storage.
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        from_text!($name);

        described!($name: uuid(concat!($($doc),+)));
    )+};
}

ids! {
    /// An API key.
    ApiKeyId
    /// An article, through all its revisions.
    ArticleId
    /// An entry of the audit log.
    AuditId
    /// A ban of commenters.
    BanId
    /// A comment of a reader, or a reply of the newsroom.
    CommentId
    /// A person, organisation or desk that bylines name.
    ContributorId
    /// A correction of an article.
    CorrectionId
    /// An event on its way to a webhook.
    DeliveryId
    /// An event of the outbox.
    EventId
    /// A front.
    FrontId
    /// An invitation to become a user.
    InvitationId
    /// A photo.
    PhotoId
    /// A link that shows a working copy.
    PreviewTokenId
    /// One HTTP request.
    RequestId
    /// A section of the site.
    SectionId
    /// A sign-in, with the family of refresh tokens that continue it.
    SessionId
    /// A tag.
    TagId
    /// A user: somebody who can sign in.
    UserId
    /// A webhook.
    WebhookId
}

/// The form as a regular expression, for the OpenAPI document.
const PATTERN: &str = "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$";

/// An id of version 7, made on 9 January 2026.
const EXAMPLE: &str = "019ba157-1f00-7c3d-9a41-5b7e2f60d8a4";

/// An id of what `doc` tells: "A tag." becomes "The id of a tag."
fn uuid(doc: &str) -> ObjectBuilder {
    let what = doc.trim();
    let doc = format!("The id of {}{}", what[..1].to_lowercase(), &what[1..]);
    let format = SchemaFormat::KnownFormat(KnownFormat::Uuid);
    schema::text(&doc, EXAMPLE.len(), EXAMPLE.len(), EXAMPLE).format(Some(format)).pattern(Some(PATTERN))
}

/// Whether `raw` has the shape of an id; a slug may not (abuse IN-07).
pub fn has_id_shape(raw: &str) -> bool {
    Uuid::try_parse(raw).is_ok()
}

fn parse(raw: &str) -> Result<Uuid, Violation> {
    let malformed = || Violation::new(Rule::BadFormat, "must be a UUID in lower case with hyphens");
    let id = Uuid::try_parse(raw).map_err(|_| malformed())?;
    let mut spelling = Uuid::encode_buffer();
    if id.hyphenated().encode_lower(&mut spelling) == raw { Ok(id) } else { Err(malformed()) }
}
