//! The command line: what can be asked of the binary. Each command is carried out in its own file.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::Config;
use crate::documents;
use crate::import::How;
use crate::keys;
use crate::logging;
use crate::migrate;

mod comments;
mod doctor;
mod first;
mod import;
mod serve;
mod user;
mod worker;

/// A headless CMS for newsrooms.
#[derive(Debug, Parser)]
#[command(name = "masthead", version, about, max_term_width = 100)]
struct CommandLine {
    /// The file of settings; `masthead.toml` where it exists unless told.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Answer requests until told to stop.
    Serve {
        /// Take the time from this file, again at each question; for tests.
        #[arg(long, value_name = "FILE")]
        clock_file: Option<PathBuf>,
    },
    /// Bring the database to the schema of this version; `serve` does that too.
    Migrate,
    /// Announce what is due and forget what is over, as the workers of a server do all the time.
    Worker {
        /// Said so that nobody takes it for a server.
        #[arg(long, required = true)]
        once: bool,
        /// Take the time from this file; for tests.
        #[arg(long, value_name = "FILE")]
        clock_file: Option<PathBuf>,
    },
    /// Examine the database, beside a running server too, and tell what is wrong with it.
    Doctor,
    /// Take over what was written elsewhere.
    #[command(subcommand)]
    Import(Import),
    /// Print the settings in force, with secrets masked.
    Config,
    /// Print docs/permissions.md.
    Permissions,
    /// Print docs/errors.md.
    Errors,
    /// Print openapi/openapi.json, the contract of this release.
    Openapi,
    /// Keep the keys of the site.
    #[command(subcommand)]
    Keys(Keys),
    /// What privacy law gives those who comment.
    #[command(subcommand)]
    Comments(Comments),
    /// Let people sign in.
    #[command(subcommand)]
    User(User),
}

#[derive(Debug, Subcommand)]
enum Comments {
    /// Print all that is kept of a commenter, as JSON.
    Export {
        /// Their email address, in any spelling of the same mailbox.
        email: String,
    },
    /// Forget a commenter: names, texts and addresses of all their comments, for good.
    Erase {
        /// Their email address, in any spelling of the same mailbox.
        email: String,
    },
}

#[derive(Debug, Subcommand)]
enum Keys {
    /// Make them, once; with PostgreSQL no server does.
    Init,
    /// Add one that signs from the next start on. Copy the secrets to the other nodes before they start again.
    Rotate,
}

#[derive(Debug, Subcommand)]
enum Import {
    /// The demo edition, once: a newspaper of an invented city, with all that articles can hold.
    Demo {
        /// Who does it; the first admin unless told.
        #[arg(long = "as", value_name = "EMAIL")]
        user: Option<String>,
        /// Tell what would be made, and keep nothing.
        #[arg(long)]
        dry_run: bool,
    },
}

#[derive(Debug, Subcommand)]
enum User {
    /// Add an admin with a random password, printed this once, where nobody is one yet.
    First {
        /// The address to sign in with.
        email: String,
        /// The name that colleagues see.
        #[arg(long)]
        name: String,
    },
    /// Invite somebody to become a user, and print the invitation once; or add them with a password at once.
    Add {
        /// The address to sign in with.
        email: String,
        /// The name that colleagues see.
        #[arg(long)]
        name: String,
        /// One of reporter, `photo_editor`, moderator, editor and admin.
        #[arg(long)]
        role: String,
        /// Read a password from standard input, and add the user with it instead of inviting them.
        #[arg(long)]
        password_stdin: bool,
    },
}

/// Why a command failed, for the person who gave it.
type Failure = Box<dyn std::error::Error>;

/// Carries out what the command line of this process asks for.
pub fn main() -> ExitCode {
    let asked = CommandLine::parse();
    match run(asked) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("masthead: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(asked: CommandLine) -> Result<(), Failure> {
    let config = Config::load(asked.config.as_deref(), environment())?;
    logging::start(&config.log.filter);
    match asked.command {
        Command::Serve { clock_file } => serve::serve(&config, clock_file.as_deref()),
        Command::Migrate => Ok(migrate::migrate(&config)?),
        Command::Worker { once: _, clock_file } => worker::once(&config, clock_file.as_deref()),
        Command::Doctor => doctor::doctor(&config),
        Command::Import(Import::Demo { user, dry_run }) => {
            let how = if dry_run { How::Rehearsed } else { How::Kept };
            import::demo(&config, user.as_deref(), how)
        }
        Command::Config => Ok(write!(io::stdout(), "{config}")?),
        Command::Permissions => Ok(write!(io::stdout(), "{}", documents::permissions::text())?),
        Command::Openapi => Ok(write!(io::stdout(), "{}", documents::openapi())?),
        Command::Errors => Ok(write!(io::stdout(), "{}", documents::errors())?),
        Command::Keys(Keys::Init) => Ok(keys::init(&config)?),
        Command::Keys(Keys::Rotate) => Ok(keys::rotate(&config)?),
        Command::Comments(Comments::Export { email }) => comments::export(&config, &email),
        Command::Comments(Comments::Erase { email }) => comments::erase(&config, &email),
        Command::User(User::First { email, name }) => first::admin(&config, &email, &name),
        Command::User(User::Add { email, name, role, password_stdin: true }) => {
            user::add(&config, &email, &name, &role)
        }
        Command::User(User::Add { email, name, role, password_stdin: false }) => {
            user::invite(&config, &email, &name, &role)
        }
    }
}

/// The variables of this process that are text; another kind of value cannot be one of ours.
fn environment() -> impl Iterator<Item = (String, String)> {
    std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
}
