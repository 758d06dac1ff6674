//! What stands in the way of publishing, as editors get it.

use domain::article::checks::Check;
use serde::Serialize;
use utoipa::ToSchema;

use crate::problem::CheckOut;

/// All findings of a working copy.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Checks)]
pub(super) struct ChecksOut {
    /// Whether nothing of it prevents a publish.
    publishable: bool,
    /// What was found, errors and warnings.
    checks: Vec<CheckOut>,
}

impl ChecksOut {
    pub(super) fn of(found: &[Check]) -> Self {
        let publishable = !found.iter().any(Check::is_error);
        Self { publishable, checks: found.iter().map(CheckOut::from).collect() }
    }
}
