//! Actix: the routes, what they read, what they answer, and problems. Thin: a handler reads, calls one use case, and
//! answers. What holds for every request stands in `edge`; what holds for those who are signed in, in `auth::gate`.
//!
//! A new endpoint is a handler whose parameters say what it reads (`Write`, `Asked`, `IfMatch`, `At`) and whose answer
//! says what it answers (`Wrote`, `Told`, `Shown`), and one line that registers it in `api`: the route, the gate, `405`
//! and the OpenAPI document follow from its signature; identity, problems, CORS and the log come with the edge.

mod api;
mod articles;
mod auth;
pub mod changes;
mod comments;
mod cors;
mod cursor;
mod docs;
mod edge;
pub mod editorial;
mod facets;
mod feeds;
mod fronts;
#[cfg(fuzzing)]
pub mod fuzzing;
pub mod keep;
pub mod media;
pub mod metrics;
mod ninjs;
mod pictures;
mod preview;
pub mod problem;
pub mod rates;
mod read;
mod reply;
mod search;
pub mod settings;
pub mod sight;
mod site;
mod sitemaps;
pub mod traces;

use actix_http::Request;
use actix_service::IntoServiceFactory;
use actix_web::body::BoxBody;
use actix_web::dev::{AppConfig, Response, Service, ServiceFactory};
use actix_web::middleware::from_fn;
use actix_web::web::{self, Data};
use actix_web::{App, HttpResponse};
use delivery::Delivery;
use newsroom::Newsroom;

use crate::api::Api;
use crate::api::document::Document;
use crate::changes::followers::Followers;
use crate::edge::{Edge, Means};
use crate::keep::Answers;
use crate::metrics::Metrics;
use crate::problem::Problem;
use crate::problem::catalogue::Code;
use crate::rates::{Class, Classes, Rates};
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
    /// What was composed for them.
    pub answers: Answers,
    /// What is counted of all answers.
    pub metrics: Metrics,
    /// Those who wait for something to change.
    pub followers: Followers,
    /// What is counted of each client.
    pub rates: Rates,
}

/// The whole application, behind its edge.
pub fn app(
    parts: Parts,
) -> impl ServiceFactory<
    Request,
    Config = AppConfig,
    Response = Response<BoxBody>,
    Error = actix_web::Error,
    InitError = (),
    Service: Service<Request, Future: 'static> + 'static,
> {
    let Parts { settings, newsroom, delivery, answers, metrics, followers, rates } = parts;
    let settings = Data::new(settings);
    let means = Means {
        settings: settings.clone(),
        metrics,
        answers: answers.clone(),
        delivery: delivery.clone(),
        rates: rates.clone(),
    };
    // An address at which nothing is costs like one at which something is.
    let nothing = Classes { reading: Some(Class::Reads), writing: Some(Class::Reads) };
    let nothing_here = web::to(|| async { Err::<HttpResponse, _>(Problem::new(Code::NotFound)) });
    let routes = App::new()
        .app_data(settings)
        .app_data(Data::new(newsroom))
        .app_data(Data::new(delivery))
        .app_data(Data::new(answers))
        .app_data(Data::new(followers))
        .app_data(Data::new(rates))
        .app_data(Data::new(Document::of_this_release()))
        .configure(|config| operations().configure(config))
        .default_service(
            nothing_here.wrap(from_fn(move |request, next| rates::limit(nothing, request, next))),
        );
    Edge::before(routes.into_factory(), means)
}

/// All operations, in the order of the document.
fn operations() -> Api {
    let mut api = Api::default();
    articles::operations(&mut api);
    search::operations(&mut api);
    changes::operations(&mut api);
    comments::operations(&mut api);
    ninjs::operations(&mut api);
    facets::operations(&mut api);
    fronts::operations(&mut api);
    feeds::operations(&mut api);
    sitemaps::operations(&mut api);
    pictures::operations(&mut api);
    preview::operations(&mut api);
    auth::operations(&mut api);
    editorial::operations(&mut api);
    site::operations(&mut api);
    docs::operations(&mut api);
    api
}

/// The text of openapi/openapi.json: the contract of this release.
pub fn openapi() -> String {
    Document::of_this_release().text().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_are_told_once_and_in_full() {
        let operations = operations().into_operations();
        let mut ids: Vec<_> = operations.iter().map(|operation| operation.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), operations.len(), "two operations have one id");
        for operation in &operations {
            assert!(!operation.summary.is_empty() && !operation.description.is_empty(), "{}", operation.id);
        }
    }

    /// Parameters are read in their order: `If-Match` comes before the body, so that what is missing is told alike
    /// however fast the body arrives.
    #[test]
    fn a_missing_condition_is_told_before_the_body_is_read() {
        for operation in operations().into_operations() {
            let place = |name: &str| operation.headers_in.iter().position(|header| *header == name);
            if let (Some(condition), Some(key)) = (place("If-Match"), place("Idempotency-Key")) {
                assert!(condition < key, "{}: IfMatch must stand before Write", operation.id);
            }
        }
    }

    /// Whoever composes for readers reads by `Reading`, so that what they get is kept for all, under its names. A link to a
    /// working copy is for its holder alone.
    #[test]
    fn what_readers_get_names_what_went_into_it() {
        use crate::api::operation::{Access, Header, Verb};
        use crate::api::tag::Tag;

        let mut public = 0;
        for operation in operations().into_operations() {
            let own = operation.tag == Tag::Site || operation.path.starts_with("/v1/preview/");
            // Whoever follows what changes is told what is true now, and nothing that was kept.
            let own = own || matches!(operation.id, "list_changes" | "stream_changes");
            if operation.verb != Verb::Get || operation.access != Access::Anyone || own {
                continue;
            }
            public += 1;
            let mut answers = operation.successes.iter().filter(|success| success.status == 200);
            assert!(
                answers.all(|answer| answer.headers.contains(&Header::SurrogateKey)),
                "{} names nothing",
                operation.id
            );
        }
        assert!(public > 15, "{public}");
    }

    #[test]
    fn a_name_among_the_schemas_means_one_thing() {
        let mut known = std::collections::BTreeMap::new();
        for operation in operations().into_operations() {
            let schemas = operation.taken.iter().chain(&operation.given).chain(&operation.query.components);
            for (name, schema) in schemas {
                let earlier = known.entry(name.clone()).or_insert_with(|| schema.clone());
                assert_eq!(earlier, schema, "{name} in {}", operation.id);
            }
        }
    }
}
