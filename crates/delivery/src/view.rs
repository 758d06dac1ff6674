//! The shape of what readers get: every member is always there.

use domain::article::byline::{BylineAffiliation, BylineLocation, BylineName, BylineRole};
use domain::article::content::dateline::CountryCode;
use domain::article::content::texts::{Kicker, SeoHeadline, Summary};
use domain::article::content::{ArticleKind, texts::Headline};
use domain::article::correction::CorrectionKind;
use domain::id::{ArticleId, ContributorId, CorrectionId, PhotoId};
use domain::language::Language;
use domain::slug::Slug;
use domain::time::Moment;
use domain::web_url::WebUrl;
use render::body::span::Span;
use render::body::{ArticleRef, Block};
use serde::Serialize;
use utoipa::ToSchema;

/// An article in a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ArticleSummary)]
pub struct Summarized {
    /// Its identity.
    pub id: ArticleId,
    /// Its address within the API.
    pub slug: Slug,
    /// Where people read it.
    pub url: String,
    /// What it is.
    pub kind: ArticleKind,
    /// What it is written in.
    pub language: Language,
    /// The line above the headline.
    pub kicker: Option<Kicker>,
    /// The headline.
    pub headline: Headline,
    /// The text below the headline, as spans.
    pub standfirst: Vec<Span>,
    /// The text for lists and previews.
    pub summary: Option<Summary>,
    /// For search engines.
    pub seo: Seo,
    /// Who made it.
    pub bylines: Vec<Byline>,
    /// The same as a sentence.
    pub byline_text: Option<String>,
    /// Whence it comes.
    pub dateline: Option<Dateline>,
    /// Where it belongs.
    pub section: Option<SectionPlace>,
    /// What it is about.
    pub tags: Vec<Named>,
    /// Its photo; `null` while it has none.
    pub lead_photo: Option<PhotoId>,
    /// Words of the body.
    pub word_count: u32,
    /// Minutes to read them.
    pub reading_minutes: u32,
    /// Whether readers may comment.
    pub comments: Comments,
    /// The date of its first publication.
    pub first_published_at: Moment,
    /// The date that it carries.
    pub published_at: Moment,
    /// The last change that was worth telling.
    pub updated_at: Moment,
    /// Which revision this is.
    pub revision: u32,
}

/// A whole article.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = DeliveredArticle)]
pub struct Whole {
    /// What lists have of it.
    #[serde(flatten)]
    pub summary: Summarized,
    /// Its blocks; `null` where they were not asked for.
    pub body: Option<Vec<Block>>,
    /// What was put right.
    pub corrections: Vec<Corrected>,
    /// Other articles about it.
    pub related: Vec<ArticleRef>,
}

/// What search engines are told.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Seo {
    /// A headline for them.
    pub title: Option<SeoHeadline>,
    /// A description for them.
    pub description: Option<Summary>,
    /// The address of the original.
    pub canonical_url: Option<WebUrl>,
    /// Whether they shall leave it out.
    pub noindex: bool,
}

/// A byline.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = DeliveredByline)]
pub struct Byline {
    /// The name as published.
    pub name: BylineName,
    /// What they did.
    pub role: BylineRole,
    /// Their profile.
    pub contributor: Option<Profile>,
    /// Whence they reported.
    pub location: Option<BylineLocation>,
    /// For whom they work.
    pub affiliation: Option<BylineAffiliation>,
}

/// A contributor beside a byline.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Profile {
    /// Their identity.
    pub id: ContributorId,
    /// Their address.
    pub slug: Slug,
    /// Their name now.
    pub name: String,
    /// Their position.
    pub title: Option<String>,
    /// Their picture; `null` while they have none.
    pub photo: Option<PhotoId>,
}

/// A dateline.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = DeliveredDateline)]
pub struct Dateline {
    /// The place, as in capitals.
    pub place: String,
    /// Its country.
    pub country_code: Option<CountryCode>,
    /// The whole, as printed.
    pub text: String,
}

/// A thing by name and address.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = NamedPlace)]
pub struct Named {
    /// Its address.
    pub slug: Slug,
    /// Its name.
    pub name: String,
}

/// A section with those above it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SectionPlace {
    /// Its address.
    pub slug: Slug,
    /// Its name.
    pub name: String,
    /// From the top to itself.
    pub path: Vec<Named>,
}

/// Whether readers may comment.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = CommentsState)]
pub struct Comments {
    /// Whether there is a thread.
    pub enabled: bool,
    /// Whether it takes more.
    pub accepting: bool,
    /// When it stops to.
    pub closes_at: Option<Moment>,
}

/// A correction.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = DeliveredCorrection)]
pub struct Corrected {
    /// Its identity.
    pub id: CorrectionId,
    /// What it does.
    pub kind: CorrectionKind,
    /// What it says.
    pub text: String,
    /// The block that it is about.
    pub block: Option<String>,
    /// When it was posted.
    pub published_at: Moment,
}
