//! What the picture desk does: photos brought in, described, replaced, deleted, and placed in articles.

mod bring;
mod bytes;
mod darkroom;
mod delete;
mod edit;
mod hands;
mod intake;
mod keep;
mod place;
mod read;
mod render;
mod replace;
mod shown;
mod stock;
mod sweep;
pub(crate) mod times;
mod workbench;

use std::sync::LazyLock;

use domain::article::content::names::Names;
use domain::article::content::reference::Ref;
use domain::event::EventKind;
use domain::id::PhotoId;
use domain::photo::Photo;
use domain::photo::credit::agencies::Agencies;
use domain::photo::file::Rendition;
use domain::photo::patch::PhotoPatch;
use domain::policy::{Granted, Right};
use domain::surrogate_key::SurrogateKey;
use domain::time::Moment;
use domain::violation::{Faults, Rule, Violation};
use store::tx::Tx;

use crate::cx::{Cx, News};
use crate::error::Error;
use crate::grant::Grant;

pub use bring::{Brought, Incoming, bring};
pub use bytes::Opened;
pub use darkroom::{Darkroom, Developed};
pub use delete::delete;
pub use edit::{Crops, edit};
pub use intake::Intake;
pub use place::{Spot, place};
pub use read::{Asked, Page, Sheet, Uses, list, original, read, uses};
pub use replace::replace;
pub use stock::{Fault, Loss, Stock, take_stock};

/// The agencies that every newsroom knows.
pub(crate) static AGENCIES: LazyLock<Agencies> = LazyLock::new(Agencies::known);

/// Most articles, and most contributors, that are named where a photo is in use.
const MOST_USERS: u16 = 20;

/// A photo with its renditions.
#[derive(Debug, Clone)]
pub struct Print {
    /// It.
    pub photo: Photo,
    /// Those that exist, by variant.
    pub renditions: Vec<Rendition>,
}

impl Print {
    pub(crate) fn of(tx: &mut dyn Tx, photo: Photo) -> Result<Self, Error> {
        let renditions = tx.renditions_of(&[photo.id])?.remove(&photo.id).unwrap_or_default();
        Ok(Self { photo, renditions })
    }
}

/// The disk that does not take or give a file.
fn unreadable(cause: &std::io::Error) -> Error {
    Error::Unavailable(cause.to_string())
}

/// The photo of an id, held for a write and granted for one right.
fn held<R: Right>(cx: &mut Cx<'_>, id: PhotoId) -> Result<Granted<Photo, R>, Error> {
    let granted = cx.tx.hold_photo(id)?.ok_or(Error::NotFound)?.grant::<R>(&cx.actor)?;
    cx.grants.push(Grant::of_photo(R::ACTION, id));
    Ok(granted)
}

/// Refuses a credit that names a profile which there is not.
fn knows_creators(cx: &mut Cx<'_>, patch: &PhotoPatch) -> Result<(), Error> {
    let creators = patch.credit.set().map(|said| said.credit.creators()).unwrap_or_default();
    let profiles = creators.iter().filter_map(|creator| creator.contributor);
    let names = Names { contributors: profiles.map(Ref::Id).collect(), ..Names::default() };
    let known = cx.tx.known(&names)?;
    let mut faults = Faults::new();
    for (i, creator) in creators.iter().enumerate() {
        let Some(profile) = creator.contributor else { continue };
        if !known.contributors.contains_key(&Ref::Id(profile)) {
            let unknown = Violation::new(Rule::UnknownReference, "names nothing that exists");
            faults.push(unknown.at(format!("/credit/creators/{i}/contributor")));
        }
    }
    Ok(faults.or(Some(()))?)
}

/// The keys of what may be different once a photo goes from articles that readers see, or comes to them.
pub(crate) fn keys_with_users(tx: &mut dyn Tx, id: PhotoId, now: Moment) -> Result<Vec<SurrogateKey>, Error> {
    let mut keys = vec![SurrogateKey::photo(id)];
    let portrayed = tx.contributors_with_portrait(id, MOST_USERS)?;
    keys.extend(portrayed.into_iter().map(SurrogateKey::contributor));
    for (article, content) in tx.shown_with_photo(id, now)? {
        keys.push(SurrogateKey::lists());
        keys.push(SurrogateKey::article(article));
        keys.push(SurrogateKey::article_address(&content.slug));
    }
    keys.sort();
    keys.dedup();
    Ok(keys)
}

/// What of the site may be different once a photo is another one.
fn news(kind: EventKind, id: PhotoId) -> News {
    News { kind, keys: vec![SurrogateKey::photo(id)] }
}
