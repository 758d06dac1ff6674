//! What privacy law gives those who comment, for an operator beside a running server: all is told, and forgotten.

use std::io;

use domain::comment::Author;
use domain::comment::email::CommenterEmail;
use domain::comment::search::Edit;
use domain::time::Clock;
use newsroom::Newsroom;
use newsroom::comments::{By, Remembered, Told};
use serde_json::{Value, json};
use store::options::Company;
use tokio::runtime::{Builder, Runtime};

use crate::config::Config;
use crate::house::{self, HouseFault};

/// Why nothing is told or forgotten.
#[derive(Debug, thiserror::Error)]
pub enum CommenterFault {
    /// The address is none.
    #[error("the address: {0}")]
    Address(String),
    /// The house cannot be opened.
    #[error(transparent)]
    House(#[from] HouseFault),
    /// The newsroom refused.
    #[error("{0}")]
    Refused(#[from] newsroom::error::Error),
    /// The machine gives no thread, or does not take what is told.
    #[error(transparent)]
    Machine(#[from] io::Error),
}

/// Writes all that is kept of the commenter of this address into `out`, as one JSON list. It is read and written some
/// comments at a time, so that however many there are need no more memory.
pub fn export(
    config: &Config,
    clock: Clock,
    email: &str,
    mut out: impl io::Write,
) -> Result<(), CommenterFault> {
    let (email, newsroom, runtime) = opened(config, clock, email)?;
    let (mut after, mut between) = (None, "[\n");
    loop {
        let Told { comments, more_after } =
            runtime.block_on(newsroom.export_commenter(By::Operator, &email, after))?;
        for comment in comments {
            write!(out, "{between}{:#}", remembered(comment))?;
            between = ",\n";
        }
        if more_after.is_none() {
            let end = if between == "[\n" { "[]" } else { "\n]" };
            return Ok(writeln!(out, "{end}")?);
        }
        after = more_after;
    }
}

/// Forgets the commenter of this address, and tells how many comments that were.
pub fn erase(config: &Config, clock: Clock, email: &str) -> Result<usize, CommenterFault> {
    let (email, newsroom, runtime) = opened(config, clock, email)?;
    Ok(runtime.block_on(newsroom.forget_commenter(By::Operator, &email))?.comments)
}

fn opened(
    config: &Config,
    clock: Clock,
    email: &str,
) -> Result<(CommenterEmail, Newsroom, Runtime), CommenterFault> {
    let email = CommenterEmail::parse(email).map_err(|broken| CommenterFault::Address(broken.detail))?;
    let newsroom = house::open(config, clock, "", Company::Beside)?.edge.newsroom;
    Ok((email, newsroom, Builder::new_current_thread().enable_time().build()?))
}

fn remembered(remembered: Remembered) -> Value {
    let Remembered { comment, private, edits } = remembered;
    let name = match comment.author {
        Author::Reader(name) | Author::Staff(_, name) => Some(name),
        Author::Forgotten => None,
    };
    let edits: Vec<_> = edits
        .into_iter()
        .map(|Edit { text, replaced_at }| json!({"body": text, "replaced_at": replaced_at}))
        .collect();
    json!({
        "id": comment.id, "article_id": comment.article, "author_name": name, "body": comment.text,
        "state": comment.state, "created_at": comment.created_at, "edited_at": comment.edited_at, "edits": edits,
        "email": private.email.map(|email| email.address()),
        "address": private.address.map(|address| address.to_string()),
    })
}
