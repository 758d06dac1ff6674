//! What was granted to a write, noted so that it can be asked again before its answer is given again (ruling 30).

use domain::actor::Actor;
use domain::id::{ArticleId, PhotoId};
use domain::policy::{Action, Denied, Guarded, House, Relation, allows, knows};
use serde::{Deserialize, Serialize};
use store::tx::Tx;

use crate::error::Error;

/// A right that was granted, and to what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Grant {
    action: String,
    /// The article, where it is one.
    article: Option<ArticleId>,
    /// The photo, where it is one. Where it is neither, it is the house.
    #[serde(default)]
    photo: Option<PhotoId>,
}

impl Grant {
    pub(crate) fn new(action: Action, article: Option<ArticleId>) -> Self {
        Self { action: action.code().to_owned(), article, photo: None }
    }

    pub(crate) fn of_photo(action: Action, photo: PhotoId) -> Self {
        Self { action: action.code().to_owned(), article: None, photo: Some(photo) }
    }

    /// Asks for it again, for `actor` as they are now.
    pub(crate) fn again(&self, tx: &mut dyn Tx, actor: &Actor) -> Result<(), Error> {
        let known = Action::ALL.iter().copied().find(|action| action.code() == self.action);
        let action =
            known.ok_or_else(|| Error::Defect("a right that there is not was granted".to_owned()))?;
        let allowed = match (self.article, self.photo) {
            (Some(id), _) => tx.article(id)?.map(|article| article.allows(action, actor)),
            (None, Some(id)) => tx.photo(id)?.map(|photo| photo.allows(action, actor)),
            (None, None) => Some(Guarded::new(House).allows(action, actor)),
        };
        match allowed {
            Some(allowed) => Ok(allowed?),
            // It was deleted since, and belongs to nobody: what is left to ask is the role.
            None if allows(actor, action, Relation::OwnUntilReady) => Ok(()),
            None => Err(Denied { action, hidden: !knows::<House>(actor, Relation::Others) }.into()),
        }
    }
}
