//! Where a photo was taken, in words: coordinates of a file are never taken over (abuse MED-05).

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::provenance::something;
use crate::article::content::dateline::CountryCode;
use crate::bounded::bounded;
use crate::json::{FromJson, Object};
use crate::violation::Faults;

bounded! {
    /// The name of a place.
    PlaceName: name up to 120, "the longest names of places, with what tells them apart",
        like "Varn";
}

/// Where a photo was taken, or what it shows, from the nearest to the widest.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PhotoLocation {
    /// The spot: a square, a hall, a quay.
    pub spot: Option<PlaceName>,
    /// The city or town.
    pub city: Option<PlaceName>,
    /// The province or state.
    pub region: Option<PlaceName>,
    /// The country, as it is written.
    pub country: Option<PlaceName>,
    /// The country, by its letters.
    pub country_code: Option<CountryCode>,
}

impl PhotoLocation {
    /// Whether it says anything.
    pub fn is_something(&self) -> bool {
        let Self { spot, city, region, country, country_code } = self;
        [spot, city, region, country].into_iter().any(Option::is_some) || country_code.is_some()
    }

    /// The name by which readers know the place: its city, else what is nearest to that.
    pub fn name(&self) -> Option<&PlaceName> {
        let Self { spot, city, region, country, .. } = self;
        [city, spot, region, country].into_iter().flatten().next()
    }
}

impl FromJson for PhotoLocation {
    fn from_json(json: Value) -> Result<Self, Faults> {
        let mut object = Object::of(json)?;
        let location = Self {
            spot: object.optional("spot"),
            city: object.optional("city"),
            region: object.optional("region"),
            country: object.optional("country"),
            country_code: object.optional("country_code"),
        };
        let said = location.is_something();
        object.finish(Some(location)).and_then(|location| something(location, said))
    }
}
