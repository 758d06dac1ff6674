//! The store on both databases: what is durable, what is refused, and what two transactions at once cannot break.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod accounts;
mod articles;
mod examining;
mod files;
mod group_commit;
mod live;
mod opening;
mod own;
mod photos;
mod probing;
mod records;
mod searching;
mod sitemaps;
mod upgrading;
