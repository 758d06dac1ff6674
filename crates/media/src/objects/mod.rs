//! Where the bytes of photos lie: files, or a bucket that speaks S3. Rows of the database name them by [`Key`].
//!
//! A file is written whole under another name, brought to disk, and only then gets its own: there is never a part of one.
//! It is written before the row that names it; what no row names is swept. A row whose file is gone gets
//! [`ObjectError::Missing`], which is a state and no failure.
//!
//! All of it is async, since a bucket is far away. Where files are meant, the work is done on tokio's pool for what
//! blocks.

mod bucket;
mod key;
mod location;
mod unfinished;

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use domain::photo::hash::ContentHash;
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, TryStreamExt};
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{GetOptions, ObjectStore, ObjectStoreExt, PutPayload};
use sha2::{Digest, Sha256};
use thiserror::Error;

pub use bucket::{Account, Addressing};
pub use key::Key;
pub use location::{Location, LocationFault};

/// Where the bytes lie. Clones share it.
#[derive(Clone, Debug)]
pub struct Objects {
    store: Arc<dyn ObjectStore>,
    /// The directory, where they are files of this machine.
    root: Option<PathBuf>,
}

/// Why bytes could not be had or kept.
#[derive(Debug, Error)]
pub enum ObjectError {
    /// There are none under that key.
    #[error("no bytes lie there")]
    Missing,
    /// There are more than the caller takes.
    #[error("{octets} octets lie there, more than {most}")]
    TooLong {
        /// How many.
        octets: u64,
        /// How many the caller takes.
        most: u64,
    },
    /// A range that begins after the last octet, or is empty.
    #[error("the range is not within the {octets} octets that lie there")]
    Range {
        /// How many lie there.
        octets: u64,
    },
    /// A bucket was named without the account that opens it.
    #[error("a bucket needs a region, a key and its secret")]
    NoAccount,
    /// The disk or the service does not answer as it should.
    #[error("the store of photos fails")]
    Store(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl From<object_store::Error> for ObjectError {
    fn from(error: object_store::Error) -> Self {
        match error {
            object_store::Error::NotFound { .. } => Self::Missing,
            other => Self::Store(other.into()),
        }
    }
}

impl From<std::io::Error> for ObjectError {
    fn from(error: std::io::Error) -> Self {
        Self::Store(error.into())
    }
}

/// Bytes on their way.
pub struct Found {
    /// How many lie there in all.
    pub octets: u64,
    /// Which of them come.
    pub range: Range<u64>,
    /// They come in pieces, as they are read.
    pub pieces: BoxStream<'static, Result<Bytes, ObjectError>>,
}

/// Something that lies in the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lying {
    /// What it is, or the name of something that is not ours.
    pub key: Result<Key, String>,
    /// Its length.
    pub octets: u64,
    /// When it was written.
    pub written_at: DateTime<Utc>,
}

impl Objects {
    /// Opens the place; a directory is made if there is none yet.
    pub fn open(location: &Location, account: Option<&Account>) -> Result<Self, ObjectError> {
        match location {
            Location::Files(path) => {
                std::fs::create_dir_all(path)?;
                let files = LocalFileSystem::new_with_prefix(path)?;
                let files = files.with_fsync(true).with_automatic_cleanup(true);
                Ok(Self { store: Arc::new(files), root: Some(path.clone()) })
            }
            Location::Bucket { name, prefix } => {
                let bucket = bucket::open(name, account.ok_or(ObjectError::NoAccount)?)?;
                Ok(Self { store: Arc::new(PrefixStore::new(bucket, prefix.as_str())), root: None })
            }
        }
    }

    /// Keeps the bytes. When it answers they are there to stay; writing the same again changes nothing.
    pub async fn put(&self, key: &Key, bytes: Bytes) -> Result<(), ObjectError> {
        let put = self.store.put(&key.path(), PutPayload::from_bytes(bytes)).await;
        // A place that is not found is a failure here: a bucket that there is not.
        put.map(|_| ()).map_err(|error| ObjectError::Store(error.into()))
    }

    /// How many octets lie under that key.
    pub async fn octets(&self, key: &Key) -> Result<u64, ObjectError> {
        Ok(self.store.head(&key.path()).await?.size)
    }

    /// What lies under that key, read to its end: its hash and how many octets it has.
    pub async fn hash(&self, key: &Key) -> Result<(ContentHash, u64), ObjectError> {
        let Found { mut pieces, .. } = self.get(key, None).await?;
        let (mut hash, mut octets) = (Sha256::new(), 0);
        while let Some(piece) = pieces.try_next().await? {
            octets += piece.len() as u64;
            hash.update(&piece);
        }
        Ok((ContentHash::new(hash.finalize().into()), octets))
    }

    /// All of the bytes, or those of a range as far as there are any.
    pub async fn get(&self, key: &Key, range: Option<Range<u64>>) -> Result<Found, ObjectError> {
        let path = key.path();
        let range = match range {
            None => None,
            Some(range) => Some(self.within(&path, range).await?),
        };
        let options = GetOptions { range: range.map(Into::into), ..GetOptions::default() };
        let found = self.store.get_opts(&path, options).await?;
        let (octets, range) = (found.meta.size, found.range.clone());
        Ok(Found { octets, range, pieces: found.into_stream().map_err(ObjectError::from).boxed() })
    }

    /// The range cut to what lies there, so that no store answers it in a way of its own.
    async fn within(&self, path: &Path, range: Range<u64>) -> Result<Range<u64>, ObjectError> {
        let octets = self.store.head(path).await?.size;
        let end = range.end.min(octets);
        if range.start < end { Ok(range.start..end) } else { Err(ObjectError::Range { octets }) }
    }

    /// All of the bytes in memory, if there are not more than `most`.
    pub async fn read(&self, key: &Key, most: u64) -> Result<Bytes, ObjectError> {
        let found = self.store.get(&key.path()).await?;
        let octets = found.meta.size;
        if octets > most {
            return Err(ObjectError::TooLong { octets, most });
        }
        Ok(found.bytes().await?)
    }

    /// Takes the bytes away. What is not there is away already.
    pub async fn delete(&self, key: &Key) -> Result<(), ObjectError> {
        match self.store.delete(&key.path()).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// All that lies there, in no order, for the sweep of what no row names.
    pub fn all(&self) -> BoxStream<'static, Result<Lying, ObjectError>> {
        let lying = self.store.list(None).map_err(ObjectError::from);
        lying
            .map_ok(|object| Lying {
                key: Key::parse(&object.location).ok_or_else(|| object.location.to_string()),
                octets: object.size,
                written_at: object.last_modified,
            })
            .boxed()
    }

    /// Takes away what writes left that began before `before` and never came to their end, and tells how much. A bucket
    /// keeps nothing of such a write.
    pub async fn forget_unfinished(&self, before: DateTime<Utc>) -> Result<usize, ObjectError> {
        let Some(root) = self.root.clone() else { return Ok(0) };
        let removed = tokio::task::spawn_blocking(move || unfinished::remove(&root, before.into())).await;
        Ok(removed.map_err(std::io::Error::other)??)
    }
}
