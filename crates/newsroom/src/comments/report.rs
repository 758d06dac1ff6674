//! A reader reports a comment: enough of them bring it back into the queue.

use domain::article::content::reference::Ref;
use domain::comment::ReportReason;
use domain::comment::state::{CommentState, Decided};
use domain::comment::{Comment, Decision};
use domain::event::EventKind;
use domain::id::{ArticleId, CommentId};
use domain::surrogate_key::SurrogateKey;
use domain::thing::Thing;
use store::comments::OwnComment;

use super::keys;
use super::submit::open_thread;
use crate::error::Error;
use crate::reader::ReaderCx;

/// Reports a comment that readers see. Whoever reports it again, or from the same network, is not counted again and not
/// told so.
pub fn report(
    cx: &mut ReaderCx<'_>,
    article: &Ref<ArticleId>,
    id: CommentId,
    reason: Option<&ReportReason>,
) -> Result<(), Error> {
    let thread = open_thread(cx, article)?;
    let OwnComment { comment: before, private } =
        cx.tx.own_comment(thread.article, id)?.ok_or(Error::NotFound)?;
    if !before.is_visible() {
        return Err(Error::NotFound);
    }
    let reporter = keys::of_address(cx.key, cx.origin.address);
    if !cx.tx.add_report(id, &reporter, reason, cx.now)? {
        return Ok(());
    }
    let counted = Comment { reports: before.reports + 1, ..before.clone() };
    let held = counted.reports >= u32::from(cx.site.comments.reports_to_hold);
    let after = if held {
        let decision = Decision { by: Decided::Readers, reason: None, at: cx.now };
        counted.decided(CommentState::Pending, decision)
    } else {
        counted
    };
    cx.tx.change_own_comment(&before, &after, &private.traces)?;
    if held {
        cx.tell(EventKind::CommentHidden, Thing::Comment(id), vec![SurrogateKey::thread(thread.article)])?;
    }
    Ok(())
}
