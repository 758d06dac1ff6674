//! The newsroom replies to a comment, and recommends one.

use domain::article::content::reference::Ref;
use domain::audit::AuditAction;
use domain::comment::conflict::CommentConflict;
use domain::comment::name::CommenterName;
use domain::comment::private::{Private, Traces};
use domain::comment::settings::ThreadPolicy;
use domain::comment::state::{CommentState, Decided};
use domain::comment::step::Step;
use domain::comment::text::CommentText;
use domain::comment::{Author, Comment, Decision};
use domain::event::EventKind;
use domain::id::CommentId;
use domain::policy::right::{ModerateComments, ReplyToComments};
use domain::surrogate_key::SurrogateKey;
use domain::thing::Thing;
use domain::version::{Seen, Version};
use serde_json::json;
use store::live::Found;

use super::held;
use crate::cx::{Cx, Deed, News, Recorded};
use crate::error::Error;

/// Replies to a comment that readers see, under the name of whoever does; readers see it at once, also where the thread
/// takes no more of theirs.
pub fn reply(cx: &mut Cx<'_>, to: CommentId, text: &CommentText) -> Result<Recorded<Comment>, Error> {
    let above = held::<ReplyToComments>(cx, to)?;
    let Some(Found::Visible(thread)) = cx.tx.live_thread(&Ref::Id(above.article), cx.now)? else {
        return Err(CommentConflict::NotVisible.into());
    };
    if !above.is_visible() {
        return Err(CommentConflict::NotVisible.into());
    }
    let policy = ThreadPolicy::of(&cx.site.comments, &thread.own.policy, thread.published_at);
    let user = cx.tx.user(cx.actor.user)?.ok_or(Error::NotFound)?.user;
    let short: String = user.name.as_str().chars().take(CommenterName::MAX_CHARS).collect();
    let name = CommenterName::parse(&short).map_err(|violation| violation.at(""))?;
    let id = CommentId::new(cx.id());
    let comment = Comment {
        id,
        version: Version::FIRST,
        article: above.article,
        place: above.place.reply(id, policy.max_depth.number()),
        author: Author::Staff(user.id, name),
        text: Some(text.clone()),
        state: CommentState::Visible,
        visible_below: 0,
        step: Step::Policy,
        decision: Decision { by: Decided::User(user.id), reason: None, at: cx.now },
        featured_at: None,
        reports: 0,
        created_at: cx.now,
        edited_at: None,
    };
    let nobodys = Private { email: None, address: None, traces: Traces::default(), edit_hash: None };
    cx.tx.add_comment(&comment, &nobodys)?;
    let deed = Deed {
        action: AuditAction::CommentReplied,
        subject: Thing::Comment(id),
        detail: json!({"article": comment.article, "to": to}),
    };
    let news = News { kind: EventKind::CommentShown, keys: vec![SurrogateKey::thread(comment.article)] };
    cx.record(deed, Some(news), comment)
}

/// Whether a comment is recommended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recommended {
    /// It is.
    Yes,
    /// It is not, or no longer.
    No,
}

/// Recommends a comment that readers see, or takes that back.
pub fn recommend(
    cx: &mut Cx<'_>,
    id: CommentId,
    seen: Seen,
    recommended: Recommended,
) -> Result<Recorded<Comment>, Error> {
    let granted = held::<ModerateComments>(cx, id)?;
    if !seen.covers(granted.version) {
        return Err(Error::Stale(granted.version));
    }
    if !granted.is_visible() {
        return Err(CommentConflict::NotVisible.into());
    }
    let before = Comment::clone(&granted);
    let (action, featured_at) = match recommended {
        Recommended::Yes => (AuditAction::CommentFeatured, Some(cx.now)),
        Recommended::No => (AuditAction::CommentUnfeatured, None),
    };
    let after = granted.map(|comment| Comment { featured_at, ..comment }).allowed();
    let version = cx.tx.decide_comment(&before, &after, seen)?;
    let after = Comment { version, ..after.into_inner() };
    let deed = Deed { action, subject: Thing::Comment(id), detail: json!({"article": after.article}) };
    let news = News { kind: EventKind::CommentChanged, keys: vec![SurrogateKey::thread(after.article)] };
    cx.record(deed, Some(news), after)
}
