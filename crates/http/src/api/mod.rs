//! The operations of the API: each is registered once, and from that come its route, `405` with `Allow`, the gate for
//! those who are signed in, and its place in the OpenAPI document.

pub(crate) mod contract;
pub(crate) mod document;
pub(crate) mod operation;
pub(crate) mod shape;
pub(crate) mod tag;

use std::collections::BTreeMap;
use std::rc::Rc;

use actix_web::middleware::from_fn;
use actix_web::web::{self, ServiceConfig};
use actix_web::{FromRequest, Handler, HttpResponse, Resource, Responder, Route};
use domain::policy::Action;

use self::contract::{Outcome, Parts};
use self::operation::{Access, Audience, Header, Operation, Verb};
use crate::auth::Gate;
use crate::keep;
use crate::problem::Problem;
use crate::problem::catalogue::Code;
use crate::rates::{self, Classes};

/// All operations, in the order of the document.
#[derive(Default)]
pub(crate) struct Api {
    operations: Vec<Registered>,
}

/// An operation with its route. It is described only for the document, which is made once: each worker of a server needs
/// the routes alone.
struct Registered {
    operation: Operation,
    route: Route,
    describe: fn(&mut Operation),
}

/// A path with its routes.
struct Served {
    access: Access,
    audience: Audience,
    /// Its methods, with what each asks of the policy.
    verbs: Vec<(Verb, Option<Action>)>,
    resource: Resource,
}

impl Api {
    /// Registers an operation: the handler's parameters say what it reads, and its answer what it answers.
    pub(crate) fn on<F, Args>(
        &mut self,
        verb: Verb,
        path: &'static str,
        id: &'static str,
        handler: F,
    ) -> &mut Operation
    where
        F: Handler<Args>,
        Args: FromRequest + Parts + 'static,
        F::Output: Responder + Outcome + 'static,
    {
        let operation = Operation::new(verb, path, id, Args::access(), Args::audience());
        let route = verb.route().to(handler);
        let describe = |operation: &mut Operation| {
            Args::describe(operation);
            F::Output::describe(operation);
        };
        self.operations.push(Registered { operation, route, describe });
        let last = self.operations.len() - 1;
        &mut self.operations[last].operation
    }

    /// What is read at `path`.
    pub(crate) fn get<F, Args>(&mut self, path: &'static str, id: &'static str, handler: F) -> &mut Operation
    where
        F: Handler<Args>,
        Args: FromRequest + Parts + 'static,
        F::Output: Responder + Outcome + 'static,
    {
        self.on(Verb::Get, path, id, handler)
    }

    /// What is done at `path`.
    pub(crate) fn post<F, Args>(&mut self, path: &'static str, id: &'static str, handler: F) -> &mut Operation
    where
        F: Handler<Args>,
        Args: FromRequest + Parts + 'static,
        F::Output: Responder + Outcome + 'static,
    {
        self.on(Verb::Post, path, id, handler)
    }

    /// The operations without their routes, described.
    pub(crate) fn into_operations(self) -> Vec<Operation> {
        let described =
            self.operations.into_iter().map(|Registered { mut operation, route: _, describe }| {
                describe(&mut operation);
                if let Some(class) = operation.class() {
                    operation.refuses(&[Code::RateLimited]);
                    if class.is_told() {
                        let told = [Header::RateLimit, Header::RateLimitPolicy];
                        operation.successes.iter_mut().for_each(|success| success.headers.extend(told));
                    }
                }
                if operation.audience == Audience::Everybody {
                    for success in &mut operation.successes {
                        success.headers.extend([Header::SurrogateKey, Header::Vary]);
                    }
                }
                operation
            });
        described.collect()
    }

    /// Adds the routes to an application.
    pub(crate) fn configure(self, config: &mut ServiceConfig) {
        let mut paths: BTreeMap<&'static str, Served> = BTreeMap::new();
        for Registered { operation, route, describe: _ } in self.operations {
            let Operation { path, access, audience, verb, action, .. } = operation;
            let served = paths.entry(path).or_insert_with(|| Served {
                access,
                audience: Audience::OneByOne,
                verbs: Vec::new(),
                resource: web::resource(path),
            });
            served.verbs.push((verb, action));
            if audience == Audience::Everybody {
                served.audience = audience;
            }
            let whole = std::mem::replace(&mut served.resource, web::resource(path));
            served.resource = whole.route(route);
        }
        // A path that names its segments comes before one that leaves them open.
        let mut paths: Vec<_> = paths.into_iter().collect();
        paths.sort_by_key(|(path, _)| path.matches('{').count());
        for (path, Served { access, audience, verbs, resource }) in paths {
            let classes = Classes::of(access, path);
            let allow = allow(&verbs);
            let resource = resource.default_service(web::to(move || {
                let problem = Problem::new(Code::MethodNotAllowed).allowing(allow.clone());
                async move { Err::<HttpResponse, _>(problem) }
            }));
            let limit = from_fn(move |request, next| rates::limit(classes, request, next));
            let gate = Rc::new(Gate { classes, asks: verbs });
            let gate = from_fn(move |request, next| Rc::clone(&gate).pass(request, next));
            match (access, audience) {
                (Access::SignedIn, _) => config.service(resource.wrap(gate)),
                (_, Audience::Everybody) => config.service(resource.wrap(from_fn(keep::keep)).wrap(limit)),
                (_, Audience::OneByOne) => config.service(resource.wrap(limit)),
            };
        }
    }
}

/// The methods of a path, as `Allow` lists them.
fn allow(verbs: &[(Verb, Option<Action>)]) -> String {
    let mut names: Vec<_> = verbs.iter().map(|(verb, _)| verb.name()).collect();
    if names.contains(&Verb::Get.name()) {
        names.push("HEAD");
    }
    names.sort_unstable();
    names.join(", ")
}
