//! What is done with articles: reviewed, published, corrected, withdrawn.

use actix_web::web::Data;
use domain::article::embargo::Embargo;
use domain::article::withdrawal::Withdrawal;
use domain::id::ArticleId;
use domain::policy::Action;
use newsroom::Newsroom;
use newsroom::articles;

use super::articles::{Changing, change};
use super::orders::{Noted, PublishOrder};
use crate::api::Api;
use crate::api::operation::Verb;
use crate::api::tag::Tag;
use crate::problem::catalogue::Code;
use crate::read::conditional::IfMatch;
use crate::read::path::At;
use crate::read::request::Write;
use crate::settings::Settings;

pub(super) fn operations(api: &mut Api) {
    review(api);
    readers_see(api);
    restrictions(api);
}

fn review(api: &mut Api) {
    api.post("/v1/editorial/articles/{id}/submit", "submit_article", submit)
        .told(Tag::Articles, "Hand a draft in for review", "The stage becomes `in_review`.")
        .asks(Action::SubmitArticles)
        .refuses(&[Code::Conflict]);
    api.post("/v1/editorial/articles/{id}/return", "return_article", return_to_writers)
        .told(
            Tag::Articles,
            "Return an article to its writers",
            "The stage becomes `draft`; the note says why.",
        )
        .asks(Action::ReviewArticles)
        .refuses(&[Code::Conflict]);
    api.post("/v1/editorial/articles/{id}/approve", "approve_article", approve)
        .told(Tag::Articles, "Declare an article ready", "The stage becomes `ready`.")
        .asks(Action::ReviewArticles)
        .refuses(&[Code::Conflict]);
}

fn readers_see(api: &mut Api) {
    api.post("/v1/editorial/articles/{id}/publish", "publish_article", publish)
        .told(
            Tag::Publishing,
            "Publish an article, now or later",
            "Freezes exactly the revision that was seen. With `goes_live_at` in the future it is scheduled, and what is \
             live stays until then, or until its own end; with `expires_at` readers see the new revision until then. `change: minor` leaves `updated_at`. \
             A `correction` is told with it, and counts as an update. What stands in the way is listed in the problem.",
        )
        .asks(Action::PublishArticles)
        .refuses(&[Code::NotPublishable, Code::Conflict]);
    api.post("/v1/editorial/articles/{id}/unschedule", "unschedule_article", unschedule)
        .told(Tag::Publishing, "Drop what is scheduled", "What is live stays live, with the end that it had.")
        .asks(Action::PublishArticles)
        .refuses(&[Code::Conflict]);
    api.post("/v1/editorial/articles/{id}/unpublish", "unpublish_article", unpublish)
        .told(
            Tag::Publishing,
            "Take an article down",
            "It is gone from every public answer at once, with what is scheduled, until it is published again.",
        )
        .asks(Action::PublishArticles)
        .refuses(&[Code::Conflict]);
    api.post("/v1/editorial/articles/{id}/withdraw", "withdraw_article", withdraw)
        .told(
            Tag::Publishing,
            "Withdraw an article",
            "Every address that it ever had answers 410 with the public reason.",
        )
        .asks(Action::WithdrawArticles)
        .refuses(&[Code::Conflict]);
    api.post("/v1/editorial/articles/{id}/reinstate", "reinstate_article", reinstate)
        .told(
            Tag::Publishing,
            "Take a withdrawal back",
            "It is then unpublished, and can be published again.",
        )
        .asks(Action::ReinstateArticles)
        .refuses(&[Code::Conflict]);
}

fn restrictions(api: &mut Api) {
    api.on(Verb::Put, "/v1/editorial/articles/{id}/embargo", "embargo_article", embargo)
        .told(
            Tag::Publishing,
            "Put an article under an embargo",
            "A prohibition, where a schedule is an intention: it is not shown before `until`, or, without `until`, \
             before the embargo is lifted.",
        )
        .asks(Action::RestrictArticles)
        .refuses(&[Code::Conflict]);
    api.on(Verb::Delete, "/v1/editorial/articles/{id}/embargo", "lift_embargo", lift_embargo)
        .told(Tag::Publishing, "Lift an embargo", "What waited for nothing else goes live now.")
        .asks(Action::RestrictArticles)
        .refuses(&[Code::Conflict]);
}

/// Makes the handler of an action: what it takes, and the use case.
macro_rules! action {
    ($name:ident($Order:ty): $work:expr) => {
        async fn $name(
            newsroom: Data<Newsroom>,
            settings: Data<Settings>,
            seen: IfMatch,
            order: Write<$Order>,
            article: At<ArticleId>,
        ) -> Changing {
            change((&newsroom, settings), seen, order, &article, $work).await
        }
    };
}

action!(submit(Noted): |cx, id, seen, Noted(note)| articles::submit(cx, id, seen, note.as_ref()));
action!(approve(Noted): |cx, id, seen, Noted(note)| articles::approve(cx, id, seen, note.as_ref()));
action!(return_to_writers(Noted): |cx, id, seen, Noted(note)| {
    articles::return_to_writers(cx, id, seen, note.as_ref())
});
action!(withdraw(Withdrawal): articles::withdraw);
action!(unschedule(()): |cx, id, seen, ()| articles::unschedule(cx, id, seen));
action!(unpublish(()): |cx, id, seen, ()| articles::unpublish(cx, id, seen));
action!(reinstate(()): |cx, id, seen, ()| articles::reinstate(cx, id, seen));
action!(embargo(Embargo): articles::embargo);
action!(lift_embargo(()): |cx, id, seen, ()| articles::lift_embargo(cx, id, seen));

async fn publish(
    newsroom: Data<Newsroom>,
    settings: Data<Settings>,
    seen: IfMatch,
    order: Write<PublishOrder>,
    article: At<ArticleId>,
) -> Changing {
    let room = newsroom.clone();
    change((&newsroom, settings), seen, order, &article, move |cx, id, seen, order| {
        articles::publish(cx, room.site(), id, seen, order.publish, order.correction.as_ref())
    })
    .await
}
