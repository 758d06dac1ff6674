//! Forgets the bytes that no photo needs: of uploads that did not come to their end, and of photos that are gone.

use chrono::TimeDelta;
use domain::photo::hash::ContentHash;
use domain::time::Moment;
use futures_util::StreamExt;
use media::objects::{Key, Lying};

use super::keep::{REMOVAL, terms};
use crate::error::Error;
use crate::room::Newsroom;

/// How many files, and how many claims, are dealt with at once.
const BATCH: u16 = 200;

/// For how long files are removed that were condemned together: well before anybody takes us for gone.
const HASTE: TimeDelta = TimeDelta::minutes(REMOVAL.num_minutes() / 2);

impl Newsroom {
    /// Removes the files of which no row knows, and tells how many.
    pub async fn sweep_files(&self) -> Result<usize, Error> {
        let objects = self.room().parts.darkroom.objects();
        let before = terms(self.now()).claimed_since.utc();
        let mut swept = objects.forget_unfinished(before).await? + self.sweep_claims().await?;
        let mut batches = objects.all().chunks(BATCH.into());
        while let Some(batch) = batches.next().await {
            let mut old: Vec<(Key, ContentHash)> = Vec::new();
            for lying in batch {
                let Lying { key, octets: _, written_at } = lying?;
                if let (Ok(key), true) = (key, written_at < before) {
                    let (Key::Original(hash) | Key::Rendition(hash, _)) = key;
                    old.push((key, hash));
                }
            }
            swept += self.remove(old).await?;
        }
        Ok(swept)
    }

    /// Removes those of these files that nobody needs, and tells how many. Whoever brings the same bytes meanwhile is asked
    /// to come again.
    async fn remove(&self, old: Vec<(Key, ContentHash)>) -> Result<usize, Error> {
        if old.is_empty() {
            return Ok(0);
        }
        let (parts, now) = (&self.room().parts, self.now());
        let hashes: Vec<_> = old.iter().map(|(_, hash)| *hash).collect();
        let condemned =
            parts.store.write(move |tx| Ok::<_, Error>(tx.condemn_files(&hashes, terms(now))?)).await?;
        let mut swept = 0;
        for (key, _) in old.into_iter().filter(|(_, hash)| condemned.contains(hash)) {
            if self.is_late(now) {
                return Ok(swept);
            }
            parts.darkroom.objects().delete(&key).await?;
            swept += 1;
        }
        parts.store.write(move |tx| Ok::<_, Error>(tx.removed_files(&condemned)?)).await?;
        Ok(swept)
    }

    /// Whether others may soon believe that we are gone who condemned files at `then`.
    fn is_late(&self, then: Moment) -> bool {
        self.now() > then.plus(HASTE)
    }

    async fn sweep_claims(&self) -> Result<usize, Error> {
        let (terms, mut swept) = (terms(self.now()), 0);
        loop {
            let store = &self.room().parts.store;
            match store.write(move |tx| Ok::<_, Error>(tx.sweep_claims(terms, BATCH)?)).await? {
                0 => return Ok(swept),
                more => swept += more,
            }
        }
    }
}
