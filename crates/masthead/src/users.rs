//! Adds and invites users at the machine, beside a running server where there is one.

use std::io;

use domain::site::SiteName;
use domain::time::Clock;
use domain::user::{Email, PersonName, Role};
use domain::violation::Violation;
use identity::password::Password;
use newsroom::admin::NewInvitation;
use newsroom::operator::NewUser;
use store::options::Company;
use tokio::runtime::Builder;

use crate::config::Config;
use crate::house::{self, HouseFault};

/// Why a user cannot be added.
#[derive(Debug, thiserror::Error)]
pub enum UserFault {
    /// A part of the description breaks a rule.
    #[error("{part}: {detail}")]
    Malformed {
        /// Which part.
        part: &'static str,
        /// Which rule.
        detail: String,
    },
    /// The house cannot be opened.
    #[error(transparent)]
    House(#[from] HouseFault),
    /// The newsroom refused.
    #[error("{0}")]
    Refused(#[from] newsroom::error::Error),
    /// The machine gives no thread.
    #[error(transparent)]
    Machine(#[from] io::Error),
}

/// Somebody to be added, as they were described.
#[derive(Debug, Clone, Copy)]
pub struct Described<'a> {
    /// Their address.
    pub email: &'a str,
    /// Their name.
    pub name: &'a str,
    /// The name of their role.
    pub role: &'a str,
    /// Their password.
    pub password: &'a str,
}

impl Described<'_> {
    pub(crate) fn read(self, site: &SiteName) -> Result<NewUser, UserFault> {
        let NewInvitation { email, name, role } = named(self.email, self.name, self.role)?;
        let password = Password::chosen(self.password, &email, &name, site).map_err(part("password"))?;
        Ok(NewUser { email, name, role, password })
    }
}

fn named(email: &str, name: &str, role: &str) -> Result<NewInvitation, UserFault> {
    let email = Email::parse(email).map_err(part("address"))?;
    let name = PersonName::parse(name).map_err(part("name"))?;
    let role = Role::parse(role).map_err(part("role"))?;
    Ok(NewInvitation { email, name, role })
}

fn part(part: &'static str) -> impl Fn(Violation) -> UserFault {
    move |Violation { detail, .. }| UserFault::Malformed { part, detail }
}

/// Adds users; those before one that is refused stay.
pub fn add(config: &Config, clock: Clock, people: &[Described<'_>]) -> Result<(), UserFault> {
    let people =
        people.iter().map(|described| described.read(&config.site.name)).collect::<Result<Vec<_>, _>>()?;
    let newsroom = house::open(config, clock, "", Company::Beside)?.edge.newsroom;
    let runtime = Builder::new_current_thread().enable_time().build()?;
    runtime.block_on(async {
        for person in people {
            newsroom.add_user(person).await?;
        }
        Ok(())
    })
}

/// Invites somebody, and answers the secret of the invitation.
pub fn invite(
    config: &Config,
    clock: Clock,
    email: &str,
    name: &str,
    role: &str,
) -> Result<String, UserFault> {
    let invited = named(email, name, role)?;
    let newsroom = house::open(config, clock, "", Company::Beside)?.edge.newsroom;
    let runtime = Builder::new_current_thread().enable_time().build()?;
    Ok(runtime.block_on(newsroom.invite(invited))?.reveal().to_owned())
}
