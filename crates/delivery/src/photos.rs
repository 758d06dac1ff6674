//! Photos as readers see them: while a visible article shows them and their rights stand (ruling 12).

use std::collections::{BTreeSet, HashMap};

use domain::article::content::Content;
use domain::article::content::names::photo_uses;
use domain::block::photo::PhotoUse;
use domain::id::{ContributorId, PhotoId};
use domain::photo::credit::Credit;
use domain::photo::facts::PhotoFacts;
use domain::photo::file::Rendition;
use domain::photo::hash::ContentHash;
use domain::photo::variant::Variant;
use domain::site::Site;
use domain::time::Moment;
use render::body::photo::{CreatorProfile, Kept, Photo};
use serde::Serialize;
use store::live::{Live, LivePhoto};
use utoipa::ToSchema;

use crate::Delivery;
use crate::error::Error;

/// Where a rendition is, for whom an answer is made.
pub type Address<'a> = dyn Fn(PhotoId, ContentHash, Variant) -> String + 'a;

/// The photos of what is shown.
pub(crate) struct Photos<'a> {
    pub(crate) found: HashMap<PhotoId, LivePhoto>,
    pub(crate) profiles: HashMap<ContributorId, CreatorProfile>,
    pub(crate) site: &'a Site,
    pub(crate) address: &'a Address<'a>,
}

impl Photos<'_> {
    /// A photo as one use shows it; `None` while readers do not see it.
    pub(crate) fn shown(&self, used: &PhotoUse) -> Option<Photo> {
        let LivePhoto { photo, renditions } = self.found.get(&used.photo)?;
        let edition = photo.edition();
        let address = |variant| (self.address)(photo.id, edition, variant);
        let profile = |id| self.profiles.get(&id).cloned();
        let kept =
            Kept { photo, renditions, style: self.site.credit_style, address: &address, profile: &profile };
        Some(Photo::of(used, &kept))
    }

    /// What each says of itself.
    pub(crate) fn facts(&self) -> HashMap<PhotoId, &PhotoFacts> {
        self.found.iter().map(|(id, found)| (*id, &found.photo.facts)).collect()
    }

    /// When the first of them is no longer to be seen.
    pub(crate) fn shown_until(&self) -> Option<Moment> {
        self.found.values().filter_map(|found| found.photo.facts.rights.use_until).min()
    }
}

/// The contributors whom the credits of photos name.
fn credited(found: &HashMap<PhotoId, LivePhoto>) -> BTreeSet<ContributorId> {
    let credits = found.values().filter_map(|found| found.photo.facts.credit.as_ref());
    credits.flat_map(Credit::creators).filter_map(|creator| creator.contributor).collect()
}

/// The photos of a whole article.
pub(crate) fn of_whole(content: &Content) -> impl Iterator<Item = PhotoId> {
    photo_uses(content).into_iter().map(|(_, used)| used.photo)
}

/// The photo that lists show of an article.
pub(crate) fn of_summary(content: &Content) -> impl Iterator<Item = PhotoId> {
    content.lead_photo.iter().map(|used| used.photo)
}

/// A photo by itself, as it says of itself.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Photo)]
pub struct Seen {
    /// It.
    #[serde(flatten)]
    pub photo: Photo,
    /// When readers no longer see it.
    #[serde(skip)]
    pub shown_until: Option<Moment>,
}

impl Delivery {
    /// The photo of an id, if a visible article shows it.
    pub async fn photo(&self, id: PhotoId) -> Result<Option<Seen>, Error> {
        let (now, site) = (self.clock.now(), std::sync::Arc::clone(&self.site));
        let media = std::sync::Arc::clone(&self.media);
        self.read(now, move |live| {
            let Some((found, shown_until)) = live.live_photo(id, now)? else { return Ok(None) };
            let photos = Photos::of(live, [(id, found)].into(), &site, &*media, now)?;
            let used = PhotoUse::of(id);
            Ok(photos.shown(&used).map(|photo| Seen { photo, shown_until }))
        })
        .await
    }

    /// The rendition of a photo under the address of `edition`, and when readers no longer see it.
    pub async fn rendition(
        &self,
        id: PhotoId,
        edition: ContentHash,
        variant: Variant,
    ) -> Result<Option<(Rendition, Option<Moment>)>, Error> {
        let now = self.clock.now();
        self.read(now, move |live| {
            let found = live.live_photo(id, now)?.filter(|(found, _)| found.photo.edition() == edition);
            let Some((LivePhoto { renditions, .. }, shown_until)) = found else { return Ok(None) };
            let rendition = renditions.into_iter().find(|rendition| rendition.variant == variant);
            Ok(rendition.map(|rendition| (rendition, shown_until)))
        })
        .await
    }
}

impl<'a> Photos<'a> {
    /// Those of the photos with these ids that readers see, and `own` as they are, with whom their credits name.
    pub(crate) fn read(
        live: &mut dyn Live,
        ids: impl Iterator<Item = PhotoId>,
        own: HashMap<PhotoId, LivePhoto>,
        site: &'a Site,
        address: &'a Address<'a>,
        now: Moment,
    ) -> Result<Self, Error> {
        let ids: BTreeSet<_> = ids.collect();
        let mut found = live.photos_of_live(&ids.into_iter().collect::<Vec<_>>(), now)?;
        found.extend(own);
        Self::of(live, found, site, address, now)
    }

    /// Photos that were found, with whom their credits name.
    pub(crate) fn of(
        live: &mut dyn Live,
        found: HashMap<PhotoId, LivePhoto>,
        site: &'a Site,
        address: &'a Address<'a>,
        now: Moment,
    ) -> Result<Self, Error> {
        let ids: Vec<_> = credited(&found).into_iter().collect();
        let profiles = live.credited_of_live(&ids, now)?.into_iter();
        let profiles = profiles.map(|(id, profile)| {
            let (slug, name) = (profile.slug, profile.name.into());
            (id, CreatorProfile { id: profile.id, slug, name })
        });
        Ok(Self { found, profiles: profiles.collect(), site, address })
    }
}
