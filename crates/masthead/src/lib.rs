//! The binary: configuration, commands, start and stop.

pub mod clock;
pub mod commands;
pub mod config;
pub mod documents;
mod house;
pub mod keys;
pub mod logging;
pub mod server;
pub mod users;
