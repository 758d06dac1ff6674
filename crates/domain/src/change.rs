//! Changes: which things readers may see in another way since an event, and what else shows them. The feed of changes has
//! one entry for each such thing, which moves to its end at each change (ruling 21).

use uuid::Uuid;

use crate::codes::codes;
use crate::event::{Event, EventKind};
use crate::id::{ArticleId, ContributorId, FrontId, PhotoId, SectionId, TagId};
use crate::surrogate_key::SurrogateKey;
use crate::thing::Thing;

codes! {
    /// The kind of a resource.
    pub enum ResourceKind {
        /// An article.
        Article = "article",
        /// A section.
        Section = "section",
        /// A tag.
        Tag = "tag",
        /// A contributor.
        Contributor = "contributor",
        /// A photo.
        Photo = "photo",
        /// A front.
        Front = "front",
    }
}

/// A thing that readers may see and that others keep a copy of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Resource {
    /// An article.
    Article(ArticleId),
    /// A section.
    Section(SectionId),
    /// A tag.
    Tag(TagId),
    /// A contributor.
    Contributor(ContributorId),
    /// A photo.
    Photo(PhotoId),
    /// A front.
    Front(FrontId),
}

impl Resource {
    /// Its kind.
    pub const fn kind(self) -> ResourceKind {
        match self {
            Self::Article(_) => ResourceKind::Article,
            Self::Section(_) => ResourceKind::Section,
            Self::Tag(_) => ResourceKind::Tag,
            Self::Contributor(_) => ResourceKind::Contributor,
            Self::Photo(_) => ResourceKind::Photo,
            Self::Front(_) => ResourceKind::Front,
        }
    }

    /// Its id.
    pub const fn uuid(self) -> Uuid {
        match self {
            Self::Article(id) => id.uuid(),
            Self::Section(id) => id.uuid(),
            Self::Tag(id) => id.uuid(),
            Self::Contributor(id) => id.uuid(),
            Self::Photo(id) => id.uuid(),
            Self::Front(id) => id.uuid(),
        }
    }

    /// The resource that [`Resource::kind`] and [`Resource::uuid`] name.
    pub const fn named(kind: ResourceKind, id: Uuid) -> Self {
        match kind {
            ResourceKind::Article => Self::Article(ArticleId::new(id)),
            ResourceKind::Section => Self::Section(SectionId::new(id)),
            ResourceKind::Tag => Self::Tag(TagId::new(id)),
            ResourceKind::Contributor => Self::Contributor(ContributorId::new(id)),
            ResourceKind::Photo => Self::Photo(PhotoId::new(id)),
            ResourceKind::Front => Self::Front(FrontId::new(id)),
        }
    }

    /// What an event is about, where that is one.
    const fn of(subject: Thing) -> Option<Self> {
        match subject {
            Thing::Article(id) => Some(Self::Article(id)),
            Thing::Section(id) => Some(Self::Section(id)),
            Thing::Tag(id) => Some(Self::Tag(id)),
            Thing::Contributor(id) => Some(Self::Contributor(id)),
            Thing::Photo(id) => Some(Self::Photo(id)),
            Thing::Front(id) => Some(Self::Front(id)),
            Thing::Correction(_)
            | Thing::PreviewToken(_)
            | Thing::Comment(_)
            | Thing::Ban(_)
            | Thing::User(_)
            | Thing::Invitation(_)
            | Thing::Session(_)
            | Thing::ApiKey(_)
            | Thing::Webhook(_)
            | Thing::Site => None,
        }
    }
}

/// What an event may have done to a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Touch {
    /// It may have appeared or disappeared, and is the same otherwise.
    Perhaps,
    /// It is another one.
    Changed,
}

/// Whether readers see something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// They do.
    Seen,
    /// They do not.
    Gone,
}

impl Touch {
    /// Whether followers are to be told of something that was told of as `told`, if ever, and now is `now`. What was never
    /// seen is not told of: no entry of the feed tells of a draft (abuse AZ-06).
    pub fn is_news(self, told: Option<Sight>, now: Sight) -> bool {
        match (told.unwrap_or(Sight::Gone), now) {
            (Sight::Gone, Sight::Gone) => false,
            (Sight::Gone, Sight::Seen) | (Sight::Seen, Sight::Gone) => true,
            (Sight::Seen, Sight::Seen) => self == Self::Changed,
        }
    }
}

/// What shows something that has changed, and has changed with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Showing {
    /// Articles that lead to this article.
    LinksTo(ArticleId),
    /// Articles of this section itself.
    Within(SectionId),
    /// Articles with this tag.
    Tagged(TagId),
    /// Articles by this contributor.
    By(ContributorId),
    /// Photos that credit this contributor.
    Credits(ContributorId),
    /// Articles with this photo.
    Pictured(PhotoId),
}

codes! {
    /// The kind of what shows something.
    pub enum ShowingKind {
        /// Articles that lead to an article.
        LinksTo = "links_to",
        /// Articles of a section itself.
        Within = "within",
        /// Articles with a tag.
        Tagged = "tagged",
        /// Articles by a contributor.
        By = "by",
        /// Photos that credit a contributor.
        Credits = "credits",
        /// Articles with a photo.
        Pictured = "pictured",
    }
}

impl Showing {
    /// What shows a resource. A section is shown by the articles of those below it too, which only the tree knows.
    pub fn of(resource: Resource) -> Vec<Self> {
        match resource {
            Resource::Article(id) => vec![Self::LinksTo(id)],
            Resource::Section(id) => vec![Self::Within(id)],
            Resource::Tag(id) => vec![Self::Tagged(id)],
            Resource::Contributor(id) => vec![Self::By(id), Self::Credits(id)],
            Resource::Photo(id) => vec![Self::Pictured(id)],
            // A front stands in nothing.
            Resource::Front(_) => Vec::new(),
        }
    }

    /// Its kind.
    pub const fn kind(self) -> ShowingKind {
        match self {
            Self::LinksTo(_) => ShowingKind::LinksTo,
            Self::Within(_) => ShowingKind::Within,
            Self::Tagged(_) => ShowingKind::Tagged,
            Self::By(_) => ShowingKind::By,
            Self::Credits(_) => ShowingKind::Credits,
            Self::Pictured(_) => ShowingKind::Pictured,
        }
    }

    /// The id of what is shown.
    pub const fn uuid(self) -> Uuid {
        match self {
            Self::LinksTo(id) => id.uuid(),
            Self::Within(id) => id.uuid(),
            Self::Tagged(id) => id.uuid(),
            Self::By(id) | Self::Credits(id) => id.uuid(),
            Self::Pictured(id) => id.uuid(),
        }
    }

    /// What [`Showing::kind`] and [`Showing::uuid`] name.
    pub const fn named(kind: ShowingKind, id: Uuid) -> Self {
        match kind {
            ShowingKind::LinksTo => Self::LinksTo(ArticleId::new(id)),
            ShowingKind::Within => Self::Within(SectionId::new(id)),
            ShowingKind::Tagged => Self::Tagged(TagId::new(id)),
            ShowingKind::By => Self::By(ContributorId::new(id)),
            ShowingKind::Credits => Self::Credits(ContributorId::new(id)),
            ShowingKind::Pictured => Self::Pictured(PhotoId::new(id)),
        }
    }
}

impl Event {
    /// What it may have done to resources; of one that it names twice, both. What purges nothing did nothing to any.
    pub fn touches(&self) -> Vec<(Resource, Touch)> {
        if self.keys.is_empty() {
            return Vec::new();
        }
        let subject = Resource::of(self.subject).map(|resource| (resource, subject_touch(self.kind)));
        let named = self.keys.iter().filter_map(SurrogateKey::resource);
        subject.into_iter().chain(named.map(|resource| (resource, self.touch_of(resource)))).collect()
    }

    /// Whether lists are different now, and with them the fronts that fill themselves.
    pub fn changes_lists(&self) -> bool {
        subject_touch(self.kind) == Touch::Changed && self.keys.contains(&SurrogateKey::lists())
    }

    /// What it may have done to a resource that its keys name.
    const fn touch_of(&self, named: Resource) -> Touch {
        match (self.subject, named) {
            // Whoever has a photo as their portrait shows it, or shows none. What was merged into another is that one now.
            (Thing::Photo(_) | Thing::Contributor(_), Resource::Contributor(_))
            | (Thing::Tag(_), Resource::Tag(_)) => Touch::Changed,
            // With an article that stands on it: what is only planned for that shows there neither.
            (_, Resource::Front(_)) => subject_touch(self.kind),
            _ => Touch::Perhaps,
        }
    }
}

/// What an event of this kind may have done to what it is about.
const fn subject_touch(kind: EventKind) -> Touch {
    match kind {
        EventKind::ArticlePublished
        | EventKind::ArticleUpdated
        | EventKind::ArticleExpired
        | EventKind::ArticleUnpublished
        | EventKind::ArticleWithdrawn
        | EventKind::PhotoChanged
        | EventKind::PhotoRightsEnded
        | EventKind::PhotoEmbargoEnded
        | EventKind::ThreadChanged
        | EventKind::ThreadClosed
        | EventKind::SectionChanged
        | EventKind::TagChanged
        | EventKind::ContributorChanged
        | EventKind::FrontChanged => Touch::Changed,
        // What is only planned, or was not seen, shows in nothing.
        EventKind::ArticleScheduled
        | EventKind::ArticleUnscheduled
        | EventKind::ArticleReinstated
        | EventKind::ArticleChanged
        | EventKind::ArticleDeleted
        | EventKind::PhotoAdded
        | EventKind::PhotoDeleted
        | EventKind::PhotoRightsEnding
        | EventKind::CommentSubmitted
        | EventKind::CommentShown
        | EventKind::CommentHidden
        | EventKind::CommentChanged
        | EventKind::CommentDecided
        | EventKind::SectionDeleted
        | EventKind::TagDeleted
        | EventKind::ContributorDeleted
        | EventKind::FrontDeleted => Touch::Perhaps,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::EventId;
    use crate::time::Moment;

    #[test]
    fn every_kind_is_read_back_as_it_was_written() {
        for &kind in ResourceKind::ALL {
            let resource = Resource::named(kind, Uuid::from_u128(7));
            assert_eq!(Resource::named(resource.kind(), resource.uuid()), resource);
        }
        for &kind in ShowingKind::ALL {
            let showing = Showing::named(kind, Uuid::from_u128(7));
            assert_eq!(Showing::named(showing.kind(), showing.uuid()), showing);
        }
    }

    // abuse: AZ-06
    #[test]
    fn what_was_never_seen_is_never_news() {
        for touch in [Touch::Perhaps, Touch::Changed] {
            assert!(!touch.is_news(None, Sight::Gone));
            assert!(!touch.is_news(Some(Sight::Gone), Sight::Gone));
            assert!(touch.is_news(None, Sight::Seen));
            assert!(touch.is_news(Some(Sight::Seen), Sight::Gone));
            assert!(touch.is_news(Some(Sight::Gone), Sight::Seen));
        }
        assert!(!Touch::Perhaps.is_news(Some(Sight::Seen), Sight::Seen));
        assert!(Touch::Changed.is_news(Some(Sight::Seen), Sight::Seen));
    }

    #[test]
    fn an_event_touches_its_subject_and_what_its_keys_name() {
        let (article, tag) = (ArticleId::new(Uuid::from_u128(1)), TagId::new(Uuid::from_u128(2)));
        let event = |keys| Event {
            id: EventId::new(Uuid::from_u128(3)),
            at: Moment::new(chrono::DateTime::UNIX_EPOCH),
            kind: EventKind::ArticlePublished,
            subject: Thing::Article(article),
            keys,
        };
        let keys = vec![SurrogateKey::lists(), SurrogateKey::thread(article), SurrogateKey::tag(tag)];
        assert_eq!(
            event(keys).touches(),
            [(Resource::Article(article), Touch::Changed), (Resource::Tag(tag), Touch::Perhaps)]
        );
        assert_eq!(event(Vec::new()).touches(), []);
    }
}
