//! `masthead import`: tells what would be made, and makes it.

use std::io::{self, Write};

use super::Failure;
use crate::clock;
use crate::config::Config;
use crate::import::{self, How, Outcome};

/// Imports the demo edition, which is rehearsed first, so that a fault is told before anything is kept.
pub(super) fn demo(config: &Config, user: Option<&str>, how: How) -> Result<(), Failure> {
    let mut said = io::stdout();
    match import::demo(config, clock::machine(), user, How::Rehearsed)? {
        Outcome::AlreadyThere => {
            return Ok(writeln!(said, "The demo edition is there already; nothing was changed")?);
        }
        Outcome::Made(report) => write!(said, "{report}")?,
    }
    let end = match how {
        How::Rehearsed => "Nothing was kept: this was a rehearsal",
        How::Kept => match import::demo(config, clock::machine(), user, How::Kept)? {
            Outcome::AlreadyThere => "Somebody else has just imported it",
            Outcome::Made(_) => "Imported",
        },
    };
    Ok(writeln!(said, "{end}")?)
}
