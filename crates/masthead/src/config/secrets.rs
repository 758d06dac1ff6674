//! `[secrets]`: where keys are kept. Making and reading them is in `identity`.

use std::path::PathBuf;

use super::reader::Section;

/// The settings of the keys.
#[derive(Debug, Clone)]
pub struct Secrets {
    /// The directory of the key files, mode 0700.
    pub dir: PathBuf,
}

impl Secrets {
    pub(super) fn read(section: &mut Section<'_>) -> Self {
        let dir = section.key(
            "dir",
            "secrets".to_owned(),
            "Directory of the key files; made on first start with SQLite, by `masthead keys init` with PostgreSQL",
        );
        Self { dir: dir.into() }
    }
}
