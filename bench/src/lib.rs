//! Load for a running server, and what `make bench-…`, `make test-crash` and `make test-cluster` do with it. It speaks HTTP
//! to the binary, as a process of its own, and shares no code with it.
//!
//! The clients share one thread and write requests by hand, because they run on the processors that they measure.

pub mod cluster;
pub mod comment;
pub mod connection;
pub mod crash;
pub mod load;
pub mod nginx;
pub mod node;
pub mod pictures;
pub mod reads;
pub mod scale;
pub mod story;
pub mod syncs;
pub mod wrk;
