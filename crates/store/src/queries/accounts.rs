//! The statements of users, sessions and invitations.

use diesel::prelude::*;
use domain::account::{Invitation, Session, Standing, User};
use domain::id::{InvitationId, SessionId, UserId};
use domain::paging::From;
use domain::time::Moment;
use domain::user::{Email, Role};
use domain::version::{Seen, Version};
use uuid::Uuid;

use super::super::Conn;
use crate::accounts::{Accounts, Credentials, Family, Rotation};
use crate::among::among;
use crate::error::{Error, OneRow};
use crate::lock::{Row, Rows};
use crate::rows::accounts::{InvitationRow, SessionRow, UserRow};
use crate::rows::stored;
use crate::schema::{invitations, sessions, users};
use crate::sql::{At, Key};

impl Accounts for Conn {
    fn add_user(&mut self, user: &User, password_hash: Option<&str>) -> Result<(), Error> {
        diesel::insert_into(users::table).values(UserRow::of(user, password_hash)).execute(self)?;
        Ok(())
    }

    fn user(&mut self, id: UserId) -> Result<Option<Credentials>, Error> {
        let row: Option<UserRow> = users::table.find(Key(id.uuid())).get_result(self).optional()?;
        row.map(UserRow::credentials).transpose()
    }

    fn hold_user(&mut self, id: UserId) -> Result<Option<Credentials>, Error> {
        self.hold_row(Row::User, id.uuid())?;
        self.user(id)
    }

    fn user_of_email(&mut self, email: &Email) -> Result<Option<Credentials>, Error> {
        let row: Option<UserRow> =
            users::table.filter(users::email.eq(email.as_str())).get_result(self).optional()?;
        row.map(UserRow::credentials).transpose()
    }

    fn users(&mut self, from: Option<From<UserId>>, limit: u16) -> Result<Vec<User>, Error> {
        let page = users::table.into_boxed();
        let page = match from {
            None => page.order(users::id),
            Some(From::Behind(id)) => page.filter(users::id.gt(Key(id.uuid()))).order(users::id),
            Some(From::Before(id)) => page.filter(users::id.lt(Key(id.uuid()))).order(users::id.desc()),
        };
        let rows: Vec<UserRow> = page.limit(limit.into()).load(self)?;
        rows.into_iter().map(|row| Ok(row.credentials()?.user)).collect()
    }

    fn enabled_users(&mut self, ids: &[UserId]) -> Result<Vec<UserId>, Error> {
        let keys: Vec<_> = ids.iter().map(|id| Key(id.uuid())).collect();
        let found: Vec<Key> = users::table
            .filter(among(users::id, keys))
            .filter(users::disabled_at.is_null())
            .select(users::id)
            .load(self)?;
        Ok(found.into_iter().map(|key| UserId::new(key.0)).collect())
    }

    fn change_user(&mut self, user: &User, seen: Seen) -> Result<Version, Error> {
        self.hold_row(Row::User, user.id.uuid())?;
        let current: i64 = users::table.find(Key(user.id.uuid())).select(users::version).get_result(self)?;
        let current = stored(Version::parse(current))?;
        if !seen.covers(current) {
            return Err(Error::Stale { current });
        }
        diesel::update(users::table.find(Key(user.id.uuid())))
            .filter(users::version.eq(current.number()))
            .set((
                users::version.eq(current.next().number()),
                users::email.eq(user.email.as_str()),
                users::name.eq(user.name.as_str()),
                users::role.eq(user.role.name()),
                users::disabled_at.eq(user.disabled_at.map(At)),
                users::updated_at.eq(At(user.updated_at)),
            ))
            .execute(self)
            .one_row_or(|| Error::Stale { current })?;
        Ok(current.next())
    }

    fn set_password(&mut self, user: UserId, password_hash: &str, now: Moment) -> Result<(), Error> {
        diesel::update(users::table.find(Key(user.uuid())))
            .set((
                users::password_hash.eq(password_hash),
                users::version.eq(users::version + 1),
                users::updated_at.eq(At(now)),
            ))
            .execute(self)
            .one_row_or(|| Error::defect("a password was set for nobody"))
    }

    fn rehash_password(&mut self, user: UserId, stored: &str, anew: &str) -> Result<(), Error> {
        diesel::update(users::table.find(Key(user.uuid())))
            .filter(users::password_hash.eq(stored))
            .set(users::password_hash.eq(anew))
            .execute(self)?;
        Ok(())
    }

    fn enabled_admins(&mut self) -> Result<i64, Error> {
        Ok(users::table
            .filter(users::role.eq(Role::Admin.name()))
            .filter(users::disabled_at.is_null())
            .count()
            .get_result(self)?)
    }

    fn add_session(&mut self, family: &Family) -> Result<(), Error> {
        diesel::insert_into(sessions::table).values(SessionRow::of(family)?).execute(self)?;
        Ok(())
    }

    fn session(&mut self, id: SessionId) -> Result<Option<Family>, Error> {
        self.hold_row(Row::Session, id.uuid())?;
        let row: Option<SessionRow> = sessions::table.find(Key(id.uuid())).get_result(self).optional()?;
        row.map(SessionRow::family).transpose()
    }

    fn sessions(&mut self, user: UserId, now: Moment) -> Result<Vec<Session>, Error> {
        let rows: Vec<SessionRow> = sessions::table
            .filter(sessions::user_id.eq(Key(user.uuid())))
            .filter(sessions::revoked_at.is_null())
            .filter(sessions::expires_at.gt(At(now)))
            .order(sessions::id.desc())
            .load(self)?;
        rows.into_iter().map(SessionRow::session).collect()
    }

    fn standing(&mut self, id: SessionId, now: Moment) -> Result<Option<Standing>, Error> {
        let row: Option<(Key, String)> = sessions::table
            .inner_join(users::table)
            .filter(sessions::id.eq(Key(id.uuid())))
            .filter(sessions::revoked_at.is_null())
            .filter(sessions::expires_at.gt(At(now)))
            .filter(users::disabled_at.is_null())
            .select((users::id, users::role))
            .get_result(self)
            .optional()?;
        row.map(|(user, role)| Ok(Standing { user: UserId::new(user.0), role: stored(Role::parse(&role))? }))
            .transpose()
    }

    fn rotate(
        &mut self,
        id: SessionId,
        rotation: &Rotation,
        expires_at: Moment,
        now: Moment,
    ) -> Result<(), Error> {
        let Rotation { generation, rotated_at } = rotation;
        diesel::update(sessions::table.find(Key(id.uuid())))
            .set((
                sessions::generation.eq(i64::try_from(*generation).map_err(Error::defect)?),
                sessions::rotated_at.eq(rotated_at.map(At)),
                sessions::last_used_at.eq(At(now)),
                sessions::expires_at.eq(At(expires_at)),
            ))
            .execute(self)
            .one_row_or(|| Error::defect("a session that is not there was rotated"))
    }

    fn end_session(&mut self, id: SessionId, now: Moment) -> Result<usize, Error> {
        let open = sessions::table
            .find(Key(id.uuid()))
            .filter(sessions::revoked_at.is_null())
            .filter(sessions::expires_at.gt(At(now)));
        Ok(diesel::update(open).set(sessions::revoked_at.eq(At(now))).execute(self)?)
    }

    fn end_sessions(
        &mut self,
        user: UserId,
        kept: Option<SessionId>,
        now: Moment,
    ) -> Result<Vec<SessionId>, Error> {
        // Who begins a session of this user waits, and then finds what ended the others.
        self.hold_row(Row::User, user.uuid())?;
        let kept = Key(kept.map_or_else(Uuid::nil, SessionId::uuid));
        let open = sessions::table
            .filter(sessions::user_id.eq(Key(user.uuid())))
            .filter(sessions::revoked_at.is_null())
            .filter(sessions::expires_at.gt(At(now)))
            .filter(sessions::id.ne(kept));
        let ended: Vec<Key> = diesel::update(open)
            .set(sessions::revoked_at.eq(At(now)))
            .returning(sessions::id)
            .get_results(self)?;
        Ok(ended.into_iter().map(|key| SessionId::new(key.0)).collect())
    }

    fn sweep_sessions(&mut self, before: Moment, limit: u16) -> Result<usize, Error> {
        let over: Vec<Key> = sessions::table
            .filter(sessions::expires_at.lt(At(before)))
            .order(sessions::expires_at)
            .limit(limit.into())
            .select(sessions::id)
            .load(self)?;
        Ok(diesel::delete(sessions::table.filter(among(sessions::id, over))).execute(self)?)
    }

    fn add_invitation(&mut self, invitation: &Invitation, secret_hash: &[u8; 32]) -> Result<(), Error> {
        let row = InvitationRow::of(invitation, secret_hash);
        diesel::insert_into(invitations::table).values(row).execute(self)?;
        Ok(())
    }

    fn hold_invitation(&mut self, id: InvitationId) -> Result<Option<Invitation>, Error> {
        self.hold_row(Row::Invitation, id.uuid())?;
        let row: Option<InvitationRow> =
            invitations::table.find(Key(id.uuid())).get_result(self).optional()?;
        row.map(InvitationRow::invitation).transpose()
    }

    fn invitation_of_secret(&mut self, secret_hash: &[u8; 32]) -> Result<Option<Invitation>, Error> {
        let row: Option<InvitationRow> = invitations::table
            .filter(invitations::secret_hash.eq(secret_hash.as_slice()))
            .get_result(self)
            .optional()?;
        row.map(InvitationRow::invitation).transpose()
    }

    fn invitations(
        &mut self,
        from: Option<From<InvitationId>>,
        limit: u16,
    ) -> Result<Vec<Invitation>, Error> {
        let page = invitations::table.into_boxed();
        let page = match from {
            None => page.order(invitations::id.desc()),
            Some(From::Behind(id)) => {
                page.filter(invitations::id.lt(Key(id.uuid()))).order(invitations::id.desc())
            }
            Some(From::Before(id)) => page.filter(invitations::id.gt(Key(id.uuid()))).order(invitations::id),
        };
        let rows: Vec<InvitationRow> = page.limit(limit.into()).load(self)?;
        rows.into_iter().map(InvitationRow::invitation).collect()
    }

    fn end_invitation(&mut self, invitation: &Invitation) -> Result<(), Error> {
        diesel::update(invitations::table.find(Key(invitation.id.uuid())))
            .set((
                invitations::accepted_at.eq(invitation.accepted_at.map(At)),
                invitations::revoked_at.eq(invitation.revoked_at.map(At)),
            ))
            .execute(self)
            .one_row_or(|| Error::defect("an invitation that is not there was ended"))
    }
}
