//! The binary: configuration, commands, start and stop.

mod cdn;
pub mod clock;
pub mod commands;
pub mod commenters;
pub mod config;
pub mod doctor;
pub mod documents;
pub mod first_admin;
mod follow;
mod hosting;
mod house;
pub mod import;
pub mod keys;
pub mod logging;
mod metrics;
pub mod migrate;
mod pace;
pub mod server;
mod traces;
pub mod users;
mod webhooks;
pub mod workers;
