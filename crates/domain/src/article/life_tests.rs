//! The life of an article as a machine: whatever commands come in whatever order and time, the promises of rulings 1,
//! 2 and 7 hold. Single commands are told in `command_tests`.

use std::collections::HashSet;

use crate::actor::{Actor, Credential};
use crate::article::aggregate::Article;
use crate::article::conflict::Refused;
use crate::article::embargo::Embargo;
use crate::article::publication::{ChangeKind, Publication, PublicationState, Times};
use crate::article::publish::{Approval, Expiry, Publish, WorkingCopy};
use crate::article::revision::RevisionNumber;
use crate::article::windows::Window;
use crate::article::withdrawal::{Withdrawal, WithdrawalKind, WithdrawalReason};
use crate::id::{ArticleId, UserId};
use crate::site::Drafts;
use crate::time::Moment;
use crate::user::Role;
use chrono::{DateTime, TimeDelta};
use proptest::prelude::*;
use uuid::Uuid;

#[derive(Debug, Clone)]
enum Command {
    Edit(Role),
    Submit,
    Return,
    Approve,
    /// Offsets in seconds from the present.
    Publish {
        goes_live: Option<i64>,
        expires: Expires,
        change: ChangeKind,
        dated: Option<i64>,
        approval: Approval,
    },
    Unschedule,
    Amend(ChangeKind, WorkingCopy),
    Unpublish,
    Withdraw,
    Reinstate,
    Correct,
    Embargo(Option<i64>),
    LiftEmbargo,
}

#[derive(Debug, Clone, Copy)]
enum Expires {
    Keep,
    Never,
    In(i64),
}

fn commands() -> impl Strategy<Value = Command> {
    let change = prop_oneof![Just(ChangeKind::Update), Just(ChangeKind::Minor)];
    let expires = prop_oneof![Just(Expires::Keep), Just(Expires::Never), (-5_i64..40).prop_map(Expires::In)];
    let approval = prop_oneof![9 => Just(Approval::Optional), 1 => Just(Approval::Required)];
    let publish = (
        prop::option::of(-5_i64..30),
        expires,
        change.clone(),
        prop::option::weighted(0.2, -50_i64..5),
        approval,
    );
    let working = prop_oneof![
        Just(WorkingCopy::IsTheAmendment),
        Just(WorkingCopy::TakesItOver),
        Just(WorkingCopy::Stays)
    ];
    prop_oneof![
        3 => prop::sample::select(&[Role::Reporter, Role::Editor][..]).prop_map(Command::Edit),
        1 => Just(Command::Submit),
        1 => Just(Command::Return),
        1 => Just(Command::Approve),
        6 => publish.prop_map(|(goes_live, expires, change, dated, approval)| Command::Publish {
            goes_live, expires, change, dated, approval,
        }),
        1 => Just(Command::Unschedule),
        2 => (change, working).prop_map(|(change, working)| Command::Amend(change, working)),
        1 => Just(Command::Unpublish),
        1 => Just(Command::Withdraw),
        1 => Just(Command::Reinstate),
        1 => Just(Command::Correct),
        3 => prop::option::of(-2_i64..30).prop_map(Command::Embargo),
        2 => Just(Command::LiftEmbargo),
    ]
}

fn second(n: i64) -> Moment {
    Moment::new(DateTime::from_timestamp(1_800_000_000 + n, 0).unwrap())
}

fn owner() -> UserId {
    UserId::new(Uuid::from_u128(1))
}

fn obey(article: Article, command: &Command, now: Moment) -> Result<Article, Refused> {
    let at = |offset: i64| now.plus(TimeDelta::seconds(offset));
    Ok(match *command {
        Command::Edit(role) => article
            .edited(&Actor { user: owner(), role, with: Credential::Nothing, drafts: Drafts::Shared }, now),
        Command::Submit => article.submitted(now)?,
        Command::Return => article.returned(now)?,
        Command::Approve => article.approved(now)?,
        Command::Publish { goes_live, expires, change, dated, approval } => {
            let expires = match expires {
                Expires::Keep => Expiry::Keep,
                Expires::Never => Expiry::Never,
                Expires::In(offset) => Expiry::At(at(offset)),
            };
            let order =
                Publish { goes_live_at: goes_live.map(at), expires, change, published_at: dated.map(at) };
            article.published(order, approval, now)?
        }
        Command::Unschedule => article.unscheduled(now)?,
        Command::Amend(change, working) => article.amended(change, working, now)?,
        Command::Unpublish => article.unpublished(now)?,
        Command::Withdraw => {
            let withdrawal = Withdrawal {
                kind: WithdrawalKind::Legal,
                public_reason: WithdrawalReason::parse("A court forbade it.").unwrap(),
                internal_reason: None,
                replacement: None,
            };
            article.withdrawn(withdrawal, now)?
        }
        Command::Reinstate => article.reinstated(now)?,
        Command::Correct => article.corrected(now)?,
        Command::Embargo(until) => article.embargoed(Embargo { until: until.map(at), note: None }, now)?,
        Command::LiftEmbargo => article.embargo_lifted(now)?,
    })
}

/// What readers see at `at`.
fn open(article: &Article, at: Moment) -> Vec<Window> {
    article.windows().into_iter().filter(|window| window.is_open(at)).collect()
}

/// The revision and times that readers see at `at`.
fn seen(article: &Article, at: Moment) -> Option<(RevisionNumber, Times)> {
    open(article, at).first().map(|window| (window.revision, window.times))
}

/// Every second from `now` to past the end of all offsets.
fn ahead(now: i64) -> impl Iterator<Item = Moment> {
    (now..now + 80).map(second)
}

/// Whatever commands make can be read back from the store.
fn is_read_back(article: &Article) -> Result<(), TestCaseError> {
    let written = serde_json::to_value(&article.publication).unwrap();
    let read = serde_json::from_value::<Option<Publication>>(written);
    prop_assert!(read.as_ref().is_ok_and(|read| *read == article.publication), "{:?}", read);
    prop_assert_eq!(article.clone().stored(), Ok(article.clone()));
    Ok(())
}

fn holds_at_any_time(article: &Article, now: i64) -> Result<(), TestCaseError> {
    is_read_back(article)?;
    for at in ahead(now) {
        let windows = open(article, at);
        prop_assert!(windows.len() <= 1, "two revisions are visible at {at}");
        let state = article.publication_state(at);
        prop_assert_eq!(!windows.is_empty(), state == Some(PublicationState::Live), "at {} {:?}", at, state);
        if let Some(embargo) = article.embargo.as_ref().filter(|_| !windows.is_empty()) {
            prop_assert!(embargo.until.is_some_and(|until| until <= at), "visible under an embargo at {at}");
        }
        let settled = article.clone().settled(at);
        prop_assert_eq!(settled.publication_state(at), state);
        for later in ahead(now).filter(|later| *later >= at).step_by(7) {
            prop_assert_eq!(seen(&settled, later), seen(article, later), "settling changed {}", later);
            prop_assert_eq!(settled.clone().settled(later), article.clone().settled(later));
        }
        if let Some(next) = settled.publication.as_ref().and_then(|p| p.next) {
            let waits = match &settled.embargo {
                Some(embargo) => embargo.until.is_none_or(|until| until > at) || next.goes_live_at > at,
                None => next.goes_live_at > at,
            };
            let over =
                settled.publication.as_ref().and_then(Publication::ends_at).is_some_and(|end| end <= at);
            prop_assert!(waits || over, "what is due is not live at {at}");
        }
    }
    let Some(publication) = &article.publication else { return Ok(()) };
    prop_assert!(publication.shown.is_some() || publication.next.is_some());
    if let Some(Times { first_published_at, published_at, updated_at }) = publication.times() {
        prop_assert!(first_published_at <= published_at && published_at <= updated_at);
    }
    prop_assert!(article.revision <= article.last_revision);
    Ok(())
}

/// What one command at `now` may do to what was before it, both as of `now`.
fn keeps_its_past(before: &Article, after: &Article, now: Moment) -> Result<(), TestCaseError> {
    for window in after.windows().iter().filter(|window| window.visible_until.is_none_or(|end| end > now)) {
        let known = before
            .windows()
            .iter()
            .any(|old| old.revision == window.revision && old.visible_from == window.visible_from);
        prop_assert!(window.visible_from >= now || known, "a window opened in the past: {window:?}");
    }
    tells_no_other_past(before, after)
}

/// What readers were told stays told, and no time turns back.
fn tells_no_other_past(before: &Article, after: &Article) -> Result<(), TestCaseError> {
    let told = |article: &Article| article.publication.as_ref().and_then(Publication::times);
    match (told(before), told(after)) {
        (Some(old), Some(new)) => {
            prop_assert_eq!(old.first_published_at, new.first_published_at);
            prop_assert!(old.updated_at <= new.updated_at);
        }
        (old, new) => prop_assert!(old.is_none() || new.is_some(), "what readers saw is forgotten"),
    }
    prop_assert!(before.updated_at <= after.updated_at && before.last_revision <= after.last_revision);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    // abuse: AZ-14, CC-05
    #[test]
    fn no_sequence_of_commands_reaches_a_forbidden_state(
        steps in prop::collection::vec((commands(), 0_i64..12), 1..25),
    ) {
        let mut now = 0;
        let mut article = Article::begun(ArticleId::new(Uuid::from_u128(2)), owner(), second(now));
        let mut released = HashSet::new();
        for (command, pause) in steps {
            now += pause;
            let before = article.clone().settled(second(now));
            let Ok(after) = obey(article.clone(), &command, second(now)) else { continue };
            match command {
                Command::Publish { .. } => { released.insert(before.revision); }
                Command::Amend(..) => { released.insert(before.last_revision.next()); }
                _ => {}
            }
            holds_at_any_time(&after, now)?;
            keeps_its_past(&before, &after.clone().settled(second(now)), second(now))?;
            for window in after.windows() {
                prop_assert!(released.contains(&window.revision), "nobody published {}", window.revision);
            }
            let was_live = after.publication.as_ref().is_some_and(|p| p.shown.is_some());
            prop_assert!(!was_live || after.deletable().is_err());
            article = after;
        }
    }

    // abuse: OP-07
    #[test]
    fn a_clock_that_steps_back_turns_no_time_back(
        steps in prop::collection::vec((commands(), -20_i64..20), 1..25),
    ) {
        let mut now = 0;
        let mut article = Article::begun(ArticleId::new(Uuid::from_u128(2)), owner(), second(now));
        for (command, step) in steps {
            now += step;
            let before = article.clone().settled(second(now));
            if let Ok(after) = obey(article.clone(), &command, second(now)) {
                holds_at_any_time(&after, now)?;
                tells_no_other_past(&before, &after.clone().settled(second(now)))?;
                article = after;
            }
        }
    }
}
