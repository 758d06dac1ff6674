//! The feed of changes: a copy that follows it is what the API gives, and it tells of nothing that readers never saw.

pub(crate) mod feed;
mod leaks;
mod mirror;
mod streams;
mod waiting;
