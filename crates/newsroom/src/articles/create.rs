//! Begins an article.

use domain::article::aggregate::Article;
use domain::article::content::Content;
use domain::article::content::change::Change;
use domain::article::content::patch::ContentPatch;
use domain::article::content::texts::Headline;
use domain::article::revision::{Revision, RevisionNote};
use domain::audit::AuditAction;
use domain::id::ArticleId;
use domain::language::Language;
use domain::policy::grant_house;
use domain::policy::right::CreateArticles;
use domain::slug::Slug;
use domain::thing::Thing;
use domain::violation::Violation;
use serde_json::json;

use super::WorkingCopy;
use super::edit::block_id;
use crate::cx::{Cx, Deed, Recorded};
use crate::error::Error;

/// Most numbers that are tried behind a slug that was made from a headline and is taken.
const MOST_NUMBERS: u32 = 50;

/// Begins an article of the actor's with what `patch` says. `language` is what it is in where the patch does not say.
/// A slug that is not given is made from the headline, with a number where another article has it.
pub fn create(
    cx: &mut Cx<'_>,
    language: &Language,
    patch: &ContentPatch,
    note: Option<RevisionNote>,
) -> Result<Recorded<WorkingCopy>, Error> {
    let granted = grant_house::<CreateArticles>(&cx.actor)?;
    let Change::Set(headline) = &patch.headline else {
        return Err(Violation::required().at("/headline").into());
    };
    let slug = match &patch.slug {
        Change::Set(slug) => slug.clone(),
        Change::Keep | Change::Clear => free_slug(cx, headline)?,
    };
    let id = ArticleId::new(cx.id());
    let known = cx.tx.known(&patch.names())?;
    let begun = Content::begun(headline.clone(), slug.clone(), language.clone());
    let patch = ContentPatch { slug: Change::Set(slug), ..patch.clone() };
    let content = begun.patched(patch, &known, block_id(cx.ids))?;
    let article = granted.map(|_| Article::begun(id, cx.actor.user, cx.now));
    let revision =
        Revision { number: article.revision, author: cx.actor.user, note, saved_at: cx.now, content };
    cx.tx.begin_article(&article, &revision)?;
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
    for n in 2..MOST_NUMBERS {
        let numbered = made.numbered(n);
        if cx.tx.article_of_slug(&numbered)?.is_none() {
            return Ok(numbered);
        }
    }
    Err(Error::SlugTaken)
}
