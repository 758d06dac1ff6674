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
use render::body::photo::Photo;
use render::body::span::Span;
use render::body::{ArticleRef, Block};
use render::portable::PortableBlock;
use serde::Serialize;
use utoipa::ToSchema;

use crate::comments::Thread;

/// An article in a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ArticleSummary)]
pub struct Summarized {
    /// Its identity.
    pub id: ArticleId,
    /// Its address within the API.
    pub slug: Slug,
    /// Where people read it.
    #[schema(format = "uri", examples("https://varn.example/sea-gates-of-varn-hold"))]
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
    #[schema(examples("By Mara Lind in Varn"))]
    pub byline_text: Option<String>,
    /// Whence it comes.
    pub dateline: Option<Dateline>,
    /// Where it belongs.
    pub section: Option<SectionPlace>,
    /// What it is about.
    pub tags: Vec<Named>,
    /// Its photo; `null` while it has none.
    #[schema(required)]
    pub lead_photo: Option<Photo>,
    /// Words of the body.
    #[schema(examples(612))]
    pub word_count: u32,
    /// Minutes to read them.
    #[schema(examples(3))]
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
    #[schema(minimum = 1, examples(4))]
    pub revision: u32,
}

/// A whole article.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = WholeArticle)]
pub struct Whole {
    /// What lists have of it.
    #[serde(flatten)]
    pub summary: Summarized,
    /// Its blocks; `null` where they were not asked for.
    pub body: Option<Vec<Block>>,
    /// The body as HTML, to be put below the headline; `null` unless `include=html`.
    #[schema(required, examples("<p>Talks will resume on 9 January.</p>"))]
    pub body_html: Option<String>,
    /// The body as plain text; `null` unless `include=text`.
    #[schema(required, examples("Talks will resume on 9 January."))]
    pub body_text: Option<String>,
    /// The body in Portable Text; `null` unless `include=portable_text`.
    #[schema(required)]
    pub body_portable_text: Option<Vec<PortableBlock>>,
    /// What was put right.
    pub corrections: Vec<Corrected>,
    /// Other articles about it, in short.
    pub related: Vec<ArticleRef>,
    /// The same as lists show them; `null` unless `include=related`.
    #[schema(required)]
    pub related_articles: Option<Vec<Summarized>>,
    /// What a form must know, with the first page of the comments; `None` unless `include=comments`. It is told with its
    /// cursors.
    #[serde(skip)]
    pub thread: Option<Thread>,
    /// The article as search engines read it, a `NewsArticle` of schema.org: the text that stands, as it is, in a `script`
    /// element of type `application/ld+json`; `null` unless `include=json_ld`.
    #[schema(required, examples("{\"@context\":\"https://schema.org\",\"@type\":\"NewsArticle\"}"))]
    pub json_ld: Option<String>,
    /// When something in it disappears. A schedule is no end of anything, so nothing tells of it here (ruling 13).
    #[serde(skip)]
    pub shown_until: Option<Moment>,
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
    #[schema(examples("Mara Lind"))]
    pub name: String,
    /// Their position.
    #[schema(examples("Port correspondent"))]
    pub title: Option<String>,
    /// Their picture, to be read at `/v1/photos/{id}`; `null` while they have none that may be shown.
    pub photo: Option<PhotoId>,
}

/// A dateline.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = DeliveredDateline)]
pub struct Dateline {
    /// The place, as in capitals.
    #[schema(examples("VARN"))]
    pub place: String,
    /// Its country.
    pub country_code: Option<CountryCode>,
    /// The whole, as printed.
    #[schema(examples("VARN —"))]
    pub text: String,
}

/// A thing by name and address.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = NamedPlace)]
pub struct Named {
    /// Its address.
    pub slug: Slug,
    /// Its name.
    #[schema(examples("World"))]
    pub name: String,
}

/// A section with those above it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SectionPlace {
    /// Its address.
    pub slug: Slug,
    /// Its name.
    #[schema(examples("World"))]
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
    #[schema(examples("An earlier version gave the wrong year of the storm."))]
    pub text: String,
    /// The block that it is about.
    #[schema(examples("b7"))]
    pub block: Option<String>,
    /// When it was posted.
    pub published_at: Moment,
}
