//! The pictures of an edition: developed before its transaction begins, as files that are sent are.

use std::io::Write as _;

use domain::id::PhotoId;
use domain::photo::hash::ContentHash;
use domain::photo::patch::PhotoPatch;
use domain::photo::texts::FileName;
use futures_util::future::try_join_all;
use http::editorial::edition as read;
use newsroom::Newsroom;
use newsroom::asked::Asked;
use newsroom::cx::Cx;
use newsroom::error::Error;
use newsroom::photos::{self, Brought, Developed, Incoming, Print};
use serde::Deserialize;
use serde_json::{Value, json};

use super::How;
use super::edition::{Edition, in_file, parse};

/// An entry of `photos.json`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// The name of its file.
    file: String,
    /// The part `photo` of the form that an editor's client would send.
    #[serde(default)]
    photo: Option<Value>,
}

/// A picture of an edition on its way into a site.
#[derive(Debug)]
pub(super) struct Picture {
    /// The name of its file.
    pub(super) file: &'static str,
    hash: ContentHash,
    patch: PhotoPatch,
    /// None where the site has a photo with these bytes.
    developed: Option<Developed>,
}

/// Develops the pictures of an edition, as many at once as the settings allow. Of a rehearsal nothing is kept.
pub(super) async fn develop(
    newsroom: &Newsroom,
    asked: &Asked,
    edition: &Edition,
    how: How,
) -> Result<Vec<Picture>, Error> {
    let entries: Vec<Entry> = parse(edition.photos).map_err(|error| in_file("photos.json", error))?;
    let pictures = entries.into_iter().map(async |Entry { file, photo }| {
        let picture = edition.pictures.iter().find(|(name, _)| *name == file);
        let &(file, bytes) =
            picture.ok_or_else(|| Error::Defect(format!("photos.json: there is no picture {file}")))?;
        let developed = async {
            let incoming = sent(file, bytes, photo)?;
            let developed = match how {
                How::Rehearsed => newsroom.try_out(asked, &incoming).await?,
                How::Kept => newsroom.develop(asked, &incoming).await?,
            };
            Ok(Picture { file, hash: incoming.hash, patch: incoming.patch, developed })
        };
        developed.await.map_err(|error| in_file(file, error))
    });
    try_join_all(pictures).await
}

/// A picture as a form would bring it.
fn sent(file: &str, bytes: &[u8], said: Option<Value>) -> Result<Incoming, Error> {
    let lost = |cause: std::io::Error| Error::Unavailable(cause.to_string());
    let mut copy = tempfile::tempfile().map_err(lost)?;
    copy.write_all(bytes).map_err(lost)?;
    Ok(Incoming {
        file: copy,
        hash: ContentHash::of(bytes),
        name: FileName::parse(file).ok(),
        patch: read::photo(said.unwrap_or_else(|| json!({})))?,
    })
}

impl Picture {
    /// Brings it in, and answers the photo that it is.
    pub(super) fn bring(&self, cx: &mut Cx<'_>) -> Result<PhotoId, Error> {
        let brought = photos::bring(cx, &self.hash, self.developed.as_ref(), &self.patch)?.into_inner();
        let (Brought::New(Print { photo, .. }) | Brought::There(Print { photo, .. }, _)) = brought;
        Ok(photo.id)
    }
}
