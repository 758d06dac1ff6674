//! One article by its address, with as much of it as is asked for.

use std::collections::HashMap;
use std::sync::Arc;

use domain::article::content::reference::Ref;
use domain::article::correction::Correction;
use domain::article::withdrawal::{WithdrawalKind, WithdrawalReason};
use domain::id::{ArticleId, PhotoId};
use domain::site::Site;
use domain::slug::Slug;
use domain::time::Moment;
use render::body::{Articles, delivered};
use render::html::html;
use render::json_ld::json_ld;
use render::portable::portable_text;
use render::text::text;
use store::live::{Found, Live, LiveArticle, LiveFilter, LivePhoto};

use crate::Delivery;
use crate::articles::summary;
use crate::body::{Body, Include, Wanted};
use crate::comments;
use crate::error::Error;
use crate::links;
use crate::photos::{self, Address, Photos};
use crate::references::References;
use crate::story::story;
use crate::view::{Corrected, Whole};

/// What an address leads to.
#[derive(Debug)]
pub enum Answer<T = Box<Whole>> {
    /// To an article.
    Article(T),
    /// To one that has another slug now.
    Moved(Slug),
    /// To one that was withdrawn.
    Withdrawn {
        /// When.
        at: Moment,
        /// The kind of reason.
        kind: WithdrawalKind,
        /// What readers are told.
        public_reason: WithdrawalReason,
        /// The slug of what stands in for it.
        replacement: Option<Slug>,
    },
    /// To nothing that readers may know of.
    Nothing,
}

impl Delivery {
    /// What an address leads to now.
    pub async fn article(&self, name: Ref<ArticleId>, wanted: Wanted) -> Result<Answer, Error> {
        let (site, media) = (Arc::clone(&self.site), Arc::clone(&self.media));
        let compose = move |live: &mut dyn Live, article: &LiveArticle, corrections, now| {
            let pictures = Pictures { own: HashMap::new(), address: &*media };
            whole(live, &site, article, corrections, &wanted, pictures, now)
        };
        self.led_to(name, compose).await
    }

    /// What an address leads to now, with what `compose` makes of an article that readers see and its corrections.
    pub(crate) async fn led_to<T: Send + 'static>(
        &self,
        name: Ref<ArticleId>,
        compose: impl FnOnce(&mut dyn Live, &LiveArticle, Vec<Correction>, Moment) -> Result<T, Error>
        + Send
        + 'static,
    ) -> Result<Answer<Box<T>>, Error> {
        let now = self.clock.now();
        self.read(now, move |live| {
            Ok(match live.live_article(&name, now)? {
                None => Answer::Nothing,
                Some(Found::Moved(slug)) => Answer::Moved(slug),
                Some(Found::Withdrawn { at, kind, public_reason, replacement, stands_in: _ }) => {
                    Answer::Withdrawn { at, kind, public_reason, replacement }
                }
                Some(Found::Visible(article)) => {
                    let corrections = live.live_corrections(&[&article], now)?;
                    let corrections = corrections.into_values().next().unwrap_or_default();
                    Answer::Article(Box::new(compose(live, &article, corrections, now)?))
                }
            })
        })
        .await
    }
}

/// Those of the related articles that readers see, in their order.
fn related(live: &mut dyn Live, article: &LiveArticle, now: Moment) -> Result<Vec<LiveArticle>, Error> {
    let ids = article.content.related.as_slice();
    let filter = LiveFilter { ids: Some(ids.to_vec()), ..LiveFilter::default() };
    let most = u16::try_from(ids.len()).unwrap_or(u16::MAX);
    let mut found = live.live_articles(&filter, most, now)?;
    found.sort_by_key(|found| ids.iter().position(|id| *id == found.id));
    Ok(found)
}

/// The photos that readers do not see and that are shown all the same, and where all renditions are.
pub(crate) struct Pictures<'a> {
    pub(crate) own: HashMap<PhotoId, LivePhoto>,
    pub(crate) address: &'a Address<'a>,
}

/// An article as a whole, with what it refers to as readers see that at `now`.
pub(crate) fn whole(
    live: &mut dyn Live,
    site: &Site,
    article: &LiveArticle,
    corrections: Vec<Correction>,
    wanted: &Wanted,
    pictures: Pictures<'_>,
    now: Moment,
) -> Result<Whole, Error> {
    let related = if wanted.has(Include::Related) { related(live, article, now)? } else { Vec::new() };
    let shown = || std::iter::once(article).chain(&related);
    let in_lists = related.iter().flat_map(|article| links::of_summary(&article.content));
    let linked = links::of_whole(&article.content).chain(in_lists).collect();
    let in_lists = related.iter().flat_map(|article| photos::of_summary(&article.content));
    let in_all = photos::of_whole(&article.content).chain(in_lists);
    let photos = Photos::read(live, in_all, pictures.own, site, pictures.address, now)?;
    let references = References::read(live, site, shown(), linked, photos, now)?;
    let thread = if wanted.has(Include::Comments) {
        let own = references.own_thread(article.id);
        Some(comments::first_page(live, &site.comments, article, own, now)?)
    } else {
        None
    };
    let summaries = || related.iter().map(|article| summary(article, &references)).collect();
    Ok(Whole {
        related_articles: wanted.has(Include::Related).then(summaries),
        thread,
        shown_until: references.shown_until(shown()),
        ..composed(article, &references, corrections, wanted)
    })
}

/// An article with nothing of others but what stands in it. `references` has what it refers to.
pub(crate) fn composed(
    article: &LiveArticle,
    references: &References<'_>,
    corrections: Vec<Correction>,
    wanted: &Wanted,
) -> Whole {
    let links = &references.links;
    let blocks = delivered(article.content.body.blocks(), links);
    let machine_read = || json_ld(&story(article, references), &blocks, &corrections, &links.site.publisher);
    Whole {
        summary: summary(article, references),
        body_html: wanted.has(Include::Html).then(|| html(&blocks)),
        body_text: wanted.has(Include::Text).then(|| text(&blocks)),
        body_portable_text: wanted.has(Include::PortableText).then(|| portable_text(&blocks)),
        json_ld: wanted.has(Include::JsonLd).then(machine_read),
        body: match wanted.body {
            Body::Blocks => Some(blocks),
            Body::None => None,
        },
        corrections: corrections.into_iter().map(corrected).collect(),
        related: article.content.related.as_slice().iter().filter_map(|&id| links.related(id)).collect(),
        related_articles: None,
        thread: None,
        shown_until: references.shown_until(std::iter::once(article)),
    }
}

fn corrected(correction: Correction) -> Corrected {
    let Correction { id, kind, text, block, published_at, author: _, superseded_by: _, waits_for: _ } =
        correction;
    Corrected { id, kind, text: text.into(), block: block.map(Into::into), published_at }
}
