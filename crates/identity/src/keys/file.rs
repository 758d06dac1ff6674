//! Reading and making one file that holds a secret. What stands in it is for [`super::set`] and [`super::secret`].

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use crate::random::{self, NoRandomness};

/// Why the keys of a site cannot be used. Each message names the file and what to do; none shows a secret.
#[derive(Debug, thiserror::Error)]
pub enum KeyFault {
    /// The directory or a file in it cannot be read or written.
    #[error("{}: {cause}", path.display())]
    Unreachable {
        /// Which file or directory.
        path: PathBuf,
        /// What the operating system says.
        cause: io::Error,
    },
    /// Others than the owner may read or change a file.
    #[error("{}: mode {mode:04o} lets others in; run `chmod 600` on it, and replace the key if others were there", path.display())]
    Exposed {
        /// Which file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// A file does not hold what its name says.
    #[error("{}: {problem}", path.display())]
    Malformed {
        /// Which file.
        path: PathBuf,
        /// What is wrong.
        problem: &'static str,
    },
    /// The directory holds no signing key.
    #[error("{}: holds no signing key", path.display())]
    NoKey {
        /// Which directory.
        path: PathBuf,
    },
    /// All 9999 numbers of keys are used up.
    #[error("{}: no number is left for another key", path.display())]
    NoNumber {
        /// Which directory.
        path: PathBuf,
    },
    /// No key could be drawn.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
}

impl KeyFault {
    pub(super) fn unreachable(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        |cause| Self::Unreachable { path, cause }
    }

    pub(super) fn malformed(path: &Path, problem: &'static str) -> Self {
        Self::Malformed { path: path.to_owned(), problem }
    }
}

/// Most octets of a file with a key: a PEM of Ed25519 has about 120, one with its public key about 180.
const MAX_OCTETS: u64 = 1024;

/// The text of the file at `path`, refused unless only its owner can reach it. The permissions are those of the file
/// that is read, even where `path` comes to name another one meanwhile.
pub(super) fn read(path: &Path) -> Result<String, KeyFault> {
    let file = File::open(path).map_err(KeyFault::unreachable(path))?;
    let facts = file.metadata().map_err(KeyFault::unreachable(path))?;
    if !facts.is_file() {
        return Err(KeyFault::malformed(path, "is not a file"));
    }
    let mode = facts.permissions().mode() & 0o7777;
    if mode & 0o077 != 0 {
        return Err(KeyFault::Exposed { path: path.to_owned(), mode });
    }
    let mut text = String::new();
    match file.take(MAX_OCTETS + 1).read_to_string(&mut text) {
        Ok(_) if text.len() as u64 <= MAX_OCTETS => Ok(text),
        Ok(_) => Err(KeyFault::malformed(path, "is longer than any key")),
        Err(cause) if cause.kind() == ErrorKind::InvalidData => Err(KeyFault::malformed(path, "is not text")),
        Err(cause) => Err(KeyFault::unreachable(path)(cause)),
    }
}

/// Writes `text` to a new file of mode 0600 that appears whole or not at all, also after a power failure. A file that
/// is already there stays as it is.
pub(super) fn make(path: &Path, text: &str) -> Result<(), KeyFault> {
    let draft = path.with_file_name(format!(".draft-{:032x}", u128::from_ne_bytes(random::bytes()?)));
    let linked = write(&draft, text).and_then(|()| match fs::hard_link(&draft, path) {
        Err(cause) if cause.kind() == ErrorKind::AlreadyExists => Ok(()),
        linked => linked,
    });
    let removed = fs::remove_file(&draft);
    linked.and(removed).map_err(KeyFault::unreachable(path))?;
    let dir = path.parent().unwrap_or(path);
    File::open(dir).and_then(|dir| dir.sync_all()).map_err(KeyFault::unreachable(dir))
}

/// Makes the directory `dir`, mode 0700, unless it is there.
pub(super) fn make_dir(dir: &Path) -> Result<(), KeyFault> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(dir).map_err(KeyFault::unreachable(dir))
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
