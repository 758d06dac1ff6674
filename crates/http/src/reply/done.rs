//! What is answered to sign-in and sign-out: nothing of it is kept for a second request.

use actix_web::body::BoxBody;
use actix_web::{HttpRequest, HttpResponse, Responder};
use serde::Serialize;
use utoipa::ToSchema;

use super::{success, success_as};
use crate::api::contract::Outcome;
use crate::api::operation::Operation;

/// Something new, told this once.
pub(crate) struct Fresh<T>(pub(crate) T);

impl<T: Serialize> Responder for Fresh<T> {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        HttpResponse::Ok().json(self.0)
    }
}

impl<T: ToSchema> Outcome for Fresh<T> {
    fn describe(operation: &mut Operation) {
        success::<T>(operation, 200, "Told this once.", &[]);
    }
}

/// It is done.
pub(crate) struct Done;

impl Responder for Done {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        HttpResponse::NoContent().finish()
    }
}

impl Outcome for Done {
    fn describe(operation: &mut Operation) {
        success_as(operation, 204, "It is done, and there is nothing to tell.", None, &[]);
    }
}
