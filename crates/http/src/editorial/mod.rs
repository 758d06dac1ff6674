//! The editorial API: for those who are signed in.

mod amending;
mod api_keys;
mod article_out;
mod articles;
mod assignment;
mod audit;
mod audit_detail;
mod checks_out;
mod comments;
pub(crate) mod content_in;
mod corrections;
pub mod edition;
mod fronts;
mod invitations;
mod leaf;
mod lists;
mod orders;
mod photos;
mod preview_tokens;
mod publishing;
mod references;
mod revisions;
mod users;
mod webhooks;

use crate::api::Api;

/// Its operations, in the order of the document.
pub(crate) fn operations(api: &mut Api) {
    lists::operations(api);
    articles::operations(api);
    assignment::operations(api);
    publishing::operations(api);
    amending::operations(api);
    corrections::operations(api);
    preview_tokens::operations(api);
    revisions::operations(api);
    photos::operations(api);
    comments::operations(api);
    references::operations(api);
    fronts::operations(api);
    users::operations(api);
    invitations::operations(api);
    api_keys::operations(api);
    webhooks::operations(api);
    audit::operations(api);
}
