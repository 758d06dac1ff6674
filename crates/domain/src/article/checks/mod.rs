//! What stands in the way of publishing. Looking things up is not here.

pub mod photos;
pub mod rules;

use std::fmt;

use crate::codes::codes;
use crate::schema::named;

codes! {
    /// Whether a check forbids publishing.
    pub enum Severity {
        /// It does.
        Error = "error",
        /// It only advises.
        Warning = "warning",
    }
}

macro_rules! checks {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal: $severity:ident, $text:literal,)+) => {
        /// What a check found. Its name is part of the public contract.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum CheckCode {$(
            $(#[doc = $doc])+
            $name,
        )+}

        impl CheckCode {
            /// Every code, errors first.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The stable name in JSON.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }

            /// Whether it forbids publishing.
            pub const fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity),+ }
            }

            /// What to do about it, for a person.
            pub const fn text(self) -> &'static str {
                match self { $(Self::$name => $text),+ }
            }
        }
    };
}

// Two things that a publish needs are not among them, because no working copy is without them. A headline is never
// empty. A slug is reserved in the transaction that saves it, by the key of the table of slugs, and what readers could
// have seen is never given to another article: so a slug that is taken is a refusal of the save (409 `slug_taken`), and
// the slug of what is saved cannot be taken from it before it is published.
checks! {
    /// There is no section.
    NoSection = "no_section": Error, "the article needs a section",
    /// Nothing in the body can be read.
    NoText = "no_text": Error, "the body needs text",
    /// Nobody is named, and that is not said to be on purpose.
    NoByline = "no_byline": Error, "name an author, or say `no_byline` on purpose",
    /// An embargo ends after the article is to go live.
    EmbargoAhead = "embargo_ahead": Error, "the embargo ends after the article goes live",
    /// An embargo has no end.
    EmbargoIndefinite = "embargo_indefinite": Error, "the embargo has no end: lift it first",
    /// A link leads to an article of ours that readers cannot open.
    DeadLink = "dead_link": Error, "leads to an article of ours that is not live",
    /// A photo has no caption.
    PhotoWithoutCaption = "photo_without_caption": Error, "the photo needs a caption, here or of its own",
    /// A photo has no alternative text and is not decorative.
    PhotoWithoutAlt = "photo_without_alt": Error, "the photo needs alternative text, here or of its own, or is `decorative`",
    /// A photo has no credit.
    PhotoWithoutCredit = "photo_without_credit": Error, "the photo needs a credit",
    /// The right to use a photo has ended by then.
    PhotoRightsEnded = "photo_rights_ended": Error, "the right to use the photo ends before the article goes live",
    /// A photo is under an embargo then.
    PhotoEmbargoed = "photo_embargoed": Error, "the photo is under an embargo when the article goes live",
    /// A photo may not be shown where the site is read.
    PhotoExcluded = "photo_excluded": Error, "the photo may not be shown in the territory of the site",
    /// The renditions of a photo are not there.
    PhotoNotReady = "photo_not_ready": Error, "the renditions of the photo are not ready",
    /// The headline for search engines is longer than they show.
    SeoHeadlineLong = "seo_headline_long": Warning, "search engines cut headlines off after about 60 characters",
    /// A heading is more than one level below the heading before it.
    HeadingLevelSkipped = "heading_level_skipped": Warning, "skips a heading level",
    /// There is no lead photo.
    NoLeadPhoto = "no_lead_photo": Warning, "the article has no lead photo",
    /// There is no summary.
    NoSummary = "no_summary": Warning, "the article has no summary",
    /// Who made a photo had to be guessed.
    PhotoCreditUncertain = "photo_credit_uncertain": Warning, "whom the credit of the photo names was guessed: look, and say it",
    /// A photo may not be shown in some territories, and the site does not say in which it is read.
    PhotoExcludedElsewhere = "photo_excluded_elsewhere": Warning, "the photo may not be shown in some territories",
    /// A quote does not say whose it is.
    QuoteWithoutAttribution = "quote_without_attribution": Warning, "says not whose words these are",
}

named! {
    CheckCode by name: "What a check found."
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// What was found.
    pub code: CheckCode,
    /// Where in the content, as a JSON pointer (RFC 6901); empty for the article as a whole.
    pub pointer: String,
}

impl Check {
    /// A finding at a JSON pointer.
    pub fn at(code: CheckCode, pointer: impl Into<String>) -> Self {
        Self { code, pointer: pointer.into() }
    }

    /// Whether it forbids publishing.
    pub fn is_error(&self) -> bool {
        self.code.severity() == Severity::Error
    }
}

impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code.text())
    }
}
