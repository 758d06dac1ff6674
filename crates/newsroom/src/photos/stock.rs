//! Takes stock: holds each row of a photo or a rendition against the bytes that it names, and each of these against the
//! rows. It mends nothing.

use std::fmt;

use domain::id::PhotoId;
use domain::photo::hash::ContentHash;
use domain::photo::variant::Variant;
use futures_util::StreamExt;
use media::objects::{Key, Lying, ObjectError, Objects};
use store::Store;

use crate::error::Error;

/// How many photos, and how many files, are looked at in one transaction.
const BATCH: u16 = 200;

/// Most losses that are told one by one.
const MOST_TOLD: usize = 100;

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stock {
    /// How many files the rows name.
    pub named: usize,
    /// How many of them are not as the rows say.
    pub lost: usize,
    /// The first of these.
    pub losses: Vec<Loss>,
    /// How many files lie there that no row names: of uploads that did not come to their end, and of photos that are gone.
    /// They are swept after a day.
    pub orphans: usize,
    /// How many octets these have.
    pub orphan_octets: u64,
    /// How many files lie there that are not ours.
    pub strangers: usize,
}

/// A file that is not as its row says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// Of which photo.
    pub photo: PhotoId,
    /// Which rendition; the file that came in where it is none.
    pub variant: Option<Variant>,
    /// What is wrong.
    pub fault: Fault,
}

/// What is wrong with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It is not there.
    Missing,
    /// It has another length.
    Length,
    /// It has other octets of the same number.
    Content,
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { photo, variant, fault } = self;
        let name = variant.map_or("its file", Variant::name);
        let fault = match fault {
            Fault::Missing => "is missing",
            Fault::Length => "has another length",
            Fault::Content => "has other octets",
        };
        write!(f, "photo {photo}: {name} {fault}")
    }
}

/// Looks at every file of every photo, and at all that lies there.
pub async fn take_stock(store: &Store, objects: &Objects) -> Result<Stock, Error> {
    let mut stock = Stock::default();
    stock.look_at_rows(store, objects).await?;
    stock.look_at_files(store, objects).await?;
    Ok(stock)
}

impl Stock {
    async fn look_at_rows(&mut self, store: &Store, objects: &Objects) -> Result<(), Error> {
        let mut behind = None;
        loop {
            let named = store.read(move |tx| {
                let ids = tx.photo_ids(behind, BATCH)?;
                let (photos, mut renditions) = (tx.photos_of(&ids)?, tx.renditions_of(&ids)?);
                let files = ids.iter().filter_map(|id| photos.get(id)).map(|photo| {
                    (photo.id, photo.file.hash, photo.file.octets, renditions.remove(&photo.id))
                });
                Ok::<_, Error>((files.collect::<Vec<_>>(), ids.last().copied()))
            });
            let (files, last) = named.await?;
            for (photo, hash, octets, renditions) in files {
                self.look(objects, photo, None, (hash, octets)).await?;
                for made in renditions.into_iter().flatten() {
                    self.look(objects, photo, Some(made.variant), (made.hash, made.octets)).await?;
                }
            }
            match last {
                Some(last) => behind = Some(last),
                None => return Ok(()),
            }
        }
    }

    async fn look(
        &mut self,
        objects: &Objects,
        photo: PhotoId,
        variant: Option<Variant>,
        (hash, octets): (ContentHash, u64),
    ) -> Result<(), Error> {
        let key = variant.map_or(Key::Original(hash), |variant| Key::Rendition(hash, variant));
        let fault = match objects.hash(&key).await {
            Ok((_, lying)) if lying != octets => Some(Fault::Length),
            Ok((lying, _)) if lying != hash => Some(Fault::Content),
            Ok(_) => None,
            Err(ObjectError::Missing) => Some(Fault::Missing),
            Err(error) => return Err(error.into()),
        };
        self.named += 1;
        if let Some(fault) = fault {
            self.lost += 1;
            if self.losses.len() < MOST_TOLD {
                self.losses.push(Loss { photo, variant, fault });
            }
        }
        Ok(())
    }

    async fn look_at_files(&mut self, store: &Store, objects: &Objects) -> Result<(), Error> {
        let mut batches = objects.all().chunks(BATCH.into());
        while let Some(batch) = batches.next().await {
            let mut lying = Vec::new();
            for file in batch {
                let Lying { key, octets, written_at: _ } = file?;
                match key {
                    Ok(Key::Original(hash) | Key::Rendition(hash, _)) => lying.push((hash, octets)),
                    Err(_) => self.strangers += 1,
                }
            }
            let hashes: Vec<_> = lying.iter().map(|(hash, _)| *hash).collect();
            let needed = store.read(move |tx| Ok::<_, Error>(tx.needed_files(&hashes)?)).await?;
            for (_, octets) in lying.into_iter().filter(|(hash, _)| !needed.contains(hash)) {
                self.orphans += 1;
                self.orphan_octets += octets;
            }
        }
        Ok(())
    }
}
