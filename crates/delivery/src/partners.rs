//! Articles as partners take them over.

use std::collections::HashMap;
use std::sync::Arc;

use domain::article::content::reference::Ref;
use domain::article::correction::Correction;
use domain::id::ArticleId;
use domain::site::Site;
use domain::time::Moment;
use render::body::{Articles, delivered};
use render::ninjs::Ninjs;
use serde::Serialize;
use store::live::{Live, LiveArticle};
use utoipa::ToSchema;

use crate::error::Error;
use crate::photos::{self, Address, Photos};
use crate::references::References;
use crate::story::story;
use crate::{Answer, Delivery, links};

/// An article as a ninjs document.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Ninjs)]
pub struct Partnered {
    /// It.
    #[serde(flatten)]
    ninjs: Ninjs,
    /// When something in it disappears.
    #[serde(skip)]
    pub shown_until: Option<Moment>,
}

impl Delivery {
    /// The ninjs document of what an address leads to now.
    pub async fn ninjs(&self, name: Ref<ArticleId>) -> Result<Answer<Box<Partnered>>, Error> {
        let (site, media) = (Arc::clone(&self.site), Arc::clone(&self.media));
        let compose = move |live: &mut dyn Live, article: &LiveArticle, corrections: Vec<Correction>, now| {
            partnered(live, &site, article, &corrections, &*media, now)
        };
        self.led_to(name, compose).await
    }
}

fn partnered(
    live: &mut dyn Live,
    site: &Site,
    article: &LiveArticle,
    corrections: &[Correction],
    address: &Address<'_>,
    now: Moment,
) -> Result<Partnered, Error> {
    let content = &article.content;
    let photos = Photos::read(live, photos::of_whole(content), HashMap::new(), site, address, now)?;
    let linked = links::of_whole(content).collect();
    let references = References::read(live, site, std::iter::once(article), linked, photos, now)?;
    let links = &references.links;
    let blocks = delivered(content.body.blocks(), links);
    let related: Vec<_> = content.related.as_slice().iter().filter_map(|&id| links.related(id)).collect();
    let story = story(article, &references);
    Ok(Partnered {
        ninjs: Ninjs::of(&story, &blocks, corrections, &related, &site.publisher),
        shown_until: references.shown_until(std::iter::once(article)),
    })
}
