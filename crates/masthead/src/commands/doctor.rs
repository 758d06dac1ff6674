//! `masthead doctor`: examines the database, and tells what is wrong with it.

use std::io::{self, Write};

use store::examine::{Finding, examine};

use super::Failure;
use crate::config::Config;
use crate::house::location;

/// Prints each rule with whether it holds; a broken one makes the command fail.
pub(super) fn doctor(config: &Config) -> Result<(), Failure> {
    let mut said = io::stdout();
    let found = examine(&location(config))?;
    for Finding { rule, broken } in &found {
        match broken {
            0 => writeln!(said, "ok      {rule}")?,
            broken => writeln!(said, "BROKEN  {rule}: {broken}")?,
        }
    }
    if found.iter().any(|finding| finding.broken > 0) {
        return Err("the database is not as it must be".into());
    }
    Ok(())
}
