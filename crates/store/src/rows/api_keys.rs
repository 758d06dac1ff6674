//! The rows of API keys.

use diesel::{Insertable, Queryable};
use domain::api_key::{ApiKey, ApiKeyName};
use domain::id::{ApiKeyId, UserId};
use domain::scope::Scopes;
use domain::user::Role;
use domain::version::Version;

use super::stored;
use crate::error::Error;
use crate::schema::api_keys;
use crate::sql::{At, Json, Key};

#[derive(Queryable, Insertable)]
#[diesel(table_name = api_keys)]
pub(crate) struct ApiKeyRow {
    id: Key,
    version: i64,
    name: String,
    owner_id: Key,
    role: String,
    scopes: Json,
    secret_hash: Vec<u8>,
    created_at: At,
    expires_at: At,
    last_used_at: Option<At>,
    revoked_at: Option<At>,
}

impl ApiKeyRow {
    pub(crate) fn of(key: &ApiKey, secret_hash: &[u8; 32]) -> Result<Self, Error> {
        let ApiKey {
            id,
            version,
            name,
            owner,
            role,
            scopes,
            created_at,
            expires_at,
            last_used_at,
            revoked_at,
        } = key;
        Ok(Self {
            id: Key(id.uuid()),
            version: version.number(),
            name: name.as_str().to_owned(),
            owner_id: Key(owner.uuid()),
            role: role.name().to_owned(),
            scopes: Json(scopes_text(*scopes)?),
            secret_hash: secret_hash.to_vec(),
            created_at: At(*created_at),
            expires_at: At(*expires_at),
            last_used_at: last_used_at.map(At),
            revoked_at: revoked_at.map(At),
        })
    }

    pub(crate) fn key(self) -> Result<ApiKey, Error> {
        Ok(ApiKey {
            id: ApiKeyId::new(self.id.0),
            version: stored(Version::parse(self.version))?,
            name: stored(ApiKeyName::parse(&self.name))?,
            owner: UserId::new(self.owner_id.0),
            role: stored(Role::parse(&self.role))?,
            scopes: scopes(&self.scopes)?,
            created_at: self.created_at.0,
            expires_at: self.expires_at.0,
            last_used_at: self.last_used_at.map(|at| at.0),
            revoked_at: self.revoked_at.map(|at| at.0),
        })
    }
}

/// Scopes as they are stored.
pub(crate) fn scopes_text(scopes: Scopes) -> Result<String, Error> {
    serde_json::to_string(&scopes).map_err(Error::defect)
}

/// Stored scopes.
pub(crate) fn scopes(stored: &Json) -> Result<Scopes, Error> {
    serde_json::from_str(&stored.0).map_err(Error::defect)
}
