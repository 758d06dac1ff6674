//! The black-box tests: one binary, so that they share one PostgreSQL cluster.

mod abuse;
mod administration;
mod amending;
mod articles;
mod blocks;
mod comparing;
mod contention;
mod demo;
mod framing;
mod invitations;
mod lifetimes;
mod paging;
mod photos;
mod pictured;
mod previews;
mod purging;
mod ratchets;
mod reference;
mod references;
mod rendering;
mod sign_in;
mod site_rules;
mod standing;
mod start_and_stop;
mod tour;
mod workers;
