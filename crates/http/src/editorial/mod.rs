//! The editorial API: for those who are signed in.

mod admin;
mod article_out;
mod articles;
mod content_in;
mod contributors;
mod lists;
mod orders;
mod sections;
mod tags;

use actix_web::web::ServiceConfig;

/// Its routes, below `/v1/editorial`.
pub(crate) fn routes(config: &mut ServiceConfig) {
    admin::routes(config);
    articles::routes(config);
    contributors::routes(config);
    sections::routes(config);
    tags::routes(config);
}
