//! `/v1/editorial/invitations`: who is invited to become a user, and as what.

use actix_web::HttpRequest;
use actix_web::web::Data;
use domain::account::{Invitation, InvitationState};
use domain::id::{InvitationId, UserId};
use domain::policy::Action;
use domain::time::Moment;
use domain::user::{Email, PersonName, Role};
use identity::opaque;
use newsroom::Newsroom;
use newsroom::admin::{self, NewInvitation};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::leaf::Leaf;
use crate::api::Api;
use crate::api::operation::Verb;
use crate::api::tag::Tag;
use crate::problem::Problem;
use crate::read::members::{Input, Members};
use crate::read::path::At;
use crate::read::query::Asked;
use crate::read::request::{SignedIn, Write};
use crate::reply::told::ToldPage;
use crate::reply::wrote::{Gone, Reply, Revealed, Wrote, drawn};
use crate::settings::Settings;

pub(super) fn operations(api: &mut Api) {
    api.get("/v1/editorial/invitations", "list_invitations", list)
        .told(
            Tag::Administration,
            "List invitations",
            "Newest first, whatever became of them; without their tokens, which only those have who were invited.",
        )
        .asks(Action::ManageUsers);
    api.post("/v1/editorial/invitations", "create_invitation", create)
        .told(
            Tag::Administration,
            "Invite somebody",
            "To become a user with this address and this role, within 7 days unless the site says otherwise. Nobody gives more rights than they have. \
             The token is shown this once: a repeat by `Idempotency-Key` has `null` there.",
        )
        .asks(Action::ManageUsers);
    api.on(Verb::Delete, "/v1/editorial/invitations/{id}", "revoke_invitation", revoke)
        .told(
            Tag::Administration,
            "Take an invitation back",
            "Only while it can be accepted: a user is disabled instead.",
        )
        .asks(Action::ManageUsers);
}

/// An invitation.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = Invitation)]
struct InvitationOut {
    id: InvitationId,
    /// What accepts it; shown once, when it is made, and `null` ever after.
    #[schema(
        max_length = 68,
        examples("mhi_9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
    )]
    token: Option<String>,
    email: Email,
    name: PersonName,
    role: Role,
    /// What has become of it.
    state: InvitationState,
    /// Who invited them; `null` for an operator at the machine.
    created_by: Option<UserId>,
    created_at: Moment,
    expires_at: Moment,
    accepted_at: Option<Moment>,
    revoked_at: Option<Moment>,
}

impl InvitationOut {
    fn of(invitation: Invitation, now: Moment) -> Self {
        let state = invitation.state(now);
        let Invitation { id, email, name, role, created_by, created_at, expires_at, accepted_at, revoked_at } =
            invitation;
        Self {
            id,
            token: None,
            email,
            name,
            role,
            state,
            created_by,
            created_at,
            expires_at,
            accepted_at,
            revoked_at,
        }
    }
}

impl Input for NewInvitation {
    const NAME: Option<&'static str> = Some("NewInvitation");
    const ABOUT: Option<&'static str> = Some("Somebody to be invited.");

    fn read(members: &mut Members) -> Option<Self> {
        let email = members.required("email", Email::parse);
        let name = members.required("name", PersonName::parse);
        let role = members.required("role", Role::parse);
        Some(Self { email: email?, name: name?, role: role? })
    }
}

async fn list(
    newsroom: Data<Newsroom>,
    SignedIn(actor): SignedIn,
    Asked(leaf): Asked<Leaf>,
    settings: Data<Settings>,
    request: HttpRequest,
) -> Result<ToldPage<InvitationOut>, Problem> {
    let from = leaf.from(&settings, &request, InvitationId::parse)?;
    let limit = leaf.reach();
    let data = newsroom
        .read(actor, move |tx, actor, now| {
            let found = admin::invitations(tx, &actor, from, limit)?;
            Ok(found.into_iter().map(|invitation| InvitationOut::of(invitation, now)).collect())
        })
        .await?;
    Ok(leaf.page(&settings, &request, from.as_ref(), data, |invitation| invitation.id))
}

async fn create(
    newsroom: Data<Newsroom>,
    Write { asked, said: new }: Write<NewInvitation>,
) -> Result<Wrote<Revealed<InvitationOut>>, Problem> {
    let secret = drawn::<opaque::Invitation>()?;
    let (hash, life) = (secret.hash(), newsroom.invitation_life());
    let written = newsroom.write(asked, move |cx| {
        let now = cx.now;
        Ok(admin::invite(cx, &new, life, hash)?.map(|invitation| InvitationOut::of(invitation, now)))
    });
    Ok(Wrote::revealing(written.await?, |made| made.token = Some(secret.reveal().to_owned())))
}

async fn revoke(
    newsroom: Data<Newsroom>,
    Write { asked, said: () }: Write<()>,
    invitation: At<InvitationId>,
) -> Result<Wrote<Gone>, Problem> {
    let id = invitation.one()?;
    let written =
        newsroom.write(asked, move |cx| Ok(admin::revoke_invitation(cx, id)?.map(|()| Reply::gone())));
    Ok(written.await?.into())
}
