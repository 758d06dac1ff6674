//! Announces the threads that take no more comments by the clock alone.

use domain::article::content::reference::Ref;
use domain::comment::settings::{Mode, ThreadPolicy};
use domain::event::{Event, EventKind};
use domain::id::EventId;
use domain::site::Site;
use domain::surrogate_key::SurrogateKey;
use domain::thing::Thing;
use domain::time::Moment;
use store::comments::DueClosing;
use store::live::Found;
use store::tx::Tx;

use crate::articles::news;
use crate::asked::Ids;
use crate::error::Error;

/// Announces up to `limit` threads that closed up to `until`, in one transaction, and tells how many.
pub(crate) fn announce(
    tx: &mut dyn Tx,
    ids: &Ids,
    site: &Site,
    until: Moment,
    limit: u16,
) -> Result<usize, Error> {
    let mut announced = 0;
    for closing in tx.due_closings(until, site.comments.open_days, limit)? {
        if !tx.take_closing(&closing)? || !is_seen(tx, site, &closing)? {
            continue;
        }
        let DueClosing { article, at, published_at: _ } = closing;
        let appears = tx.appearance(article)?;
        // Articles and lists tell too whether readers may comment.
        let mut news = news(EventKind::ThreadClosed, article, &appears, &[]);
        news.keys.push(SurrogateKey::thread(article));
        let (id, subject) = (EventId::new(ids.draw()), Thing::Article(article));
        tx.add_event(&Event { id, at, kind: news.kind, subject, keys: news.keys })?;
        announced += 1;
    }
    Ok(announced)
}

/// Whether readers see the article at that instant, under that date, and its thread was open until then.
fn is_seen(tx: &mut dyn Tx, site: &Site, closing: &DueClosing) -> Result<bool, Error> {
    let DueClosing { article, published_at, at } = *closing;
    let Some(Found::Visible(thread)) = tx.live_thread(&Ref::Id(article), at)? else { return Ok(false) };
    let policy = ThreadPolicy::of(&site.comments, &thread.own.policy, thread.published_at);
    Ok(thread.published_at == published_at && policy.mode == Mode::Open && policy.closes_at == Some(at))
}
