//! The members of a content by name, for answers that say which of them changed.

use crate::codes::codes;

codes! {
    /// A member of a content, as editors send and see it.
    pub enum Member {
        /// The headline.
        Headline = "headline",
        /// The headline for other places.
        HeadlineVariants = "headline_variants",
        /// The slug.
        Slug = "slug",
        /// What sort of writing it is.
        Kind = "kind",
        /// The words above the headline.
        Kicker = "kicker",
        /// The text between headline and body.
        Standfirst = "standfirst",
        /// What it says in short.
        Summary = "summary",
        /// The language.
        Language = "language",
        /// The section.
        Section = "section",
        /// The tags.
        Tags = "tags",
        /// Other articles of ours.
        Related = "related",
        /// Where it first appeared.
        CanonicalUrl = "canonical_url",
        /// Whether search engines are asked to leave it out.
        Noindex = "noindex",
        /// Whence it reports.
        Dateline = "dateline",
        /// Who made it.
        Bylines = "bylines",
        /// What readers read instead of the text made from the bylines.
        BylineOverride = "byline_override",
        /// Whether it has no byline on purpose.
        NoByline = "no_byline",
        /// The photo at its head.
        LeadPhoto = "lead_photo",
        /// Its text.
        Body = "body",
    }
}
