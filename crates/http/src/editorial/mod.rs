//! The editorial API: for those who are signed in.

mod article_out;
mod articles;
mod audit;
mod checks_out;
mod content_in;
mod corrections;
pub mod edition;
mod lists;
mod orders;
mod publishing;
mod references;
mod revisions;
mod users;

use crate::api::Api;

/// Its operations, in the order of the document.
pub(crate) fn operations(api: &mut Api) {
    lists::operations(api);
    articles::operations(api);
    publishing::operations(api);
    corrections::operations(api);
    revisions::operations(api);
    references::operations(api);
    users::operations(api);
    audit::operations(api);
}
