//! All that a patch refers to, to be looked up at once, and what was found. The looking up is the store's.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::Content;
use super::patch::ContentPatch;
use super::reference::Ref;
use crate::article::byline::BylineName;
use crate::block::photo::PhotoUse;
use crate::block::related::RelatedArticles;
use crate::block::{BlockKind, NewBlock};
use crate::id::{ArticleId, ContributorId, PhotoId, SectionId, TagId};
use crate::span::mark::Mark;
use crate::span::{Span, Spans};

/// Everything that a patch names, each once, in a fixed order.
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

/// What of [`Names`] exists. What is missing here is an `unknown_reference` where the patch names it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// Sections by the name that the patch used.
    pub sections: HashMap<Ref<SectionId>, SectionId>,
    /// Tags by the name that the patch used; a merged tag leads to its survivor.
    pub tags: HashMap<Ref<TagId>, TagId>,
    /// Contributors by the name that the patch used.
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
        let mut names = Names { section: self.section.set().cloned(), ..Names::default() };
        names.tags.extend(self.tags.set().into_iter().flatten().cloned());
        let contributors = self.bylines.set().into_iter().flatten();
        names.contributors.extend(contributors.filter_map(|byline| byline.contributor.clone()));
        let related = self.related.set().into_iter().flat_map(RelatedArticles::as_slice);
        names.articles.extend(related.copied());
        let standfirst = self.standfirst.set().into_iter();
        names.articles.extend(standfirst.flat_map(|text| articles_linked(text.spans())).map(|(_, id)| id));
        names.photos.extend(self.lead_photo.set().map(|photo| photo.photo));
        for block in self.body.set().into_iter().flatten() {
            names.articles.extend(articles_of(block).into_iter().map(|(_, id)| id));
            names.photos.extend(photos_of(&block.kind).into_iter().map(|(_, photo)| photo.photo));
        }
        names
    }
}

/// The articles of ours that a block names, with their JSON pointers below the block.
pub(in crate::article) fn articles_of<Id>(block: &crate::block::Block<Id>) -> Vec<(String, ArticleId)> {
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

/// All that `body` names and `known` does not hold, as JSON pointers.
pub(super) fn unknown_in(body: &[NewBlock], known: &Known) -> Vec<String> {
    let mut unknown = Vec::new();
    for (i, block) in body.iter().enumerate() {
        let at = block_pointer(i);
        let articles = articles_of(block).into_iter().filter(|(_, id)| !known.articles.contains(id));
        unknown.extend(articles.map(|(below, _)| format!("{at}{below}")));
        let photos =
            photos_of(&block.kind).into_iter().filter(|(_, photo)| !known.photos.contains(&photo.photo));
        unknown.extend(photos.map(|(below, _)| format!("{at}{below}")));
    }
    unknown
}
