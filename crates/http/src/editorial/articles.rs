//! `/v1/editorial/articles`: working copies, written, read and deleted.

use actix_web::web::Data;
use domain::id::ArticleId;
use domain::policy::Action;
use domain::time::Moment;
use domain::version::Seen;
use newsroom::Newsroom;
use newsroom::articles::{self, WorkingCopy};
use newsroom::cx::{Cx, Recorded};
use newsroom::error::Error;

use super::article_out::{ArticleOut, tag};
use super::checks_out::ChecksOut;
use super::content_in::{ContentIn, NewArticle};
use crate::api::Api;
use crate::api::operation::Verb;
use crate::api::tag::Tag;
use crate::problem::Problem;
use crate::problem::catalogue::Code;
use crate::read::conditional::IfMatch;
use crate::read::members::Input;
use crate::read::path::At;
use crate::read::query::Asked;
use crate::read::request::{SignedIn, Write};
use crate::reply::told::Told;
use crate::reply::wrote::{Changed, Gone, Made, Reply, Wrote};
use crate::settings::Settings;

/// What a change of an article answers.
pub(super) type Changing = Result<Wrote<Changed<ArticleOut>>, Problem>;

pub(super) fn operations(api: &mut Api) {
    api.post("/v1/editorial/articles", "create_article", create)
        .told(
            Tag::Articles,
            "Begin an article",
            "Makes a draft whose owner is the caller. Everything but `headline` may be left out; a slug that is not \
             given is made from the headline.",
        )
        .asks(Action::CreateArticles)
        .refuses(&[Code::SlugTaken]);
    api.get("/v1/editorial/articles/{id}", "read_editorial_article", read)
        .told(
            Tag::Articles,
            "Read a working copy",
            "`content` has the shape in which it is sent, so that read, change, send back works; `resolved` says what \
             its ids mean.",
        )
        .asks(Action::ReadArticles);
    api.on(Verb::Patch, "/v1/editorial/articles/{id}", "change_article", edit)
        .told(
            Tag::Articles,
            "Save a working copy",
            "Replaces exactly the members that it names, each as a whole; `null` clears one. Every save is a revision; \
             a save of equal content is none. Readers see nothing of it before it is published.",
        )
        .asks(Action::EditArticles)
        .refuses(&[Code::SlugTaken]);
    api.on(Verb::Delete, "/v1/editorial/articles/{id}", "delete_article", delete)
        .told(
            Tag::Articles,
            "Delete an article",
            "Only one of which nothing was ever published: what readers saw is withdrawn, not deleted. One that stands in \
             for articles that were withdrawn stays too; the problem names them.",
        )
        .asks(Action::DeleteArticles)
        .refuses(&[Code::Conflict, Code::InUse]);
    api.get("/v1/editorial/articles/{id}/checks", "read_checks", checks)
        .told(
            Tag::Articles,
            "Ask what stands in the way of publishing",
            "All findings at once, each with code, severity, pointer and text. Errors prevent a publish, warnings do \
             not.",
        )
        .asks(Action::ReadArticles);
}

async fn create(
    newsroom: Data<Newsroom>,
    settings: Data<Settings>,
    Write { asked, said: NewArticle(ContentIn { patch, note }) }: Write<NewArticle>,
) -> Result<Wrote<Made<ArticleOut>>, Problem> {
    let written = newsroom
        .write(asked, move |cx| {
            let now = cx.now;
            Ok(articles::create(cx, &patch, note.clone())?.map(|copy| {
                let location = format!("{}/v1/editorial/articles/{}", settings.public_url, copy.article.id);
                Reply::made(tag(&copy.article, now), location, ArticleOut::of(copy, &settings, now))
            }))
        })
        .await?;
    Ok(written.into())
}

async fn read(
    newsroom: Data<Newsroom>,
    settings: Data<Settings>,
    SignedIn(actor): SignedIn,
    _: Asked<()>,
    article: At<ArticleId>,
) -> Result<Told<ArticleOut>, Problem> {
    let id = article.one()?;
    let told = newsroom.read(actor, move |tx, actor, now| {
        let copy = articles::working_copy(tx, &actor, id, now)?;
        Told::of_version(&tag(&copy.article, now), ArticleOut::of(copy, &settings, now))
    });
    Ok(told.await?)
}

async fn checks(
    newsroom: Data<Newsroom>,
    SignedIn(actor): SignedIn,
    _: Asked<()>,
    article: At<ArticleId>,
) -> Result<Told<ChecksOut>, Problem> {
    let id = article.one()?;
    let site = newsroom.site().clone();
    let found = newsroom.read(actor, move |tx, actor, now| {
        let copy = articles::working_copy(tx, &actor, id, now)?;
        articles::checks(tx, &copy.article, &copy.revision.content, now, &site)
    });
    Ok(Told::of(ChecksOut::of(&found.await?)))
}

async fn edit(
    newsroom: Data<Newsroom>,
    settings: Data<Settings>,
    seen: IfMatch,
    sent: Write<ContentIn>,
    article: At<ArticleId>,
) -> Changing {
    change((&newsroom, settings), seen, sent, &article, |cx, id, seen, sent| {
        articles::edit(cx, id, seen, &sent.patch, sent.note.clone())
    })
    .await
}

async fn delete(
    newsroom: Data<Newsroom>,
    IfMatch(seen): IfMatch,
    Write { asked, said: () }: Write<()>,
    article: At<ArticleId>,
) -> Result<Wrote<Gone>, Problem> {
    let id = article.one()?;
    let written =
        newsroom.write(asked, move |cx| Ok(articles::delete(cx, id, seen)?.map(|()| Reply::gone())));
    Ok(written.await?.into())
}

/// A write on an article that exists, whose answer is the working copy after it.
pub(super) async fn change<T: Input + Send + Sync>(
    (newsroom, settings): (&Newsroom, Data<Settings>),
    IfMatch(seen): IfMatch,
    Write { asked, said }: Write<T>,
    article: &At<ArticleId>,
    work: impl Fn(&mut Cx<'_>, ArticleId, Seen, &T) -> Result<Recorded<WorkingCopy>, Error>
    + Send
    + Sync
    + 'static,
) -> Changing {
    let id = article.one()?;
    let written = newsroom.write(asked, move |cx| {
        let now = cx.now;
        Ok(work(cx, id, seen, &said)?.map(|copy| told(copy, &settings, now)))
    });
    Ok(written.await?.into())
}

fn told(copy: WorkingCopy, settings: &Settings, now: Moment) -> Reply<Changed<ArticleOut>> {
    Reply::changed(tag(&copy.article, now), ArticleOut::of(copy, settings, now))
}
