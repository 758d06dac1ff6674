//! What a transaction can do: one trait per noun, joined.

use domain::time::Moment;

use crate::accounts::Accounts;
use crate::api_keys::ApiKeys;
use crate::articles::Articles;
use crate::changes::Changes;
use crate::comment_desk::CommentDesk;
use crate::comments::Comments;
use crate::error::Error;
use crate::files::Files;
use crate::fronts::Fronts;
use crate::live::Live;
use crate::lock::Rule;
use crate::photos::Photos;
use crate::previews::Previews;
use crate::records::Records;
use crate::references::References;
use crate::search::Search;
use crate::upkeep::Upkeep;
use crate::webhooks::{Deliveries, Webhooks};

/// An open transaction, on whichever database.
pub trait Tx:
    Accounts
    + ApiKeys
    + Articles
    + Changes
    + CommentDesk
    + Comments
    + Deliveries
    + Files
    + Fronts
    + Live
    + Photos
    + Previews
    + Records
    + References
    + Search
    + Upkeep
    + Webhooks
{
    /// Holds a rule that spans rows until the transaction ends: who asks next waits. SQLite has one writer anyway.
    fn hold(&mut self, rule: Rule) -> Result<(), Error>;

    /// What the database's own clock says. SQLite has ours, and only answers that it is there.
    fn time(&mut self) -> Result<Option<Moment>, Error>;
}
