//! The use cases of people who write: one file each, and in each the grant, the rule, the transaction, the audit entry
//! and the event. Deliberately absent: HTTP, JSON of answers, SQL.
//!
//! A use case is a function of a [`cx::Cx`]: `articles::publish(cx, id, seen, order)`. It answers a [`cx::Recorded`],
//! which only the `record` of that makes, so that no write is without its audit entry. [`Newsroom::write`] runs it in
//! one transaction, and once per idempotency key.

pub mod admin;
pub mod articles;
pub mod asked;
pub mod auth;
mod changes;
pub mod comments;
pub mod cx;
pub mod edition;
pub mod error;
pub mod fronts;
mod grant;
pub mod operator;
pub mod photos;
pub mod reader;
pub mod readiness;
pub mod references;
mod room;
pub mod upkeep;
pub mod webhooks;

pub use room::{Given, Newsroom, Parts, Written};
