//! The gate that lets only those through who are signed in.

use actix_web::body::BoxBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::AUTHORIZATION;
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, web::Data};
use domain::actor::Actor;
use newsroom::Newsroom;

use crate::problem::Problem;
use crate::problem::catalogue::Code;
use crate::rates::{self, Classes};
use crate::read::conditional::one;

/// Lets through who presents one access token whose session stands, before anything else of the request is looked at. Who
/// does not is counted by their network, and who does, behind the gate, as themselves.
pub(crate) async fn gate(
    classes: Classes,
    request: ServiceRequest,
    next: Next<BoxBody>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    match presented(&request).await {
        Ok(actor) => {
            request.extensions_mut().insert(actor);
            rates::limit(classes, request, next).await
        }
        Err(problem) => {
            let counted = classes.count(&request);
            Ok(request.error_response(counted.err().unwrap_or(problem)))
        }
    }
}

/// Who presents one access token.
async fn presented(request: &ServiceRequest) -> Result<Actor, Problem> {
    let refused = || Problem::new(Code::Unauthenticated);
    let newsroom = request.app_data::<Data<Newsroom>>().cloned().ok_or_else(refused)?;
    let header = one(request.request(), &AUTHORIZATION)?.ok_or_else(refused)?;
    let token = match header.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token,
        Some(_) | None => return Err(refused()),
    };
    newsroom.actor(token).await.map_err(|error| Problem::from(error).of_token())
}
