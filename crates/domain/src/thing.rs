//! What audit entries and events are about: a thing named by its kind and id, for things of every kind.

use uuid::Uuid;

use crate::codes::codes;
use crate::id::{
    ApiKeyId, ArticleId, BanId, CommentId, ContributorId, CorrectionId, FrontId, InvitationId, PhotoId,
    PreviewTokenId, SectionId, SessionId, TagId, UserId, WebhookId,
};
use crate::violation::Violation;

codes! {
    /// The kind of a thing.
    pub enum ThingKind {
        /// An article.
        Article = "article",
        /// A correction of an article.
        Correction = "correction",
        /// A link that shows a working copy.
        PreviewToken = "preview_token",
        /// A photo.
        Photo = "photo",
        /// A comment.
        Comment = "comment",
        /// A ban of commenters.
        Ban = "comment_ban",
        /// A section.
        Section = "section",
        /// A tag.
        Tag = "tag",
        /// A contributor.
        Contributor = "contributor",
        /// A front.
        Front = "front",
        /// A user.
        User = "user",
        /// An invitation to become a user.
        Invitation = "invitation",
        /// A sign-in.
        Session = "session",
        /// An API key.
        ApiKey = "api_key",
        /// A webhook.
        Webhook = "webhook",
        /// The site as a whole.
        Site = "site",
    }
}

/// A thing with a past.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Thing {
    /// An article.
    Article(ArticleId),
    /// A correction of an article.
    Correction(CorrectionId),
    /// A link that shows a working copy.
    PreviewToken(PreviewTokenId),
    /// A photo.
    Photo(PhotoId),
    /// A comment.
    Comment(CommentId),
    /// A ban of commenters.
    Ban(BanId),
    /// A section.
    Section(SectionId),
    /// A tag.
    Tag(TagId),
    /// A contributor.
    Contributor(ContributorId),
    /// A front.
    Front(FrontId),
    /// A user.
    User(UserId),
    /// An invitation to become a user.
    Invitation(InvitationId),
    /// A sign-in.
    Session(SessionId),
    /// An API key.
    ApiKey(ApiKeyId),
    /// A webhook.
    Webhook(WebhookId),
    /// The site as a whole.
    Site,
}

impl Thing {
    /// Its kind.
    pub const fn kind(self) -> ThingKind {
        match self {
            Self::Article(_) => ThingKind::Article,
            Self::Correction(_) => ThingKind::Correction,
            Self::PreviewToken(_) => ThingKind::PreviewToken,
            Self::Photo(_) => ThingKind::Photo,
            Self::Comment(_) => ThingKind::Comment,
            Self::Ban(_) => ThingKind::Ban,
            Self::Section(_) => ThingKind::Section,
            Self::Tag(_) => ThingKind::Tag,
            Self::Contributor(_) => ThingKind::Contributor,
            Self::Front(_) => ThingKind::Front,
            Self::User(_) => ThingKind::User,
            Self::Invitation(_) => ThingKind::Invitation,
            Self::Session(_) => ThingKind::Session,
            Self::ApiKey(_) => ThingKind::ApiKey,
            Self::Webhook(_) => ThingKind::Webhook,
            Self::Site => ThingKind::Site,
        }
    }

    /// Its id, for the store; the site has none.
    pub const fn uuid(self) -> Option<Uuid> {
        match self {
            Self::Article(id) => Some(id.uuid()),
            Self::Correction(id) => Some(id.uuid()),
            Self::PreviewToken(id) => Some(id.uuid()),
            Self::Photo(id) => Some(id.uuid()),
            Self::Comment(id) => Some(id.uuid()),
            Self::Ban(id) => Some(id.uuid()),
            Self::Section(id) => Some(id.uuid()),
            Self::Tag(id) => Some(id.uuid()),
            Self::Contributor(id) => Some(id.uuid()),
            Self::Front(id) => Some(id.uuid()),
            Self::User(id) => Some(id.uuid()),
            Self::Invitation(id) => Some(id.uuid()),
            Self::Session(id) => Some(id.uuid()),
            Self::ApiKey(id) => Some(id.uuid()),
            Self::Webhook(id) => Some(id.uuid()),
            Self::Site => None,
        }
    }

    /// The thing that [`Thing::kind`] and [`Thing::uuid`] name; every kind but the site needs an id.
    pub fn named(kind: ThingKind, id: Option<Uuid>) -> Result<Self, Violation> {
        let id = || id.ok_or_else(Violation::required);
        Ok(match kind {
            ThingKind::Article => Self::Article(ArticleId::new(id()?)),
            ThingKind::Correction => Self::Correction(CorrectionId::new(id()?)),
            ThingKind::PreviewToken => Self::PreviewToken(PreviewTokenId::new(id()?)),
            ThingKind::Photo => Self::Photo(PhotoId::new(id()?)),
            ThingKind::Comment => Self::Comment(CommentId::new(id()?)),
            ThingKind::Ban => Self::Ban(BanId::new(id()?)),
            ThingKind::Section => Self::Section(SectionId::new(id()?)),
            ThingKind::Tag => Self::Tag(TagId::new(id()?)),
            ThingKind::Contributor => Self::Contributor(ContributorId::new(id()?)),
            ThingKind::Front => Self::Front(FrontId::new(id()?)),
            ThingKind::User => Self::User(UserId::new(id()?)),
            ThingKind::Invitation => Self::Invitation(InvitationId::new(id()?)),
            ThingKind::Session => Self::Session(SessionId::new(id()?)),
            ThingKind::ApiKey => Self::ApiKey(ApiKeyId::new(id()?)),
            ThingKind::Webhook => Self::Webhook(WebhookId::new(id()?)),
            ThingKind::Site => Self::Site,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_thing_is_read_back_as_it_was_written() {
        for &kind in ThingKind::ALL {
            let thing = Thing::named(kind, Some(Uuid::from_u128(7))).unwrap();
            assert_eq!(Thing::named(thing.kind(), thing.uuid()), Ok(thing));
            assert_eq!(ThingKind::parse(kind.name()), Ok(kind));
        }
    }
}
