//! The rows of users, sessions and invitations.

use diesel::{Insertable, Queryable};
use domain::account::{Agent, Invitation, Session, User};
use domain::id::{InvitationId, SessionId, UserId};
use domain::time::Moment;
use domain::user::{Email, PersonName, Role};
use domain::version::Version;

use super::stored;
use crate::accounts::{Credentials, Family, Rotation};
use crate::error::Error;
use crate::schema::{invitations, sessions, users};
use crate::sql::{At, Key};

#[derive(Queryable, Insertable)]
#[diesel(table_name = users)]
pub(crate) struct UserRow {
    id: Key,
    version: i64,
    email: String,
    name: String,
    role: String,
    password_hash: Option<String>,
    disabled_at: Option<At>,
    created_at: At,
    updated_at: At,
}

impl UserRow {
    pub(crate) fn of(user: &User, password_hash: Option<&str>) -> Self {
        let User { id, version, email, name, role, disabled_at, created_at, updated_at } = user;
        Self {
            id: Key(id.uuid()),
            version: version.number(),
            email: email.as_str().to_owned(),
            name: name.as_str().to_owned(),
            role: role.name().to_owned(),
            password_hash: password_hash.map(str::to_owned),
            disabled_at: disabled_at.map(At),
            created_at: At(*created_at),
            updated_at: At(*updated_at),
        }
    }

    pub(crate) fn credentials(self) -> Result<Credentials, Error> {
        let Self { id, version, email, name, role, password_hash, disabled_at, created_at, updated_at } =
            self;
        let user = User {
            id: UserId::new(id.0),
            version: stored(Version::parse(version))?,
            email: stored(Email::parse(&email))?,
            name: stored(PersonName::parse(&name))?,
            role: stored(Role::parse(&role))?,
            disabled_at: disabled_at.map(moment),
            created_at: created_at.0,
            updated_at: updated_at.0,
        };
        Ok(Credentials { user, password_hash })
    }
}

#[derive(Queryable, Insertable)]
#[diesel(table_name = sessions)]
pub(crate) struct SessionRow {
    id: Key,
    user_id: Key,
    generation: i64,
    rotated_at: Option<At>,
    address: Option<String>,
    agent: Option<String>,
    created_at: At,
    last_used_at: At,
    expires_at: At,
    revoked_at: Option<At>,
}

impl SessionRow {
    pub(crate) fn of(family: &Family) -> Result<Self, Error> {
        let Family { session, rotation } = family;
        let Session { id, user, address, agent, created_at, last_used_at, expires_at, revoked_at } = session;
        let Rotation { generation, rotated_at } = rotation;
        Ok(Self {
            id: Key(id.uuid()),
            user_id: Key(user.uuid()),
            generation: i64::try_from(*generation).map_err(Error::defect)?,
            rotated_at: rotated_at.map(At),
            address: address.map(|address| address.to_string()),
            agent: agent.as_ref().map(|agent| agent.as_str().to_owned()),
            created_at: At(*created_at),
            last_used_at: At(*last_used_at),
            expires_at: At(*expires_at),
            revoked_at: revoked_at.map(At),
        })
    }

    pub(crate) fn family(self) -> Result<Family, Error> {
        let generation = u64::try_from(self.generation).map_err(Error::defect)?;
        let rotation = Rotation { generation, rotated_at: self.rotated_at.map(moment) };
        Ok(Family { session: self.session()?, rotation })
    }

    pub(crate) fn session(self) -> Result<Session, Error> {
        Ok(Session {
            id: SessionId::new(self.id.0),
            user: UserId::new(self.user_id.0),
            address: self.address.map(|address| address.parse().map_err(Error::defect)).transpose()?,
            agent: self.agent.map(|agent| stored(Agent::parse(&agent))).transpose()?,
            created_at: self.created_at.0,
            last_used_at: self.last_used_at.0,
            expires_at: self.expires_at.0,
            revoked_at: self.revoked_at.map(moment),
        })
    }
}

#[derive(Queryable, Insertable)]
#[diesel(table_name = invitations)]
pub(crate) struct InvitationRow {
    id: Key,
    email: String,
    name: String,
    role: String,
    secret_hash: Vec<u8>,
    created_by: Option<Key>,
    created_at: At,
    expires_at: At,
    accepted_at: Option<At>,
    revoked_at: Option<At>,
}

impl InvitationRow {
    pub(crate) fn of(invitation: &Invitation, secret_hash: &[u8; 32]) -> Self {
        let Invitation { id, email, name, role, created_by, created_at, expires_at, accepted_at, revoked_at } =
            invitation;
        Self {
            id: Key(id.uuid()),
            email: email.as_str().to_owned(),
            name: name.as_str().to_owned(),
            role: role.name().to_owned(),
            secret_hash: secret_hash.to_vec(),
            created_by: created_by.map(|user| Key(user.uuid())),
            created_at: At(*created_at),
            expires_at: At(*expires_at),
            accepted_at: accepted_at.map(At),
            revoked_at: revoked_at.map(At),
        }
    }

    pub(crate) fn invitation(self) -> Result<Invitation, Error> {
        Ok(Invitation {
            id: InvitationId::new(self.id.0),
            email: stored(Email::parse(&self.email))?,
            name: stored(PersonName::parse(&self.name))?,
            role: stored(Role::parse(&self.role))?,
            created_by: self.created_by.map(|key| UserId::new(key.0)),
            created_at: self.created_at.0,
            expires_at: self.expires_at.0,
            accepted_at: self.accepted_at.map(moment),
            revoked_at: self.revoked_at.map(moment),
        })
    }
}

fn moment(at: At) -> Moment {
    at.0
}
