//! Links that show a working copy to whoever has them: made, listed, revoked, and followed.

use domain::actor::{Actor, Credential};
use domain::article::aggregate::Article;
use domain::article::correction::Correction;
use domain::article::publication::{PublicationState, Times};
use domain::article::revision::Revision;
use domain::audit::AuditAction;
use domain::id::{ArticleId, PreviewTokenId};
use domain::paging::From;
use domain::policy::right::PreviewArticles;
use domain::preview::{Lasts, PreviewToken};
use domain::site::Drafts;
use domain::thing::Thing;
use domain::time::Moment;
use identity::opaque::SecretHash;
use serde_json::json;
use store::tx::Tx;

use super::{held, prints};
use crate::cx::{Cx, Deed, Recorded};
use crate::error::Error;
use crate::photos::Print;
use crate::room::Newsroom;

/// Makes a link to the working copy of an article. Its secret is drawn before, and stored only as `secret`.
pub fn make_preview(
    cx: &mut Cx<'_>,
    id: ArticleId,
    lasts: Lasts,
    secret: SecretHash,
) -> Result<Recorded<PreviewToken>, Error> {
    let article = held::<PreviewArticles>(cx, id)?;
    let token = PreviewToken {
        id: PreviewTokenId::new(cx.id()),
        article: id,
        created_by: cx.actor.user,
        created_at: cx.now,
        expires_at: lasts.end(cx.now)?,
        revoked_at: None,
    };
    cx.tx.add_preview_token(&article, &token, secret.octets())?;
    let deed = Deed {
        action: AuditAction::PreviewTokenCreated,
        subject: Thing::PreviewToken(token.id),
        detail: json!({"article": id, "expires_at": token.expires_at}),
    };
    cx.record(deed, None, token)
}

/// Up to `limit` links to the working copy of an article, newest first; those before one backwards.
pub fn previews(
    tx: &mut dyn Tx,
    actor: &Actor,
    id: ArticleId,
    from: Option<From<PreviewTokenId>>,
    limit: u16,
) -> Result<Vec<PreviewToken>, Error> {
    let article = tx.article(id)?.ok_or(Error::NotFound)?.grant::<PreviewArticles>(actor)?;
    Ok(tx.preview_tokens(&article, from, limit)?)
}

/// Revokes a link to the working copy of this article; one that was revoked is not there.
pub fn revoke_preview(cx: &mut Cx<'_>, id: ArticleId, token: PreviewTokenId) -> Result<Recorded<()>, Error> {
    let article = held::<PreviewArticles>(cx, id)?;
    if !cx.tx.revoke_preview_token(&article, token, cx.now)? {
        return Err(Error::NotFound);
    }
    let deed = Deed {
        action: AuditAction::PreviewTokenRevoked,
        subject: Thing::PreviewToken(token),
        detail: json!({"article": id}),
    };
    cx.record(deed, None, ())
}

/// What a link shows: a working copy as readers would see it.
#[derive(Debug, Clone)]
pub struct Previewed {
    /// Its article.
    pub id: ArticleId,
    /// What it says.
    pub revision: Revision,
    /// What readers would be told of its times.
    pub times: Times,
    /// The corrections that would stand below it.
    pub corrections: Vec<Correction>,
    /// The photos that it shows.
    pub photos: Vec<Print>,
}

impl Newsroom {
    /// What the link with this secret shows now. Nothing is told of why it shows nothing (abuse AZ-10).
    pub async fn preview(&self, secret: SecretHash) -> Result<Previewed, Error> {
        let (now, drafts) = (self.now(), self.site().drafts);
        self.room().parts.store.read(move |tx| previewed(tx, drafts, secret, now)).await
    }
}

fn previewed(tx: &mut dyn Tx, drafts: Drafts, secret: SecretHash, now: Moment) -> Result<Previewed, Error> {
    let token = tx.preview_token_of_secret(secret.octets())?.filter(|token| token.is_open(now));
    let token = token.ok_or(Error::NotFound)?;
    let maker = tx.user(token.created_by)?.ok_or(Error::NotFound)?.user;
    if maker.disabled_at.is_some() {
        return Err(Error::NotFound);
    }
    // A link opens no more than its maker could still open.
    let maker = Actor { user: maker.id, role: maker.role, with: Credential::Nothing, drafts };
    let article = tx.article(token.article)?.ok_or(Error::NotFound)?;
    let article = article.grant::<PreviewArticles>(&maker).map_err(|_| Error::NotFound)?.into_inner();
    shown(tx, &article.settled(now), now)
}

fn shown(tx: &mut dyn Tx, article: &Article, now: Moment) -> Result<Previewed, Error> {
    if article.publication_state(now) == Some(PublicationState::Withdrawn) {
        return Err(Error::NotFound);
    }
    let revision = tx.revision(article.id, article.revision)?.ok_or(Error::NotFound)?;
    let corrections = tx.corrections(article.id)?.into_iter().filter(|correction| {
        correction.superseded_by.is_none()
            && correction.waits_for.is_none_or(|awaited| awaited == article.revision)
    });
    Ok(Previewed {
        id: article.id,
        times: article.times_if_published(now),
        corrections: corrections.collect(),
        photos: prints(tx, &revision.content)?,
        revision,
    })
}
