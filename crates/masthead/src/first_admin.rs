//! The first admin of a new site, with a password that only the one who asked sees. No site has one by default.

use std::io;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::time::Clock;
use store::options::Company;
use tokio::runtime::Builder;

use crate::config::Config;
use crate::house;
use crate::users::{Described, UserFault};

/// Octets of the password: as many bits as a key of AES-128 and some, which nobody guesses.
const OCTETS: usize = 18;

/// What became of it.
#[derive(Debug)]
pub enum First {
    /// Nobody could sign in as an admin before.
    Made {
        /// The password, for the one who asked.
        password: String,
    },
    /// There is an admin, and nobody was added.
    ThereIsOne,
}

/// Makes the admin, unless there is one who can sign in.
pub fn make(config: &Config, clock: Clock, email: &str, name: &str) -> Result<First, UserFault> {
    let mut octets = [0; OCTETS];
    getrandom::fill(&mut octets).map_err(io::Error::other)?;
    let password = URL_SAFE_NO_PAD.encode(octets);
    let admin = Described { email, name, role: "admin", password: &password }.read(&config.site.name)?;
    let newsroom = house::open(config, clock, "", Company::Beside)?.edge.newsroom;
    let runtime = Builder::new_current_thread().enable_time().build()?;
    Ok(match runtime.block_on(newsroom.add_first_admin(admin))? {
        Some(_) => First::Made { password },
        None => First::ThereIsOne,
    })
}
