//! The texts of an article in which words are looked for.

use std::collections::HashMap;

use crate::article::content::Content;
use crate::block::photo::PhotoUse;
use crate::block::{Block, BlockKind};
use crate::id::PhotoId;
use crate::photo::credit::Credit;
use crate::photo::facts::PhotoFacts;

/// What photos say of themselves, where their article says nothing.
pub type Photos<'a> = HashMap<PhotoId, &'a PhotoFacts>;

/// A text of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Text {
    pub(super) part: Part,
    pub(super) text: String,
}

/// Of which part of the article it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Headline,
    Body,
    /// Standfirst, captions, credits and bylines.
    Rest,
}

/// All of them, in the order in which they are read. Of a photo that is not in `photos` readers see nothing, and none of
/// its words are here.
pub(super) fn texts(content: &Content, photos: &Photos<'_>) -> Vec<Text> {
    let mut texts = Texts { photos, found: Vec::new() };
    texts.push(Part::Headline, content.headline.as_str());
    texts.push(Part::Rest, &content.standfirst.spans().text());
    content.lead_photo.iter().for_each(|used| texts.photo(used));
    content.body.blocks().iter().for_each(|block| texts.block(block));
    content.bylines.as_slice().iter().for_each(|byline| texts.push(Part::Rest, byline.name.as_str()));
    content.byline_override.iter().for_each(|text| texts.push(Part::Rest, text.as_str()));
    texts.found
}

struct Texts<'a> {
    photos: &'a Photos<'a>,
    found: Vec<Text>,
}

impl Texts<'_> {
    fn push(&mut self, part: Part, text: &str) {
        if !text.is_empty() {
            self.found.push(Text { part, text: text.to_owned() });
        }
    }

    fn block(&mut self, block: &Block) {
        match &block.kind {
            BlockKind::Photo(photo) => self.photo(&photo.photo),
            BlockKind::Gallery(gallery) => gallery.photos().iter().for_each(|used| self.photo(used)),
            BlockKind::Unsupported(_) => {}
            kind => kind.plain_text().lines().for_each(|line| self.push(Part::Body, line)),
        }
    }

    fn photo(&mut self, used: &PhotoUse) {
        let Some(facts) = self.photos.get(&used.photo) else { return };
        if let Some(caption) = used.caption.as_ref().or(facts.caption.as_ref()) {
            self.push(Part::Rest, caption.as_str());
        }
        match (&used.credit_display, &facts.credit) {
            (Some(line), _) => self.push(Part::Rest, line.as_str()),
            (None, Some(credit)) => self.credit(credit),
            (None, None) => {}
        }
    }

    /// Its names one by one: how they stand in a line is the style of the house.
    fn credit(&mut self, credit: &Credit) {
        if let Some(line) = credit.display() {
            return self.push(Part::Rest, line.as_str());
        }
        credit.creators().iter().for_each(|creator| self.push(Part::Rest, creator.name.as_str()));
        credit.organizations().iter().for_each(|name| self.push(Part::Rest, name.as_str()));
        credit.qualifier().into_iter().for_each(|qualifier| self.push(Part::Rest, qualifier.as_str()));
    }
}
