//! Blocks as readers get them, and those as HTML, text and Portable Text; HTML and Markdown as blocks; comments as HTML;
//! articles as feeds, sitemaps, JSON-LD and ninjs.
//!
//! **Invariant:** everything here is a function from values to values. There is no I/O, no clock and no way to look an
//! article up: what links lead to is told by whoever calls.

pub mod body;
pub mod comment;
pub mod feed;
pub mod found;
pub mod html;
pub mod import;
mod in_script;
pub mod json_ld;
pub mod ninjs;
pub mod portable;
#[cfg(test)]
mod samples;
pub mod sitemap;
pub mod story;
pub mod text;
mod xml;
