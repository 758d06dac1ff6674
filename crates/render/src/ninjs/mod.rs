//! An article as partners take it over: a ninjs 3.1 document (IPTC, News in JSON). How our facts become one is in `told`.
//!
//! A member that does not apply is absent, since the schema of ninjs knows no `null`.

mod told;

use domain::language::Language;
use domain::photo::digital_source::DigitalSourceType;
use domain::time::Moment;
use domain::web_url::WebUrl;
use serde::Serialize;
use utoipa::ToSchema;

/// A news object.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NinjsMembers)]
pub struct Ninjs {
    /// Which standard it keeps.
    standard: NinjsStandard,
    /// Its identity, which stays when it is renamed.
    #[schema(examples("urn:uuid:01970000-0000-7000-8000-000000000001"))]
    uri: String,
    /// What it is.
    #[serde(rename = "type")]
    object_type: NinjsType,
    /// Whether it is all there.
    representation_type: NinjsRepresentation,
    /// Which revision of the article this is.
    #[schema(examples("4"))]
    version: String,
    /// When it first went to readers.
    first_created: Moment,
    /// When it last changed in a way that was worth telling.
    version_created: Moment,
    /// The date that it carries.
    content_created: Moment,
    /// Whether it may be used.
    pub_status: NinjsStatus,
    /// Who publishes it.
    #[schema(examples("The Varn Courier"))]
    copyright_holder: String,
    /// What it is written in.
    language: Language,
    /// The headline.
    headlines: Vec<NinjsText>,
    /// What it says in short, and what was put right.
    descriptions: Vec<NinjsText>,
    /// Its text, as HTML and as plain text.
    bodies: Vec<NinjsBody>,
    /// Who made it, as a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("By Mara Lind in Varn"))]
    by: Option<String>,
    /// Who made it, one by one.
    info_sources: Vec<NinjsSource>,
    /// Its slug.
    #[schema(examples("harbour-talks-resume"))]
    slugline: String,
    /// Whence it reports.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("VARN"))]
    located: Option<String>,
    /// Its section, and the subjects that it is about.
    subjects: Vec<NinjsConcept>,
    /// Whom it is about.
    people: Vec<NinjsConcept>,
    /// Which organizations it is about.
    organisations: Vec<NinjsConcept>,
    /// Which places it is about.
    places: Vec<NinjsConcept>,
    /// Which events it is about.
    events: Vec<NinjsConcept>,
    /// What sort of writing it is.
    genres: Vec<NinjsGenre>,
    /// Where people read it.
    renditions: Vec<NinjsRendition>,
    /// Its photos, and other articles about it.
    associations: Vec<NinjsAssociation>,
}

/// The standard that a news object keeps.
#[derive(Debug, Serialize, ToSchema)]
pub struct NinjsStandard {
    /// Its name.
    #[schema(examples("ninjs"))]
    name: &'static str,
    /// Its version.
    #[schema(examples("3.1"))]
    version: &'static str,
    /// Its schema.
    #[schema(format = "uri", examples("http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json"))]
    schema: &'static str,
}

/// What a news object is.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum NinjsType {
    /// Words.
    Text,
    /// A photo.
    Picture,
}

/// How much of a news object is there.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum NinjsRepresentation {
    /// All of it.
    Full,
    /// So much that it can be recognized.
    Partial,
}

/// Whether a news object may be used. One that may not is not answered at all.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum NinjsStatus {
    /// It may.
    Usable,
}

/// A text with what it is for.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NinjsText {
    /// What it is for.
    #[schema(examples("main"))]
    role: &'static str,
    /// Its media type.
    #[schema(examples("text/plain"))]
    content_type: &'static str,
    /// It.
    #[schema(examples("Harbour talks resume"))]
    value: String,
}

/// The text of an article.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NinjsBody {
    /// What it is for.
    #[schema(examples("main"))]
    role: &'static str,
    /// Its media type.
    #[schema(examples("text/html"))]
    content_type: &'static str,
    /// Its characters, of markup too.
    #[schema(minimum = 0, examples(38))]
    char_count: u32,
    /// The words that people read.
    #[schema(minimum = 0, examples(7))]
    word_count: u32,
    /// It.
    #[schema(examples("<p>Talks will resume on 9 January.</p>"))]
    value: String,
}

/// Somebody who made a news object.
#[derive(Debug, Serialize, ToSchema)]
pub struct NinjsSource {
    /// Their name as published.
    #[schema(examples("Mara Lind"))]
    name: String,
    /// What they did.
    #[schema(examples("author"))]
    role: &'static str,
}

/// Something that a news object is about.
#[derive(Debug, Serialize, ToSchema)]
pub struct NinjsConcept {
    /// Its name.
    #[schema(examples("Ports"))]
    name: String,
    /// How it belongs to the object: its section, or what it is about.
    #[schema(examples("about"))]
    rel: &'static str,
    /// Where it is told of elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = "uri", examples("https://varn.example/ports"))]
    uri: Option<String>,
    /// Its slug with us.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("ports"))]
    literal: Option<String>,
}

/// A sort of writing.
#[derive(Debug, Serialize, ToSchema)]
pub struct NinjsGenre {
    /// Its name with us.
    #[schema(examples("news"))]
    name: &'static str,
}

/// A file that shows a news object, or the page where it is read.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NinjsRendition {
    /// Which.
    #[schema(examples("web"))]
    name: &'static str,
    /// Where it is.
    #[schema(format = "uri", examples("https://varn.example/harbour-talks-resume"))]
    href: String,
    /// Its media type.
    #[schema(examples("text/html"))]
    content_type: &'static str,
    /// In pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 1, examples(640))]
    width: Option<u32>,
    /// In pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 1, examples(427))]
    height: Option<u32>,
    /// In octets.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 1, examples(51_200))]
    size_in_bytes: Option<u64>,
}

/// A photo of an article, or another article about it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NinjsAssociation {
    /// Which.
    #[schema(examples("photo-1"))]
    name: String,
    /// How it belongs to the article.
    #[schema(examples("lead"))]
    rel: &'static str,
    /// Its identity.
    #[schema(examples("urn:uuid:01970000-0000-7000-8000-000000000002"))]
    uri: String,
    /// What it is.
    #[serde(rename = "type")]
    object_type: NinjsType,
    /// Whether it is all there.
    representation_type: NinjsRepresentation,
    /// Its headline: of articles.
    headlines: Vec<NinjsText>,
    /// What it shows, and the same for those who cannot see it: of photos.
    descriptions: Vec<NinjsText>,
    /// Whom it is owed to: of photos.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("Photo by Ivo Grane/Nordwire"))]
    by: Option<String>,
    /// Who holds the copyright: of photos.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("© 2026 Nordwire"))]
    copyright_notice: Option<String>,
    /// How it may be used, as its owners put it: of photos.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, examples("Editorial use only."))]
    usage_terms: Option<String>,
    /// Where more is said of how it may be used: of photos.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    rights_info: Option<NinjsRights>,
    /// How the picture came to be: of photos.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    digital_source_type: Option<NinjsDigitalSource>,
    /// Its files, or the page where it is read.
    renditions: Vec<NinjsRendition>,
}

/// The rights to a picture.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NinjsRights {
    /// Where they are told.
    #[schema(examples("https://nordwire.example/rights"))]
    linked_rights: WebUrl,
}

/// How a picture came to be.
#[derive(Debug, Serialize, ToSchema)]
pub struct NinjsDigitalSource {
    /// By the words that the IPTC keeps for it.
    uri: DigitalSourceType,
}

#[cfg(test)]
mod tests;
