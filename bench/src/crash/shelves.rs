//! Holds the files of photos against the rows that name them, both ways.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::connection::{Connection, request};
use crate::load::Target;
use crate::node::{Site, refused};

/// Where photos are brought in and listed.
pub(super) const ALL: &str = "/v1/editorial/photos";

/// Where the files lie, and where those are that are on their way, in the directory of a site.
pub const MEDIA: &str = "media";
/// Its place for temporary files.
pub const TEMPORARY: &str = "tmp";

/// When whoever was killed has long lost the photos that were theirs to render.
const LATER: &str = "2099-01-01T00:00:00Z";

/// When all files without a row are forgotten ones: the sweep leaves those that were written, or claimed by whoever was
/// about to write them, in the last day.
const DAYS_LATER: &str = "2099-01-03T00:00:00Z";

/// The files that rows name.
#[derive(Debug, Default)]
pub(super) struct Needed {
    /// Their names: what they are, the beginning of their hash, and for renditions which.
    pub(super) files: BTreeSet<String>,
    /// How many of them the server does not have, or not whole.
    pub(super) missing: usize,
}

/// The files that rows name, each of them read.
pub(super) async fn needed(connection: &mut Connection, target: &Target) -> io::Result<Needed> {
    let mut needed = Needed::default();
    for photo in rows(connection, target).await? {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let path = format!("{ALL}/{}/file", text(&photo["id"]));
        let hash = text(&photo["file"]["hash"]);
        let answer = connection.exchange(&request("GET", &path, Some(&target.token), None, "")).await?;
        needed.missing += usize::from(!is_whole(answer.status, &answer.body, &photo["file"]));
        needed.files.insert(format!("original {}", beginning(&hash)));
        for rendition in photo["renditions"].as_array().into_iter().flatten() {
            let url = text(&rendition["url"]);
            let path = url.find("/media/").map_or("/", |at| &url[at..]);
            let answer = connection.exchange(&request("GET", path, None, None, "")).await?;
            needed.missing += usize::from(!is_whole(answer.status, &answer.body, rendition));
            let hash = answer.etag.as_deref().unwrap_or_default().trim_matches('"');
            needed.files.insert(format!("{} {}", text(&rendition["variant"]), beginning(hash)));
        }
    }
    Ok(needed)
}

fn is_whole(status: u16, body: &[u8], told: &Value) -> bool {
    status == 200 && told["octets"] == body.len()
}

/// As much of a hash as the tag of a rendition tells.
fn beginning(hash: &str) -> &str {
    hash.get(..32).unwrap_or(hash)
}

/// The paths of all photos.
pub(super) async fn paths(connection: &mut Connection, target: &Target) -> io::Result<Vec<String>> {
    let rows = rows(connection, target).await?;
    Ok(rows.iter().filter_map(|photo| Some(format!("{ALL}/{}", photo["id"].as_str()?))).collect())
}

/// All photos, as the newsroom lists them.
async fn rows(connection: &mut Connection, target: &Target) -> io::Result<Vec<Value>> {
    let (mut all, mut cursor) = (Vec::new(), String::new());
    loop {
        let ask = request("GET", &format!("{ALL}?limit=100{cursor}"), Some(&target.token), None, "");
        let answer = connection.exchange(&ask).await?;
        if answer.status != 200 {
            return Err(refused(&answer));
        }
        let mut page: Value = serde_json::from_slice(&answer.body)?;
        match page["data"].take() {
            Value::Array(rows) => all.extend(rows),
            _ => return Err(refused(&answer)),
        }
        match page["page"]["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return Ok(all),
        }
    }
}

/// The names of the files that lie there, as [`Needed::files`] has them, and whatever else lies there.
pub(super) fn lying(site: &Site) -> io::Result<BTreeSet<String>> {
    let root = site.dir.join(MEDIA);
    let mut names = BTreeSet::new();
    for path in below(&root)? {
        let path = path.strip_prefix(&root).map_err(io::Error::other)?;
        let parts: Vec<_> = path.iter().filter_map(|part| part.to_str()).collect();
        names.insert(match parts[..] {
            ["originals", _, hash] if !hash.contains('#') => format!("original {}", beginning(hash)),
            ["renditions", _, hash, variant] if !variant.contains('#') => {
                format!("{variant} {}", beginning(hash))
            }
            _ => path.display().to_string(),
        });
    }
    Ok(names)
}

/// Everything below a directory that is no directory with something in it.
fn below(directory: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        if path.is_dir() {
            let inside = below(&path)?;
            found.extend(if inside.is_empty() { vec![path] } else { inside });
        } else {
            found.push(path);
        }
    }
    Ok(found)
}

/// Makes the renditions that are to be made, and sweeps the files days later, on a site that is not running; tells how
/// many lie there then that no row names, or that a row names and that are gone.
///
/// What rows name is asked after the sweep: it also makes the renditions that could not be made before, and said why.
pub(super) async fn sweep(site: &Site) -> io::Result<usize> {
    site.work_at(LATER)?;
    site.work_at(DAYS_LATER)?;
    let (lying, temporary) = (lying(site)?, below(&site.dir.join(TEMPORARY))?);
    let node = site.start()?;
    let target = node.target().await?;
    let mut connection = Connection::open(target.address).await?;
    let needed = needed(&mut connection, &target).await?;
    node.kill()?;
    let mut wrong: Vec<_> = lying.symmetric_difference(&needed.files).cloned().collect();
    wrong.extend(temporary.iter().map(|path| path.display().to_string()));
    for name in &wrong {
        eprintln!("not as it must be: {name}");
    }
    Ok(wrong.len() + needed.missing)
}
