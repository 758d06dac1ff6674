//! `masthead doctor`: examines what is kept, and tells what is wrong with it.

use std::io::{self, Write};

use newsroom::photos::Stock;
use store::examine::Finding;

use super::Failure;
use crate::config::Config;
use crate::doctor::{self, Checkup};

/// Prints each rule with whether it holds; a broken one makes the command fail.
pub(super) fn doctor(config: &Config) -> Result<(), Failure> {
    let mut said = io::stdout();
    let checkup = doctor::check(config)?;
    let Checkup { findings, stock } = &checkup;
    for Finding { rule, broken } in findings {
        match broken {
            0 => writeln!(said, "ok      {rule}")?,
            broken => writeln!(said, "BROKEN  {rule}: {broken}")?,
        }
    }
    let Stock { named, lost, losses, orphans, orphan_octets, strangers } = stock;
    let rule = "every photo and rendition has its bytes";
    match lost {
        0 => writeln!(said, "ok      {rule} ({named} files)")?,
        lost => writeln!(said, "BROKEN  {rule}: {lost} of {named} files have not")?,
    }
    for loss in losses {
        writeln!(said, "          {loss}")?;
    }
    if *orphans > 0 {
        let told = "files of no photo, which are swept when they are a day old";
        writeln!(said, "note    {orphans} {told} ({orphan_octets} octets)")?;
    }
    if *strangers > 0 {
        writeln!(said, "note    {strangers} files beside them that are not ours, and are left alone")?;
    }
    if checkup.is_sound() { Ok(()) } else { Err("not all is as it must be".into()) }
}
