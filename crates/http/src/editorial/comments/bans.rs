//! `/v1/editorial/comment-bans`: whose comments nobody sees.

use actix_web::HttpRequest;
use actix_web::web::Data;
use domain::comment::ban::{BanKind, BanPattern};
use domain::comment::banned::{Ban, BanNote, BanTarget};
use domain::comment::email::EmailHost;
use domain::id::{BanId, CommentId, UserId};
use domain::policy::Action;
use domain::text;
use domain::time::Moment;
use domain::violation::{Rule, Violation};
use newsroom::Newsroom;
use newsroom::comments::{self, Banned, NewBan, Whom};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::api::Api;
use crate::api::operation::Verb;
use crate::api::tag::Tag;
use crate::editorial::leaf::Leaf;
use crate::problem::Problem;
use crate::read::members::{Input, Members};
use crate::read::path::At;
use crate::read::query::Asked;
use crate::read::request::{SignedIn, Write};
use crate::reply::told::{Told, ToldPage};
use crate::reply::wrote::{Entered, Gone, Reply, Wrote};
use crate::settings::Settings;

const ALL: &str = "/v1/editorial/comment-bans";
const ONE: &str = "/v1/editorial/comment-bans/{id}";

pub(super) fn operations(api: &mut Api) {
    api.get(ALL, "list_comment_bans", list)
        .told(
            Tag::Comments,
            "List bans",
            "The newest first, those that are over too. Of a mailbox only a hash is kept, so that it is not told.",
        )
        .asks(Action::BanCommenters);
    api.post(ALL, "ban_commenters", create)
        .told(
            Tag::Comments,
            "Ban commenters",
            "By `kind` and `pattern`: an email address, a domain with all below it, or a range of network addresses; or, with \
             `writer_of`, who wrote a comment. What they hand in from now on is put aside, and they are not told so. A ban \
             that stands already, to the same `until`, is answered as it is.",
        )
        .asks(Action::BanCommenters);
    api.get(ONE, "read_comment_ban", read)
        .told(Tag::Comments, "Read a ban", "One that is over too, until it is lifted.")
        .asks(Action::BanCommenters);
    api.on(Verb::Delete, ONE, "lift_comment_ban", lift)
        .told(Tag::Comments, "Lift a ban", "What was put aside meanwhile stays there.")
        .asks(Action::BanCommenters);
}

/// A ban.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CommentBan)]
struct BanOut {
    /// Its identity.
    id: BanId,
    /// What it names.
    kind: BanKind,
    /// The domain, or the range of addresses; `null` of a mailbox.
    #[schema(required, max_length = 253, examples("spam.example"))]
    pattern: Option<String>,
    /// Until when; `null` for ever.
    until: Option<Moment>,
    /// Why.
    note: Option<BanNote>,
    /// Who made it.
    created_by: Option<UserId>,
    created_at: Moment,
}

impl From<Ban> for BanOut {
    fn from(ban: Ban) -> Self {
        let Ban { id, target, until, note, created_by, created_at } = ban;
        let kind = target.kind();
        let pattern = match target {
            BanTarget::Mailbox(_) => None,
            BanTarget::Domain(host) => Some(EmailHost::as_str(&host).to_owned()),
            BanTarget::Network(network) => Some(network.to_string()),
        };
        Self { id, kind, pattern, until, note, created_by, created_at }
    }
}

impl Input for NewBan {
    const NAME: Option<&'static str> = Some("NewCommentBan");
    const ABOUT: Option<&'static str> = Some("Whom to ban: `kind` and `pattern`, or `writer_of`.");

    fn read(members: &mut Members) -> Option<Self> {
        members.either(&[&["kind", "pattern"], &["writer_of"]]);
        let kind = members.lasting_text("kind", BanKind::parse).or(None);
        let about =
            "An email address, a domain, or a range of addresses such as 192.0.2.0/24, as `kind` says.";
        let schema = json!({"type": "string", "maxLength": 254, "example": "spam.example"});
        let pattern = members.about(about).read_by(
            "pattern",
            |_| schema,
            |value| {
                let text =
                    value.as_str().ok_or_else(|| domain::json::wrong_type("a string").at("/pattern"))?;
                Ok(text::one_line(text).map_err(|violation| violation.at("/pattern"))?)
            },
        );
        let writer = members.about("A comment of who is meant.").text("writer_of", CommentId::parse).or(None);
        let until = members.text("until", Moment::parse).or(None);
        let note = members.text("note", BanNote::parse).or(None);
        let whom = match (kind, pattern.or(None), writer) {
            (Some(kind), Some(pattern), None) => match BanPattern::parse(kind, &pattern) {
                Ok(pattern) => Some(Whom::Named(pattern)),
                Err(violation) => {
                    members.fault("pattern", violation);
                    None
                }
            },
            (None, None, Some(comment)) => Some(Whom::WriterOf(comment)),
            _ => {
                let detail = "needs a pattern beside it, or writer_of alone";
                members.fault("kind", Violation::new(Rule::Inconsistent, detail));
                None
            }
        };
        Some(Self { whom: whom?, until, note })
    }

    fn example() -> Option<Value> {
        Some(json!({"kind": "domain", "pattern": "spam.example", "note": "Sells watches."}))
    }
}

async fn list(
    newsroom: Data<Newsroom>,
    SignedIn(actor): SignedIn,
    Asked(leaf): Asked<Leaf>,
    settings: Data<Settings>,
    request: HttpRequest,
) -> Result<ToldPage<BanOut>, Problem> {
    let from = leaf.from(&settings, &request, BanId::parse)?;
    let limit = leaf.reach();
    let data = newsroom
        .read(actor, move |tx, actor, _| {
            Ok(comments::bans(tx, &actor, from, limit)?.into_iter().map(BanOut::from).collect())
        })
        .await?;
    Ok(leaf.page(&settings, &request, from.as_ref(), data, |ban: &BanOut| ban.id))
}

async fn create(
    newsroom: Data<Newsroom>,
    settings: Data<Settings>,
    Write { asked, said }: Write<NewBan>,
) -> Result<Wrote<Entered<BanOut>>, Problem> {
    let room = newsroom.clone();
    let written = newsroom.write(asked, move |cx| {
        Ok(comments::ban(cx, &room, &said)?.map(|banned| match banned {
            Banned::New(ban) => {
                Reply::entered(format!("{}{ALL}/{}", settings.public_url, ban.id), BanOut::from(ban))
            }
            Banned::There(ban) => Reply::standing(BanOut::from(ban)),
        }))
    });
    Ok(written.await?.into())
}

async fn read(
    newsroom: Data<Newsroom>,
    SignedIn(actor): SignedIn,
    _: Asked<()>,
    id: At<BanId>,
) -> Result<Told<BanOut>, Problem> {
    let id = id.one()?;
    let ban = newsroom.read(actor, move |tx, actor, _| comments::read_ban(tx, &actor, id)).await?;
    Ok(Told::of(ban.into()))
}

async fn lift(
    newsroom: Data<Newsroom>,
    Write { asked, said: () }: Write<()>,
    id: At<BanId>,
) -> Result<Wrote<Gone>, Problem> {
    let id = id.one()?;
    let written = newsroom.write(asked, move |cx| Ok(comments::lift_ban(cx, id)?.map(|()| Reply::gone())));
    Ok(written.await?.into())
}
