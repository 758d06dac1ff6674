//! What was granted to a write, noted so that it can be asked again before its answer is given again (ruling 30).

use domain::actor::Actor;
use domain::id::ArticleId;
use domain::policy::{Action, Denied, Guarded, House, Relation, Subject, allows};
use serde::{Deserialize, Serialize};
use store::tx::Tx;

use crate::error::Error;

/// A right that was granted, and to what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Grant {
    action: String,
    /// The article; `None` for the house.
    article: Option<ArticleId>,
}

impl Grant {
    pub(crate) fn new(action: Action, article: Option<ArticleId>) -> Self {
        Self { action: action.code().to_owned(), article }
    }

    /// Asks for it again, for `actor` as they are now.
    pub(crate) fn again(&self, tx: &mut dyn Tx, actor: &Actor) -> Result<(), Error> {
        let known = Action::ALL.iter().copied().find(|action| action.code() == self.action);
        let action =
            known.ok_or_else(|| Error::Defect("a right that there is not was granted".to_owned()))?;
        let Some(id) = self.article else { return Ok(Guarded::new(House).allows(action, actor)?) };
        match tx.article(id)? {
            Some(article) => Ok(article.allows(action, actor)?),
            // It was deleted since, and belongs to nobody: what is left to ask is the role.
            None if allows(actor, action, Relation::OwnUntilReady) => Ok(()),
            None => Err(Denied { action, hidden: !allows(actor, House::SEE, Relation::Others) }.into()),
        }
    }
}
