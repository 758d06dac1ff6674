//! The binary: configuration, commands, start and stop.

pub mod clock;
pub mod commands;
pub mod config;
pub mod documents;
pub mod logging;
pub mod server;
