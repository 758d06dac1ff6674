//! The statements of API keys.

use diesel::prelude::*;
use domain::api_key::{ApiKey, KeyStanding};
use domain::id::{ApiKeyId, UserId};
use domain::paging::From;
use domain::time::Moment;
use domain::user::Role;
use domain::version::{Seen, Version};

use super::super::Conn;
use crate::api_keys::{ApiKeys, Keykeeper};
use crate::error::{Error, OneRow};
use crate::lock::{Row, Rows};
use crate::rows::api_keys::{ApiKeyRow, scopes, scopes_text};
use crate::rows::{seen_version, stored};
use crate::schema::{api_keys, users};
use crate::sql::{At, Json, Key};

impl ApiKeys for Conn {
    fn add_api_key(&mut self, _: &Keykeeper, key: &ApiKey, secret_hash: &[u8; 32]) -> Result<(), Error> {
        diesel::insert_into(api_keys::table).values(ApiKeyRow::of(key, secret_hash)?).execute(self)?;
        Ok(())
    }

    fn api_key(&mut self, _: &Keykeeper, id: ApiKeyId) -> Result<Option<ApiKey>, Error> {
        let row: Option<ApiKeyRow> = api_keys::table.find(Key(id.uuid())).get_result(self).optional()?;
        row.map(ApiKeyRow::key).transpose()
    }

    fn hold_api_key(&mut self, by: &Keykeeper, id: ApiKeyId) -> Result<Option<ApiKey>, Error> {
        self.hold_row(Row::ApiKey, id.uuid())?;
        self.api_key(by, id)
    }

    fn api_keys(
        &mut self,
        _: &Keykeeper,
        from: Option<From<ApiKeyId>>,
        limit: u16,
    ) -> Result<Vec<ApiKey>, Error> {
        let page = api_keys::table.into_boxed();
        let page = match from {
            None => page.order(api_keys::id.desc()),
            Some(From::Behind(id)) => page.filter(api_keys::id.lt(Key(id.uuid()))).order(api_keys::id.desc()),
            Some(From::Before(id)) => page.filter(api_keys::id.gt(Key(id.uuid()))).order(api_keys::id),
        };
        let rows: Vec<ApiKeyRow> = page.limit(limit.into()).load(self)?;
        rows.into_iter().map(ApiKeyRow::key).collect()
    }

    fn change_api_key(&mut self, _: &Keykeeper, key: &ApiKey, seen: Seen) -> Result<Version, Error> {
        let next = seen_version(key.version, seen)?;
        diesel::update(api_keys::table.find(Key(key.id.uuid())))
            .filter(api_keys::version.eq(key.version.number()))
            .set((
                api_keys::version.eq(next.number()),
                api_keys::name.eq(key.name.as_str()),
                api_keys::scopes.eq(Json(scopes_text(key.scopes)?)),
                api_keys::expires_at.eq(At(key.expires_at)),
                api_keys::revoked_at.eq(key.revoked_at.map(At)),
            ))
            .execute(self)
            .one_row_or(|| Error::Stale { current: key.version })?;
        Ok(next)
    }

    fn key_standing(&mut self, secret_hash: &[u8; 32], now: Moment) -> Result<Option<KeyStanding>, Error> {
        type Found = (Key, Key, String, String, Json, Option<At>);
        let row: Option<Found> = api_keys::table
            .inner_join(users::table)
            .filter(api_keys::secret_hash.eq(secret_hash.as_slice()))
            .filter(api_keys::revoked_at.is_null())
            .filter(api_keys::expires_at.gt(At(now)))
            .filter(users::disabled_at.is_null())
            .select((
                api_keys::id,
                users::id,
                users::role,
                api_keys::role,
                api_keys::scopes,
                api_keys::last_used_at,
            ))
            .get_result(self)
            .optional()?;
        let Some((id, owner, owner_role, role, of_key, last_used_at)) = row else { return Ok(None) };
        Ok(Some(KeyStanding {
            id: ApiKeyId::new(id.0),
            owner: UserId::new(owner.0),
            owner_role: stored(Role::parse(&owner_role))?,
            role: stored(Role::parse(&role))?,
            scopes: scopes(&of_key)?,
            last_used_at: last_used_at.map(|at| at.0),
        }))
    }

    fn note_key_use(&mut self, id: ApiKeyId, before: Moment, now: Moment) -> Result<(), Error> {
        let earlier =
            api_keys::last_used_at.is_null().or(api_keys::last_used_at.assume_not_null().le(At(before)));
        diesel::update(api_keys::table.find(Key(id.uuid())).filter(earlier))
            .set(api_keys::last_used_at.eq(At(now)))
            .execute(self)?;
        Ok(())
    }
}
