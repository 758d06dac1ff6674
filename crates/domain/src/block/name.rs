//! The names of the kinds of blocks, as `type` tells them apart.

use crate::codes::codes;

codes! {
    /// The kind of a block.
    pub enum BlockName {
        /// Running text.
        Paragraph = "paragraph",
        /// A subhead.
        Heading = "heading",
        /// Somebody's words, at their place in the text.
        Quote = "quote",
        /// Words of the text, set apart to draw the reader in.
        PullQuote = "pull_quote",
        /// A list.
        List = "list",
        /// A photo.
        Photo = "photo",
        /// Several photos.
        Gallery = "gallery",
        /// Something that a provider elsewhere shows.
        Embed = "embed",
        /// Facts beside the text.
        FactBox = "fact_box",
        /// Other articles of ours.
        Related = "related",
        /// A table.
        Table = "table",
        /// Code, to the letter.
        Code = "code",
        /// A break between parts.
        Divider = "divider",
        /// An entry of live coverage.
        Update = "update",
        /// What an import could not hold otherwise.
        Unsupported = "unsupported",
    }
}

codes! {
    /// The kind of a block inside a block.
    pub enum SimpleName {
        /// Running text.
        Paragraph = "paragraph",
        /// A subhead.
        Heading = "heading",
        /// A list.
        List = "list",
        /// Somebody's words.
        Quote = "quote",
    }
}
