//! Actix: the routes, what they read, what they answer, and problems. Thin: a handler reads, calls one use case, and
//! answers. What holds for every request stands in `edge`; what holds for those who are signed in, in `auth::gate`.
//!
//! A new endpoint is a handler with `SignedIn` and `Body` among its parameters, a reader of its members, and a line in
//! the routes of its scope: identity, one spelling of paths, problems, `405`, CORS and the log come with the scope.

mod articles;
mod auth;
mod cached;
mod cors;
mod cursor;
mod edge;
mod editorial;
mod facets;
pub mod problem;
mod read;
mod reply;
mod route;
pub mod settings;

use actix_web::middleware::from_fn;
use actix_web::web::{self, Data, ServiceConfig};
use actix_web::{App, HttpResponse};
use delivery::Delivery;
use newsroom::Newsroom;

use crate::problem::Problem;
use crate::problem::catalogue::Code;
use crate::settings::Settings;

/// What the routes work with.
#[derive(Clone)]
pub struct Parts {
    /// The settings of the edge.
    pub settings: Settings,
    /// The use cases of those who write.
    pub newsroom: Newsroom,
    /// What readers see.
    pub delivery: Delivery,
}

/// The whole application.
pub fn app(
    parts: Parts,
) -> App<
    impl actix_web::dev::ServiceFactory<
        actix_web::dev::ServiceRequest,
        Config = (),
        Response = actix_web::dev::ServiceResponse<actix_web::body::BoxBody>,
        Error = actix_web::Error,
        InitError = (),
    >,
> {
    let Parts { settings, newsroom, delivery } = parts;
    App::new()
        .app_data(Data::new(settings))
        .app_data(Data::new(newsroom))
        .app_data(Data::new(delivery))
        .wrap(from_fn(edge::edge))
        .configure(routes)
        .default_service(web::to(|| async { Err::<HttpResponse, _>(Problem::new(Code::NotFound)) }))
}

fn routes(config: &mut ServiceConfig) {
    articles::routes(config);
    facets::routes(config);
    auth::open_routes(config);
    config
        .service(route::resource("/problems/{code}", "GET, HEAD").route(web::get().to(problem_page)))
        .service(route::resource("/.well-known/jwks.json", "GET, HEAD").route(web::get().to(jwks)))
        .service(route::resource("/health/live", "GET, HEAD").route(web::get().to(live)))
        .service(web::scope("/v1/auth").wrap(from_fn(auth::gate)).configure(auth::routes))
        .service(web::scope("/v1/editorial").wrap(from_fn(auth::gate)).configure(editorial::routes));
}

async fn live() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("live")
}

async fn problem_page(path: web::Path<String>) -> Result<HttpResponse, Problem> {
    let code = Code::ALL.iter().find(|code| code.name() == path.as_str());
    let code = code.ok_or_else(|| Problem::new(Code::NotFound))?;
    let answer = HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header(("Content-Security-Policy", "default-src 'none'"))
        .insert_header(("Cache-Control", "public, max-age=3600"))
        .body(problem::catalogue::page(*code));
    Ok(answer)
}

async fn jwks(settings: Data<Settings>) -> HttpResponse {
    HttpResponse::Ok().insert_header(("Cache-Control", "public, max-age=300")).json(&settings.jwks)
}
