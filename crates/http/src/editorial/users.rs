//! `/v1/editorial/users`: who may sign in, and as what.

use actix_web::HttpRequest;
use actix_web::web::Data;
use domain::account::User;
use domain::id::UserId;
use domain::policy::Action;
use domain::user::{Email, PersonName, Role};
use newsroom::Newsroom;
use newsroom::admin::{self, UserPatch};

use super::leaf::Leaf;
use crate::api::Api;
use crate::api::operation::Verb;
use crate::api::tag::Tag;
use crate::auth::user_out::UserOut;
use crate::problem::Problem;
use crate::problem::catalogue::Code;
use crate::read::conditional::IfMatch;
use crate::read::members::{Input, Members};
use crate::read::path::At;
use crate::read::query::Asked;
use crate::read::request::{SignedIn, Write};
use crate::reply::tag_of;
use crate::reply::told::{Told, ToldPage};
use crate::reply::wrote::{Changed, Reply, Wrote};
use crate::settings::Settings;

pub(super) fn operations(api: &mut Api) {
    api.get("/v1/editorial/users", "list_users", list)
        .told(Tag::Administration, "List users", "In the order in which they were made.")
        .asks(Action::ManageUsers);
    api.get("/v1/editorial/users/{id}", "read_user", read)
        .told(Tag::Administration, "Read a user", "Who they are, and what they may do.")
        .asks(Action::ManageUsers);
    api.on(Verb::Patch, "/v1/editorial/users/{id}", "change_user", change)
        .told(
            Tag::Administration,
            "Change a user",
            "A new role counts from their next request on. Disabling a user ends their sessions at once. There is \
             always an admin who can sign in.",
        )
        .asks(Action::ManageUsers)
        .refuses(&[Code::LastAdmin]);
}

async fn list(
    newsroom: Data<Newsroom>,
    SignedIn(actor): SignedIn,
    Asked(leaf): Asked<Leaf>,
    settings: Data<Settings>,
    request: HttpRequest,
) -> Result<ToldPage<UserOut>, Problem> {
    let from = leaf.from(&settings, &request, UserId::parse)?;
    let limit = leaf.reach();
    let users = newsroom.read(actor, move |tx, actor, _| admin::users(tx, &actor, from, limit)).await?;
    let users = users.into_iter().map(UserOut::from).collect();
    Ok(leaf.page(&settings, &request, from.as_ref(), users, |user: &UserOut| user.id))
}

async fn read(
    newsroom: Data<Newsroom>,
    SignedIn(actor): SignedIn,
    _: Asked<()>,
    user: At<UserId>,
) -> Result<Told<UserOut>, Problem> {
    let id = user.one()?;
    let user: User = newsroom.read(actor, move |tx, actor, _| admin::user(tx, &actor, id)).await?;
    Ok(Told::tagged(tag_of(user.version), user.into()))
}

impl Input for UserPatch {
    const NAME: Option<&'static str> = Some("UserPatch");
    const ABOUT: Option<&'static str> = Some("What of a user is to be different; what is left out stays.");

    fn read(members: &mut Members) -> Option<Self> {
        Some(Self {
            email: members.lasting_text("email", Email::parse),
            name: members.lasting_text("name", PersonName::parse),
            role: members.lasting_text("role", Role::parse),
            disabled: members
                .about("Whether they may sign in no more; it ends their sessions at once.")
                .flag("disabled"),
        })
    }
}

async fn change(
    newsroom: Data<Newsroom>,
    IfMatch(seen): IfMatch,
    Write { asked, said: patch }: Write<UserPatch>,
    user: At<UserId>,
) -> Result<Wrote<Changed<UserOut>>, Problem> {
    let id = user.one()?;
    let written = newsroom.write(asked, move |cx| {
        Ok(admin::change_user(cx, id, seen, &patch)?
            .map(|user| Reply::changed(tag_of(user.version), UserOut::from(user))))
    });
    Ok(written.await?.into())
}
