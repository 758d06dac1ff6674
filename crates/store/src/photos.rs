//! Photos as the picture desk keeps them: what is said of them, their renditions, and which articles use them.

use std::collections::HashMap;

use domain::event::EventKind;
use domain::id::{ArticleId, ContributorId, PhotoId, UserId};
use domain::paging::From;
use domain::photo::Photo;
use domain::photo::file::Rendition;
use domain::photo::file_metadata::FileMetadata;
use domain::photo::hash::ContentHash;
use domain::photo::search::{PhotoFilter, UsedIn};
use domain::policy::right::{CreatePhotos, DeletePhotos, EditPhotos};
use domain::policy::{Granted, Guarded};
use domain::time::Moment;
use domain::version::{Seen, Version};

use crate::error::Error;

/// What becomes of a photo by the clock alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DuePhotoChange {
    /// Of which photo.
    pub photo: PhotoId,
    /// When.
    pub at: Moment,
    /// What.
    pub kind: EventKind,
}

/// Which uses of a photo are asked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct UseFilter {
    /// Only by articles that this user owns or writes.
    pub own_of: Option<UserId>,
    /// Where the page lies.
    pub from: Option<From<ArticleId>>,
}

/// Photos. Whoever writes shows that they were granted the photo.
pub trait Photos {
    /// Adds a photo. [`crate::error::Unique::PhotoHash`] is taken where the same bytes are a photo already.
    fn add_photo(
        &mut self,
        photo: &Granted<Photo, CreatePhotos>,
        metadata: &FileMetadata,
        renditions: &[Rendition],
    ) -> Result<(), Error>;

    /// The photo of this id.
    fn photo(&mut self, id: PhotoId) -> Result<Option<Guarded<Photo>>, Error>;

    /// The same, held until the transaction ends.
    fn hold_photo(&mut self, id: PhotoId) -> Result<Option<Guarded<Photo>>, Error>;

    /// Holds these photos, as far as they are there, until the transaction ends: in the order of their ids.
    fn hold_photos(&mut self, ids: &[PhotoId]) -> Result<(), Error>;

    /// The photo with these bytes.
    fn photo_of_hash(&mut self, hash: &ContentHash) -> Result<Option<PhotoId>, Error>;

    /// What the file of a photo says.
    fn metadata_of_photo(&mut self, id: PhotoId) -> Result<FileMetadata, Error>;

    /// The renditions of these photos that exist, by variant.
    fn renditions_of(&mut self, ids: &[PhotoId]) -> Result<HashMap<PhotoId, Vec<Rendition>>, Error>;

    /// Up to `limit` photos, the newest first; those before one backwards.
    fn photos(&mut self, filter: &PhotoFilter, limit: u16) -> Result<Vec<Guarded<Photo>>, Error>;

    /// How many photos the filter has, from its first on.
    fn count_photos(&mut self, filter: &PhotoFilter) -> Result<i64, Error>;

    /// These photos, for articles that use them.
    fn photos_of(&mut self, ids: &[PhotoId]) -> Result<HashMap<PhotoId, Photo>, Error>;

    /// Stores what is said of a photo, and answers the new version.
    fn change_photo(&mut self, photo: &Granted<Photo, EditPhotos>, seen: Seen) -> Result<Version, Error>;

    /// Stores another file of a photo, and answers the new version.
    fn replace_photo(
        &mut self,
        photo: &Granted<Photo, EditPhotos>,
        seen: Seen,
        metadata: &FileMetadata,
        renditions: &[Rendition],
    ) -> Result<Version, Error>;

    /// Removes a photo; [`Error::Referenced`] while an article uses it.
    fn delete_photo(&mut self, photo: &Granted<Photo, DeletePhotos>, seen: Seen) -> Result<(), Error>;

    /// Up to `limit` articles that use the photo.
    fn articles_of_photo(&mut self, id: PhotoId, limit: u16) -> Result<Vec<ArticleId>, Error>;

    /// Up to `limit` articles that use the photo, by id, each with where it does; those before one backwards.
    fn uses_of_photo(
        &mut self,
        id: PhotoId,
        filter: &UseFilter,
        limit: u16,
    ) -> Result<Vec<(ArticleId, Vec<UsedIn>)>, Error>;

    /// Up to `limit` photos whose credit names this contributor.
    fn photos_of_contributor(&mut self, id: ContributorId, limit: u16) -> Result<Vec<PhotoId>, Error>;

    /// Up to `limit` photos by id, those behind one.
    fn photo_ids(&mut self, behind: Option<PhotoId>, limit: u16) -> Result<Vec<PhotoId>, Error>;

    /// The articles that show the photo at `now` or will by the clock alone, with what they say of it.
    fn shown_with_photo(
        &mut self,
        id: PhotoId,
        now: Moment,
    ) -> Result<Vec<(ArticleId, domain::article::content::Content)>, Error>;

    /// Notes that a worker is to make renditions of a photo.
    fn order_renditions(&mut self, id: PhotoId, due: Moment) -> Result<(), Error>;

    /// Whether an order is due.
    fn has_rendition_order(&mut self, now: Moment) -> Result<bool, Error>;

    /// Takes the order that is due longest, and puts it off until `lease` in case the worker dies.
    fn take_rendition_order(&mut self, now: Moment, lease: Moment) -> Result<Option<(PhotoId, u32)>, Error>;

    /// Puts renditions that were made of `photo` in the place of those before and ends the order, unless it would leave
    /// another imprint by now.
    fn add_renditions(&mut self, photo: &Photo, renditions: &[Rendition]) -> Result<bool, Error>;

    /// Puts crops round a new focal point in the place of those round the old one.
    fn replace_crops(&mut self, id: PhotoId, crops: &[Rendition]) -> Result<(), Error>;

    /// Ends an order that cannot be carried out.
    fn drop_rendition_order(&mut self, id: PhotoId) -> Result<(), Error>;

    /// Up to `limit` changes of photos of up to `until` that nobody has announced, oldest first.
    fn due_photo_changes(&mut self, until: Moment, limit: u16) -> Result<Vec<DuePhotoChange>, Error>;

    /// Takes a change to announce it in this transaction; `false` where another has taken it.
    fn take_photo_change(&mut self, change: &DuePhotoChange) -> Result<bool, Error>;
}
