//! Fact boxes.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::simple::SimpleBlocks;
use crate::bounded::bounded;

/// Facts beside the text, under a title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FactBox {
    /// What it is about.
    pub title: BlockTitle,
    /// The facts.
    pub blocks: SimpleBlocks,
}

bounded! {
    /// The title of a fact box or an update.
    BlockTitle: one_line up to 200, "as long as a headline",
        like "The gates in numbers";
}
