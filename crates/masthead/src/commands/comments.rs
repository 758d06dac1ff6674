//! `masthead comments`: tells all that is kept of a commenter, and forgets it.

use std::io::{self, Write};

use super::Failure;
use crate::clock;
use crate::commenters;
use crate::config::Config;

/// Prints all that is kept of a commenter.
pub(super) fn export(config: &Config, email: &str) -> Result<(), Failure> {
    Ok(commenters::export(config, clock::machine(), email, io::stdout().lock())?)
}

/// Forgets a commenter.
pub(super) fn erase(config: &Config, email: &str) -> Result<(), Failure> {
    let forgotten = commenters::erase(config, clock::machine(), email)?;
    Ok(writeln!(io::stdout(), "{forgotten} comments were forgotten")?)
}
