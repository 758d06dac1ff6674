//! The statements, written once and compiled once for each database: `super::Conn` says for which.

mod accounts;
mod articles;
mod publication;
mod records;
mod visibility;
mod working_copy;
