//! `/v1/editorial/audit`: who did what to what, when and from where.

use actix_web::HttpRequest;
use actix_web::web::Data;
use domain::audit::{AuditAction, AuditEntry};
use domain::id::{ApiKeyId, AuditId, RequestId, UserId};
use domain::policy::Action;
use domain::thing::{Thing, ThingKind};
use domain::time::Moment;
use domain::violation::{Rule, Violation};
use newsroom::Newsroom;
use newsroom::admin::{self, AuditAsked};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::audit_detail::Detail;
use super::leaf::Leaf;
use crate::api::Api;
use crate::api::tag::Tag;
use crate::problem::Problem;
use crate::read::query::{Asked, Query, Question};
use crate::read::request::SignedIn;
use crate::reply::told::ToldPage;
use crate::settings::Settings;

pub(super) fn operations(api: &mut Api) {
    api.get("/v1/editorial/audit", "list_audit_entries", list)
        .told(
            Tag::Administration,
            "Read the audit log",
            "Newest first; entries are only ever added. `subject` is a kind and an id, such as `article:0197…`.",
        )
        .asks(Action::ReadAudit);
}

/// The kinds of things that have a past, and an id; the site as a whole has none.
const SUBJECT: &str = "^(article|correction|preview_token|photo|section|tag|contributor|user|invitation|session|api_key|webhook):[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$";

struct PageAsked {
    asked: AuditAsked,
    leaf: Leaf,
}

impl Question for PageAsked {
    fn read(query: &mut Query) -> Self {
        let leaf = Leaf::read(query);
        let asked = AuditAsked {
            by: query.take("actor", UserId::parse),
            subject: query.pattern("subject", SUBJECT, subject),
            from: None,
        };
        Self { asked, leaf }
    }
}

/// An entry of the audit log.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AuditEntry)]
struct EntryOut {
    id: AuditId,
    at: Moment,
    /// Who; `null` for an operator at the command line, and for strangers.
    actor: Option<UserId>,
    /// With which of their API keys; `null` where they had signed in.
    api_key: Option<ApiKeyId>,
    /// From where; `null` for an operator at the command line.
    #[schema(max_length = 45, examples("192.0.2.7"))]
    address: Option<String>,
    request: Option<RequestId>,
    action: AuditAction,
    subject: SubjectOut,
    detail: Detail,
}

/// To what something was done.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AuditSubject)]
struct SubjectOut {
    kind: ThingKind,
    /// `null` for the site as a whole.
    id: Option<Uuid>,
}

impl From<AuditEntry> for EntryOut {
    fn from(entry: AuditEntry) -> Self {
        let AuditEntry { id, at, actor, api_key, address, request, action, subject, detail } = entry;
        let subject = SubjectOut { kind: subject.kind(), id: subject.uuid() };
        let address = address.map(|address| address.to_string());
        Self { id, at, actor, api_key, address, request, action, subject, detail: Detail(detail) }
    }
}

async fn list(
    newsroom: Data<Newsroom>,
    SignedIn(actor): SignedIn,
    Asked(PageAsked { mut asked, leaf }): Asked<PageAsked>,
    settings: Data<Settings>,
    request: HttpRequest,
) -> Result<ToldPage<EntryOut>, Problem> {
    asked.from = leaf.from(&settings, &request, AuditId::parse)?;
    let (from, limit) = (asked.from, leaf.reach());
    let entries = newsroom.read(actor, move |tx, actor, _| admin::audit(tx, &actor, asked, limit)).await?;
    let entries = entries.into_iter().map(EntryOut::from).collect();
    Ok(leaf.page(&settings, &request, from.as_ref(), entries, |entry: &EntryOut| entry.id))
}

/// `article:0197…`: the kind of a thing and its id.
fn subject(raw: &str) -> Result<Thing, Violation> {
    let malformed = || Violation::new(Rule::BadFormat, "must be a kind and an id, such as article:0197…");
    let (kind, text) = raw.split_once(':').ok_or_else(malformed)?;
    let id = Uuid::try_parse(text).ok().filter(|id| id.to_string() == text).ok_or_else(malformed)?;
    Thing::named(ThingKind::parse(kind)?, Some(id))
}
