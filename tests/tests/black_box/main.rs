//! The black-box tests: one binary, so that they share one PostgreSQL cluster.

mod abuse;
mod administration;
mod articles;
mod demo;
mod framing;
mod ratchets;
mod references;
mod sign_in;
mod start_and_stop;
