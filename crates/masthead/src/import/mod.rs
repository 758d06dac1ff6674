//! Brings editions into a site, through the same use cases as an editor. What is in one is told in demo/README.md.

mod demo;
mod discussion;
mod edition;
mod filled;
mod pictures;
pub mod report;

use std::io;
use std::net::{IpAddr, Ipv4Addr};

use domain::id::RequestId;
use domain::time::Clock;
use domain::user::Email;
use domain::violation::Violation;
use newsroom::asked::{Asked, Origin};
use newsroom::cx::Cx;
use newsroom::{edition as taken_over, error::Error};
use store::options::Company;
use tokio::runtime::Builder;
use uuid::Uuid;

use self::demo::DEMO;
use self::edition::Import;
use self::report::Report;
use crate::config::Config;
use crate::house::{self, HouseFault};

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportFault {
    /// The address is none.
    #[error("the address of the user: {0}")]
    Address(String),
    /// There is nobody to act.
    #[error(
        "there is no admin, or no such user, as whom it could be imported: `masthead user add` makes one"
    )]
    Nobody,
    /// The house cannot be opened.
    #[error(transparent)]
    House(#[from] HouseFault),
    /// The newsroom refused.
    #[error("nothing was imported: {0}")]
    Refused(Error),
    /// The machine gives no thread.
    #[error(transparent)]
    Machine(#[from] io::Error),
}

/// Whether it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// Everything is made and undone again.
    Rehearsed,
    /// It stays.
    Kept,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It was made, or would be.
    Made(Report),
    /// The site has it already, and nothing was changed.
    AlreadyThere,
}

/// Imports the demo edition in one transaction, as the user of this address or else as the first admin. Its times count
/// from `clock`.
pub fn demo(config: &Config, clock: Clock, user: Option<&str>, how: How) -> Result<Outcome, ImportFault> {
    let told = |Violation { detail, .. }: Violation| ImportFault::Address(detail);
    let user = user.map(Email::parse).transpose().map_err(told)?;
    let edge = house::open(config, clock, "", Company::Beside)?.edge;
    let newsroom = edge.newsroom;
    let runtime = Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let actor = newsroom.acting(user).await.map_err(|error| match error {
            Error::NotFound => ImportFault::Nobody,
            other => ImportFault::Refused(other),
        })?;
        if newsroom.has_edition(DEMO.name).await.map_err(ImportFault::Refused)? {
            return Ok(Outcome::AlreadyThere);
        }
        let origin = Origin {
            address: IpAddr::V4(Ipv4Addr::LOCALHOST),
            agent: None,
            request: RequestId::new(Uuid::now_v7()),
        };
        let asked = Asked { actor, origin, once: None };
        let pictures = pictures::develop(&newsroom, &asked, &DEMO, how).await;
        let pictures = pictures.map_err(ImportFault::Refused)?;
        let site = newsroom.site().clone();
        let room = newsroom.clone();
        let work = move |cx: &mut Cx<'_>| {
            let comment_key = room.comment_key();
            let import = Import { edition: DEMO, site: &site, pictures: &pictures, comment_key };
            let report = import.run(cx)?;
            taken_over::take_over(cx, DEMO.name, report)
        };
        let made = match how {
            How::Rehearsed => newsroom.rehearse(asked, work).await,
            How::Kept => newsroom.write(asked, work).await.map(|written| written.answer),
        };
        made.map(Outcome::Made).map_err(ImportFault::Refused)
    })
}
