//! `masthead user first`: makes the first admin of a new site.

use std::io::{self, Write};

use super::Failure;
use crate::clock;
use crate::config::Config;
use crate::first_admin::{self, First};

/// Prints the password of the admin that it made; nothing keeps it.
pub(super) fn admin(config: &Config, email: &str, name: &str) -> Result<(), Failure> {
    let mut said = io::stdout();
    let told = match first_admin::make(config, clock::machine(), email, name)? {
        First::ThereIsOne => "There is an admin already; nobody was added".to_owned(),
        First::Made { password } => {
            format!("{email} can sign in as admin. The password, shown this once: {password}")
        }
    };
    Ok(writeln!(said, "{told}")?)
}
