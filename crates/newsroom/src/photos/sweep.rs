//! Forgets the bytes that no photo needs: of uploads that did not come to their end, and of photos that are gone.

use chrono::TimeDelta;
use domain::photo::hash::ContentHash;
use futures_util::StreamExt;
use media::objects::{Key, Lying};

use crate::error::Error;
use crate::room::Newsroom;

/// How long bytes may lie without a row: longer than any upload takes.
const PATIENCE: TimeDelta = TimeDelta::hours(24);

/// How many files are asked after at once.
const BATCH: usize = 200;

impl Newsroom {
    /// Removes the files of which no row knows, and tells how many.
    pub async fn sweep_files(&self) -> Result<usize, Error> {
        let parts = &self.room().parts;
        let objects = parts.darkroom.objects();
        let before = self.now().plus(-PATIENCE).utc();
        let mut swept = objects.forget_unfinished(before).await?;
        let mut batches = objects.all().chunks(BATCH);
        while let Some(batch) = batches.next().await {
            let mut old: Vec<(Key, ContentHash)> = Vec::new();
            for lying in batch {
                let Lying { key, octets: _, written_at } = lying?;
                if let (Ok(key), true) = (key, written_at < before) {
                    let (Key::Original(hash) | Key::Rendition(hash, _)) = key;
                    old.push((key, hash));
                }
            }
            let hashes: Vec<_> = old.iter().map(|(_, hash)| *hash).collect();
            let needed = parts.store.read(move |tx| Ok::<_, Error>(tx.needed_files(&hashes)?)).await?;
            for (key, _) in old.into_iter().filter(|(_, hash)| !needed.contains(hash)) {
                objects.delete(&key).await?;
                swept += 1;
            }
        }
        Ok(swept)
    }
}
