//! The black-box tests: one binary, so that they share one PostgreSQL cluster.

mod framing;
mod ratchets;
mod start_and_stop;
