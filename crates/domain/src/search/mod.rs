//! Looking for words in what is published: what is kept of an article to be found by, what a search asks for, and where
//! an article meets it. Every database is given the same prepared terms, so that all find alike; none of them is here.
//!
//! A *form* is a word in lower case; a *stem* is what the grammar of its language leaves of it, without accents.

pub mod meeting;
pub mod place;
pub mod stem;
pub mod terms;
pub mod text;

mod fold;
mod passage;
mod texts;
mod words;

#[cfg(test)]
mod properties;
