//! A delivered body as Portable Text (its specification is at portabletext.org): running text as its `block`s, lists
//! flat with `listItem` and `level`, the rest as types of our own by the names of our blocks.
//!
//! A member that does not apply is absent, as renderers of Portable Text ask: one that is there makes a block a list
//! item whatever its value. Keys are made from the ids of blocks, with a `.` that no id has.

mod schema;
mod shapes;
mod written;

pub use shapes::{
    MarkDefinition, PortableArticle, PortableBlock, PortableCell, PortableCode, PortableDivider,
    PortableEmbed, PortableFactBox, PortableInner, PortableList, PortableRelated, PortableRow, PortableSpan,
    PortableStyle, PortableTable, PortableText, PortableUpdate,
};
pub use written::portable_text;

#[cfg(test)]
mod tests;
