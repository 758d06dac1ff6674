//! Contents that were written or read lately, so that the next save, the publishing and the diff need not parse them.

use std::num::NonZeroUsize;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};

use domain::article::content::Content;
use domain::article::content::document::{Document, DocumentHash};
use lru::LruCache;

use crate::error::Error;

/// How many are kept: 512.
const MOST: NonZeroUsize = NonZeroUsize::MIN.saturating_add(511);

/// The biggest document of which the content is kept, in octets: some three thousand words. All together take at most
/// 16 MiB of documents, and about as much again in memory.
const BIGGEST_OCTETS: usize = 32 << 10;

type Recent = LruCache<DocumentHash, Arc<Content>>;

/// What was parsed from which document. It belongs to no database: the key is the hash of what was parsed, so that no
/// entry can be wrong, not even one of a transaction that was rolled back.
static RECENT: LazyLock<Mutex<Recent>> = LazyLock::new(|| Mutex::new(LruCache::new(MOST)));

/// Keeps the content of a document that is written or was read.
pub(crate) fn keep(hash: DocumentHash, octets: usize, content: &Content) {
    if octets <= BIGGEST_OCTETS {
        let content = Arc::new(content.clone());
        recent().put(hash, content);
    }
}

/// The content with this hash; what is not kept is parsed from the document that `load` brings.
pub(crate) fn parsed(
    hash: DocumentHash,
    load: impl FnOnce() -> Result<String, Error>,
) -> Result<Content, Error> {
    let kept = recent().get(&hash).cloned();
    if let Some(content) = kept {
        return Ok(Content::clone(&content));
    }
    let json = load()?;
    let content = Document::read(&json).map_err(Error::defect)?;
    keep(hash, json.len(), &content);
    Ok(content)
}

fn recent() -> MutexGuard<'static, Recent> {
    RECENT.lock().unwrap_or_else(PoisonError::into_inner)
}
