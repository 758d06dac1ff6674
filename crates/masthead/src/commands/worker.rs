//! `masthead worker --once`: does by hand what the workers of a server do.

use std::io::{self, Write};

use newsroom::upkeep::Upkept;

use super::Failure;
use crate::clock;
use crate::config::Config;
use crate::workers;

/// Does all of it once, and tells how much there was.
pub(super) fn once(config: &Config) -> Result<(), Failure> {
    let Upkept { announced, swept, rendered: _ } = workers::once(config, clock::machine())?;
    Ok(writeln!(io::stdout(), "{announced} changes announced, {swept} rows forgotten")?)
}
