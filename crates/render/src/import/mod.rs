//! HTML and Markdown as blocks. What blocks cannot hold is a fault that says where it stands, never dropped in silence;
//! only what looks and no more (classes, styles, empty paragraphs, comments) is left behind.

mod attribution;
#[cfg(test)]
mod effort;
mod report;
mod running;

pub mod html;
pub mod markdown;

use domain::block::{BlockKind, NewBlock};

/// A block that gets its id when the body is assembled.
fn new(kind: BlockKind) -> NewBlock {
    NewBlock { id: None, kind }
}
