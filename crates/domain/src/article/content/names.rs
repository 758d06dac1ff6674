//! All that a patch or a content refers to, to be looked up at once, and what was found. The looking up is the store's.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::Content;
use super::patch::ContentPatch;
use super::reference::Ref;
use super::texts::Standfirst;
use crate::article::byline::BylineName;
use crate::block::id::BlockId;
use crate::block::photo::PhotoUse;
use crate::block::related::RelatedArticles;
use crate::block::{Block, BlockKind};
use crate::id::{ArticleId, ContributorId, PhotoId, SectionId, TagId};
use crate::span::mark::Mark;
use crate::span::{Span, Spans};

/// Everything that a patch or a content names, each once, in a fixed order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    /// The section, if any.
    pub section: Option<Ref<SectionId>>,
    /// Tags.
    pub tags: BTreeSet<Ref<TagId>>,
    /// Contributors.
    pub contributors: BTreeSet<Ref<ContributorId>>,
    /// Articles of ours.
    pub articles: BTreeSet<ArticleId>,
    /// Photos.
    pub photos: BTreeSet<PhotoId>,
}

/// What of [`Names`] exists. What is missing here is an `unknown_reference` where it is named.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// Sections by the name that was used.
    pub sections: HashMap<Ref<SectionId>, SectionId>,
    /// Tags by the name that was used; a merged tag leads to its survivor.
    pub tags: HashMap<Ref<TagId>, TagId>,
    /// Contributors by the name that was used; a merged one leads to their survivor.
    pub contributors: HashMap<Ref<ContributorId>, KnownContributor>,
    /// Articles of ours, published or not.
    pub articles: HashSet<ArticleId>,
    /// Photos.
    pub photos: HashSet<PhotoId>,
}

/// What a byline takes over from a profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownContributor {
    /// Their identity.
    pub id: ContributorId,
    /// Their name now.
    pub name: BylineName,
}

impl ContentPatch {
    /// Everything that it names.
    pub fn names(&self) -> Names {
        let mut names = ById::of_patch(self).names();
        names.section = self.section.set().cloned();
        names.tags.extend(self.tags.set().into_iter().flatten().cloned());
        let contributors = self.bylines.set().into_iter().flatten();
        names.contributors.extend(contributors.filter_map(|byline| byline.contributor.clone()));
        names
    }
}

impl Content {
    /// Everything that it names.
    pub fn names(&self) -> Names {
        let mut names = ById::of_content(self).names();
        names.section = self.section.map(Ref::Id);
        names.tags.extend(self.tags.as_slice().iter().copied().map(Ref::Id));
        let contributors = self.bylines.as_slice().iter().filter_map(|byline| byline.contributor);
        names.contributors.extend(contributors.map(Ref::Id));
        names
    }
}

/// The members of a patch or of a content that name things by nothing but their ids: articles and photos.
pub(super) struct ById<'a, Id> {
    standfirst: Option<&'a Standfirst>,
    related: Option<&'a RelatedArticles>,
    lead_photo: Option<&'a PhotoUse>,
    body: &'a [Block<Id>],
}

/// What is named by its id.
enum Named {
    Article(ArticleId),
    Photo(PhotoId),
}

impl<'a> ById<'a, Option<BlockId>> {
    pub(super) fn of_patch(patch: &'a ContentPatch) -> Self {
        Self {
            standfirst: patch.standfirst.set(),
            related: patch.related.set(),
            lead_photo: patch.lead_photo.set(),
            body: patch.body.set().map(Vec::as_slice).unwrap_or_default(),
        }
    }
}

impl<'a> ById<'a, BlockId> {
    pub(super) fn of_content(content: &'a Content) -> Self {
        Self {
            standfirst: Some(&content.standfirst),
            related: Some(&content.related),
            lead_photo: content.lead_photo.as_ref(),
            body: content.body.blocks(),
        }
    }
}

impl<Id> ById<'_, Id> {
    /// The JSON pointers of all that `known` does not hold.
    pub(super) fn unknown(&self, known: &Known) -> Vec<String> {
        let mut all = self.all();
        all.retain(|(_, named)| match named {
            Named::Article(id) => !known.articles.contains(id),
            Named::Photo(id) => !known.photos.contains(id),
        });
        all.into_iter().map(|(at, _)| at).collect()
    }

    fn names(&self) -> Names {
        let mut names = Names::default();
        for (_, named) in self.all() {
            match named {
                Named::Article(id) => names.articles.insert(id),
                Named::Photo(id) => names.photos.insert(id),
            };
        }
        names
    }

    /// All of it, with its JSON pointers.
    fn all(&self) -> Vec<(String, Named)> {
        let mut all = Vec::new();
        let links = self.standfirst.into_iter().flat_map(|text| articles_linked(text.spans()));
        all.extend(links.map(|(at, id)| (format!("/standfirst{at}"), Named::Article(id))));
        let related = self.related.into_iter().flat_map(RelatedArticles::as_slice).enumerate();
        all.extend(related.map(|(i, id)| (format!("/related/{i}"), Named::Article(*id))));
        all.extend(self.lead_photo.map(|used| ("/lead_photo/photo".to_owned(), Named::Photo(used.photo))));
        for (i, block) in self.body.iter().enumerate() {
            let at = block_pointer(i);
            let articles = articles_of(block).into_iter();
            all.extend(articles.map(|(below, id)| (format!("{at}{below}"), Named::Article(id))));
            let photos = photos_of(&block.kind).into_iter();
            all.extend(photos.map(|(below, used)| (format!("{at}{below}"), Named::Photo(used.photo))));
        }
        all
    }
}

/// The articles of ours that a block names, with their JSON pointers below the block.
pub(in crate::article) fn articles_of<Id>(block: &Block<Id>) -> Vec<(String, ArticleId)> {
    if let BlockKind::Related(related) = &block.kind {
        let articles = related.articles.as_slice().iter().enumerate();
        return articles.map(|(i, &id)| (format!("/articles/{i}"), id)).collect();
    }
    let texts = block.kind.texts().into_iter();
    texts
        .flat_map(|(at, text)| articles_linked(text).map(move |(link, id)| (format!("{at}{link}"), id)))
        .collect()
}

/// The articles of ours to which a text links, with their JSON pointers below the list of spans.
pub fn articles_linked(text: &Spans) -> impl Iterator<Item = (String, ArticleId)> {
    let marks = |(s, span): (usize, &Span)| {
        let found = span.marks().iter().enumerate().map(|(m, mark)| (m, Mark::article(mark)));
        let found = found.filter_map(|(m, id)| Some((format!("/{s}/marks/{m}/article"), id?)));
        found.collect::<Vec<_>>()
    };
    text.as_slice().iter().enumerate().flat_map(marks)
}

/// The photo uses of a block, with their JSON pointers below the block.
pub(super) fn photos_of(kind: &BlockKind) -> Vec<(String, &PhotoUse)> {
    match kind {
        BlockKind::Photo(block) => vec![("/photo".to_owned(), &block.photo)],
        BlockKind::Gallery(gallery) => {
            let photos = gallery.photos().iter().enumerate();
            photos.map(|(i, photo)| (format!("/photos/{i}/photo"), photo)).collect()
        }
        _ => Vec::new(),
    }
}

/// Every photo use of a content, with its JSON pointer.
pub fn photo_uses(content: &Content) -> Vec<(String, &PhotoUse)> {
    let lead = content.lead_photo.iter().map(|photo| ("/lead_photo".to_owned(), photo));
    let blocks = content.body.blocks().iter().enumerate().flat_map(|(i, block)| {
        let at = block_pointer(i);
        let below = photos_of(&block.kind).into_iter();
        below.map(move |(photo, used)| {
            (format!("{at}{}", photo.strip_suffix("/photo").unwrap_or(&photo)), used)
        })
    });
    lead.chain(blocks).collect()
}

/// The JSON pointer of a block of a body.
pub(super) fn block_pointer(index: usize) -> String {
    format!("/body/{index}")
}
