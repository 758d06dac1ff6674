//! Blocks as HTML, text and Portable Text, and HTML and Markdown as blocks.
