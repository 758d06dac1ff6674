//! What a write leaves that was cut off, by a power failure say: a file beside the one that it would have become. No list
//! tells of it, so it is looked for here.

use std::fs;
use std::io;
use std::path::Path as Directory;
use std::time::SystemTime;

use object_store::path::Path;

use super::key::Key;

/// Removes what was begun before `before` below `root` and never finished, and tells how much. Directories with nothing in
/// them go too; who is about to write into one makes it again.
pub(super) fn remove(root: &Directory, before: SystemTime) -> io::Result<usize> {
    remove_in(root, root, before)
}

fn remove_in(root: &Directory, directory: &Directory, before: SystemTime) -> io::Result<usize> {
    let mut removed = 0;
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            removed += remove_in(root, &path, before)?;
            // One that has something in it stays.
            let _ = fs::remove_dir(&path);
        } else if is_begun(root, &path) && entry.metadata()?.modified()? < before {
            fs::remove_file(&path)?;
            removed += 1;
        }
    }
    Ok(removed)
}

/// Whether it is a key of ours with `#` and a number behind it: the name that a file has until it is whole.
fn is_begun(root: &Directory, path: &Directory) -> bool {
    let name =
        path.strip_prefix(root).ok().and_then(Directory::to_str).and_then(|name| name.rsplit_once('#'));
    name.is_some_and(|(key, number)| {
        number.parse::<u32>().is_ok() && Path::parse(key).is_ok_and(|key| Key::parse(&key).is_some())
    })
}
