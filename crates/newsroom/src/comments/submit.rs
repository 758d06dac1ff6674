//! A reader hands a comment in: the steps decide about it, and it is kept with what they decided.

use domain::article::content::reference::Ref;
use domain::comment::email::CommenterEmail;
use domain::comment::name::CommenterName;
use domain::comment::pipeline::facts::{Form, Occasion};
use domain::comment::place::Place;
use domain::comment::private::Private;
use domain::comment::settings::ThreadPolicy;
use domain::comment::state::{CommentState, Decided};
use domain::comment::text::CommentText;
use domain::comment::{Author, Comment, Decision};
use domain::event::EventKind;
use domain::id::{ArticleId, CommentId};
use domain::surrogate_key::SurrogateKey;
use domain::thing::Thing;
use domain::time::Moment;
use domain::version::Version;
use domain::violation::{Rule, Violation};
use identity::opaque::SecretHash;
use serde::{Deserialize, Serialize};
use store::live::{Found, LiveThread};

use super::judge::Case;
use super::keys;
use crate::error::{Error, Withdrawn};
use crate::reader::ReaderCx;

/// What a reader hands in.
#[derive(Debug, Clone)]
pub struct Submission {
    /// Under which name.
    pub name: CommenterName,
    /// The address to reach them, which nobody is told.
    pub email: CommenterEmail,
    /// What they say.
    pub text: CommentText,
    /// What they reply to.
    pub parent: Option<CommentId>,
    /// How they filled in the form.
    pub form: Form,
}

/// What becomes of it, as its writer is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submitted {
    /// Its identity.
    pub id: CommentId,
    /// Whether readers see it.
    pub state: CommentState,
    /// Until when its writer can change it.
    pub editable_until: Moment,
}

/// Hands a comment in. The secret that lets its writer change it is drawn before, and stored only as `edit`.
pub fn submit(
    cx: &mut ReaderCx<'_>,
    article: &Ref<ArticleId>,
    submission: &Submission,
    edit: SecretHash,
) -> Result<Submitted, Error> {
    let thread = open_thread(cx, article)?;
    let policy = ThreadPolicy::of(&cx.site.comments, &thread.own.policy, thread.published_at);
    let id = CommentId::new(cx.id());
    let Submission { name, email, text, parent, form } = submission.clone();
    let place = match parent {
        None => Place::first(id),
        Some(parent) => {
            let above = cx.tx.place_of_live(thread.article, parent)?.ok_or_else(|| {
                let unseen = Violation::new(Rule::ParentNotVisible, "readers see no such comment here");
                Error::from(unseen.at("/parent_id"))
            })?;
            above.reply(id, policy.max_depth.number())
        }
    };
    let address = cx.origin.address;
    let traces = keys::traces(cx.key, &email, address, &text);
    let case = Case {
        id,
        article: thread.article,
        policy: &policy,
        occasion: Occasion::New,
        name: &name,
        email: &email,
        text: &text,
        form,
        traces: &traces,
    };
    let (state, step) = case.judged(cx)?;
    let comment = Comment {
        id,
        version: Version::FIRST,
        article: thread.article,
        place,
        author: Author::Reader(name),
        text: Some(text),
        state,
        visible_below: 0,
        step,
        decision: Decision { by: Decided::Step(step), reason: None, at: cx.now },
        featured_at: None,
        reports: 0,
        created_at: cx.now,
        edited_at: None,
    };
    let edit_hash = Some(*edit.octets());
    cx.tx
        .add_comment(&comment, &Private { email: Some(email), address: Some(address), traces, edit_hash })?;
    let keys = if comment.is_visible() { vec![SurrogateKey::thread(thread.article)] } else { Vec::new() };
    cx.tell(EventKind::CommentSubmitted, Thing::Comment(id), keys)?;
    Ok(Submitted { id, state: told(state), editable_until: cx.editable_until(comment.created_at) })
}

/// What its writer is told of a state: advertising is not told that it was found out.
pub(super) const fn told(state: CommentState) -> CommentState {
    match state {
        CommentState::Spam => CommentState::Pending,
        other => other,
    }
}

/// The thread of an article that readers see, held until the transaction ends.
pub(super) fn open_thread(cx: &mut ReaderCx<'_>, article: &Ref<ArticleId>) -> Result<LiveThread, Error> {
    match cx.tx.live_thread(article, cx.now)? {
        Some(Found::Visible(mut thread)) => {
            cx.tx.hold_thread(thread.article)?;
            // Read once it is held: what an editor has said meanwhile counts (abuse CM-02).
            thread.own.policy = cx.tx.thread_policy(thread.article)?;
            Ok(thread)
        }
        Some(Found::Withdrawn { at, kind, public_reason, replacement, stands_in: _ }) => {
            Err(Error::Withdrawn(Box::new(Withdrawn { at, kind, public_reason, replacement })))
        }
        Some(Found::Moved(_)) | None => Err(Error::NotFound),
    }
}
