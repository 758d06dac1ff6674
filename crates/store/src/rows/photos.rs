//! The rows of photos and their renditions.

use diesel::{AsChangeset, Insertable, Queryable};
use domain::block::photo::{AltText, PhotoCaption};
use domain::id::{PhotoId, UserId};
use domain::photo::credit::{Credit, OrganizationName};
use domain::photo::facts::PhotoFacts;
use domain::photo::file::{Color, Orientation, PhotoFile, Pixels, Rendition, RenditionStatus, ThumbHash};
use domain::photo::hash::ContentHash;
use domain::photo::place::PlaceName;
use domain::photo::taken::TakenAt;
use domain::photo::texts::{FileName, JobId, Keyword, PersonShown, PhotoHeadline};
use domain::photo::variant::{Format, Variant};
use domain::photo::{CreditFrom, Photo, Printed};
use domain::version::Version;

use super::{octets, stored};
use crate::error::Error;
use crate::schema::{photo_renditions, photos};
use crate::sql::{At, Json, Key};

#[derive(Queryable, Insertable, AsChangeset)]
#[diesel(table_name = photos, treat_none_as_null = true)]
pub(crate) struct PhotoRow {
    id: Key,
    version: i64,
    owner_id: Key,
    content_hash: Vec<u8>,
    format: String,
    octets: i64,
    file_name: Option<String>,
    width: i32,
    height: i32,
    orientation: i16,
    dominant_color: Option<String>,
    thumbhash: Option<String>,
    status: String,
    facts: Json,
    credit_from: String,
    words: String,
    taken_on: Option<String>,
    has_caption: bool,
    has_alt: bool,
    has_credit: bool,
    use_until: Option<At>,
    embargo_until: Option<At>,
    created_at: At,
    updated_at: At,
}

impl PhotoRow {
    pub(crate) fn of(photo: &Photo, version: Version) -> Result<Self, Error> {
        let Photo { id, version: _, owner, printed: _, file, facts, credit_from, created_at, updated_at } =
            photo;
        let PhotoFile { hash, format, octets, name, pixels, orientation, dominant_color, thumbhash, status } =
            file;
        Ok(Self {
            id: Key(id.uuid()),
            version: version.number(),
            owner_id: Key(owner.uuid()),
            content_hash: hash.octets().to_vec(),
            format: format.name().to_owned(),
            octets: i64::try_from(*octets).map_err(Error::defect)?,
            file_name: name.as_ref().map(|name| name.as_str().to_owned()),
            width: i32::try_from(pixels.width).map_err(Error::defect)?,
            height: i32::try_from(pixels.height).map_err(Error::defect)?,
            orientation: orientation.number().into(),
            dominant_color: dominant_color.map(|color| color.to_string()),
            thumbhash: thumbhash.as_ref().map(|hash| hash.as_str().to_owned()),
            status: status.name().to_owned(),
            facts: Json(serde_json::to_string(facts).map_err(Error::defect)?),
            credit_from: credit_from.name().to_owned(),
            words: words(facts, name.as_ref()),
            taken_on: facts.taken_at.as_ref().map(TakenAt::first_day),
            has_caption: facts.caption.is_some(),
            has_alt: facts.alt.is_some(),
            has_credit: facts.credit.is_some(),
            use_until: facts.rights.use_until.map(At),
            embargo_until: facts.rights.embargo_until.map(At),
            created_at: At(*created_at),
            updated_at: At(*updated_at),
        })
    }

    pub(crate) fn photo(self, printed: Printed) -> Result<Photo, Error> {
        let side = |stored: i32| u32::try_from(stored).map_err(Error::defect);
        let file = PhotoFile {
            hash: ContentHash::new(octets(&self.content_hash)?),
            format: stored(Format::parse(&self.format))?,
            octets: u64::try_from(self.octets).map_err(Error::defect)?,
            name: self.file_name.map(|name| stored(FileName::parse(&name))).transpose()?,
            pixels: Pixels { width: side(self.width)?, height: side(self.height)? },
            orientation: stored(Orientation::parse(u8::try_from(self.orientation).map_err(Error::defect)?))?,
            dominant_color: self.dominant_color.map(|color| stored(Color::parse(&color))).transpose()?,
            thumbhash: self.thumbhash.map(|hash| stored(ThumbHash::parse(&hash))).transpose()?,
            status: stored(RenditionStatus::parse(&self.status))?,
        };
        let facts: PhotoFacts = serde_json::from_str(&self.facts.0).map_err(Error::defect)?;
        let rights = (facts.rights.use_until, facts.rights.embargo_until);
        if rights != (self.use_until.map(|at| at.0), self.embargo_until.map(|at| at.0)) {
            return Err(Error::defect(
                "the rights of a photo differ from the columns by which they are found",
            ));
        }
        Ok(Photo {
            id: PhotoId::new(self.id.0),
            version: stored(Version::parse(self.version))?,
            owner: UserId::new(self.owner_id.0),
            printed,
            file,
            facts,
            credit_from: stored(CreditFrom::parse(&self.credit_from))?,
            created_at: self.created_at.0,
            updated_at: self.updated_at.0,
        })
    }
}

/// All by which a photo is found, folded. A line break parts what does not belong together.
fn words(facts: &PhotoFacts, name: Option<&FileName>) -> String {
    let credit = facts.credit.iter();
    let creators = credit.clone().flat_map(Credit::creators).map(|creator| creator.name.as_str());
    let organizations = credit.flat_map(Credit::organizations).map(OrganizationName::as_str);
    let places = facts.location.iter().flat_map(|at| [&at.spot, &at.city, &at.region, &at.country]);
    let mut words: Vec<&str> = Vec::new();
    words.extend(facts.headline.as_ref().map(PhotoHeadline::as_str));
    words.extend(facts.caption.as_ref().map(PhotoCaption::as_str));
    words.extend(facts.alt.as_ref().map(AltText::as_str));
    words.extend(creators.chain(organizations));
    words.extend(places.flatten().map(PlaceName::as_str));
    words.extend(facts.people_shown.as_slice().iter().map(PersonShown::as_str));
    words.extend(facts.keywords.as_slice().iter().map(Keyword::as_str));
    words.extend(facts.job_id.as_ref().map(JobId::as_str));
    words.extend(name.map(FileName::as_str));
    words.join("\n").to_lowercase()
}

#[derive(Queryable, Insertable)]
#[diesel(table_name = photo_renditions)]
pub(crate) struct RenditionRow {
    pub(crate) photo_id: Key,
    variant: String,
    content_hash: Vec<u8>,
    octets: i64,
    width: i32,
    height: i32,
}

impl RenditionRow {
    pub(crate) fn of(photo: PhotoId, rendition: &Rendition) -> Result<Self, Error> {
        let Rendition { variant, hash, octets, pixels } = rendition;
        Ok(Self {
            photo_id: Key(photo.uuid()),
            variant: variant.name().to_owned(),
            content_hash: hash.octets().to_vec(),
            octets: i64::try_from(*octets).map_err(Error::defect)?,
            width: i32::try_from(pixels.width).map_err(Error::defect)?,
            height: i32::try_from(pixels.height).map_err(Error::defect)?,
        })
    }

    pub(crate) fn rendition(self) -> Result<Rendition, Error> {
        let side = |stored: i32| u32::try_from(stored).map_err(Error::defect);
        Ok(Rendition {
            variant: stored(Variant::parse(&self.variant))?,
            hash: ContentHash::new(octets(&self.content_hash)?),
            octets: u64::try_from(self.octets).map_err(Error::defect)?,
            pixels: Pixels { width: side(self.width)?, height: side(self.height)? },
        })
    }
}
