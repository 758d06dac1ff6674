//! The names under which bytes lie: made here of hashes and variants, never of anything that somebody sent.

use domain::photo::hash::ContentHash;
use domain::photo::variant::Variant;
use object_store::path::Path;

/// Names a file by what is in it. The same bytes have the same name, so that a file once written never changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    /// The file that came in, by its hash. Readers never get it.
    Original(ContentHash),
    /// A rendition, by the hash of its own bytes.
    Rendition(ContentHash, Variant),
}

/// Where originals lie.
const ORIGINALS: &str = "originals";
/// Where renditions lie.
const RENDITIONS: &str = "renditions";

impl Key {
    /// `originals/ab/ab12…`, `renditions/ab/ab12…/w640.webp`. The first two digits keep directories small: 256 of them.
    pub(super) fn path(&self) -> Path {
        match self {
            Self::Original(hash) => {
                let hash = hash.to_string();
                Path::from_iter([ORIGINALS, &hash[..2], &hash])
            }
            Self::Rendition(hash, variant) => {
                let hash = hash.to_string();
                Path::from_iter([RENDITIONS, &hash[..2], &hash, variant.name()])
            }
        }
    }

    /// The key of a path, if it is one that [`Self::path`] makes.
    pub(super) fn parse(path: &Path) -> Option<Self> {
        let parts: Vec<_> = path.as_ref().split('/').collect();
        let key = match parts[..] {
            [ORIGINALS, _, hash] => Self::Original(ContentHash::parse(hash).ok()?),
            [RENDITIONS, _, hash, variant] => {
                Self::Rendition(ContentHash::parse(hash).ok()?, Variant::parse(variant).ok()?)
            }
            _ => return None,
        };
        (key.path() == *path).then_some(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_from_its_path_and_from_no_other() {
        let hash = ContentHash::of(b"a photo");
        let name = hash.to_string();
        for key in [Key::Original(hash), Key::Rendition(hash, Variant::W640Webp)] {
            assert_eq!(Key::parse(&key.path()), Some(key));
        }
        for stray in [
            format!("originals/00/{name}"),
            format!("originals/{}/{name}.jpg", &name[..2]),
            format!("originals/{}/{}", &name[..2], name.to_uppercase()),
            format!("renditions/{}/{name}/w641.webp", &name[..2]),
            "readme.txt".to_owned(),
        ] {
            assert_eq!(Key::parse(&Path::from(stray.as_str())), None, "{stray}");
        }
    }
}
