//! What the steps must be told of a comment, since they look nothing up.

use crate::comment::name::CommenterName;
use crate::comment::settings::{CommentSettings, ThreadPolicy};
use crate::comment::text::CommentText;
use crate::time::Moment;

/// A comment that comes in, with all that is known of it and of who writes it.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The present.
    pub now: Moment,
    /// What the site says of comments.
    pub site: &'a CommentSettings,
    /// What holds for the thread.
    pub thread: &'a ThreadPolicy,
    /// Whether it is new.
    pub occasion: Occasion,
    /// The name under which it is written.
    pub name: &'a CommenterName,
    /// Its text.
    pub text: &'a CommentText,
    /// How the form was filled in.
    pub form: Form,
    /// Whether a ban in force meets the writer.
    pub ban: Banned,
    /// How often the same was said, this comment left out.
    pub repeats: Repeats,
    /// What else came in lately, this comment left out.
    pub traffic: Traffic,
    /// Whether the writer is known.
    pub acquaintance: Acquaintance,
}

/// What a comment is handed in as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occasion {
    /// It is new.
    New,
    /// Its writer changes what readers see because no step held it back.
    ChangeOfVisible,
    /// Its writer changes what a moderator read and approved.
    ChangeOfApproved,
    /// Its writer changes what waits for a moderator.
    ChangeOfPending,
    /// Its writer changes what was put aside as spam.
    ChangeOfSpam,
}

/// How the form was filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Form {
    /// The field that people do not see.
    pub trap: Trap,
    /// Milliseconds between the form being shown and being sent, as the sender says.
    pub filled_in_ms: Option<u32>,
}

/// A field that people do not see and programs fill in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trap {
    /// Nothing is in it.
    Empty,
    /// Something is.
    Filled,
}

/// Whether a ban in force meets the writer: by mailbox, by domain or by network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Banned {
    /// None does.
    No,
    /// One does.
    Yes,
}

/// How often a text of the same [normal form](crate::comment::repeat::normal_form) is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Repeats {
    /// In the thread, from the same mailbox or the same network.
    pub by_writer: u32,
    /// On the whole site, by anybody else or in other threads, in the last day.
    pub elsewhere: u32,
}

/// What came in lately. The network is the [reader's](crate::comment::ban::Network::of_reader).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Traffic {
    /// From the network, in [`CommentSettings::flood_window_s`].
    pub from_network: u32,
    /// From the mailbox, in the same time.
    pub from_mailbox: u32,
    /// From the network, waiting for a moderator, anywhere on the site.
    pub pending_from_network: u32,
    /// In the thread, waiting for a moderator.
    pub pending_in_thread: u32,
}

/// Whether the writer is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Acquaintance {
    /// Readers see nothing of them.
    Stranger,
    /// A moderator approved a comment from the same mailbox and the same network. An email alone proves nothing: anybody
    /// can type it (abuse CM-03).
    Approved,
}
