//! A content that readers do not see, composed as they would see it. It is handed in: no row of a draft is read here.

use std::collections::HashMap;
use std::sync::Arc;

use domain::article::content::Content;
use domain::article::content::reading::Reading;
use domain::article::correction::Correction;
use domain::article::publication::Times;
use domain::article::revision::RevisionNumber;
use domain::id::ArticleId;
use domain::photo::Photo;
use domain::photo::file::Rendition;
use store::live::{LiveArticle, LivePhoto};

use crate::body::{Include, Wanted};
use crate::error::Error;
use crate::single::{Pictures, whole};
use crate::view::Whole;
use crate::{Delivery, Media};

/// What is to be composed.
#[derive(Clone)]
pub struct Draft {
    /// Its article.
    pub id: ArticleId,
    /// Which revision of it.
    pub revision: RevisionNumber,
    /// The times that readers would be told.
    pub times: Times,
    /// What it says.
    pub content: Content,
    /// The corrections that would stand below it.
    pub corrections: Vec<Correction>,
    /// The photos that it shows, whatever readers see of them.
    pub photos: Vec<(Photo, Vec<Rendition>)>,
    /// Where renditions are for whoever looks at it.
    pub media: Arc<Media>,
}

impl Delivery {
    /// A draft in the shape of an article, with what it refers to as readers see that now: an article that they do not
    /// see is left out, as it would be once this one was published. It has no comments.
    pub async fn preview(&self, draft: Draft, wanted: Wanted) -> Result<Whole, Error> {
        let (now, site) = (self.clock.now(), Arc::clone(&self.site));
        let wanted = wanted.without(Include::Comments);
        let Draft { id, revision, times, content, corrections, photos, media } = draft;
        let slug = content.slug.clone();
        let (reading, content) = (Reading::of(&content.body), Arc::new(content));
        let article = LiveArticle { id, slug, revision, times, expires_at: None, content, reading };
        let photos =
            photos.into_iter().map(|(photo, renditions)| (photo.id, LivePhoto { photo, renditions }));
        let own: HashMap<_, _> = photos.collect();
        self.read(now, move |live| {
            let pictures = Pictures { own, address: &*media };
            whole(live, &site, &article, corrections, &wanted, pictures, now)
        })
        .await
    }
}
