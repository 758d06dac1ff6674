//! `masthead worker --once`: does by hand what the workers of a server do.

use std::io::{self, Write};
use std::path::Path;

use newsroom::upkeep::Upkept;

use super::Failure;
use crate::clock;
use crate::config::Config;
use crate::workers;

/// Does all of it once, and tells how much there was.
pub(super) fn once(config: &Config, clock_file: Option<&Path>) -> Result<(), Failure> {
    let clock = clock::of(clock_file, config.purpose)?;
    let Upkept { announced, swept, rendered: _, looked_through: _, told: _ } = workers::once(config, clock)?;
    Ok(writeln!(io::stdout(), "{announced} changes announced, {swept} rows forgotten")?)
}
