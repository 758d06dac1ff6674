//! Reads photos as the picture desk sees them.

use domain::actor::Actor;
use domain::id::{ArticleId, PhotoId};
use domain::paging::{From, Slice};
use domain::photo::file::PhotoFile;
use domain::photo::file_metadata::FileMetadata;
use domain::photo::search::{PhotoFilter, UsedIn};
use domain::policy::right::ReadPhotos;
use domain::policy::{Action, allows_all, grant_house};
use store::photos::UseFilter;
use store::tx::Tx;

use super::Print;
use crate::articles::Count;
use crate::error::Error;

/// A photo with all that is known of it.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// It and its renditions.
    pub print: Print,
    /// What its file says.
    pub metadata: FileMetadata,
}

/// The photo of an id.
pub fn read(tx: &mut dyn Tx, actor: &Actor, id: PhotoId) -> Result<Sheet, Error> {
    let photo = tx.photo(id)?.ok_or(Error::NotFound)?.grant::<ReadPhotos>(actor)?.into_inner();
    Ok(Sheet { print: Print::of(tx, photo)?, metadata: tx.metadata_of_photo(id)? })
}

/// The file of a photo as it came in, for those who may read photos.
pub fn original(tx: &mut dyn Tx, actor: &Actor, id: PhotoId) -> Result<PhotoFile, Error> {
    Ok(tx.photo(id)?.ok_or(Error::NotFound)?.grant::<ReadPhotos>(actor)?.into_inner().file)
}

/// Which photos are asked for.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// The filter, and where the page lies.
    pub filter: PhotoFilter,
    /// Most photos of a page.
    pub limit: u16,
    /// Whether they are counted.
    pub count: Count,
}

/// A page of photos.
#[derive(Debug)]
pub struct Page {
    /// The page.
    pub slice: Slice<Print, PhotoId>,
    /// How many there are in all, where that was asked for.
    pub total: Option<i64>,
}

/// A page of photos, the newest first.
pub fn list(tx: &mut dyn Tx, actor: &Actor, asked: &Asked) -> Result<Page, Error> {
    grant_house::<ReadPhotos>(actor)?;
    let Asked { filter, limit, count } = asked;
    let found = tx.photos(filter, limit.saturating_add(1))?;
    let total = match count {
        Count::Exact => Some(tx.count_photos(filter)?),
        Count::No => None,
    };
    let mut photos = Vec::with_capacity(found.len());
    for photo in found {
        photos.push(photo.grant::<ReadPhotos>(actor)?.into_inner());
    }
    let slice = Slice::cut(photos, *limit, filter.from.as_ref(), |photo| photo.id);
    let ids: Vec<_> = slice.items.iter().map(|photo| photo.id).collect();
    let mut renditions = tx.renditions_of(&ids)?;
    let slice = slice.map(|photo| {
        let renditions = renditions.remove(&photo.id).unwrap_or_default();
        Print { photo, renditions }
    });
    Ok(Page { slice, total })
}

/// Articles that use a photo, each with where it does.
pub type Uses = Slice<(ArticleId, Vec<UsedIn>), ArticleId>;

/// A page of the articles that use a photo and that the actor may see.
pub fn uses(
    tx: &mut dyn Tx,
    actor: &Actor,
    id: PhotoId,
    from: Option<From<ArticleId>>,
    limit: u16,
) -> Result<Uses, Error> {
    tx.photo(id)?.ok_or(Error::NotFound)?.grant::<ReadPhotos>(actor)?;
    let all = allows_all(actor, Action::ReadArticles);
    let filter = UseFilter { own_of: (!all).then_some(actor.user), from };
    let found = tx.uses_of_photo(id, &filter, limit.saturating_add(1))?;
    Ok(Slice::cut(found, limit, from.as_ref(), |(article, _)| *article))
}
