//! The reader's side, with notes of all that an answer takes from it. Whoever asks for it gets answers that are kept for
//! all who ask the same, under the names of what went into them.

use std::future::{Ready, ready};
use std::ops::Deref;

use actix_web::dev::Payload;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use delivery::Delivery;
use delivery::notes::Notes;

use crate::problem::Problem;
use crate::problem::catalogue::Code;

/// What readers see, for one answer.
pub(crate) struct Reading(Delivery);

impl Deref for Reading {
    type Target = Delivery;

    fn deref(&self) -> &Delivery {
        &self.0
    }
}

impl FromRequest for Reading {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let notes = request.extensions().get::<Notes>().cloned();
        let delivery = request.app_data::<Data<Delivery>>().zip(notes);
        let reading = delivery.map(|(delivery, notes)| Self(delivery.noting(notes)));
        ready(reading.ok_or_else(|| Problem::new(Code::Internal)))
    }
}
