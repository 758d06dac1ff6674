//! The gate that lets only those through who are signed in.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::AUTHORIZATION;
use actix_web::middleware::Next;
use actix_web::{HttpMessage, web::Data};
use newsroom::Newsroom;

use crate::problem::Problem;
use crate::problem::catalogue::Code;
use crate::read::conditional::one;

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
