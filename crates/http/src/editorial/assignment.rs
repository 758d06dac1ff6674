//! `/v1/editorial/articles/{id}/assignment` and `…/internal-note`: whose an article is, and what the newsroom tells itself.

use actix_web::web::Data;
use domain::article::aggregate::{InternalNote, Writers};
use domain::article::content::change::Change;
use domain::id::{ArticleId, UserId};
use domain::policy::Action;
use newsroom::Newsroom;
use newsroom::articles::{self, Assignment};
use serde_json::{Value, json};

use super::articles::{Changing, change};
use crate::api::Api;
use crate::api::operation::Verb;
use crate::api::tag::Tag;
use crate::read::conditional::IfMatch;
use crate::read::members::{Input, Members};
use crate::read::path::At;
use crate::read::request::Write;
use crate::settings::Settings;

pub(super) fn operations(api: &mut Api) {
    api.on(Verb::Put, "/v1/editorial/articles/{id}/assignment", "assign_article", assign)
        .told(
            Tag::Articles,
            "Assign an article",
            "To its owner, and to up to 10 writers who may edit it as its owner may. It counts at once, and is no \
             revision.",
        )
        .asks(Action::AssignArticles);
    api.on(Verb::Put, "/v1/editorial/articles/{id}/internal-note", "note_article", note)
        .told(
            Tag::Articles,
            "Set the internal note of an article",
            "What the newsroom tells itself; `null` takes it away. It counts at once, and readers never get it.",
        )
        .asks(Action::EditArticles);
}

impl Input for Assignment {
    const NAME: Option<&'static str> = Some("Assignment");
    const ABOUT: Option<&'static str> = Some("Whose an article is, and who may edit it too.");

    fn read(members: &mut Members) -> Option<Self> {
        let owner = members.required("owner", UserId::parse);
        let writers = match members.about("Those who may edit it as its owner may: ids of users.").names(
            "writers",
            Writers::MAX,
            UserId::parse,
        ) {
            Change::Set(writers) => Writers::parse(writers)
                .map_err(|violation| members.fault("writers", violation))
                .unwrap_or_default(),
            Change::Keep | Change::Clear => Writers::default(),
        };
        Some(Self { owner: owner?, writers })
    }

    fn example() -> Option<Value> {
        Some(json!({"owner": "0197c0de-0000-7000-8000-000000000001", "writers": []}))
    }
}

/// Another internal note, or none.
struct NoteIn(Option<InternalNote>);

impl Input for NoteIn {
    const NAME: Option<&'static str> = Some("InternalNoteIn");
    const ABOUT: Option<&'static str> = Some("Another internal note, or none.");

    fn read(members: &mut Members) -> Option<Self> {
        Some(Self(members.text("text", InternalNote::parse).or(None)))
    }
}

async fn assign(
    newsroom: Data<Newsroom>,
    settings: Data<Settings>,
    seen: IfMatch,
    order: Write<Assignment>,
    article: At<ArticleId>,
) -> Changing {
    change((&newsroom, settings), seen, order, &article, articles::assign).await
}

async fn note(
    newsroom: Data<Newsroom>,
    settings: Data<Settings>,
    seen: IfMatch,
    order: Write<NoteIn>,
    article: At<ArticleId>,
) -> Changing {
    change((&newsroom, settings), seen, order, &article, |cx, id, seen, NoteIn(note)| {
        articles::note(cx, id, seen, note.as_ref())
    })
    .await
}
