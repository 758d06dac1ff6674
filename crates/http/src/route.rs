//! Routes with what every address has: problems for what is not there, and for methods that it lacks.

use actix_web::web::{self, Path};
use actix_web::{HttpResponse, Resource};
use domain::article::content::reference::Ref;
use domain::violation::Violation;

use crate::problem::Problem;
use crate::problem::catalogue::Code;

/// An address with the methods that it has, as `Allow` lists them.
pub(crate) fn resource(path: &str, allow: &'static str) -> Resource {
    web::resource(path).default_service(web::to(move || async move {
        Err::<HttpResponse, _>(Problem::new(Code::MethodNotAllowed).allowing(allow))
    }))
}

/// An id in a path; one that cannot be an id names nothing.
pub(crate) fn id<T>(path: &Path<String>, parse: fn(&str) -> Result<T, Violation>) -> Result<T, Problem> {
    parse(path).map_err(|_| Problem::new(Code::NotFound))
}

/// An id or a slug in a path; what can be neither names nothing.
pub(crate) fn reference<T>(
    path: &Path<String>,
    parse_id: fn(&str) -> Result<T, Violation>,
) -> Result<Ref<T>, Problem> {
    Ref::parse(path, parse_id).map_err(|_| Problem::new(Code::NotFound))
}
