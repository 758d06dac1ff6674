//! Contents that were written or read lately, so that neither the next save, the publishing, the diff nor the next answer to a
//! reader has to parse them.

use std::num::NonZeroUsize;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};

use domain::article::content::Content;
use domain::article::content::document::{Document, DocumentHash};
use domain::article::content::reading::Reading;
use lru::LruCache;
use quick_cache::Weighter;
use quick_cache::sync::Cache;

use crate::error::Error;

/// How many are kept for saves: 512.
const MOST: NonZeroUsize = NonZeroUsize::MIN.saturating_add(511);

/// The biggest document of which the content is kept, in octets: some three thousand words. All together take at most
/// 16 MiB of documents, and about as much again in memory.
const BIGGEST_OCTETS: usize = 32 << 10;

type Recent = LruCache<DocumentHash, Arc<Content>>;

/// Octets of what is kept for readers: 32 MiB of documents and of what was parsed from them. One that takes more than a shard's
/// part, which is half a MiB where there are many processors, is parsed each time.
const SHOWN_OCTETS: u64 = 32 << 20;

/// How many of those the storage is laid out for; as many fit as have the octets together.
const USUALLY_SHOWN: usize = 2048;

/// What was parsed from which document. It belongs to no database: the key is the hash of what was parsed, so that no
/// entry can be wrong, not even one of a transaction that was rolled back.
static RECENT: LazyLock<Mutex<Recent>> = LazyLock::new(|| Mutex::new(LruCache::new(MOST)));

/// What was parsed for readers, by the document itself: its row is read in any case, and comparing the text costs less than
/// the hash by which saves are kept. Of these those stay that are asked for often, of saves the last.
static SHOWN: LazyLock<Cache<Box<str>, Shown, Octets>> =
    LazyLock::new(|| Cache::with_weighter(USUALLY_SHOWN, SHOWN_OCTETS, Octets));

/// A content that readers see.
#[derive(Debug, Clone)]
pub(crate) struct Shown {
    pub(crate) content: Arc<Content>,
    pub(crate) reading: Reading,
}

/// What an entry takes in memory, about: the document, its texts once more, and what holds them.
#[derive(Clone)]
struct Octets;

impl Weighter<Box<str>, Shown> for Octets {
    fn weight(&self, document: &Box<str>, shown: &Shown) -> u64 {
        let blocks = size_of_val(shown.content.body.blocks());
        (2 * document.len() + size_of::<Content>() + blocks) as u64
    }
}

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

/// The content of a document that readers see.
pub(crate) fn shown(document: String) -> Result<Shown, Error> {
    if let Some(shown) = SHOWN.get(document.as_str()) {
        return Ok(shown);
    }
    let content = Arc::new(Document::read(&document).map_err(Error::defect)?);
    let shown = Shown { reading: Reading::of(&content.body), content };
    SHOWN.insert(document.into(), shown.clone());
    Ok(shown)
}

fn recent() -> MutexGuard<'static, Recent> {
    RECENT.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use domain::article::content::texts::Headline;
    use domain::language::Language;
    use domain::slug::Slug;

    use super::*;

    fn document(headline: &str) -> Document {
        let (headline, slug) = (Headline::parse(headline).unwrap(), Slug::parse("reef-recovers").unwrap());
        Document::write(&Content::begun(headline, slug, Language::parse("en").unwrap())).unwrap()
    }

    #[test]
    fn what_readers_see_is_parsed_once_for_each_document() {
        let document = |headline| document(headline).into_json();
        let first = shown(document("Reef recovers")).unwrap();
        let again = shown(document("Reef recovers")).unwrap();
        let other = shown(document("Reef recovers, at last")).unwrap();
        assert!(Arc::ptr_eq(&first.content, &again.content));
        assert_eq!(other.content.headline.as_str(), "Reef recovers, at last");
        assert!(shown("{}".to_owned()).is_err());
    }

    #[test]
    fn what_was_saved_is_not_loaded_again() {
        let document = document("Mole reopens");
        let load = || Ok(document.json().to_owned());
        let first = parsed(document.hash(), load).unwrap();
        assert_eq!(parsed(document.hash(), || Err(Error::Overloaded)).unwrap(), first);
    }
}
