//! A commenter changes a comment of their own or takes it away, by the secret that they were given with it.

use domain::article::content::reference::Ref;
use domain::comment::pipeline::facts::{Form, Occasion, Trap};
use domain::comment::private::Traces;
use domain::comment::settings::ThreadPolicy;
use domain::comment::state::{CommentState, Decided};
use domain::comment::text::CommentText;
use domain::comment::{Author, Comment, Decision};
use domain::event::EventKind;
use domain::id::{ArticleId, CommentId};
use domain::surrogate_key::SurrogateKey;
use domain::thing::Thing;
use identity::opaque::SecretHash;
use identity::throttle::Wait;
use serde::Serialize;
use serde::de::DeserializeOwned;
use store::comments::OwnComment;

use super::judge::Case;
use super::keys;
use super::submit::{Submitted, open_thread, told};
use crate::error::Error;
use crate::reader::{AskedByReader, ReaderCx};
use crate::room::{Newsroom, Written};

/// What a commenter is to prove: that they hold the secret of this comment.
#[derive(Debug, Clone)]
pub struct Proof {
    /// The comment.
    pub id: CommentId,
    /// What its secret hashes to.
    pub secret: SecretHash,
}

impl Newsroom {
    /// Does a reader's write that begins with a [`Proof`]. Wrong ones are counted by the address from which they come, and
    /// have to wait when they are too many (abuse CM-05). What was not there is counted alike: the answer is the same.
    pub async fn write_for_writer<T>(
        &self,
        asked: AskedByReader,
        work: impl Fn(&mut ReaderCx<'_>) -> Result<T, Error> + Send + Sync + 'static,
    ) -> Result<Written<T>, Error>
    where
        T: Serialize + DeserializeOwned + Send + 'static,
    {
        let (guesses, address) = (&self.room().guesses, asked.origin.address);
        guesses
            .charge_address(address, self.now())
            .map_err(|Wait { retry_after_s }| Error::Throttled { retry_after_s })?;
        let written = self.write_for_reader(asked, work).await;
        if !matches!(written, Err(Error::NotFound)) {
            guesses.refund_address(address);
        }
        written
    }
}

/// Changes the text. It is judged anew: what a moderator approved waits for one again.
pub fn change_own(
    cx: &mut ReaderCx<'_>,
    article: &Ref<ArticleId>,
    proof: &Proof,
    text: &CommentText,
) -> Result<Submitted, Error> {
    let thread = open_thread(cx, article)?;
    let policy = ThreadPolicy::of(&cx.site.comments, &thread.own.policy, thread.published_at);
    let OwnComment { comment: before, private } = proved(cx, thread.article, proof)?;
    let (Author::Reader(name), Some(email), Some(occasion)) =
        (&before.author, &private.email, occasion(&before))
    else {
        return Err(Error::NotFound);
    };
    let traces = Traces { text: Some(keys::of_text(cx.key, text)), ..private.traces };
    let case = Case {
        id: before.id,
        article: thread.article,
        policy: &policy,
        occasion,
        name,
        email,
        text,
        form: Form { trap: Trap::Empty, filled_in_ms: None },
        traces: &traces,
    };
    let (state, step) = case.judged(cx)?;
    let decision = Decision { by: Decided::Step(step), reason: None, at: cx.now };
    let after = Comment { text: Some(text.clone()), step, edited_at: Some(cx.now), ..before.clone() };
    let after = after.decided(state, decision);
    cx.tx.change_own_comment(&before, &after, &traces)?;
    tell(cx, &before, &after, EventKind::CommentSubmitted)?;
    let editable_until = cx.editable_until(after.created_at);
    Ok(Submitted { id: after.id, state: told(state), editable_until })
}

/// Takes the comment away, for good.
pub fn withdraw_own(cx: &mut ReaderCx<'_>, article: &Ref<ArticleId>, proof: &Proof) -> Result<(), Error> {
    let thread = open_thread(cx, article)?;
    let OwnComment { comment: before, private } = proved(cx, thread.article, proof)?;
    let decision = Decision { by: Decided::Writer, reason: None, at: cx.now };
    let after = before.clone().decided(CommentState::Removed, decision);
    cx.tx.change_own_comment(&before, &after, &private.traces)?;
    tell(cx, &before, &after, EventKind::CommentHidden)
}

/// The comment, while its writer can change it and proves to be that. Whatever else is so is as if it were not there: a
/// wrong secret, another thread, a window that is over.
fn proved(cx: &mut ReaderCx<'_>, article: ArticleId, proof: &Proof) -> Result<OwnComment, Error> {
    let own = cx.tx.own_comment(article, proof.id)?.ok_or(Error::NotFound)?;
    let secret = own.private.edit_hash.map(SecretHash::new);
    let in_time = cx.now < cx.editable_until(own.comment.created_at);
    if secret != Some(proof.secret) || !in_time || own.comment.state == CommentState::Removed {
        return Err(Error::NotFound);
    }
    Ok(own)
}

/// What a change of this comment is; `None` where a moderator has decided against it.
fn occasion(before: &Comment) -> Option<Occasion> {
    let by_user = matches!(before.decision.by, Decided::User(_));
    match before.state {
        CommentState::Visible if by_user => Some(Occasion::ChangeOfApproved),
        CommentState::Visible => Some(Occasion::ChangeOfVisible),
        CommentState::Pending => Some(Occasion::ChangeOfPending),
        CommentState::Spam => Some(Occasion::ChangeOfSpam),
        CommentState::Rejected | CommentState::Removed => None,
    }
}

fn tell(cx: &mut ReaderCx<'_>, before: &Comment, after: &Comment, kind: EventKind) -> Result<(), Error> {
    let shown = before.is_visible() || after.is_visible();
    let keys = if shown { vec![SurrogateKey::thread(after.article)] } else { Vec::new() };
    cx.tell(kind, Thing::Comment(after.id), keys)
}
