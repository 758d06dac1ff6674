//! Tells readers of a mistake. A correction shows at once, and is superseded rather than edited away.

use domain::article::correction::{Correction, CorrectionKind, CorrectionText};
use domain::article::revision::RevisionNumber;
use domain::audit::AuditAction;
use domain::block::id::BlockId;
use domain::event::EventKind;
use domain::id::{ArticleId, CorrectionId};
use domain::policy::right::CorrectArticles;
use domain::thing::Thing;
use domain::time::Moment;
use domain::version::Seen;
use serde_json::json;

use super::{WorkingCopy, after, appearance, held, news};
use crate::cx::{Cx, Deed, Recorded};
use crate::error::Error;

/// A correction to be posted.
#[derive(Debug, Clone)]
pub struct NewCorrection {
    /// What it does.
    pub kind: CorrectionKind,
    /// What readers are told.
    pub text: CorrectionText,
    /// The block that it is about.
    pub block: Option<BlockId>,
}

impl NewCorrection {
    /// The correction, as posted by the actor and told from `at` on.
    fn posted(&self, cx: &Cx<'_>, at: Moment) -> Correction {
        let Self { kind, text, block } = self.clone();
        Correction {
            id: CorrectionId::new(cx.id()),
            kind,
            text,
            block,
            published_at: at,
            author: cx.actor.user,
            superseded_by: None,
            waits_for: None,
        }
    }

    /// Posts it with a publish that takes effect at `at`, with `revision`; until then it waits (ruling 3).
    pub(super) fn post_with(
        &self,
        cx: &mut Cx<'_>,
        id: ArticleId,
        revision: RevisionNumber,
        at: Moment,
    ) -> Result<CorrectionId, Error> {
        let article = held::<CorrectArticles>(cx, id)?;
        article.correctable()?;
        let waits_for = (at > cx.now).then_some(revision);
        let correction = Correction { waits_for, ..self.posted(cx, at) };
        cx.tx.add_correction(&article, &correction)?;
        Ok(correction.id)
    }
}

/// Posts a correction of an article that readers have seen; the working copy stays as it is. Where `supersedes` is
/// given, it takes the place of that one, which must be one that nothing took the place of.
pub fn correct(
    cx: &mut Cx<'_>,
    id: ArticleId,
    seen: Seen,
    new: &NewCorrection,
    supersedes: Option<CorrectionId>,
) -> Result<Recorded<(WorkingCopy, Correction)>, Error> {
    let now = cx.now;
    let article = held::<CorrectArticles>(cx, id)?;
    let appeared = appearance(cx, &article)?;
    let article = article.try_map(|article| article.corrected(now))?;
    let correction = new.posted(cx, now);
    if let Some(old) = supersedes {
        let open = |other: &Correction| other.id == old && other.superseded_by.is_none();
        if !cx.tx.corrections(id)?.iter().any(open) {
            return Err(Error::NotFound);
        }
    }
    cx.tx.add_correction(&article, &correction)?;
    if let Some(old) = supersedes {
        cx.tx.supersede_correction(&article, old, correction.id)?;
    }
    let article = article.allowed();
    let version = cx.tx.save_publication(&article, seen, now)?;
    let mut article = article.into_inner();
    article.version = version;
    let copy = after(cx, article)?;
    let deed = Deed {
        action: match supersedes {
            Some(_) => AuditAction::CorrectionSuperseded,
            None => AuditAction::CorrectionPosted,
        },
        subject: Thing::Article(id),
        detail: json!({"correction": correction.id, "kind": correction.kind, "supersedes": supersedes}),
    };
    let news = news(EventKind::ArticleUpdated, id, &appeared, &[]);
    cx.record(deed, Some(news), (copy, correction))
}
