//! Fronts: put in order by editors, read by everybody, kept until something of them changes.

mod editing;
mod filled;
mod hidden;
mod kept;
mod references;
