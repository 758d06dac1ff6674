//! Links that show a working copy, with the hashes of their secrets.

use domain::article::aggregate::Article;
use domain::id::PreviewTokenId;
use domain::paging::From;
use domain::policy::Granted;
use domain::policy::right::PreviewArticles;
use domain::preview::PreviewToken;
use domain::time::Moment;

use crate::error::Error;

/// Somebody who may make and revoke links to the article.
pub type Previewer = Granted<Article, PreviewArticles>;

/// Links that show a working copy.
pub trait Previews {
    /// Adds a link with the SHA-256 of its secret.
    fn add_preview_token(
        &mut self,
        article: &Previewer,
        token: &PreviewToken,
        secret_hash: &[u8; 32],
    ) -> Result<(), Error>;

    /// Up to `limit` links of an article, newest first; those before one backwards.
    fn preview_tokens(
        &mut self,
        article: &Previewer,
        from: Option<From<PreviewTokenId>>,
        limit: u16,
    ) -> Result<Vec<PreviewToken>, Error>;

    /// The link with this secret, to whichever article.
    fn preview_token_of_secret(&mut self, secret_hash: &[u8; 32]) -> Result<Option<PreviewToken>, Error>;

    /// Revokes a link of the article, and tells whether there was one that was not revoked.
    fn revoke_preview_token(
        &mut self,
        article: &Previewer,
        id: PreviewTokenId,
        now: Moment,
    ) -> Result<bool, Error>;
}
