//! A content that readers do not see, composed as they would see it. It is handed in: no row of a draft is read here.

use domain::article::content::Content;
use domain::article::correction::Correction;
use domain::article::publication::Times;
use domain::article::revision::RevisionNumber;
use domain::id::ArticleId;
use store::live::LiveArticle;

use crate::Delivery;
use crate::body::Wanted;
use crate::error::Error;
use crate::single::whole;
use crate::view::Whole;

/// What is to be composed.
#[derive(Debug, Clone)]
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
}

impl Delivery {
    /// A draft in the shape of an article, with what it refers to as readers see that now: an article that they do not
    /// see is left out, as it would be once this one was published.
    pub async fn preview(&self, draft: Draft, wanted: Wanted) -> Result<Whole, Error> {
        let (now, site) = (self.clock.now(), std::sync::Arc::clone(&self.site));
        let Draft { id, revision, times, content, corrections } = draft;
        let slug = content.slug.clone();
        let article = LiveArticle { id, slug, revision, times, expires_at: None, content };
        self.live.read(move |live| whole(live, &site, &article, corrections, &wanted, now)).await
    }
}
