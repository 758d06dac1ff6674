//! The formats of feeds. What a feed is in each is the business of the crate `render`.

use crate::codes::codes;

codes! {
    /// A format of feeds, by the end of its addresses.
    pub enum FeedFormat {
        /// RSS 2.0, as the profile of the RSS Advisory Board asks for it, with Media RSS and Dublin Core.
        Rss = "rss",
        /// Atom (RFC 4287), with Media RSS.
        Atom = "atom",
        /// JSON Feed 1.1.
        Json = "json",
    }
}

impl FeedFormat {
    /// Its media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Rss => "application/rss+xml",
            Self::Atom => "application/atom+xml",
            Self::Json => "application/feed+json",
        }
    }
}
