//! What an editor sends: a change per member of the content, with references as editors write them.

use super::ArticleKind;
use super::HeadlineVariants;
use super::change::Change;
use super::dateline::Dateline;
use super::reference::Ref;
use super::texts::{Headline, Kicker, Standfirst, Summary};
use crate::article::byline::{BylineAffiliation, BylineLocation, BylineName, BylineOverride, BylineRole};
use crate::block::NewBlock;
use crate::block::photo::PhotoUse;
use crate::block::related::RelatedArticles;
use crate::id::{ContributorId, SectionId, TagId};
use crate::language::Language;
use crate::slug::Slug;
use crate::web_url::WebUrl;

/// A change of the content, member by member. [`Content::patched`](super::Content::patched) makes it.
///
/// A new article is [`Content::begun`](super::Content::begun) with the rest of what was sent as a patch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContentPatch {
    /// Cannot be cleared.
    pub headline: Change<Headline>,
    /// Replaced as a whole.
    pub headline_variants: Change<HeadlineVariants>,
    /// Cleared, it is made from the headline.
    pub slug: Change<Slug>,
    /// Cleared, it is `news`.
    pub kind: Change<ArticleKind>,
    /// See [`Content`](super::Content).
    pub kicker: Change<Kicker>,
    /// See [`Content`](super::Content).
    pub standfirst: Change<Standfirst>,
    /// See [`Content`](super::Content).
    pub summary: Change<Summary>,
    /// Cannot be cleared.
    pub language: Change<Language>,
    /// By id or slug.
    pub section: Change<Ref<SectionId>>,
    /// By id or slug.
    pub tags: Change<Vec<Ref<TagId>>>,
    /// See [`Content`](super::Content).
    pub related: Change<RelatedArticles>,
    /// See [`Content`](super::Content).
    pub canonical_url: Change<WebUrl>,
    /// See [`Content`](super::Content).
    pub noindex: Change<bool>,
    /// See [`Content`](super::Content).
    pub dateline: Change<Dateline>,
    /// Contributors by id or slug.
    pub bylines: Change<Vec<NewByline>>,
    /// See [`Content`](super::Content).
    pub byline_override: Change<BylineOverride>,
    /// See [`Content`](super::Content).
    pub no_byline: Change<bool>,
    /// See [`Content`](super::Content).
    pub lead_photo: Change<PhotoUse>,
    /// Blocks that lack an id get one.
    pub body: Change<Vec<NewBlock>>,
}

/// A byline entry as an editor sends it: with a contributor, a name, or both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewByline {
    /// What they did.
    pub role: BylineRole,
    /// Who they are, by id or slug.
    pub contributor: Option<Ref<ContributorId>>,
    /// Their name as published; where it is left out, that of the contributor's profile.
    pub name: Option<BylineName>,
    /// For whom they work.
    pub affiliation: Option<BylineAffiliation>,
    /// Whence they reported.
    pub location: Option<BylineLocation>,
}
