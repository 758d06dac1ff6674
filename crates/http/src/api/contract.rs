//! What the signature of a handler says of its operation.

use actix_web::HttpRequest;
use actix_web::web::Data;

use domain::photo::patch::PhotoPatch;

use super::operation::{Access, Audience, BodyIn, Operation};
use crate::problem::Problem;
use crate::problem::catalogue::Code;
use crate::read::body::Said;
use crate::read::conditional::IfMatch;
use crate::read::members::{self, Input};
use crate::read::path::At;
use crate::read::query::{self, Asked, Question};
use crate::read::reading::Reading;
use crate::read::request::{Handed, SignedIn, Write};
use crate::read::upload::{self, Aim, Beside, Upload};

/// A parameter of a handler.
pub(crate) trait Part {
    /// Adds to an operation what this parameter means for it.
    fn describe(operation: &mut Operation);

    /// Whom it lets call the operation at all.
    fn access() -> Access {
        Access::Anyone
    }

    /// For whom it makes the answers.
    fn audience() -> Audience {
        Audience::OneByOne
    }
}

/// All parameters of a handler.
pub(crate) trait Parts {
    /// Adds to an operation what they mean for it.
    fn describe(operation: &mut Operation);

    /// Whom they let call the operation at all.
    fn access() -> Access;

    /// For whom they make the answers.
    fn audience() -> Audience;
}

/// The answer of a handler.
pub(crate) trait Outcome {
    /// Adds to an operation what it answers.
    fn describe(operation: &mut Operation);
}

impl<T: Outcome> Outcome for Result<T, Problem> {
    fn describe(operation: &mut Operation) {
        T::describe(operation);
    }
}

impl<T: ?Sized> Part for Data<T> {
    fn describe(_: &mut Operation) {}
}

impl Part for HttpRequest {
    fn describe(_: &mut Operation) {}
}

impl Part for Reading {
    fn describe(_: &mut Operation) {}

    fn audience() -> Audience {
        Audience::Everybody
    }
}

impl<T> Part for At<T> {
    fn describe(operation: &mut Operation) {
        operation.refuses(&[Code::NotFound]);
    }
}

impl Part for SignedIn {
    fn describe(operation: &mut Operation) {
        operation.refuses(&[Code::Unauthenticated]);
    }

    fn access() -> Access {
        Access::SignedIn
    }
}

impl Part for IfMatch {
    fn describe(operation: &mut Operation) {
        operation.headers_in.push("If-Match");
        operation.refuses(&[Code::IfMatchRequired, Code::StaleVersion]);
    }
}

impl<T: Question> Part for Asked<T> {
    fn describe(operation: &mut Operation) {
        operation.query = query::describe::<T>();
        if operation.query.asked.iter().any(|asked| asked.name == "cursor") {
            operation.refuses(&[Code::InvalidCursor]);
        }
        operation.refuses(&[Code::ValidationFailed]);
    }
}

impl<T: Input> Part for Said<T> {
    fn describe(operation: &mut Operation) {
        let bodily = [
            Code::MalformedJson,
            Code::RequestTimeout,
            Code::PayloadTooLarge,
            Code::UnsupportedMediaType,
            Code::ValidationFailed,
            Code::StorageFull,
        ];
        operation.refuses(&bodily);
        let shape = members::shape::<T>();
        if shape.asked.is_empty() {
            return;
        }
        let required = !shape.takes_nothing();
        let schema = members::input::<T>(&mut operation.taken);
        operation.body = Some(BodyIn { media_type: "application/json", schema, required });
    }
}

impl<A: Aim> Part for Upload<A> {
    fn describe(operation: &mut Operation) {
        SignedIn::describe(operation);
        operation.refuses(&[
            Code::MalformedMultipart,
            Code::MalformedJson,
            Code::RequestTimeout,
            Code::PayloadTooLarge,
            Code::ValidationFailed,
            Code::UnreadableImage,
            Code::ImageTooLarge,
            Code::StorageFull,
            Code::IdempotencyInProgress,
            Code::IdempotencyKeyReused,
        ]);
        operation.headers_in.push("Idempotency-Key");
        let facts = match A::BESIDE {
            Beside::Facts => Some(members::input::<PhotoPatch>(&mut operation.taken)),
            Beside::Nothing => None,
        };
        let schema = upload::schema(facts.as_ref());
        operation.body = Some(BodyIn { media_type: upload::MEDIA_TYPE, schema, required: true });
    }

    fn access() -> Access {
        Access::SignedIn
    }
}

impl<T: Input> Part for Write<T> {
    fn describe(operation: &mut Operation) {
        SignedIn::describe(operation);
        Said::<T>::describe(operation);
        operation.headers_in.push("Idempotency-Key");
        operation.refuses(&[Code::IdempotencyInProgress, Code::IdempotencyKeyReused]);
    }

    fn access() -> Access {
        Access::SignedIn
    }
}

impl<T: Input> Part for Handed<T> {
    fn describe(operation: &mut Operation) {
        Said::<T>::describe(operation);
        operation.headers_in.push("Idempotency-Key");
        operation.refuses(&[Code::MalformedRequest, Code::IdempotencyInProgress, Code::IdempotencyKeyReused]);
    }
}

macro_rules! parts {
    ($($part:ident)*) => {
        impl<$($part: Part),*> Parts for ($($part,)*) {
            fn describe(operation: &mut Operation) {
                $($part::describe(operation);)*
                let _: &mut Operation = operation;
            }

            fn access() -> Access {
                let all = [Access::Anyone, $($part::access()),*];
                let asked = [Access::SignedIn, Access::Holder].into_iter().find(|access| all.contains(access));
                asked.unwrap_or(Access::Anyone)
            }

            fn audience() -> Audience {
                let all = [Audience::OneByOne, $($part::audience()),*];
                if all.contains(&Audience::Everybody) { Audience::Everybody } else { Audience::OneByOne }
            }
        }
    };
}

parts! {}
parts! { A }
parts! { A B }
parts! { A B C }
parts! { A B C D }
parts! { A B C D E }
parts! { A B C D E F }
