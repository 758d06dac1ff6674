//! Entries of live coverage.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::fact_box::BlockTitle;
use super::simple::SimpleBlocks;
use crate::time::Moment;

/// What was known at one moment of live coverage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Update {
    /// When.
    pub time: Moment,
    /// What it says in short.
    pub title: Option<BlockTitle>,
    /// What it says.
    pub blocks: SimpleBlocks,
}
