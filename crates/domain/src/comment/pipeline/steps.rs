//! The steps, each a question with at most one answer. None knows of another, except where one would open a way around it.

use super::facts::{Acquaintance, Banned, Facts, Occasion, Trap};
use super::{Refusal, Verdict};
use crate::comment::links;
use crate::comment::repeat;
use crate::comment::settings::Moderation;

/// Fewest letters and digits of a text that two people do not write alike by chance: about six words.
const TELLING_CHARS: usize = 30;

/// How often a telling text was said elsewhere when it is no second post of one reader any more but a campaign.
const CAMPAIGN: u32 = 5;

/// Most comments of one network that wait for a moderator: more than a discussion takes, and no burden for a queue.
pub(super) const MAX_PENDING_FROM_NETWORK: u32 = 20;

/// Most comments of one thread that wait for a moderator: what ten moderators read in an hour.
pub(super) const MAX_PENDING_IN_THREAD: u32 = 2000;

/// How often more links than the thread takes make a comment advertising beyond doubt.
const LINK_FARM: usize = 5;

pub(super) fn closed(facts: &Facts<'_>) -> Option<Verdict> {
    facts.thread.closed(facts.now).map(|why| Verdict::Refused(Refusal::Closed(why)))
}

pub(super) fn length(facts: &Facts<'_>) -> Option<Verdict> {
    let max = facts.thread.max_length;
    let fits = facts.text.chars() <= usize::from(max.number());
    (!fits).then_some(Verdict::Refused(Refusal::TooLong(max)))
}

/// Who is banned is not told so, lest they come back as somebody else. A flood of theirs is left to that step: what is put
/// aside is stored too.
pub(super) fn ban(facts: &Facts<'_>) -> Option<Verdict> {
    let floods = matches!(flood(facts), Some(Verdict::Refused(_)));
    (facts.ban == Banned::Yes && !floods).then_some(Verdict::Spam)
}

pub(super) fn repeat(facts: &Facts<'_>) -> Option<Verdict> {
    if facts.repeats.by_writer > 0 {
        return Some(Verdict::Refused(Refusal::Duplicate));
    }
    if facts.repeats.elsewhere == 0 || repeat::normal_form(facts.text).chars().count() < TELLING_CHARS {
        return None;
    }
    Some(if facts.repeats.elsewhere < CAMPAIGN { Verdict::Pending } else { Verdict::Spam })
}

/// A network is refused for a while. A mailbox is only held back: anybody can type the address of another, who must not
/// be shut out by it.
pub(super) fn flood(facts: &Facts<'_>) -> Option<Verdict> {
    let most = u32::from(facts.site.flood_most);
    let traffic = &facts.traffic;
    let queue_is_full = facts.occasion == Occasion::New
        && (traffic.pending_from_network >= MAX_PENDING_FROM_NETWORK
            || traffic.pending_in_thread >= MAX_PENDING_IN_THREAD);
    if traffic.from_network >= most || queue_is_full {
        return Some(Verdict::Refused(Refusal::Flood { retry_after_s: facts.site.flood_window_s }));
    }
    (traffic.from_mailbox >= most).then_some(Verdict::Pending)
}

/// A form sent faster than people write may have been filled in by a program, or by a person from notes.
pub(super) fn honeypot(facts: &Facts<'_>) -> Option<Verdict> {
    if facts.form.trap == Trap::Filled {
        return Some(Verdict::Spam);
    }
    let hasty = facts.form.filled_in_ms.is_some_and(|ms| ms < facts.site.min_fill_ms);
    hasty.then_some(Verdict::Pending)
}

/// A link in the name is advertising: there is no other reason for it.
pub(super) fn links(facts: &Facts<'_>) -> Option<Verdict> {
    let most = usize::from(facts.thread.max_links.number());
    let found = links::count(facts.text.as_str());
    if links::count(facts.name.as_str()) > 0 || found > most.max(1) * LINK_FARM {
        return Some(Verdict::Spam);
    }
    (found > most).then_some(Verdict::Pending)
}

pub(super) fn words(facts: &Facts<'_>) -> Option<Verdict> {
    let found = facts.thread.words.find(&[facts.name.as_str(), facts.text.as_str()]);
    found.map(|_| Verdict::Pending)
}

pub(super) fn first_comment(facts: &Facts<'_>) -> Option<Verdict> {
    let first = facts.acquaintance == Acquaintance::Stranger;
    (facts.thread.moderation == Moderation::Trusted && first).then_some(Verdict::Pending)
}

/// What comes in when nothing stands out.
pub(super) const fn policy(facts: &Facts<'_>) -> Verdict {
    match facts.thread.moderation {
        Moderation::Pre => Verdict::Pending,
        Moderation::Post | Moderation::Trusted => Verdict::Visible,
    }
}
