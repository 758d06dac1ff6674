//! What articles refer to: sections, tags and contributors are made, read, changed, merged and deleted alike.

mod contributors;
mod lists;
mod sections;
mod tags;

use actix_web::web::Data;
use domain::actor::Actor;
use domain::article::content::reference::Ref;
use domain::policy::Action;
use domain::version::{Seen, Version};
use newsroom::Newsroom;
use newsroom::cx::{Cx, Recorded};
use newsroom::error::Error;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::Api;
use crate::api::operation::Verb;
use crate::api::tag::Tag;
use crate::problem::Problem;
use crate::problem::catalogue::Code;
use crate::read::conditional::IfMatch;
use crate::read::members::Input;
use crate::read::path::{At, Segment};
use crate::read::query::Asked;
use crate::read::request::{SignedIn, Write};
use crate::reply::tag_of;
use crate::reply::told::Told;
use crate::reply::wrote::{Changed, Gone, Made, Reply, Wrote};
use crate::settings::Settings;

pub(super) fn operations(api: &mut Api) {
    sections::operations(api);
    lists::operations(api);
    tags::operations(api);
    contributors::operations(api);
}

/// Something that articles refer to.
trait Reference: Sized + Send + 'static {
    /// Its identity.
    type Id: Send + Sync + 'static;
    /// What a new one must say.
    type New: Input + Send + Sync;
    /// What of it can be different.
    type Patch: Input + Send + Sync;
    /// What it looks like.
    type Out: From<Self> + Serialize + ToSchema + Send + 'static;

    /// Where all of them are.
    const PATH: &'static str;

    fn id(&self) -> Uuid;
    fn version(&self) -> Version;
    fn create(cx: &mut Cx<'_>, new: &Self::New) -> Result<Recorded<Self>, Error>;
    fn read(
        newsroom: &Newsroom,
        actor: Actor,
        name: Ref<Self::Id>,
    ) -> impl Future<Output = Result<Self, Error>>;
    fn change(
        cx: &mut Cx<'_>,
        name: &Ref<Self::Id>,
        seen: Seen,
        patch: &Self::Patch,
    ) -> Result<Recorded<Self>, Error>;
    fn delete(cx: &mut Cx<'_>, name: &Ref<Self::Id>, seen: Seen) -> Result<Recorded<()>, Error>;
}

/// Something that can become another one of its kind.
trait Merges: Reference {
    /// Into which one.
    type Into: Input + Send + Sync;

    fn merge(
        cx: &mut Cx<'_>,
        name: &Ref<Self::Id>,
        seen: Seen,
        into: &Self::Into,
    ) -> Result<Recorded<Self>, Error>;
}

/// The stable ids of the operations on one kind, and what they do in a few words.
#[derive(Clone, Copy)]
struct Ids {
    create: (&'static str, &'static str),
    read: (&'static str, &'static str),
    change: (&'static str, &'static str),
    delete: (&'static str, &'static str),
}

/// Registers what can be done with every kind; `one` is the path of a single one.
fn kept<T: Reference>(api: &mut Api, one: &'static str, ids: Ids)
where
    Ref<T::Id>: Segment,
{
    api.post(T::PATH, ids.create.0, create::<T>)
        .told(Tag::References, ids.create.1, "A slug that is not given is made from the name.")
        .asks(Action::EditReferences);
    api.get(one, ids.read.0, read::<T>)
        .told(
            Tag::References,
            ids.read.1,
            "By id or slug; a former slug, and one that was merged, lead to what it is now.",
        )
        .asks(Action::ReadReferences);
    api.on(Verb::Patch, one, ids.change.0, change::<T>)
        .told(
            Tag::References,
            ids.change.1,
            "Replaces exactly the members that it names. A former slug goes on redirecting.",
        )
        .asks(Action::EditReferences);
    api.on(Verb::Delete, one, ids.delete.0, delete::<T>)
        .told(Tag::References, ids.delete.1, "Only one that nothing uses; the problem names what does.")
        .asks(Action::EditReferences)
        .refuses(&[Code::InUse]);
}

/// Registers the merging of one into another.
fn merged<T: Merges>(api: &mut Api, path: &'static str, (id, summary): (&'static str, &'static str))
where
    Ref<T::Id>: Segment,
{
    api.post(path, id, merge::<T>)
        .told(
            Tag::References,
            summary,
            "Its addresses redirect to the other, and its articles have that. It answers the one that stays.",
        )
        .asks(Action::EditReferences);
}

async fn create<T: Reference>(
    newsroom: Data<Newsroom>,
    settings: Data<Settings>,
    Write { asked, said }: Write<T::New>,
) -> Result<Wrote<Made<T::Out>>, Problem> {
    let written = newsroom.write(asked, move |cx| {
        Ok(T::create(cx, &said)?.map(|made| {
            let location = format!("{}{}/{}", settings.public_url, T::PATH, made.id());
            Reply::made(tag_of(made.version()), location, made.into())
        }))
    });
    Ok(written.await?.into())
}

async fn read<T: Reference>(
    newsroom: Data<Newsroom>,
    SignedIn(actor): SignedIn,
    _: Asked<()>,
    name: At<Ref<T::Id>>,
) -> Result<Told<T::Out>, Problem>
where
    Ref<T::Id>: Segment,
{
    let found = T::read(&newsroom, actor, name.one()?).await?;
    Ok(Told::tagged(tag_of(found.version()), found.into()))
}

async fn change<T: Reference>(
    newsroom: Data<Newsroom>,
    IfMatch(seen): IfMatch,
    Write { asked, said }: Write<T::Patch>,
    name: At<Ref<T::Id>>,
) -> Result<Wrote<Changed<T::Out>>, Problem>
where
    Ref<T::Id>: Segment,
{
    let name = name.one()?;
    let written = newsroom.write(asked, move |cx| Ok(T::change(cx, &name, seen, &said)?.map(reply)));
    Ok(written.await?.into())
}

async fn delete<T: Reference>(
    newsroom: Data<Newsroom>,
    IfMatch(seen): IfMatch,
    Write { asked, said: () }: Write<()>,
    name: At<Ref<T::Id>>,
) -> Result<Wrote<Gone>, Problem>
where
    Ref<T::Id>: Segment,
{
    let name = name.one()?;
    let written = newsroom.write(asked, move |cx| Ok(T::delete(cx, &name, seen)?.map(|()| Reply::gone())));
    Ok(written.await?.into())
}

async fn merge<T: Merges>(
    newsroom: Data<Newsroom>,
    IfMatch(seen): IfMatch,
    Write { asked, said }: Write<T::Into>,
    name: At<Ref<T::Id>>,
) -> Result<Wrote<Changed<T::Out>>, Problem>
where
    Ref<T::Id>: Segment,
{
    let name = name.one()?;
    let written = newsroom.write(asked, move |cx| Ok(T::merge(cx, &name, seen, &said)?.map(reply)));
    Ok(written.await?.into())
}

fn reply<T: Reference>(thing: T) -> Reply<Changed<T::Out>> {
    Reply::changed(tag_of(thing.version()), thing.into())
}
