//! Answers that are kept: given without the database, in every coding, until something that went into them is another.

mod codings;
mod flood;
mod hits;
mod instants;
mod names;
mod nodes;
mod outside;
mod private;
mod purges;
mod unkeyed;
