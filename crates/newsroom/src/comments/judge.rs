//! Gathers what the steps must know of a comment, and asks them.

use chrono::TimeDelta;
use domain::comment::banned::BanTarget;
use domain::comment::email::CommenterEmail;
use domain::comment::name::CommenterName;
use domain::comment::pipeline::facts::{Acquaintance, Banned, Facts, Form, Occasion, Repeats, Traffic};
use domain::comment::pipeline::{Judgement, Refusal, Verdict, judge};
use domain::comment::private::Traces;
use domain::comment::settings::ThreadPolicy;
use domain::comment::state::CommentState;
use domain::comment::step::Step;
use domain::comment::text::CommentText;
use domain::id::{ArticleId, CommentId};
use domain::violation::{Rule, Violation};
use store::comments::{Past, Since};

use crate::error::Error;
use crate::reader::ReaderCx;

/// How long the same text is remembered, and comments of one network that wait.
const LATELY: TimeDelta = TimeDelta::days(1);

/// A comment that is to be judged.
pub(super) struct Case<'a> {
    pub(super) id: CommentId,
    pub(super) article: ArticleId,
    pub(super) policy: &'a ThreadPolicy,
    pub(super) occasion: Occasion,
    pub(super) name: &'a CommenterName,
    pub(super) email: &'a CommenterEmail,
    pub(super) text: &'a CommentText,
    pub(super) form: Form,
    pub(super) traces: &'a Traces,
}

impl Case<'_> {
    /// What becomes of it, and by which step.
    pub(super) fn judged(&self, cx: &mut ReaderCx<'_>) -> Result<(CommentState, Step), Error> {
        let site = &cx.site.comments;
        let since = Since {
            traffic: cx.now.plus(-TimeDelta::seconds(site.flood_window_s.into())),
            repeats: cx.now.plus(-LATELY),
            waiting: cx.now.plus(-LATELY),
        };
        cx.tx.hold_traces(self.traces)?;
        let past = cx.tx.past(self.article, self.traces, &since, self.id)?;
        let facts = Facts {
            now: cx.now,
            site,
            thread: self.policy,
            occasion: self.occasion,
            name: self.name,
            text: self.text,
            form: self.form,
            ban: self.banned(cx)?,
            repeats: repeats(&past),
            traffic: Traffic {
                from_network: past.from_network,
                from_mailbox: past.from_mailbox,
                pending_from_network: past.pending_from_network,
                pending_in_thread: past.pending_in_thread,
            },
            acquaintance: if past.is_approved { Acquaintance::Approved } else { Acquaintance::Stranger },
        };
        let Judgement { verdict, step } = judge(&facts);
        match verdict {
            Verdict::Visible => Ok((CommentState::Visible, step)),
            Verdict::Pending => Ok((CommentState::Pending, step)),
            Verdict::Spam => Ok((CommentState::Spam, step)),
            Verdict::Refused(refusal) => Err(refused(refusal)),
        }
    }

    fn banned(&self, cx: &mut ReaderCx<'_>) -> Result<Banned, Error> {
        let Some(mailbox) = self.traces.email else { return Ok(Banned::No) };
        let bans = cx.tx.bans_about(&mailbox, self.email.host(), cx.now)?;
        let meets = bans.iter().any(|ban| match ban {
            BanTarget::Mailbox(_) | BanTarget::Domain(_) => true,
            BanTarget::Network(network) => network.contains(cx.origin.address),
        });
        Ok(if meets { Banned::Yes } else { Banned::No })
    }
}

fn repeats(past: &Past) -> Repeats {
    let elsewhere = past.said_lately.saturating_sub(past.said_here_lately);
    Repeats { by_writer: past.said_here, elsewhere }
}

fn refused(refusal: Refusal) -> Error {
    match refusal {
        Refusal::Closed(because) => Error::CommentsClosed(because),
        Refusal::TooLong(max) => {
            let most = usize::from(max.number());
            let detail = format!("at most {most} characters fit");
            Violation::limited(Rule::TooLong, most, detail).at("/body").into()
        }
        Refusal::Duplicate => Error::DuplicateComment,
        Refusal::Flood { retry_after_s } => Error::Throttled { retry_after_s },
    }
}
