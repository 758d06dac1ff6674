//! Puts the bytes of photos where they are to lie. Objects come before rows; what no row names in the end is swept.

use bytes::Bytes;
use chrono::TimeDelta;
use domain::photo::file::Rendition;
use domain::photo::hash::ContentHash;
use domain::time::Moment;
use media::objects::Key;
use store::files::Terms;

use crate::error::Error;
use crate::room::Newsroom;

/// How long bytes may lie without a row, and how long a claim of them counts: longer than any upload takes.
const PATIENCE: TimeDelta = TimeDelta::hours(24);

/// How long a file that was condemned counts as being removed: longer than the removal of a batch may take.
pub(super) const REMOVAL: TimeDelta = TimeDelta::hours(1);

/// The bytes of a photo, while they lie nowhere yet.
pub(super) struct Wet {
    /// The file as it came in, where it is new.
    pub(super) original: Option<(ContentHash, Bytes)>,
    /// Its renditions.
    pub(super) made: Vec<(Rendition, Bytes)>,
}

/// What counts at `now` of what was said of files.
pub(super) fn terms(now: Moment) -> Terms {
    Terms { now, claimed_since: now.plus(-PATIENCE), condemned_since: now.plus(-REMOVAL) }
}

impl Newsroom {
    /// Puts the bytes of a photo where they are to lie, and tells which renditions they are. They are claimed first, so that
    /// no sweep that began before takes them away again.
    pub(super) async fn keep(&self, wet: Wet) -> Result<Vec<Rendition>, Error> {
        let Wet { original, made } = wet;
        let renditions: Vec<_> = made.iter().map(|(rendition, _)| *rendition).collect();
        let original = original.into_iter().map(|(hash, bytes)| (hash, Key::Original(hash), bytes));
        let made = made.into_iter().map(|(rendition, bytes)| {
            (rendition.hash, Key::Rendition(rendition.hash, rendition.variant), bytes)
        });
        let all: Vec<_> = original.chain(made).collect();
        let (hashes, terms): (Vec<_>, _) = (all.iter().map(|(hash, ..)| *hash).collect(), terms(self.now()));
        let parts = &self.room().parts;
        let claimed = parts.store.write(move |tx| Ok::<_, Error>(tx.claim_files(&hashes, terms)?)).await?;
        if !claimed {
            return Err(Error::Unavailable("the same bytes are being swept".to_owned()));
        }
        parts.darkroom.put(all.into_iter().map(|(_, key, bytes)| (key, bytes)).collect()).await?;
        Ok(renditions)
    }
}
