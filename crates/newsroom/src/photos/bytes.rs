//! The bytes of photos: those of renditions for whoever may see them, and files as they came in, for the newsroom.

use std::ops::Range;

use bytes::Bytes;
use domain::id::PhotoId;
use domain::photo::file::Rendition;
use domain::photo::hash::ContentHash;
use domain::photo::variant::Variant;
use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use media::objects::Key;

use crate::error::Error;
use crate::room::Newsroom;

/// Bytes on their way.
pub struct Opened {
    /// How many come.
    pub octets: u64,
    /// They come in pieces, as they are read.
    pub pieces: BoxStream<'static, Result<Bytes, Error>>,
}

impl Newsroom {
    /// The rendition of a photo under the address of `edition`, whether or not readers see it: who asks shows a signed
    /// address.
    pub async fn rendition(
        &self,
        id: PhotoId,
        edition: ContentHash,
        variant: Variant,
    ) -> Result<Option<Rendition>, Error> {
        let found = self.room().parts.store.read(move |tx| {
            let photo = tx.photos_of(&[id])?.remove(&id).filter(|photo| photo.edition() == edition);
            let Some(photo) = photo else { return Ok(None) };
            let renditions = tx.renditions_of(&[photo.id])?.remove(&photo.id).unwrap_or_default();
            Ok::<_, Error>(renditions.into_iter().find(|rendition| rendition.variant == variant))
        });
        found.await
    }

    /// The bytes of a rendition, or those of a range within it.
    pub async fn open_rendition(
        &self,
        rendition: &Rendition,
        range: Option<Range<u64>>,
    ) -> Result<Opened, Error> {
        self.open(&Key::Rendition(rendition.hash, rendition.variant), range).await
    }

    /// The bytes of a file as it came in.
    pub async fn open_original(&self, hash: ContentHash) -> Result<Opened, Error> {
        self.open(&Key::Original(hash), None).await
    }

    async fn open(&self, key: &Key, range: Option<Range<u64>>) -> Result<Opened, Error> {
        let found = self.room().parts.darkroom.objects().get(key, range).await?;
        let octets = found.range.end - found.range.start;
        Ok(Opened { octets, pieces: found.pieces.map(|piece| piece.map_err(Error::from)).boxed() })
    }
}
