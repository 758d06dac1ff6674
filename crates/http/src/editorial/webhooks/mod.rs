//! `/v1/editorial/webhooks`: who is told of events, and what was told.

mod deliveries;
mod keep;
mod secret;
mod webhook_out;

use crate::api::Api;

const ALL: &str = "/v1/editorial/webhooks";
const ONE: &str = "/v1/editorial/webhooks/{id}";

pub(super) fn operations(api: &mut Api) {
    keep::operations(api);
    secret::operations(api);
    deliveries::operations(api);
}
