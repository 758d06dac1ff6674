//! A moderator decides about a comment.

use domain::audit::AuditAction;
use domain::comment::state::{Decided, Verb};
use domain::comment::{Comment, Decision, DecisionReason};
use domain::event::EventKind;
use domain::id::CommentId;
use domain::policy::right::ModerateComments;
use domain::surrogate_key::SurrogateKey;
use domain::thing::Thing;
use domain::version::Seen;
use serde_json::json;

use super::held;
use crate::cx::{Cx, Deed, News, Recorded};
use crate::error::Error;

/// What a moderator orders.
#[derive(Debug, Clone)]
pub struct Order {
    /// What is to become of the comment.
    pub verb: Verb,
    /// Why, for the newsroom.
    pub reason: Option<DecisionReason>,
}

/// Decides about a comment.
pub fn decide(cx: &mut Cx<'_>, id: CommentId, seen: Seen, order: &Order) -> Result<Recorded<Comment>, Error> {
    let granted = held::<ModerateComments>(cx, id)?;
    if !seen.covers(granted.version) {
        return Err(Error::Stale(granted.version));
    }
    let before = Comment::clone(&granted);
    let Order { verb, reason } = order.clone();
    let state = verb.decide(before.state, before.decision.by)?;
    let decision = Decision { by: Decided::User(cx.actor.user), reason, at: cx.now };
    let after = granted.map(|comment| comment.decided(state, decision)).allowed();
    let version = cx.tx.decide_comment(&before, &after, seen)?;
    let after = Comment { version, ..after.into_inner() };
    let deed = Deed {
        action: done(verb),
        subject: Thing::Comment(id),
        detail: json!({"article": after.article, "before": before.state, "after": state}),
    };
    let news = news(&before, &after);
    cx.record(deed, Some(news), after)
}

const fn done(verb: Verb) -> AuditAction {
    match verb {
        Verb::Approve => AuditAction::CommentApproved,
        Verb::Reject => AuditAction::CommentRejected,
        Verb::Spam => AuditAction::CommentMarkedSpam,
        Verb::Remove => AuditAction::CommentRemoved,
    }
}

/// What readers are told of a change: nothing where they saw the comment neither before nor after.
pub(super) fn news(before: &Comment, after: &Comment) -> News {
    let thread = || vec![SurrogateKey::thread(after.article)];
    match (before.is_visible(), after.is_visible()) {
        (false, true) => News { kind: EventKind::CommentShown, keys: thread() },
        (true, false) => News { kind: EventKind::CommentHidden, keys: thread() },
        (true, true) => News { kind: EventKind::CommentChanged, keys: thread() },
        (false, false) => News { kind: EventKind::CommentDecided, keys: Vec::new() },
    }
}
