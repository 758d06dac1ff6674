//! The gate that lets only those through who are signed in, or act with an API key.

use std::rc::Rc;

use actix_web::body::BoxBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, web::Data};
use domain::actor::Actor;
use domain::policy::{Action, in_scope};
use newsroom::Newsroom;

use crate::api::operation::Verb;
use crate::problem::Problem;
use crate::problem::catalogue::Code;
use crate::rates::{Classes, Counted};
use crate::read::conditional::bearer;

/// The gate of one path.
pub(crate) struct Gate {
    /// What its requests are counted as.
    pub(crate) classes: Classes,
    /// Its methods, with what each asks of the policy.
    pub(crate) asks: Vec<(Verb, Option<Action>)>,
}

impl Gate {
    /// Lets through who presents one access token whose session stands, or one API key that is for the operation, before
    /// anything else of the request is looked at. Who does not is counted by their network, and who does as themselves. A key
    /// that is not known to be good counts by its network until it is looked up.
    pub(crate) async fn pass(
        self: Rc<Self>,
        request: ServiceRequest,
        next: Next<BoxBody>,
    ) -> Result<ServiceResponse<BoxBody>, Error> {
        let look_up = match self.classes.look_up(&request) {
            Ok(look_up) => look_up,
            Err(problem) => return Ok(request.error_response(problem)),
        };
        let found = presented(&request).await;
        let counted = look_up.map_or(Counted::NotYet, |look_up| look_up.end(&found));
        let actor = match found {
            Ok(actor) => actor,
            Err(problem) => {
                let limited = match counted {
                    Counted::Already => None,
                    Counted::NotYet => self.classes.count(&request).await.err(),
                };
                return Ok(request.error_response(limited.unwrap_or(problem)));
            }
        };
        request.extensions_mut().insert(actor);
        if let Err(problem) = self.classes.count(&request).await.and_then(|()| self.fits(&actor, &request)) {
            return Ok(request.error_response(problem));
        }
        next.call(request).await
    }

    /// Whether a key is for what is asked, whatever it is asked about: so it tells of nothing (ruling 24).
    fn fits(&self, actor: &Actor, request: &ServiceRequest) -> Result<(), Problem> {
        let asked = self.asks.iter().find(|(verb, _)| verb.name() == request.method().as_str());
        let Some((_, action)) = asked else { return Ok(()) };
        let action = action.unwrap_or(Action::SignIn);
        in_scope(actor, action).map_err(|denied| newsroom::error::Error::from(denied).into())
    }
}

/// Who presents one access token or API key.
async fn presented(request: &ServiceRequest) -> Result<Actor, Problem> {
    let refused = || Problem::new(Code::Unauthenticated);
    let newsroom = request.app_data::<Data<Newsroom>>().cloned().ok_or_else(refused)?;
    let token = bearer(request.headers())?.ok_or_else(refused)?;
    newsroom.actor(token).await.map_err(|error| Problem::from(error).of_token())
}
