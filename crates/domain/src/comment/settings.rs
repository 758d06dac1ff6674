//! What a site and an article say of their comments, and the policy of one thread that follows from both. Where the
//! settings of the site come from is not here.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::conflict::ClosedBecause;
use super::place::Place;
use super::words::WordList;
use crate::codes::codes;
use crate::json::{FromJson, here};
use crate::schema::{self, described};
use crate::time::Moment;
use crate::violation::{Faults, Rule, Violation};

codes! {
    /// Whether an article has comments.
    pub enum Mode {
        /// Readers may comment.
        Open = "open",
        /// Readers see the comments, and write none.
        Closed = "closed",
        /// There are no comments.
        Disabled = "disabled",
    }
}

codes! {
    /// When readers see a comment.
    pub enum Moderation {
        /// When a moderator has approved it.
        Pre = "pre",
        /// At once, unless something stands out.
        Post = "post",
        /// The first of a commenter when a moderator has approved it, later ones at once.
        Trusted = "trusted",
    }
}

/// Declares a small number with a range.
macro_rules! number {
    ($(#[doc = $doc:literal])+ $name:ident($inner:ty) in $min:literal ..= $max:expr, usually $usual:literal) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "u32", into = "u32")]
        pub struct $name($inner);

        impl $name {
            /// The largest.
            pub const MAX: $inner = $max;

            /// Takes over a number in its range.
            pub fn parse(raw: u32) -> Result<Self, Violation> {
                let fits = <$inner>::try_from(raw).ok().filter(|number| ($min..=Self::MAX).contains(number));
                fits.map(Self).ok_or_else(|| {
                    Violation::new(Rule::OutOfRange, format!("must be a whole number from {} to {}", $min, Self::MAX))
                })
            }

            /// The number.
            pub const fn number(self) -> $inner {
                self.0
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self($usual)
            }
        }

        impl TryFrom<u32> for $name {
            type Error = Violation;

            fn try_from(raw: u32) -> Result<Self, Violation> {
                Self::parse(raw)
            }
        }

        impl From<$name> for u32 {
            fn from(number: $name) -> Self {
                number.0.into()
            }
        }

        impl FromJson for $name {
            fn from_json(json: Value) -> Result<Self, Faults> {
                Self::parse(u16::from_json(json)?.into()).map_err(here)
            }
        }

        described!($name: schema::count_from($min, concat!($($doc),+)).maximum(Some(Self::MAX)).examples([$usual]));
    };
}

number! {
    /// How many comments may stand above one; a deeper reply hangs on the ancestor that is deep enough.
    MaxDepth(u8) in 0 ..= Place::DEEPEST, usually 3
}

number! {
    /// Most characters of a comment.
    MaxLength(u16) in 1 ..= 10_000, usually 2000
}

number! {
    /// Most links in a comment that is not held back.
    MaxLinks(u8) in 0 ..= 50, usually 2
}

number! {
    /// Days after its publication from which an article takes no comments.
    OpenDays(u16) in 1 ..= 3650, usually 14
}

/// What a site says of the comments of all its articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommentSettings {
    /// Whether articles have comments.
    pub mode: Mode,
    /// When readers see a comment.
    pub moderation: Moderation,
    /// How long after its publication an article takes comments; `None` for ever.
    pub open_days: Option<OpenDays>,
    /// How deep replies may stand.
    pub max_depth: MaxDepth,
    /// How long a comment may be.
    pub max_length: MaxLength,
    /// How many links it may hold.
    pub max_links: MaxLinks,
    /// Words that hold one back.
    pub words: WordList,
    /// How long a commenter may change or take away a comment, in seconds.
    pub edit_window_s: u32,
    /// How many readers must report a comment for it to go back into the queue.
    pub reports_to_hold: u16,
    /// Fastest that a person fills in the form, in milliseconds.
    pub min_fill_ms: u32,
    /// Most comments from one address in [`CommentSettings::flood_window_s`].
    pub flood_most: u16,
    /// The time in which the comments from one address are counted, in seconds.
    pub flood_window_s: u32,
    /// Days after which the address from which a comment came is forgotten.
    pub keep_addresses_days: u16,
}

impl Default for CommentSettings {
    /// What a newsroom starts with: everything is read before it is shown, a discussion is open for two weeks.
    fn default() -> Self {
        Self {
            mode: Mode::Open,
            moderation: Moderation::Pre,
            open_days: Some(OpenDays::default()),
            max_depth: MaxDepth::default(),
            max_length: MaxLength::default(),
            max_links: MaxLinks::default(),
            words: WordList::default(),
            edit_window_s: 900,
            reports_to_hold: 3,
            min_fill_ms: 2000,
            flood_most: 5,
            flood_window_s: 300,
            keep_addresses_days: 30,
        }
    }
}

/// What one article says of its comments where it differs from the site. `None` is as the site says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ThreadOverride {
    /// Whether it has comments.
    pub mode: Option<Mode>,
    /// When readers see one.
    pub moderation: Option<Moderation>,
    /// Until when it takes them.
    pub closes: Option<Closes>,
    /// How deep replies may stand.
    pub max_depth: Option<MaxDepth>,
    /// How long a comment may be.
    pub max_length: Option<MaxLength>,
    /// How many links it may hold.
    pub max_links: Option<MaxLinks>,
    /// Words that hold one back, in place of those of the site.
    pub words: Option<WordList>,
}

/// Until when an article takes comments, whatever the site says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Closes {
    /// Until this instant.
    At(Moment),
    /// So many days after its publication.
    After(OpenDays),
    /// For ever.
    Never,
}

impl OpenDays {
    /// So many days after `instant`.
    pub fn after(self, instant: Moment) -> Moment {
        instant.plus(TimeDelta::days(self.number().into()))
    }

    /// So many days before it.
    pub fn before(self, instant: Moment) -> Moment {
        instant.plus(-TimeDelta::days(self.number().into()))
    }
}

impl Closes {
    /// The instant, of an article that carries this date; `None` for never.
    pub fn at(self, published_at: Moment) -> Option<Moment> {
        match self {
            Self::At(at) => Some(at),
            Self::After(days) => Some(days.after(published_at)),
            Self::Never => None,
        }
    }
}

/// What holds for one thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThreadPolicy {
    /// Whether there are comments.
    pub mode: Mode,
    /// When readers see one.
    pub moderation: Moderation,
    /// From when on it takes none.
    pub closes_at: Option<Moment>,
    /// How deep replies may stand.
    pub max_depth: MaxDepth,
    /// How long a comment may be.
    pub max_length: MaxLength,
    /// How many links it may hold.
    pub max_links: MaxLinks,
    /// Words that hold one back.
    pub words: WordList,
}

impl ThreadPolicy {
    /// The policy of the thread of an article that was published at `published_at`.
    pub fn of(site: &CommentSettings, own: &ThreadOverride, published_at: Moment) -> Self {
        let closes_at = match own.closes {
            Some(closes) => closes.at(published_at),
            None => site.open_days.map(|days| days.after(published_at)),
        };
        Self {
            mode: own.mode.unwrap_or(site.mode),
            moderation: own.moderation.unwrap_or(site.moderation),
            closes_at,
            max_depth: own.max_depth.unwrap_or(site.max_depth),
            max_length: own.max_length.unwrap_or(site.max_length),
            max_links: own.max_links.unwrap_or(site.max_links),
            words: own.words.as_ref().unwrap_or(&site.words).clone(),
        }
    }

    /// Why it takes no comments at `now`; `None` where it does.
    pub fn closed(&self, now: Moment) -> Option<ClosedBecause> {
        match self.mode {
            Mode::Disabled => Some(ClosedBecause::Disabled),
            Mode::Closed => Some(ClosedBecause::Closed),
            Mode::Open => self.closes_at.filter(|at| *at <= now).map(|_| ClosedBecause::TimeOver),
        }
    }

    /// Whether readers see the comments that there are.
    pub fn is_shown(&self) -> bool {
        self.mode != Mode::Disabled
    }

    /// From when on it takes no comments, where it does at `now`.
    pub fn open_until(&self, now: Moment) -> Option<Moment> {
        self.closes_at.filter(|_| self.closed(now).is_none())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(raw: &str) -> Moment {
        Moment::parse(raw).unwrap()
    }

    #[test]
    fn a_thread_closes_so_many_days_after_its_article_was_published() {
        let (site, published) = (CommentSettings::default(), at("2026-01-01T10:00:00Z"));
        let policy = ThreadPolicy::of(&site, &ThreadOverride::default(), published);
        assert_eq!(policy.closed(at("2026-01-15T09:59:59.999Z")), None);
        assert_eq!(policy.closed(at("2026-01-15T10:00:00Z")), Some(ClosedBecause::TimeOver));
        let never = ThreadOverride { closes: Some(Closes::Never), ..ThreadOverride::default() };
        assert_eq!(ThreadPolicy::of(&site, &never, published).closed(at("2030-01-01T00:00:00Z")), None);
    }

    #[test]
    fn an_article_says_no_more_than_it_must() {
        let site = CommentSettings { mode: Mode::Closed, ..CommentSettings::default() };
        let open = ThreadOverride { mode: Some(Mode::Open), ..ThreadOverride::default() };
        let published = at("2026-01-01T10:00:00Z");
        assert_eq!(ThreadPolicy::of(&site, &open, published).closed(published), None);
        let own = ThreadPolicy::of(&site, &ThreadOverride::default(), published);
        assert_eq!(own.closed(published), Some(ClosedBecause::Closed));
        assert!(own.is_shown());
    }
}
