//! What a revision of an article says: its document. Who may write it, and when it is read, is elsewhere in `article`.

pub mod body;
pub mod change;
pub mod dateline;
pub mod document;
pub mod member;
pub mod names;
pub mod patch;
pub mod reading;
pub mod reference;
pub mod tags;
pub mod texts;

mod from_json;
mod patched;
mod resolve;
mod restored;
mod short;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use self::body::Body;
use self::dateline::Dateline;
use self::tags::Tags;
use self::texts::{Headline, Kicker, SeoHeadline, ShortHeadline, SocialHeadline, Standfirst, Summary};
use super::byline::{BylineOverride, Bylines};
use crate::block::photo::PhotoUse;
use crate::block::related::RelatedArticles;
use crate::codes::codes;
use crate::id::{ArticleId, SectionId};
use crate::language::Language;
use crate::site::ArticleUrl;
use crate::slug::Slug;
use crate::web_url::WebUrl;

codes! {
    /// What sort of writing an article is.
    pub enum ArticleKind {
        /// It reports.
        News = "news",
        /// It explains what news means.
        Analysis = "analysis",
        /// It argues.
        Opinion = "opinion",
        /// It tells a story at length.
        Feature = "feature",
        /// It judges a work.
        Review = "review",
        /// It remembers somebody who died.
        Obituary = "obituary",
        /// It explains how something works.
        Explainer = "explainer",
        /// It follows what is happening.
        Live = "live",
    }
}

// What an editor sends is a `patch::ContentPatch`.
/// The content of a revision. All that it refers to is named by id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Content {
    /// The headline.
    pub headline: Headline,
    /// The headline for other places.
    pub headline_variants: HeadlineVariants,
    /// The slug, reserved from the save on; readers see it from the publish on.
    pub slug: Slug,
    /// What sort of writing it is.
    pub kind: ArticleKind,
    /// A word or two above the headline.
    #[schema(required)]
    pub kicker: Option<Kicker>,
    /// The text between headline and body; empty where there is none.
    pub standfirst: Standfirst,
    /// What it says in short, for lists and search engines.
    #[schema(required)]
    pub summary: Option<Summary>,
    /// The language that it is written in.
    pub language: Language,
    /// Where on the site it stands.
    #[schema(required)]
    pub section: Option<SectionId>,
    /// What it is about.
    pub tags: Tags,
    /// Other articles of ours, below its text.
    pub related: RelatedArticles,
    /// Where it first appeared, when that was elsewhere: its own address is none.
    #[schema(required)]
    pub canonical_url: Option<WebUrl>,
    /// Whether search engines are asked to leave it out.
    #[schema(examples(false))]
    pub noindex: bool,
    /// Whence it reports.
    #[schema(required)]
    pub dateline: Option<Dateline>,
    /// Who made it.
    pub bylines: Bylines,
    /// What readers read instead of the text made from `bylines`.
    #[schema(required)]
    pub byline_override: Option<BylineOverride>,
    /// Whether it has no byline on purpose.
    #[schema(examples(false))]
    pub no_byline: bool,
    /// The photo at its head.
    #[schema(required)]
    pub lead_photo: Option<PhotoUse>,
    /// Its text.
    pub body: Body,
}

/// The headline for places where the headline itself does not fit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HeadlineVariants {
    /// For narrow columns and push messages.
    pub short: Option<ShortHeadline>,
    /// For search engines.
    pub seo: Option<SeoHeadline>,
    /// For social networks.
    pub social: Option<SocialHeadline>,
}

impl Content {
    /// The content of a new draft that has only its headline.
    pub fn begun(headline: Headline, slug: Slug, language: Language) -> Self {
        Self {
            headline,
            headline_variants: HeadlineVariants::default(),
            slug,
            kind: ArticleKind::News,
            kicker: None,
            standfirst: Standfirst::default(),
            summary: None,
            language,
            section: None,
            tags: Tags::default(),
            related: RelatedArticles::default(),
            canonical_url: None,
            noindex: false,
            dateline: None,
            bylines: Bylines::default(),
            byline_override: None,
            no_byline: false,
            lead_photo: None,
            body: Body::default(),
        }
    }

    /// This content as that of the article `id`: a canonical address that is its own says nothing, and is left out.
    #[must_use]
    pub fn at_home(self, id: ArticleId, article_url: &ArticleUrl) -> Self {
        let own = WebUrl::parse(&article_url.of(id, &self.slug)).ok();
        Self { canonical_url: self.canonical_url.filter(|url| Some(url) != own.as_ref()), ..self }
    }

    /// Whether search engines shall find it here: it does not ask them to leave it out, and is not at home elsewhere.
    pub const fn is_for_search(&self) -> bool {
        !self.noindex && self.canonical_url.is_none()
    }
}

#[cfg(test)]
mod tests;
