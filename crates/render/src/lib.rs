//! Blocks as readers get them, and those as HTML, text and Portable Text; HTML and Markdown as blocks; comments as HTML.
//!
//! **Invariant:** everything here is a function from values to values. There is no I/O, no clock and no way to look an
//! article up: what links lead to is told by whoever calls.

pub mod body;
pub mod comment;

pub mod html;
pub mod import;
pub mod portable;
#[cfg(test)]
mod samples;
pub mod text;
