//! Every step alone, every two and more together, and every occasion: the first in the order decides.

use super::facts::{Acquaintance, Banned, Facts, Form, Occasion, Repeats, Traffic, Trap};
use super::steps::{MAX_PENDING_FROM_NETWORK, MAX_PENDING_IN_THREAD};
use super::{Judgement, Refusal, Verdict, judge};
use crate::comment::conflict::ClosedBecause;
use crate::comment::name::CommenterName;
use crate::comment::settings::{CommentSettings, MaxLength, Mode, Moderation, ThreadOverride, ThreadPolicy};
use crate::comment::step::Step;
use crate::comment::text::CommentText;
use crate::comment::words::{ListedWord, WordList};
use crate::time::Moment;

/// Something that a fact can be, for a comment in which nothing else stands out.
struct Desk {
    site: CommentSettings,
    thread: ThreadPolicy,
    name: CommenterName,
    text: CommentText,
}

const NOW: &str = "2026-01-02T12:00:00Z";

impl Desk {
    fn new(moderation: Moderation) -> Self {
        let words = WordList::parse(vec![ListedWord::parse("casino").unwrap()]).unwrap();
        let site = CommentSettings { moderation, words, ..CommentSettings::default() };
        let published = Moment::parse("2026-01-02T10:00:00Z").unwrap();
        Self {
            thread: ThreadPolicy::of(&site, &ThreadOverride::default(), published),
            site,
            name: CommenterName::parse("Ines").unwrap(),
            text: CommentText::parse("The ferry was full by seven, and nobody counts the bicycles.").unwrap(),
        }
    }

    fn says(mut self, text: &str) -> Self {
        self.text = CommentText::parse(text).unwrap();
        self
    }

    fn facts(&self) -> Facts<'_> {
        Facts {
            now: Moment::parse(NOW).unwrap(),
            site: &self.site,
            thread: &self.thread,
            occasion: Occasion::New,
            name: &self.name,
            text: &self.text,
            form: Form { trap: Trap::Empty, filled_in_ms: Some(20_000) },
            ban: Banned::No,
            repeats: Repeats::default(),
            traffic: Traffic::default(),
            acquaintance: Acquaintance::Stranger,
        }
    }
}

fn judgement(verdict: Verdict, step: Step) -> Judgement {
    Judgement { verdict, step }
}

const FLOOD: Verdict = Verdict::Refused(Refusal::Flood { retry_after_s: 300 });

#[test]
fn where_nothing_stands_out_the_thread_decides() {
    for (moderation, who, expected) in [
        (Moderation::Pre, Acquaintance::Stranger, judgement(Verdict::Pending, Step::Policy)),
        (Moderation::Pre, Acquaintance::Approved, judgement(Verdict::Pending, Step::Policy)),
        (Moderation::Post, Acquaintance::Stranger, judgement(Verdict::Visible, Step::Policy)),
        (Moderation::Post, Acquaintance::Approved, judgement(Verdict::Visible, Step::Policy)),
        (Moderation::Trusted, Acquaintance::Stranger, judgement(Verdict::Pending, Step::FirstComment)),
        (Moderation::Trusted, Acquaintance::Approved, judgement(Verdict::Visible, Step::Policy)),
    ] {
        let desk = Desk::new(moderation);
        assert_eq!(judge(&Facts { acquaintance: who, ..desk.facts() }), expected, "{moderation:?} {who:?}");
    }
}

/// Of every set of things that stand out, the first step in the order decides. A flood of somebody banned is a flood.
#[test]
fn of_all_steps_that_have_an_answer_the_first_decides() {
    let early: Vec<Step> = Step::ALL.iter().copied().filter(|step| *step != Step::Policy).collect();
    for set in 0..1_u32 << early.len() {
        let on = |step: Step| early.iter().position(|s| *s == step).is_some_and(|i| set >> i & 1 == 1);
        let moderation = if on(Step::FirstComment) { Moderation::Trusted } else { Moderation::Post };
        let mut desk = Desk::new(moderation);
        let links = if on(Step::Links) { "a.com b.com c.com " } else { "" };
        let word = if on(Step::WordList) { "casino " } else { "" };
        desk = desk.says(&format!("{links}{word}the ferry was full by seven, as ever"));
        if on(Step::Closed) {
            desk.thread.mode = Mode::Closed;
        }
        if on(Step::Length) {
            desk.thread.max_length = MaxLength::parse(10).unwrap();
        }
        let facts = Facts {
            ban: if on(Step::Ban) { Banned::Yes } else { Banned::No },
            repeats: Repeats { by_writer: u32::from(on(Step::Repeat)), elsewhere: 0 },
            traffic: Traffic { from_network: if on(Step::Flood) { 5 } else { 4 }, ..Traffic::default() },
            form: Form {
                trap: if on(Step::Honeypot) { Trap::Filled } else { Trap::Empty },
                filled_in_ms: None,
            },
            ..desk.facts()
        };
        let told = |step: &Step| on(*step) && !(*step == Step::Ban && on(Step::Flood));
        let step = early.iter().copied().find(told).unwrap_or(Step::Policy);
        let verdict = match step {
            Step::Closed => Verdict::Refused(Refusal::Closed(ClosedBecause::Closed)),
            Step::Length => Verdict::Refused(Refusal::TooLong(MaxLength::parse(10).unwrap())),
            Step::Ban | Step::Honeypot => Verdict::Spam,
            Step::Repeat => Verdict::Refused(Refusal::Duplicate),
            Step::Flood => FLOOD,
            Step::Links | Step::WordList | Step::FirstComment => Verdict::Pending,
            Step::Policy => Verdict::Visible,
        };
        assert_eq!(judge(&facts), judgement(verdict, step), "{set:09b}");
    }
}

#[test]
fn the_steps_come_in_the_order_of_their_names() {
    let order: Vec<Step> = super::EARLY.iter().map(|(step, _)| *step).chain([Step::Policy]).collect();
    assert_eq!(order, Step::ALL);
}

// abuse: CM-03
#[test]
fn a_change_never_makes_a_comment_more_visible() {
    use Verdict::{Pending, Spam, Visible};
    let desk = Desk::new(Moderation::Post);
    let linked = Desk::new(Moderation::Post).says("a.com b.com c.com and more to read");
    for (occasion, clean, held) in [
        (Occasion::New, Visible, Pending),
        (Occasion::ChangeOfVisible, Visible, Pending),
        (Occasion::ChangeOfApproved, Pending, Pending),
        (Occasion::ChangeOfPending, Pending, Pending),
        (Occasion::ChangeOfSpam, Spam, Spam),
    ] {
        let judged = judge(&Facts { occasion, ..desk.facts() });
        assert_eq!(judged, judgement(clean, Step::Policy), "{occasion:?}");
        let judged = judge(&Facts { occasion, ..linked.facts() });
        assert_eq!(judged, judgement(held, Step::Links), "{occasion:?}");
        let refused =
            judge(&Facts { occasion, repeats: Repeats { by_writer: 1, elsewhere: 0 }, ..desk.facts() });
        assert_eq!(refused, judgement(Verdict::Refused(Refusal::Duplicate), Step::Repeat), "{occasion:?}");
    }
}

#[test]
fn a_thread_closes_at_its_instant() {
    let mut desk = Desk::new(Moderation::Post);
    let at = |raw: &str| Moment::parse(raw).unwrap();
    desk.thread.closes_at = Some(at(NOW));
    let closed = Verdict::Refused(Refusal::Closed(ClosedBecause::TimeOver));
    assert_eq!(judge(&desk.facts()), judgement(closed, Step::Closed));
    let before = judge(&Facts { now: at("2026-01-02T11:59:59.999Z"), ..desk.facts() });
    assert_eq!(before, judgement(Verdict::Visible, Step::Policy));
}

// abuse: CM-06
#[test]
fn a_flood_is_refused_and_a_full_queue_takes_no_more() {
    let desk = Desk::new(Moderation::Post);
    let judged = |traffic: Traffic| judge(&Facts { traffic, ..desk.facts() });
    let visible = judgement(Verdict::Visible, Step::Policy);
    for (traffic, expected) in [
        (Traffic { from_network: 4, from_mailbox: 4, ..Traffic::default() }, visible),
        (Traffic { from_network: 5, ..Traffic::default() }, judgement(FLOOD, Step::Flood)),
        (Traffic { from_mailbox: 5, ..Traffic::default() }, judgement(Verdict::Pending, Step::Flood)),
        (Traffic { pending_from_network: MAX_PENDING_FROM_NETWORK - 1, ..Traffic::default() }, visible),
        (
            Traffic { pending_from_network: MAX_PENDING_FROM_NETWORK, ..Traffic::default() },
            judgement(FLOOD, Step::Flood),
        ),
        (
            Traffic { pending_in_thread: MAX_PENDING_IN_THREAD, ..Traffic::default() },
            judgement(FLOOD, Step::Flood),
        ),
    ] {
        assert_eq!(judged(traffic), expected, "{traffic:?}");
    }
    let full = Traffic { pending_in_thread: MAX_PENDING_IN_THREAD, ..Traffic::default() };
    let change = judge(&Facts { occasion: Occasion::ChangeOfVisible, traffic: full, ..desk.facts() });
    assert_eq!(change, visible, "who has a place in the queue may mend what they wrote");
}

// abuse: CM-06
#[test]
fn the_same_text_from_everywhere_is_a_campaign_and_thanks_are_not() {
    let (long, short) = (Desk::new(Moderation::Post), Desk::new(Moderation::Post).says("Thank you!"));
    let judged = |desk: &Desk, elsewhere| {
        judge(&Facts { repeats: Repeats { by_writer: 0, elsewhere }, ..desk.facts() })
    };
    assert_eq!(judged(&long, 1), judgement(Verdict::Pending, Step::Repeat));
    assert_eq!(judged(&long, 4), judgement(Verdict::Pending, Step::Repeat));
    assert_eq!(judged(&long, 5), judgement(Verdict::Spam, Step::Repeat));
    assert_eq!(judged(&short, 500), judgement(Verdict::Visible, Step::Policy));
}

// abuse: CM-06
#[test]
fn a_form_filled_in_by_a_program_is_put_aside() {
    let desk = Desk::new(Moderation::Post);
    for (trap, filled_in_ms, expected) in [
        (Trap::Filled, Some(20_000), judgement(Verdict::Spam, Step::Honeypot)),
        (Trap::Filled, Some(0), judgement(Verdict::Spam, Step::Honeypot)),
        (Trap::Empty, Some(1000), judgement(Verdict::Pending, Step::Honeypot)),
        (Trap::Empty, Some(2000), judgement(Verdict::Visible, Step::Policy)),
        (Trap::Empty, None, judgement(Verdict::Visible, Step::Policy)),
    ] {
        let judged = judge(&Facts { form: Form { trap, filled_in_ms }, ..desk.facts() });
        assert_eq!(judged, expected, "{trap:?} {filled_in_ms:?}");
    }
}

// abuse: CM-06
#[test]
fn links_hold_a_comment_back_and_make_it_advertising() {
    let judged = |text: &str| judge(&Desk::new(Moderation::Post).says(text).facts());
    assert_eq!(judged("see a.com and b.com"), judgement(Verdict::Visible, Step::Policy));
    assert_eq!(judged("see a.com and b.com, c.com"), judgement(Verdict::Pending, Step::Links));
    assert_eq!(judged(&"a.com ".repeat(11)), judgement(Verdict::Spam, Step::Links));
    let mut named = Desk::new(Moderation::Post);
    named.name = CommenterName::parse("Cheap-Pills。com").unwrap();
    assert_eq!(judge(&named.facts()), judgement(Verdict::Spam, Step::Links));
}

#[test]
fn a_listed_word_in_the_name_holds_a_comment_back() {
    let mut desk = Desk::new(Moderation::Post);
    desk.name = CommenterName::parse("Best C4sino").unwrap();
    assert_eq!(judge(&desk.facts()), judgement(Verdict::Pending, Step::WordList));
}
