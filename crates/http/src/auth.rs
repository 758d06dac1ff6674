//! `/v1/auth`: signing in, refreshing, signing out. And the gate that lets only those through who are signed in.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::AUTHORIZATION;
use actix_web::middleware::Next;
use actix_web::web::{self, Data, Path, ServiceConfig};
use actix_web::{HttpMessage, HttpRequest, HttpResponse};
use domain::account::{Session, User};
use domain::id::SessionId;
use domain::user::Email;
use domain::violation::{Rule, Violation};
use identity::access::LIFETIME;
use identity::password::Password;
use newsroom::Newsroom;
use newsroom::auth::{Login, SignedIn as Tokens};
use newsroom::error::Error;
use serde_json::{Value, json};

use crate::problem::Problem;
use crate::problem::catalogue::Code;
use crate::read::body::Body;
use crate::read::conditional::one;
use crate::read::members::Members;
use crate::read::request::{SignedIn, origin};
use crate::route::{id, resource};

type Answer = Result<HttpResponse, Problem>;

/// What somebody may do who is not signed in.
pub(crate) fn open_routes(config: &mut ServiceConfig) {
    config
        .service(resource("/v1/auth/login", "POST").route(web::post().to(log_in)))
        .service(resource("/v1/auth/refresh", "POST").route(web::post().to(refresh)));
}

/// What somebody may do who is, below `/v1/auth`.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(resource("/me", "GET, HEAD").route(web::get().to(me)))
        .service(resource("/logout", "POST").route(web::post().to(log_out)))
        .service(resource("/logout-all", "POST").route(web::post().to(log_out_everywhere)))
        .service(resource("/password", "POST").route(web::post().to(change_password)))
        .service(resource("/sessions", "GET, HEAD").route(web::get().to(sessions)))
        .service(resource("/sessions/{id}", "DELETE").route(web::delete().to(end_session)));
}

/// Lets through who presents one access token whose session stands, before anything else of the request is looked at.
pub(crate) async fn gate(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let refused = || Problem::new(Code::Unauthenticated);
    let newsroom = request.app_data::<Data<Newsroom>>().cloned().ok_or_else(refused)?;
    let header = one(request.request(), &AUTHORIZATION)?.ok_or_else(refused)?;
    let token = match header.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.to_owned(),
        Some(_) | None => return Err(refused().into()),
    };
    let actor = newsroom.actor(&token).await.map_err(|error| Problem::from(error).of_token())?;
    request.extensions_mut().insert(actor);
    next.call(request).await
}

async fn log_in(newsroom: Data<Newsroom>, request: HttpRequest, body: Body) -> Answer {
    let mut members = Members::of(body.value).map_err(Error::Invalid)?;
    let email = members.required("email", text);
    let password = members.required("password", |raw| text(raw).map(|raw| Password::typed(&raw)));
    let login = email.zip(password);
    let (email, password) = members.finish(login).map_err(Error::Invalid)?;
    // An address that cannot be one belongs to nobody, and is answered as one that belongs to nobody.
    let email = Email::parse(&email).map_err(|_| Error::InvalidCredentials)?;
    let tokens = newsroom.log_in(Login { email, password }, origin(&request)?).await?;
    Ok(given(tokens))
}

/// Any text that is there.
fn text(raw: &str) -> Result<String, Violation> {
    /// Longest address or password that is looked at, in octets.
    const MOST: usize = 4096;
    if raw.len() > MOST {
        return Err(Violation::limited(Rule::TooLong, MOST, "at most 4096 octets fit"));
    }
    Ok(raw.to_owned())
}

async fn refresh(newsroom: Data<Newsroom>, request: HttpRequest, body: Body) -> Answer {
    let mut members = Members::of(body.value).map_err(Error::Invalid)?;
    let token = members.required("refresh_token", text);
    let token = members.finish(token).map_err(Error::Invalid)?;
    Ok(given(newsroom.refresh(&token, origin(&request)?).await?))
}

fn given(tokens: Tokens) -> HttpResponse {
    let Tokens { access_token, refresh_token, expires_at: _, user } = tokens;
    HttpResponse::Ok().json(json!({
        "access_token": access_token,
        "token_type": "Bearer",
        "expires_in": LIFETIME.num_seconds(),
        "refresh_token": refresh_token,
        "user": user_out(&user),
    }))
}

async fn me(newsroom: Data<Newsroom>, SignedIn(actor): SignedIn) -> Answer {
    Ok(HttpResponse::Ok().json(user_out(&newsroom.me(actor).await?)))
}

async fn log_out(newsroom: Data<Newsroom>, SignedIn(actor): SignedIn, request: HttpRequest) -> Answer {
    let session = actor.session.ok_or(Error::Unauthenticated)?;
    newsroom.end_session(actor, session, origin(&request)?).await?;
    Ok(HttpResponse::NoContent().finish())
}

async fn log_out_everywhere(
    newsroom: Data<Newsroom>,
    SignedIn(actor): SignedIn,
    request: HttpRequest,
) -> Answer {
    newsroom.end_sessions(actor, origin(&request)?).await?;
    Ok(HttpResponse::NoContent().finish())
}

async fn change_password(
    newsroom: Data<Newsroom>,
    SignedIn(actor): SignedIn,
    request: HttpRequest,
    body: Body,
) -> Answer {
    let mut members = Members::of(body.value).map_err(Error::Invalid)?;
    let old = members.required("current_password", |raw| text(raw).map(|raw| Password::typed(&raw)));
    let new = members.required("new_password", text);
    let (old, new) = members.finish(old.zip(new)).map_err(Error::Invalid)?;
    newsroom.change_password(actor, old, &new, origin(&request)?).await?;
    Ok(HttpResponse::NoContent().finish())
}

async fn sessions(newsroom: Data<Newsroom>, SignedIn(actor): SignedIn) -> Answer {
    let sessions = newsroom.sessions(actor).await?;
    let data: Vec<_> = sessions
        .into_iter()
        .map(
            |Session { id, user: _, address, agent, created_at, last_used_at, expires_at, revoked_at: _ }| {
                json!({
                    "id": id,
                    "current": actor.session == Some(id),
                    "address": address.map(|address| address.to_string()),
                    "agent": agent,
                    "created_at": created_at,
                    "last_used_at": last_used_at,
                    "expires_at": expires_at,
                })
            },
        )
        .collect();
    Ok(HttpResponse::Ok().json(json!({"data": data})))
}

async fn end_session(
    newsroom: Data<Newsroom>,
    SignedIn(actor): SignedIn,
    request: HttpRequest,
    path: Path<String>,
) -> Answer {
    let session = id(&path, SessionId::parse)?;
    newsroom.end_session(actor, session, origin(&request)?).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// A user, as they and admins see them.
pub(crate) fn user_out(user: &User) -> Value {
    let User { id, version, email, name, role, disabled_at, created_at, updated_at } = user;
    json!({
        "id": id,
        "version": version.number(),
        "email": email,
        "name": name,
        "role": role,
        "disabled_at": disabled_at,
        "created_at": created_at,
        "updated_at": updated_at,
    })
}
