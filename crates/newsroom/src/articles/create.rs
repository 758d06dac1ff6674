//! Begins an article.

use domain::article::aggregate::Article;
use domain::article::content::Content;
use domain::article::content::change::Change;
use domain::article::content::patch::ContentPatch;
use domain::article::content::texts::Headline;
use domain::article::revision::{Revision, RevisionNote};
use domain::audit::AuditAction;
use domain::id::ArticleId;
use domain::policy::right::CreateArticles;
use domain::slug::Slug;
use domain::thing::Thing;
use domain::violation::Violation;
use serde_json::json;
use store::error::{Error as StoreError, Unique};

use super::WorkingCopy;
use super::edit::block_id;
use crate::cx::{Cx, Deed, Recorded};
use crate::error::Error;

/// Numbers up to which a free one is looked for behind a slug that was made from a headline and is taken. Past them a
/// column of the same headline each day gets a number that nobody has, instead of ever more looking.
const MOST_NUMBERS: u32 = 10;

/// Begins an article of the actor's with what `patch` says, in the usual language of the site where it does not say.
/// A slug that is not given is made from the headline, with a number where another article has it.
pub fn create(
    cx: &mut Cx<'_>,
    patch: &ContentPatch,
    note: Option<RevisionNote>,
) -> Result<Recorded<WorkingCopy>, Error> {
    let granted = cx.house::<CreateArticles>()?;
    let Change::Set(headline) = &patch.headline else {
        return Err(Violation::required().at("/headline").into());
    };
    let (slug, chosen_by) = match &patch.slug {
        Change::Set(slug) => (slug.clone(), Chosen::ByWriter),
        Change::Keep | Change::Clear => (free_slug(cx, headline)?, Chosen::ByUs),
    };
    let id = ArticleId::new(cx.id());
    let known = cx.tx.known(&patch.names())?;
    let begun = Content::begun(headline.clone(), slug.clone(), cx.site.languages.usual().clone());
    let patch = ContentPatch { slug: Change::Set(slug), ..patch.clone() };
    let content = begun.patched(patch, &known, &cx.site.languages, block_id(cx.ids))?;
    let content = content.at_home(id, &cx.site.article_url);
    let article = granted.map(|_| Article::begun(id, cx.actor.user, cx.now));
    let revision =
        Revision { number: article.revision, author: cx.actor.user, note, saved_at: cx.now, content };
    cx.tx.begin_article(&article, &revision).map_err(|error| taken(error, chosen_by))?;
    let deed = Deed {
        action: AuditAction::ArticleCreated,
        subject: Thing::Article(id),
        detail: json!({"headline": revision.content.headline.as_str()}),
    };
    let copy = WorkingCopy::of(cx.tx, article.into_inner(), revision)?;
    cx.record(deed, None, copy)
}

fn free_slug(cx: &mut Cx<'_>, headline: &Headline) -> Result<Slug, Error> {
    let made = Slug::from_text(headline.as_str()).ok_or_else(|| Violation::required().at("/slug"))?;
    if cx.tx.article_of_slug(&made)?.is_none() {
        return Ok(made);
    }
    for n in 2..=MOST_NUMBERS {
        let numbered = made.numbered(n);
        if cx.tx.article_of_slug(&numbered)?.is_none() {
            return Ok(numbered);
        }
    }
    // The last eight digits of a new id: 32 bits that were drawn.
    let [.., a, b, c, d] = *cx.id().as_bytes();
    Ok(made.numbered(u32::from_be_bytes([a, b, c, d])))
}

/// Whose the slug of a new article is.
#[derive(Clone, Copy)]
enum Chosen {
    ByWriter,
    ByUs,
}

/// What it means that the slug was taken after all, by somebody who began an article in the same moment: ours is looked
/// for again.
fn taken(error: StoreError, chosen: Chosen) -> Error {
    match (error, chosen) {
        (StoreError::Taken(Unique::ArticleSlug), Chosen::ByUs) => Error::Collision,
        (error, _) => error.into(),
    }
}
