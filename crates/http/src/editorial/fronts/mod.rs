//! `/v1/editorial/fronts`: what stands on a front is decided here. What is sent and what is answered are in their own files.

mod front_in;
mod front_out;

use actix_web::HttpRequest;
use actix_web::web::Data;
use domain::article::content::reference::Ref;
use domain::id::FrontId;
use domain::policy::Action;
use newsroom::Newsroom;
use newsroom::fronts::{self, Composed, FrontPatch};

pub(super) use self::front_in::NewFront;
use self::front_out::{FrontOut, ListedOut};
use crate::api::Api;
use crate::api::operation::Verb;
use crate::api::tag::Tag;
use crate::facets::{PageAsked, place};
use crate::problem::Problem;
use crate::read::conditional::IfMatch;
use crate::read::path::At;
use crate::read::query::Asked;
use crate::read::request::{SignedIn, Write};
use crate::reply::list::Page;
use crate::reply::tag_of;
use crate::reply::told::{Told, ToldPage};
use crate::reply::wrote::{Changed, Gone, Made, Reply, Wrote};
use crate::settings::Settings;

/// Where all of them are.
const PATH: &str = "/v1/editorial/fronts";

/// Where one of them is, by id or slug.
const ONE: &str = "/v1/editorial/fronts/{name}";

pub(super) fn operations(api: &mut Api) {
    api.get(PATH, "list_editorial_fronts", list)
        .told(Tag::Fronts, "List fronts", "All of them, by slug, without what stands on them.")
        .asks(Action::ReadFronts);
    api.post(PATH, "create_front", create)
        .told(
            Tag::Fronts,
            "Make a front",
            "Readers see it at once. A slug that is not given is made from the name. An item names an article of ours, \
             published or not, by id or slug, each once; readers get it while it is live. With `fill_from`, the newest \
             articles that are not among the items stand behind them.",
        )
        .asks(Action::EditFronts);
    api.get(ONE, "read_editorial_front", read)
        .told(
            Tag::Fronts,
            "Read a front",
            "By id or slug; a former slug counts too. `items` and `fill_from` have the shape in which they are sent; \
             `resolved` says what their ids mean, and by `publication` which of the articles readers see. Items of articles \
             that the caller may not read are left out.",
        )
        .asks(Action::ReadFronts);
    api.on(Verb::Patch, ONE, "change_front", change)
        .told(
            Tag::Fronts,
            "Change a front",
            "Replaces exactly the members that it names: `items` as a whole, so that a new order is one request. A former \
             slug goes on redirecting.",
        )
        .asks(Action::EditFronts);
    api.on(Verb::Delete, ONE, "delete_front", delete)
        .told(Tag::Fronts, "Delete a front", "Its articles stay as they are; its slugs are free again.")
        .asks(Action::EditFronts);
}

async fn list(
    newsroom: Data<Newsroom>,
    settings: Data<Settings>,
    SignedIn(actor): SignedIn,
    Asked(asked): Asked<PageAsked>,
    request: HttpRequest,
) -> Result<ToldPage<ListedOut>, Problem> {
    let (from, limit) = (asked.from(&settings, &request)?, asked.limit);
    let found = newsroom
        .read(actor, move |tx, actor, _| fronts::list(tx, &actor, from.as_ref(), limit))
        .await?
        .map(|front| ListedOut {
            id: front.id,
            version: front.version,
            slug: front.slug,
            name: front.name,
            created_at: front.created_at,
            updated_at: front.updated_at,
        });
    let (page, links) = place(&settings, &request, (found.prev, found.next), None);
    Ok(ToldPage { page: Page { data: found.items, page }, links })
}

async fn create(
    newsroom: Data<Newsroom>,
    settings: Data<Settings>,
    Write { asked, said: NewFront(new) }: Write<NewFront>,
) -> Result<Wrote<Made<FrontOut>>, Problem> {
    let written = newsroom.write(asked, move |cx| {
        Ok(fronts::create(cx, &new)?.map(|made| {
            let location = format!("{}{PATH}/{}", settings.public_url, made.front.id);
            Reply::made(tag_of(made.front.version), location, FrontOut::from(made))
        }))
    });
    Ok(written.await?.into())
}

async fn read(
    newsroom: Data<Newsroom>,
    SignedIn(actor): SignedIn,
    _: Asked<()>,
    name: At<Ref<FrontId>>,
) -> Result<Told<FrontOut>, Problem> {
    let name = name.one()?;
    let found = newsroom.read(actor, move |tx, actor, now| fronts::read(tx, &actor, &name, now)).await?;
    Ok(Told::of_version(&tag_of(found.front.version), found.into())?)
}

async fn change(
    newsroom: Data<Newsroom>,
    IfMatch(seen): IfMatch,
    Write { asked, said }: Write<FrontPatch>,
    name: At<Ref<FrontId>>,
) -> Result<Wrote<Changed<FrontOut>>, Problem> {
    let name = name.one()?;
    let written = newsroom.write(asked, move |cx| Ok(fronts::change(cx, &name, seen, &said)?.map(reply)));
    Ok(written.await?.into())
}

async fn delete(
    newsroom: Data<Newsroom>,
    IfMatch(seen): IfMatch,
    Write { asked, said: () }: Write<()>,
    name: At<Ref<FrontId>>,
) -> Result<Wrote<Gone>, Problem> {
    let name = name.one()?;
    let written =
        newsroom.write(asked, move |cx| Ok(fronts::delete(cx, &name, seen)?.map(|()| Reply::gone())));
    Ok(written.await?.into())
}

fn reply(composed: Composed) -> Reply<Changed<FrontOut>> {
    Reply::changed(tag_of(composed.front.version), composed.into())
}
