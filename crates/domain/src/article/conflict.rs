//! Why a command does not fit the present state of an article. What is wrong with its input is a fault instead.

use std::fmt;

use crate::schema::named;
use crate::violation::{Fault, Faults};

macro_rules! conflicts {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal: $detail:literal,)+) => {
        /// A state of an article that a command does not fit.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Conflict {$(
            $(#[doc = $doc])+
            $name,
        )+}

        impl Conflict {
            /// Every conflict, for the generated list of errors.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The stable name of the reason.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }

            /// What to do about it, for a person.
            pub const fn detail(self) -> &'static str {
                match self { $(Self::$name => $detail),+ }
            }
        }
    };
}

conflicts! {
    /// Only a draft can be handed in.
    NotDraft = "not_draft": "the working copy is not a draft",
    /// Only what was handed in can be approved.
    NotInReview = "not_in_review": "the working copy is not in review",
    /// Only what was handed in or approved can be returned.
    NotHandedIn = "not_handed_in": "the working copy is neither in review nor ready",
    /// The site publishes only what was approved.
    NotApproved = "not_approved": "this site publishes only what is ready: approve it first",
    /// The command is for what readers see.
    NotLive = "not_live": "readers do not see the article",
    /// The command is for what readers do not see.
    Live = "live": "readers see the article: unpublish it first",
    /// There is nothing to unschedule.
    NotScheduled = "not_scheduled": "nothing is scheduled",
    /// An amendment would be lost when the scheduled revision goes live.
    UpdateScheduled = "update_scheduled": "a scheduled revision would undo this: unschedule it first",
    /// Readers see already what an amendment says.
    NothingAmended = "nothing_amended": "readers see that already",
    /// The article was never visible.
    NeverLive = "never_live": "readers never saw the article",
    /// The article is withdrawn.
    Withdrawn = "withdrawn": "the article is withdrawn: reinstate it first",
    /// There is no withdrawal to take back.
    NotWithdrawn = "not_withdrawn": "the article is not withdrawn",
    /// There is no embargo to lift.
    NoEmbargo = "no_embargo": "the article has no embargo",
    /// An embargo forbids showing the article at that time.
    Embargoed = "embargoed": "the article is under an embargo at that time",
    /// What was published or scheduled is not deleted.
    Published = "published": "the article was published or is scheduled: withdraw or unschedule it",
}

named! {
    Conflict by code: "The state of an article that a command does not fit."
}

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.detail())
    }
}

impl std::error::Error for Conflict {}

/// Why a command was not carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// It does not fit the present state.
    Conflict(Conflict),
    /// Its input contradicts itself or the present state.
    Faults(Faults),
}

impl From<Conflict> for Refused {
    fn from(conflict: Conflict) -> Self {
        Self::Conflict(conflict)
    }
}

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Self {
        Self::Faults(fault.into())
    }
}

impl From<Faults> for Refused {
    fn from(faults: Faults) -> Self {
        Self::Faults(faults)
    }
}
