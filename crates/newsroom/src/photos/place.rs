//! Places a photo in an article: the picture desk's own right, which writers of text need not share (ruling 9).

use domain::article::content::Content;
use domain::article::content::change::Change;
use domain::article::content::patch::ContentPatch;
use domain::audit::AuditAction;
use domain::block::id::BlockId;
use domain::block::photo::{PhotoBlock, PhotoUse};
use domain::block::{Block, BlockKind};
use domain::id::ArticleId;
use domain::policy::right::PlacePhotos;
use domain::version::Seen;

use crate::articles::{WorkingCopy, held, save};
use crate::cx::{Cx, Recorded};
use crate::error::Error;

/// The place of a photo in an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spot {
    /// At its head.
    Lead,
    /// A photo block.
    Block(BlockId),
}

/// Puts a photo use at a spot of the working copy: at its head, or in the place of the one of a photo block.
pub fn place(
    cx: &mut Cx<'_>,
    id: ArticleId,
    spot: &Spot,
    seen: Seen,
    used: &PhotoUse,
) -> Result<Recorded<WorkingCopy>, Error> {
    let article = held::<PlacePhotos>(cx, id)?;
    if !seen.covers(article.version) {
        return Err(Error::Stale(article.version));
    }
    let before = cx.tx.revision(id, article.revision)?.ok_or(Error::NotFound)?;
    let patch = match spot {
        Spot::Lead => ContentPatch { lead_photo: Change::Set(used.clone()), ..ContentPatch::default() },
        Spot::Block(block) => in_block(&before.content, block, used).ok_or(Error::NotFound)?,
    };
    save(cx, article, seen, &patch, None, AuditAction::PhotoPlaced)
}

/// The body with another photo in one of its photo blocks; `None` where there is no such block.
fn in_block(content: &Content, id: &BlockId, used: &PhotoUse) -> Option<ContentPatch> {
    let mut blocks = content.body.blocks().to_vec();
    let block = blocks.iter_mut().find(|block| block.id == *id)?;
    let BlockKind::Photo(PhotoBlock { photo, size: _ }) = &mut block.kind else { return None };
    *photo = used.clone();
    let blocks = blocks.into_iter().map(|Block { id, kind }| Block { id: Some(id), kind }).collect();
    Some(ContentPatch { body: Change::Set(blocks), ..ContentPatch::default() })
}
