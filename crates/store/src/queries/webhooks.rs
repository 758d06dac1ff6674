//! The statements of webhooks.

use diesel::prelude::*;
use domain::id::WebhookId;
use domain::paging::From;
use domain::time::Moment;
use domain::version::{Seen, Version};
use domain::webhook::{DisabledBecause, Webhook};

use super::super::Conn;
use super::webhook_deliveries::PLACE;
use crate::error::{Error, OneRow};
use crate::records::Records;
use crate::rows::seen_version;
use crate::rows::webhooks::{WebhookRow, kinds};
use crate::schema::{outbox_places, webhooks};
use crate::sql::{At, Key};
use crate::webhooks::{Keeper, Webhooks};

impl Webhooks for Conn {
    fn add_webhook(&mut self, _: &Keeper, webhook: &Webhook, secret: &[u8]) -> Result<(), Error> {
        let last = self.last_event()?;
        // Before there was a webhook nothing was put on its way.
        let first = (
            outbox_places::name.eq(PLACE),
            outbox_places::seq.eq(last),
            outbox_places::leased_until.eq(At(webhook.created_at)),
        );
        diesel::insert_into(outbox_places::table).values(first).on_conflict_do_nothing().execute(self)?;
        let disabled = webhook.disabled;
        diesel::insert_into(webhooks::table)
            .values((
                webhooks::id.eq(Key(webhook.id.uuid())),
                webhooks::version.eq(webhook.version.number()),
                webhooks::name.eq(webhook.name.as_str()),
                webhooks::url.eq(webhook.url.as_str()),
                webhooks::events.eq(kinds(&webhook.events)?),
                webhooks::disabled_at.eq(disabled.map(|disabled| At(disabled.at))),
                webhooks::disabled_because.eq(disabled.map(|disabled| disabled.because.name())),
                webhooks::secret.eq(secret),
                webhooks::created_by.eq(Key(webhook.created_by.uuid())),
                webhooks::created_at.eq(At(webhook.created_at)),
                webhooks::updated_at.eq(At(webhook.updated_at)),
                webhooks::after_seq.eq(last),
            ))
            .execute(self)?;
        Ok(())
    }

    fn count_webhooks(&mut self) -> Result<i64, Error> {
        Ok(webhooks::table.count().get_result(self)?)
    }

    fn webhook(&mut self, id: WebhookId) -> Result<Option<Webhook>, Error> {
        let row: Option<WebhookRow> = webhooks::table
            .find(Key(id.uuid()))
            .select(WebhookRow::as_select())
            .get_result(self)
            .optional()?;
        row.map(WebhookRow::webhook).transpose()
    }

    fn webhooks(&mut self, from: Option<From<WebhookId>>, limit: u16) -> Result<Vec<Webhook>, Error> {
        let page = webhooks::table.select(WebhookRow::as_select()).into_boxed();
        let page = match from {
            None => page.order(webhooks::id),
            Some(From::Behind(id)) => page.filter(webhooks::id.gt(Key(id.uuid()))).order(webhooks::id),
            Some(From::Before(id)) => page.filter(webhooks::id.lt(Key(id.uuid()))).order(webhooks::id.desc()),
        };
        let rows: Vec<WebhookRow> = page.limit(limit.into()).load(self)?;
        rows.into_iter().map(WebhookRow::webhook).collect()
    }

    fn change_webhook(&mut self, _: &Keeper, webhook: &Webhook, seen: Seen) -> Result<Version, Error> {
        let next = seen_version(webhook.version, seen)?;
        let disabled = webhook.disabled;
        diesel::update(webhooks::table.find(Key(webhook.id.uuid())))
            .filter(webhooks::version.eq(webhook.version.number()))
            .set((
                webhooks::version.eq(next.number()),
                webhooks::name.eq(webhook.name.as_str()),
                webhooks::url.eq(webhook.url.as_str()),
                webhooks::events.eq(kinds(&webhook.events)?),
                webhooks::disabled_at.eq(disabled.map(|disabled| At(disabled.at))),
                webhooks::disabled_because.eq(disabled.map(|disabled| disabled.because.name())),
                webhooks::updated_at.eq(At(webhook.updated_at)),
                webhooks::rests_until.eq(None::<At>),
            ))
            .execute(self)
            .one_row_or(|| Error::Stale { current: next })?;
        Ok(next)
    }

    fn resume_webhook(&mut self, _: &Keeper, id: WebhookId) -> Result<(), Error> {
        let last = self.last_event()?;
        diesel::update(webhooks::table.find(Key(id.uuid())))
            .set(webhooks::after_seq.eq(last))
            .execute(self)?;
        Ok(())
    }

    fn rotate_webhook_secret(
        &mut self,
        _: &Keeper,
        webhook: &Webhook,
        secret: &[u8],
        seen: Seen,
    ) -> Result<Version, Error> {
        let next = seen_version(webhook.version, seen)?;
        diesel::update(webhooks::table.find(Key(webhook.id.uuid())))
            .filter(webhooks::version.eq(webhook.version.number()))
            .set((
                webhooks::version.eq(next.number()),
                // Of one row, what it was before is read first.
                webhooks::former_secret.eq(webhooks::secret.nullable()),
                webhooks::former_secret_until.eq(webhook.former_secret_until.map(At)),
                webhooks::secret.eq(secret),
                webhooks::updated_at.eq(At(webhook.updated_at)),
            ))
            .execute(self)
            .one_row_or(|| Error::Stale { current: next })?;
        Ok(next)
    }

    fn delete_webhook(&mut self, _: &Keeper, webhook: &Webhook, seen: Seen) -> Result<(), Error> {
        let next = seen_version(webhook.version, seen)?;
        diesel::delete(webhooks::table.find(Key(webhook.id.uuid())))
            .filter(webhooks::version.eq(webhook.version.number()))
            .execute(self)
            .one_row_or(|| Error::Stale { current: next })
    }

    fn webhook_is_gone(&mut self, id: WebhookId, now: Moment) -> Result<bool, Error> {
        let disabled = diesel::update(webhooks::table.find(Key(id.uuid())))
            .filter(webhooks::disabled_at.is_null())
            .set((
                webhooks::version.eq(webhooks::version + 1),
                webhooks::disabled_at.eq(At(now)),
                webhooks::disabled_because.eq(DisabledBecause::Gone.name()),
                webhooks::updated_at.eq(At(now)),
            ))
            .execute(self)?;
        Ok(disabled == 1)
    }

    fn rest_webhook(&mut self, id: WebhookId, until: Moment) -> Result<(), Error> {
        let until = At(until);
        let earlier = webhooks::rests_until.is_null().or(webhooks::rests_until.lt(until));
        diesel::update(webhooks::table.find(Key(id.uuid())).filter(earlier))
            .set(webhooks::rests_until.eq(until))
            .execute(self)?;
        Ok(())
    }

    fn sweep_former_secrets(&mut self, now: Moment) -> Result<usize, Error> {
        let over = webhooks::table
            .filter(webhooks::former_secret.is_not_null())
            .filter(webhooks::former_secret_until.le(At(now)));
        Ok(diesel::update(over).set(webhooks::former_secret.eq(None::<Vec<u8>>)).execute(self)?)
    }
}
