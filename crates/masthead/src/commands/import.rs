//! `masthead import`: makes what is imported, or tells what would be made.

use std::io::{self, Write};

use super::Failure;
use crate::clock;
use crate::config::Config;
use crate::import::{self, How, Outcome};

/// Imports the demo edition whole or not at all, and tells what was made.
pub(super) fn demo(config: &Config, user: Option<&str>, how: How) -> Result<(), Failure> {
    let mut said = io::stdout();
    match import::demo(config, clock::machine(), user, how)? {
        Outcome::AlreadyThere => {
            return Ok(writeln!(said, "The demo edition is there already; nothing was changed")?);
        }
        Outcome::Made(report) => write!(said, "{report}")?,
    }
    let end = match how {
        How::Rehearsed => "Nothing was kept: this was a rehearsal",
        How::Kept => "Imported",
    };
    Ok(writeln!(said, "{end}")?)
}
