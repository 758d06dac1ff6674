//! The binary: configuration, commands, start and stop.

pub mod config;
