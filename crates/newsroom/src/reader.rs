//! Writes of readers, who are not signed in: each in one transaction, once per idempotency key, with its event. They leave
//! no audit entry: that log is of the newsroom, and what a reader wrote is its own record.

use chrono::TimeDelta;
use domain::event::{Event, EventKind};
use domain::id::EventId;
use domain::site::Site;
use domain::surrogate_key::SurrogateKey;
use domain::thing::Thing;
use domain::time::Moment;
use identity::keys::Subkey;
use serde::Serialize;
use serde::de::DeserializeOwned;
use store::tx::Tx;
use uuid::Uuid;

use crate::asked::{Ids, Once, Origin};
use crate::cx::Cx;
use crate::error::Error;
use crate::room::{Newsroom, Written};

/// A write as a reader asked for it.
#[derive(Debug, Clone)]
pub struct AskedByReader {
    /// Whence.
    pub origin: Origin,
    /// The key under which it is done once, where one was given.
    pub once: Option<Once>,
}

/// What a reader's write works with. It may be run again, so it keeps nothing outside the transaction.
pub struct ReaderCx<'a> {
    pub(crate) tx: &'a mut dyn Tx,
    pub(crate) now: Moment,
    pub(crate) site: &'a Site,
    pub(crate) origin: &'a Origin,
    pub(crate) key: &'a Subkey,
    ids: &'a Ids,
}

impl<'a> ReaderCx<'a> {
    /// A reader's write inside a bigger one, as if it came from `origin`.
    pub(crate) fn within(cx: &'a mut Cx<'_>, origin: &'a Origin, key: &'a Subkey) -> Self {
        Self { tx: &mut *cx.tx, now: cx.now, site: cx.site, origin, key, ids: cx.ids }
    }
}

impl ReaderCx<'_> {
    /// A new id.
    pub(crate) fn id(&self) -> Uuid {
        self.ids.draw()
    }

    /// Until when the writer of a comment of `created_at` can change it.
    pub(crate) fn editable_until(&self, created_at: Moment) -> Moment {
        created_at.plus(TimeDelta::seconds(self.site.comments.edit_window_s.into()))
    }

    /// Stores what others are told of it. It is the last that a write does.
    pub(crate) fn tell(
        &mut self,
        kind: EventKind,
        subject: Thing,
        keys: Vec<SurrogateKey>,
    ) -> Result<(), Error> {
        let id = EventId::new(self.id());
        Ok(self.tx.add_event(&Event { id, at: self.now, kind, subject, keys })?)
    }
}

impl Newsroom {
    /// The key by whose hashes commenters are found again.
    pub fn comment_key(&self) -> &Subkey {
        &self.room().parts.comment_key
    }

    /// Does a reader's write in one transaction, and answers when it is durable. Where `asked.once` is given, a second
    /// request of the same is answered as the first was.
    pub async fn write_for_reader<T>(
        &self,
        asked: AskedByReader,
        work: impl Fn(&mut ReaderCx<'_>) -> Result<T, Error> + Send + Sync + 'static,
    ) -> Result<Written<T>, Error>
    where
        T: Serialize + DeserializeOwned + Send + 'static,
    {
        let (now, newsroom) = (self.now(), self.clone());
        let AskedByReader { origin, once } = asked;
        let granted_again = |_: &mut dyn Tx, _: &[_]| Ok(());
        self.once(once, now, granted_again, move |tx| {
            let parts = &newsroom.room().parts;
            let mut cx = ReaderCx {
                tx,
                now,
                site: &parts.site,
                origin: &origin,
                key: &parts.comment_key,
                ids: &parts.ids,
            };
            Ok((work(&mut cx)?, Vec::new()))
        })
        .await
    }
}
