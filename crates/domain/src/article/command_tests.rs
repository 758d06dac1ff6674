//! Single commands on an article, as an editor would tell them. All sequences of them are in `life_tests`.

use crate::actor::{Actor, Credential};
use crate::article::aggregate::{Article, Writers};
use crate::article::conflict::{Conflict, Refused};
use crate::article::embargo::Embargo;
use crate::article::publication::{ChangeKind, Publication, PublicationState, Times};
use crate::article::publish::{Approval, Expiry, Publish, WorkingCopy};
use crate::article::stage::Stage;
use crate::article::withdrawal::{Withdrawal, WithdrawalKind, WithdrawalReason};
use crate::id::{ArticleId, UserId};
use crate::policy::{Relation, Subject};
use crate::site::Drafts;
use crate::time::Moment;
use crate::user::Role;
use crate::violation::{Place, Rule};
use chrono::{DateTime, TimeDelta};
use uuid::Uuid;

const NOW: Publish =
    Publish { goes_live_at: None, expires: Expiry::Keep, change: ChangeKind::Update, published_at: None };

/// The hour `n` of a day in Varn.
fn hour(n: i64) -> Moment {
    Moment::new(DateTime::from_timestamp(1_800_000_000, 0).unwrap()).plus(TimeDelta::hours(n))
}

fn user(n: u128) -> UserId {
    UserId::new(Uuid::from_u128(n))
}

fn owner(role: Role) -> Actor {
    Actor { user: user(1), role, with: Credential::Nothing, drafts: Drafts::Shared }
}

fn draft() -> Article {
    Article::begun(ArticleId::new(Uuid::from_u128(9)), user(1), hour(0))
}

fn publish(article: Article, order: Publish, now: Moment) -> Article {
    article.published(order, Approval::Optional, now).unwrap()
}

fn live() -> Article {
    publish(draft(), NOW, hour(1))
}

fn at(n: i64) -> Publish {
    Publish { goes_live_at: Some(hour(n)), ..NOW }
}

fn times(article: &Article) -> Times {
    article.publication.as_ref().and_then(Publication::times).unwrap()
}

fn live_revision(article: &Article, now: Moment) -> Option<u32> {
    article.windows().iter().find(|window| window.is_open(now)).map(|window| window.revision.number())
}

fn withdrawal(replacement: Option<ArticleId>) -> Withdrawal {
    Withdrawal {
        kind: WithdrawalKind::Rights,
        public_reason: WithdrawalReason::parse("The photos were not ours to show.").unwrap(),
        internal_reason: None,
        replacement,
    }
}

fn conflict(refused: Result<Article, Refused>) -> Conflict {
    match refused.unwrap_err() {
        Refused::Conflict(conflict) => conflict,
        Refused::Faults(faults) => panic!("refused for its input: {faults:?}"),
    }
}

#[test]
fn saving_never_touches_what_readers_see() {
    let article = live().edited(&owner(Role::Editor), hour(2));
    assert_eq!(live_revision(&article, hour(3)), Some(1));
    assert_eq!(article.revision.number(), 2);
    assert!(article.has_unpublished_changes());
    let article = publish(article, NOW, hour(3));
    assert_eq!(live_revision(&article, hour(3)), Some(2));
    assert!(!article.has_unpublished_changes());
}

#[test]
fn review_goes_from_draft_to_ready_and_back() {
    let ready = draft().submitted(hour(1)).unwrap().approved(hour(2)).unwrap();
    assert_eq!(ready.stage, Stage::Ready);
    assert_eq!(ready.clone().submitted(hour(3)), Err(Conflict::NotDraft));
    assert_eq!(ready.clone().approved(hour(3)), Err(Conflict::NotInReview));
    let returned = ready.returned(hour(3)).unwrap();
    assert_eq!(returned.stage, Stage::Draft);
    assert_eq!(returned.returned(hour(4)), Err(Conflict::NotHandedIn));
}

// abuse: AZ-14
#[test]
fn what_was_approved_is_not_changed_by_who_may_not_publish() {
    let ready = draft().submitted(hour(1)).unwrap().approved(hour(1)).unwrap();
    assert_eq!(ready.relation(user(1)), Relation::Own);
    assert_eq!(ready.clone().edited(&owner(Role::Reporter), hour(2)).stage, Stage::Draft);
    assert_eq!(ready.edited(&owner(Role::Editor), hour(2)).stage, Stage::Ready);
}

// abuse: AZ-14
#[test]
fn a_site_may_publish_only_what_was_approved() {
    let refused = draft().published(NOW, Approval::Required, hour(1));
    assert_eq!(conflict(refused), Conflict::NotApproved);
    let ready = draft().submitted(hour(1)).unwrap().approved(hour(1)).unwrap();
    let article = ready.published(NOW, Approval::Required, hour(1)).unwrap();
    assert_eq!(article.stage, Stage::Draft);
}

#[test]
fn a_writer_is_as_an_owner_and_nobody_else_is() {
    let writers = Writers::parse(vec![user(2)]).unwrap();
    let article = draft().assigned(user(1), writers, hour(1));
    assert_eq!(article.relation(user(2)), Relation::OwnUntilReady);
    assert_eq!(article.relation(user(3)), Relation::Others);
    assert_eq!(Writers::parse(vec![user(2), user(2)]).unwrap_err().rule, Rule::Duplicate);
    assert_eq!(Writers::parse((0..11).map(user).collect()).unwrap_err().rule, Rule::TooMany);
}

#[test]
fn scheduling_an_update_leaves_the_live_article_up() {
    let article = publish(live().edited(&owner(Role::Editor), hour(2)), at(6), hour(3));
    assert_eq!(live_revision(&article, hour(5)), Some(1));
    assert_eq!(live_revision(&article, hour(6)), Some(2));
    assert_eq!(times(&article.clone().settled(hour(6))).updated_at, hour(6));
    let article = article.unscheduled(hour(5)).unwrap();
    assert_eq!(live_revision(&article, hour(6)), Some(1));
    assert_eq!(article.unscheduled(hour(5)), Err(Conflict::NotScheduled));
}

#[test]
fn only_what_was_never_published_nor_scheduled_is_deleted() {
    let scheduled = publish(draft(), at(6), hour(1));
    assert_eq!(scheduled.deletable(), Err(Conflict::Published));
    assert_eq!(scheduled.unscheduled(hour(2)).unwrap().deletable(), Ok(()));
    assert_eq!(live().unpublished(hour(2)).unwrap().deletable(), Err(Conflict::Published));
}

#[test]
fn publishing_now_drops_an_older_schedule() {
    let article = publish(live().edited(&owner(Role::Editor), hour(2)), at(6), hour(3));
    let article = publish(article.edited(&owner(Role::Editor), hour(4)), NOW, hour(4));
    assert_eq!(live_revision(&article, hour(7)), Some(3));
}

#[test]
fn a_time_that_is_past_means_now() {
    let article = publish(draft(), at(1), hour(5));
    assert_eq!(times(&article).published_at, hour(5));
}

#[test]
fn a_minor_change_and_a_second_publish_move_no_date() {
    let minor = Publish { change: ChangeKind::Minor, ..NOW };
    let article = publish(live().edited(&owner(Role::Editor), hour(2)), minor, hour(3));
    let Times { first_published_at, published_at, updated_at } = times(&article);
    assert_eq!([first_published_at, published_at, updated_at], [hour(1); 3]);
    let article = publish(article, NOW, hour(4));
    assert_eq!((times(&article).published_at, times(&article).updated_at), (hour(1), hour(4)));
}

#[test]
fn what_was_taken_down_is_dated_anew_but_first_published_once() {
    let article = live().unpublished(hour(2)).unwrap();
    assert_eq!(article.publication_state(hour(2)), Some(PublicationState::Unpublished));
    assert!(article.windows().is_empty());
    let article = publish(article, at(6), hour(3));
    assert_eq!(article.publication_state(hour(3)), Some(PublicationState::Scheduled));
    let again = article.clone().unscheduled(hour(4)).unwrap();
    assert_eq!(again.publication_state(hour(7)), Some(PublicationState::Unpublished));
    let Times { first_published_at, published_at, .. } = times(&article.settled(hour(6)));
    assert_eq!((first_published_at, published_at), (hour(1), hour(6)));
}

#[test]
fn an_editor_dates_an_import_back_but_not_before_its_first_publication() {
    let dated = |n: i64| Publish { published_at: Some(hour(n)), ..NOW };
    let article = publish(draft(), dated(-100), hour(1));
    let Times { first_published_at, published_at, updated_at } = times(&article);
    assert_eq!((first_published_at, published_at, updated_at), (hour(-100), hour(-100), hour(1)));
    assert!(article.published(dated(-200), Approval::Optional, hour(2)).is_err());
}

#[test]
fn contradicting_times_are_named_all_at_once() {
    let order = Publish { expires: Expiry::At(hour(5)), published_at: Some(hour(7)), ..at(6) };
    let Err(Refused::Faults(faults)) = draft().published(order, Approval::Optional, hour(1)) else {
        panic!("was not refused for its times");
    };
    let places: Vec<_> = faults.iter().map(|fault| fault.place.clone()).collect();
    assert_eq!(places, ["/expires_at", "/published_at"].map(|p| Place::Pointer(p.to_owned())));
}

#[test]
fn what_has_expired_does_not_come_back_before_its_time() {
    let article = publish(draft(), Publish { expires: Expiry::At(hour(3)), ..NOW }, hour(1));
    assert_eq!(article.publication_state(hour(3)), Some(PublicationState::Expired));
    let article = publish(article, Publish { expires: Expiry::Never, ..at(8) }, hour(5));
    assert_eq!(live_revision(&article, hour(6)), None);
    assert_eq!(live_revision(&article, hour(8)), Some(1));
    assert_eq!(times(&article.settled(hour(8))).published_at, hour(8));
}

#[test]
fn publishing_again_keeps_the_planned_end() {
    let article = publish(draft(), Publish { expires: Expiry::At(hour(9)), ..NOW }, hour(1));
    let article = publish(article, NOW, hour(2));
    assert_eq!(live_revision(&article, hour(9)), None);
    let refused = article.published(at(9), Approval::Optional, hour(3));
    assert!(matches!(refused, Err(Refused::Faults(_))), "an update after the end would never be seen");
}

#[test]
fn an_amendment_goes_live_while_a_bigger_edit_stays_open() {
    let article = live().edited(&owner(Role::Editor), hour(2));
    let article = article.amended(ChangeKind::Update, WorkingCopy::TakesItOver, hour(3)).unwrap();
    assert_eq!(live_revision(&article, hour(3)), Some(3));
    assert_eq!((article.revision.number(), article.last_revision.number()), (4, 4));
    let article = article.amended(ChangeKind::Minor, WorkingCopy::Stays, hour(4)).unwrap();
    assert_eq!((article.revision.number(), article.last_revision.number()), (4, 5));
    assert_eq!(article.edited(&owner(Role::Editor), hour(5)).revision.number(), 6);
}

#[test]
fn an_amendment_is_of_what_readers_see_and_not_undone_by_a_schedule() {
    let amended =
        |article: Article| article.amended(ChangeKind::Update, WorkingCopy::IsTheAmendment, hour(3));
    assert_eq!(amended(draft()), Err(Conflict::NotLive));
    assert_eq!(amended(publish(live(), at(6), hour(2))), Err(Conflict::UpdateScheduled));
}

#[test]
fn a_withdrawal_ends_everything_until_it_is_taken_back() {
    let never = publish(draft(), at(6), hour(1)).withdrawn(withdrawal(None), hour(2));
    assert_eq!(conflict(never), Conflict::NeverLive);
    let article = publish(live(), at(6), hour(2)).withdrawn(withdrawal(None), hour(3)).unwrap();
    assert_eq!(article.publication_state(hour(7)), Some(PublicationState::Withdrawn));
    assert!(article.windows().is_empty());
    assert_eq!(conflict(article.clone().published(NOW, Approval::Optional, hour(4))), Conflict::Withdrawn);
    assert_eq!(article.clone().corrected(hour(4)), Err(Conflict::Withdrawn));
    let article = article.reinstated(hour(5)).unwrap();
    assert_eq!(article.publication_state(hour(5)), Some(PublicationState::Unpublished));
    assert_eq!(article.reinstated(hour(6)), Err(Conflict::NotWithdrawn));
}

#[test]
fn no_article_replaces_itself() {
    let article = live();
    let refused = article.clone().withdrawn(withdrawal(Some(article.id)), hour(2));
    assert!(matches!(refused, Err(Refused::Faults(_))));
}

#[test]
fn a_correction_moves_the_time_of_the_last_change() {
    assert_eq!(draft().corrected(hour(1)), Err(Conflict::NeverLive));
    assert_eq!(times(&live().corrected(hour(4)).unwrap()).updated_at, hour(4));
}

#[test]
fn an_embargo_outlasts_a_schedule() {
    let until = |n: i64| Embargo { until: Some(hour(n)), note: None };
    let article = publish(draft(), at(4), hour(1)).embargoed(until(6), hour(2)).unwrap();
    assert_eq!(article.publication_state(hour(5)), Some(PublicationState::Scheduled));
    assert_eq!(live_revision(&article, hour(6)), Some(1));
    assert_eq!(times(&article.settled(hour(9))).published_at, hour(6));
}

#[test]
fn lifting_an_embargo_lets_go_live_what_is_due_and_nothing_else() {
    let forever = || Embargo { until: None, note: None };
    let article = publish(draft(), at(4), hour(1)).embargoed(forever(), hour(2)).unwrap();
    assert!(article.windows().is_empty());
    let lifted = article.clone().embargo_lifted(hour(5)).unwrap();
    assert_eq!((live_revision(&lifted, hour(5)), times(&lifted).published_at), (Some(1), hour(5)));
    let early = article.embargo_lifted(hour(3)).unwrap();
    assert_eq!((live_revision(&early, hour(3)), live_revision(&early, hour(4))), (None, Some(1)));
    assert_eq!(early.embargo_lifted(hour(3)), Err(Conflict::NoEmbargo));
}

#[test]
fn an_embargo_comes_before_publishing_and_not_after_the_fact() {
    let forever = || Embargo { until: None, note: None };
    assert_eq!(conflict(live().embargoed(forever(), hour(2))), Conflict::Live);
    let article = draft().embargoed(forever(), hour(1)).unwrap();
    assert_eq!(conflict(article.published(NOW, Approval::Optional, hour(2))), Conflict::Embargoed);
    let past = draft().embargoed(Embargo { until: Some(hour(1)), note: None }, hour(1));
    assert!(matches!(past, Err(Refused::Faults(_))));
}

#[test]
fn what_an_embargo_held_back_past_its_end_was_never_live() {
    let order = Publish { expires: Expiry::At(hour(5)), ..at(4) };
    let embargo = Embargo { until: Some(hour(6)), note: None };
    let article = publish(draft(), order, hour(1)).embargoed(embargo, hour(2)).unwrap();
    assert_eq!(article.publication_state(hour(7)), Some(PublicationState::Expired));
    assert_eq!(conflict(article.withdrawn(withdrawal(None), hour(7))), Conflict::NeverLive);
}
