//! What we may do with a photo, and until when. That it goes from articles when its time is over is delivery's.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::lists::Territories;
use crate::article::content::dateline::CountryCode;
use crate::codes::codes;
use crate::event::EventKind;
use crate::json::{FromJson, Object};
use crate::time::Moment;
use crate::violation::{Faults, Rule, Violation};

codes! {
    /// Whether those whom or whose things a photo shows agreed to its use (PLUS release status).
    pub enum Release {
        /// There is no release.
        None = "none",
        /// None is needed.
        NotApplicable = "not_applicable",
        /// There are releases without limits.
        Unlimited = "unlimited",
        /// Releases are incomplete or have limits.
        Limited = "limited",
    }
}

/// What we may do with a photo.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Rights {
    /// From then on readers no longer see it.
    pub use_until: Option<Moment>,
    /// Until then readers do not see it.
    pub embargo_until: Option<Moment>,
    /// Whether it may not be shown without its credit; `false` where it is not said.
    #[serde(default)]
    pub mandatory_credit: bool,
    /// Whether it may not be kept for later use; `false` where it is not said.
    #[serde(default)]
    pub no_archive: bool,
    /// Countries in which it may not be shown; none where it is not said.
    #[serde(default)]
    pub excluded_territories: Territories,
    /// Whether those whom it shows agreed.
    pub model_release: Option<Release>,
    /// Whether the owners of what it shows agreed.
    pub property_release: Option<Release>,
}

/// Whether rights let readers see a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// They do.
    Free,
    /// Not yet.
    Embargoed,
    /// No longer.
    Ended,
}

impl Rights {
    /// Whether they let readers see the photo at `now`.
    pub fn standing(&self, now: Moment) -> Standing {
        if self.use_until.is_some_and(|until| until <= now) {
            return Standing::Ended;
        }
        if self.embargo_until.is_some_and(|until| until > now) { Standing::Embargoed } else { Standing::Free }
    }

    /// What becomes of the photo by the clock alone, and when.
    pub fn changes(&self) -> Vec<(Moment, EventKind)> {
        let ending = self.use_until.map(|at| (at.plus(-Self::NOTICE), EventKind::PhotoRightsEnding));
        let ended = self.use_until.map(|at| (at, EventKind::PhotoRightsEnded));
        let begun = self.embargo_until.map(|at| (at, EventKind::PhotoEmbargoEnded));
        [ending, ended, begun].into_iter().flatten().collect()
    }

    /// How long before the end of its use a photo is told of (ruling 12).
    pub const NOTICE: TimeDelta = TimeDelta::days(7);

    /// Whether the photo may not be shown in `territory`.
    pub fn excludes(&self, territory: CountryCode) -> bool {
        self.excluded_territories.as_slice().contains(&territory)
    }
}

impl FromJson for Rights {
    fn from_json(json: Value) -> Result<Self, Faults> {
        let mut object = Object::of(json)?;
        let rights = Self {
            use_until: object.optional("use_until"),
            embargo_until: object.optional("embargo_until"),
            mandatory_credit: object.or_default("mandatory_credit"),
            no_archive: object.or_default("no_archive"),
            excluded_territories: object.or_default("excluded_territories"),
            model_release: object.optional("model_release"),
            property_release: object.optional("property_release"),
        };
        let order = match (rights.embargo_until, rights.use_until) {
            (Some(from), Some(until)) if until <= from => {
                Err(Violation::new(Rule::Inconsistent, "must be after the embargo ends"))
            }
            _ => Ok(()),
        };
        let rights = object.at("/use_until", order).map(|()| rights);
        object.finish(rights)
    }
}
