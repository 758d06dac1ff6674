//! What an article is, and every rule about it. Deliberately absent: I/O, a clock, async, HTTP statuses, SQL.
//!
//! Values are parsed at the edge into the types of this crate; a value of such a type keeps its rule for
//! as long as it lives. A rule that is broken is a [`violation::Violation`]; all that are broken in one
//! input are [`violation::Faults`].

pub mod actor;
pub mod article;
mod codes;
pub mod id;
pub mod policy;
pub mod slug;
pub mod text;
pub mod time;
pub mod user;
pub mod version;
pub mod violation;
