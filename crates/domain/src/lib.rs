//! What an article is, and every rule about it. Deliberately absent: I/O, a clock, async, HTTP statuses, SQL.
//!
//! Values are parsed at the edge into the types of this crate; a value of such a type keeps its rule for
//! as long as it lives. A rule that is broken is a [`violation::Violation`]; all that are broken in one
//! input are [`violation::Faults`].

pub mod account;
pub mod actor;
pub mod api_key;
pub mod article;
pub mod audit;
pub mod block;
mod bounded;
pub mod change;
mod codes;
pub mod comment;
pub mod contributor;
pub mod event;
pub mod feed;
pub mod front;
pub mod id;
pub mod json;
pub mod language;
pub mod link;
pub mod month;
pub mod paging;
pub mod photo;
pub mod policy;
pub mod preview;
pub mod schema;
pub mod scope;
pub mod search;
pub mod section;
pub mod site;
pub mod slug;
pub mod span;
pub mod surrogate_key;
pub mod tag;
pub mod text;
pub mod thing;
pub mod time;
pub mod user;
pub mod version;
pub mod violation;
pub mod web_url;
pub mod webhook;
