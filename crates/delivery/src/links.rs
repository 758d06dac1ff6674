//! Links between our own articles, with the addresses that hold when they are read: an address moves, and a link to
//! what is gone is text.

use std::collections::HashMap;

use domain::article::checks::rules::linked;
use domain::article::content::Content;
use domain::article::content::names::articles_linked;
use domain::block::photo::PhotoUse;
use domain::id::ArticleId;
use domain::site::Site;
use render::body::photo::Photo;
use render::body::span::LinkedArticle;
use render::body::{ArticleRef, Articles};
use store::live::LiveAddress;

use crate::photos::Photos;

/// The visible articles that are linked to.
pub(crate) struct Links<'a> {
    pub(crate) addresses: HashMap<ArticleId, LiveAddress>,
    pub(crate) site: &'a Site,
    pub(crate) photos: Photos<'a>,
}

/// The articles to which a whole article leads.
pub(crate) fn of_whole(content: &Content) -> impl Iterator<Item = ArticleId> {
    linked(content).into_iter().map(|(_, id)| id)
}

/// The articles to which lists lead that show an article.
pub(crate) fn of_summary(content: &Content) -> impl Iterator<Item = ArticleId> {
    articles_linked(content.standfirst.spans()).map(|(_, id)| id)
}

impl Articles for Links<'_> {
    fn linked(&self, id: ArticleId) -> Option<(LinkedArticle, String)> {
        let slug = &self.addresses.get(&id)?.slug;
        Some((LinkedArticle { id, slug: slug.clone() }, self.site.article_url.of(id, slug)))
    }

    fn photo(&self, used: &PhotoUse) -> Option<Photo> {
        self.photos.shown(used)
    }

    fn related(&self, id: ArticleId) -> Option<ArticleRef> {
        let LiveAddress { slug, headline, expires_at: _ } = self.addresses.get(&id)?;
        let url = self.site.article_url.of(id, slug);
        Some(ArticleRef { id, slug: slug.clone(), url, headline: headline.clone() })
    }
}
