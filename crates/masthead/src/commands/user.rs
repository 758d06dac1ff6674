//! `masthead user add`: lets somebody sign in.

use std::io::{self, Read, Write};

use super::Failure;
use crate::clock;
use crate::config::Config;
use crate::users::{self, Described};

/// Longest password that is read, in octets: four for each of 256 characters, and the end of the line.
const MOST_OCTETS: u64 = 1026;

/// Adds a user with the password that stands on standard input.
pub(super) fn add(config: &Config, email: &str, name: &str, role: &str) -> Result<(), Failure> {
    let mut password = String::new();
    io::stdin().lock().take(MOST_OCTETS).read_to_string(&mut password)?;
    let password = password.strip_suffix('\n').unwrap_or(&password);
    users::add(config, clock::machine(), &[Described { email, name, role, password }])?;
    Ok(writeln!(io::stdout(), "{email} can sign in as {role}")?)
}

/// Invites a user, and prints the secret of the invitation, which nothing keeps.
pub(super) fn invite(config: &Config, email: &str, name: &str, role: &str) -> Result<(), Failure> {
    let secret = users::invite(config, clock::machine(), email, name, role)?;
    let mut out = io::stdout();
    writeln!(out, "{email} can become {role} by this invitation, once and for some days")?;
    Ok(writeln!(out, "{secret}")?)
}
