//! `/v1/auth`: signing in, refreshing, signing out.

mod gate;
mod session_out;
pub(crate) mod user_out;

pub(crate) use gate::Gate;

use actix_web::HttpRequest;
use actix_web::web::Data;
use domain::id::SessionId;
use domain::policy::Action;
use domain::user::{Email, PersonName};
use identity::opaque::{Invitation, Secret};
use identity::password::Password;
use newsroom::Newsroom;
use newsroom::auth::{Acceptance, Login};
use newsroom::error::Error;

use self::session_out::{SessionOut, TokensOut};
use self::user_out::UserOut;
use crate::api::Api;
use crate::api::operation::Verb;
use crate::api::tag::Tag;
use crate::problem::Problem;
use crate::problem::catalogue::Code;
use crate::read::body::Said;
use crate::read::members::{Input, Members, Room};
use crate::read::path::At;
use crate::read::query::Asked;
use crate::read::request::{SignedIn, origin};
use crate::reply::done::{Done, Fresh};
use crate::reply::list::All;
use crate::reply::tag_of;
use crate::reply::told::Told;

/// Passwords in the examples of the document.
const OLD_PASSWORD: &str = "gulls over the quiet harbour";
const NEW_PASSWORD: &str = "a lamp at the end of the mole";

pub(crate) fn operations(api: &mut Api) {
    api.post("/v1/auth/login", "log_in", log_in)
        .told(
            Tag::SignIn,
            "Sign in",
            "Gives an access token, good for 15 minutes unless the site says otherwise, and a refresh token. A wrong password, an unknown address and \
             a disabled account are answered alike, and cost alike.",
        )
        .refuses(&[Code::InvalidCredentials, Code::RateLimited]);
    api.post("/v1/auth/refresh", "refresh_session", refresh)
        .told(
            Tag::SignIn,
            "Exchange a refresh token for new tokens",
            "A refresh token is used once. Within 30 seconds a repeat gives the same successor; any later one ends the \
             session.",
        )
        .refuses(&[Code::Unauthenticated]);
    api.post("/v1/auth/accept-invitation", "accept_invitation", accept_invitation)
        .told(
            Tag::SignIn,
            "Become a user by an invitation",
            "With the address and the role of the invitation, and a name and a password of one's own; it signs in. An \
             invitation that was used, taken back or is over is answered as one that never was.",
        )
        .refuses(&[Code::NotFound]);
    api.post("/v1/auth/logout", "log_out", log_out)
        .told(Tag::SignIn, "Sign out", "Ends this session at once, on every node.")
        .asks(Action::SignIn);
    api.post("/v1/auth/logout-all", "log_out_everywhere", log_out_everywhere)
        .told(Tag::SignIn, "Sign out everywhere", "Ends all sessions of the caller at once, this one too.")
        .asks(Action::SignIn);
    api.get("/v1/auth/me", "read_me", me)
        .told(Tag::SignIn, "Read oneself", "Who the caller is, and in which role.")
        .asks(Action::SignIn);
    api.get("/v1/auth/sessions", "list_sessions", sessions)
        .told(Tag::SignIn, "List one's sessions", "Where the caller is signed in.")
        .asks(Action::SignIn);
    api.on(Verb::Delete, "/v1/auth/sessions/{id}", "end_session", end_session)
        .told(Tag::SignIn, "End a session", "One of the caller's own, at once.")
        .asks(Action::SignIn);
    api.post("/v1/auth/password", "change_password", change_password)
        .told(
            Tag::SignIn,
            "Change one's password",
            "Ends every other session. A password has 15 to 256 characters; common ones, and one's own names, are \
             refused (NIST SP 800-63B-4).",
        )
        .asks(Action::SignIn)
        .refuses(&[Code::InvalidCredentials, Code::RateLimited]);
}

/// What somebody says to sign in. An address that cannot be one belongs to nobody.
struct LoginIn {
    email: Option<Email>,
    password: Password,
}

impl Input for LoginIn {
    const NAME: Option<&'static str> = Some("Login");
    const ABOUT: Option<&'static str> = Some("What somebody signs in with.");
    const ROOM: Room = Room::Small;

    fn read(members: &mut Members) -> Option<Self> {
        let email = members.about("The address of the account.").required_private(
            "email",
            254,
            "mara.lind@varn.example",
            |raw| Ok(Email::parse(raw).ok()),
        );
        let about = "The password of the account.";
        let password = members.about(about).required_private(
            "password",
            Password::MAX_CHARS,
            OLD_PASSWORD,
            Password::typed,
        );
        Some(Self { email: email?, password: password? })
    }
}

/// What is exchanged for new tokens.
struct RefreshIn(String);

impl Input for RefreshIn {
    const NAME: Option<&'static str> = Some("Refresh");
    const ABOUT: Option<&'static str> = Some("What is exchanged for new tokens.");
    const ROOM: Room = Room::Small;

    fn read(members: &mut Members) -> Option<Self> {
        members
            .about("The refresh token that was given last; it is used once.")
            .required_private("refresh_token", 4096, "c2Vzc2lvbi1hbmQtZ2VuZXJhdGlvbg", |raw| {
                Ok(raw.to_owned())
            })
            .map(Self)
    }
}

/// An old password and a new one.
struct PasswordIn {
    current: Password,
    new: String,
}

impl Input for PasswordIn {
    const NAME: Option<&'static str> = Some("PasswordChange");
    const ABOUT: Option<&'static str> = Some("The present password and a new one.");
    const ROOM: Room = Room::Small;

    fn read(members: &mut Members) -> Option<Self> {
        let current = members.about("The present password.").required_private(
            "current_password",
            Password::MAX_CHARS,
            OLD_PASSWORD,
            Password::typed,
        );
        let new = members
            .about("The new one: 15 to 256 characters, and none that is easily guessed.")
            .required_private("new_password", Password::MAX_CHARS, NEW_PASSWORD, |raw| Ok(raw.to_owned()));
        Some(Self { current: current?, new: new? })
    }
}

/// What somebody says who was invited.
struct AcceptIn {
    secret: Option<Secret<Invitation>>,
    name: PersonName,
    password: String,
}

impl Input for AcceptIn {
    const NAME: Option<&'static str> = Some("AcceptInvitation");
    const ABOUT: Option<&'static str> = Some("What somebody says who was invited.");
    const ROOM: Room = Room::Small;

    fn read(members: &mut Members) -> Option<Self> {
        let secret = members.about("The token of the invitation.").required_private(
            "token",
            4096,
            "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
            |raw| Ok(Secret::parse(raw)),
        );
        let name = members.required("name", PersonName::parse);
        let password = members
            .about("The password to be: 15 to 256 characters, and none that is easily guessed.")
            .required_private("password", Password::MAX_CHARS, OLD_PASSWORD, |raw| Ok(raw.to_owned()));
        Some(Self { secret: secret?, name: name?, password: password? })
    }
}

async fn accept_invitation(
    newsroom: Data<Newsroom>,
    request: HttpRequest,
    Said { said: AcceptIn { secret, name, password }, .. }: Said<AcceptIn>,
) -> Result<Fresh<TokensOut>, Problem> {
    let secret = secret.ok_or(Error::NotFound)?.hash();
    let acceptance = Acceptance { secret, name, password };
    Ok(Fresh(newsroom.accept_invitation(acceptance, origin(&request)?).await?.into()))
}

async fn log_in(
    newsroom: Data<Newsroom>,
    request: HttpRequest,
    Said { said: LoginIn { email, password }, .. }: Said<LoginIn>,
) -> Result<Fresh<TokensOut>, Problem> {
    let email = email.ok_or(Error::InvalidCredentials)?;
    let tokens = newsroom.log_in(Login { email, password }, origin(&request)?).await?;
    Ok(Fresh(tokens.into()))
}

async fn refresh(
    newsroom: Data<Newsroom>,
    request: HttpRequest,
    Said { said: RefreshIn(token), .. }: Said<RefreshIn>,
) -> Result<Fresh<TokensOut>, Problem> {
    Ok(Fresh(newsroom.refresh(&token, origin(&request)?).await?.into()))
}

async fn me(
    newsroom: Data<Newsroom>,
    SignedIn(actor): SignedIn,
    _: Asked<()>,
) -> Result<Told<UserOut>, Problem> {
    let user = newsroom.me(actor).await?;
    Ok(Told::tagged(tag_of(user.version), user.into()))
}

async fn log_out(
    newsroom: Data<Newsroom>,
    SignedIn(actor): SignedIn,
    request: HttpRequest,
    _: Said<()>,
) -> Result<Done, Problem> {
    let session = actor.session().ok_or(Error::Unauthenticated)?;
    newsroom.end_session(actor, session, origin(&request)?).await?;
    Ok(Done)
}

async fn log_out_everywhere(
    newsroom: Data<Newsroom>,
    SignedIn(actor): SignedIn,
    request: HttpRequest,
    _: Said<()>,
) -> Result<Done, Problem> {
    newsroom.end_sessions(actor, origin(&request)?).await?;
    Ok(Done)
}

async fn change_password(
    newsroom: Data<Newsroom>,
    SignedIn(actor): SignedIn,
    request: HttpRequest,
    Said { said: PasswordIn { current, new }, .. }: Said<PasswordIn>,
) -> Result<Done, Problem> {
    newsroom.change_password(actor, current, &new, origin(&request)?).await?;
    Ok(Done)
}

async fn sessions(
    newsroom: Data<Newsroom>,
    SignedIn(actor): SignedIn,
    _: Asked<()>,
) -> Result<Told<All<SessionOut>>, Problem> {
    let sessions = newsroom.sessions(actor).await?;
    Ok(Told::of(All { data: sessions.into_iter().map(|session| SessionOut::of(session, &actor)).collect() }))
}

async fn end_session(
    newsroom: Data<Newsroom>,
    SignedIn(actor): SignedIn,
    request: HttpRequest,
    session: At<SessionId>,
    _: Said<()>,
) -> Result<Done, Problem> {
    newsroom.end_session(actor, session.one()?, origin(&request)?).await?;
    Ok(Done)
}
