//! The facts of an article as a ninjs document.

use domain::article::correction::Correction;
use domain::site::SiteName;
use domain::tag::TagKind;

use super::{
    Ninjs, NinjsAssociation, NinjsBody, NinjsConcept, NinjsDigitalSource, NinjsGenre, NinjsRendition,
    NinjsRepresentation, NinjsRights, NinjsSource, NinjsStandard, NinjsStatus, NinjsText, NinjsType,
};
use crate::body::photo::{Photo, PhotoRendition};
use crate::body::{ArticleRef, Block};
use crate::html::html;
use crate::story::{Story, Topic};
use crate::text::text;

const PLAIN: &str = "text/plain";
const HTML: &str = "text/html";

impl Ninjs {
    /// An article, with the blocks and the related articles that readers get.
    pub fn of(
        story: &Story,
        blocks: &[Block],
        corrections: &[Correction],
        related: &[ArticleRef],
        publisher: &SiteName,
    ) -> Self {
        let section = story.sections.last().map(|name| NinjsConcept {
            name: name.clone(),
            rel: "section",
            uri: None,
            literal: None,
        });
        let about = |kinds: &[TagKind]| {
            let topics = story.topics.iter().filter(|topic| kinds.contains(&topic.kind));
            topics.map(concept).collect::<Vec<_>>()
        };
        let short = (!story.short.is_empty()).then(|| plain("summary", &story.short));
        let corrected = corrections.iter().map(|told| plain(told.kind.name(), told.text.as_str()));
        let photos = blocks.iter().flat_map(Block::photos).zip(1..);
        Self {
            standard: NinjsStandard {
                name: "ninjs",
                version: "3.1",
                schema: "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json",
            },
            uri: story.urn(),
            object_type: NinjsType::Text,
            representation_type: NinjsRepresentation::Full,
            version: story.revision.to_string(),
            first_created: story.first_published_at,
            version_created: story.updated_at,
            content_created: story.published_at,
            pub_status: NinjsStatus::Usable,
            copyright_holder: publisher.as_str().to_owned(),
            language: story.language.clone(),
            headlines: vec![plain("main", story.headline.as_str())],
            descriptions: short.into_iter().chain(corrected).collect(),
            bodies: vec![body(HTML, html(blocks), story.words), body(PLAIN, text(blocks), story.words)],
            by: story.byline_text.clone(),
            info_sources: story
                .makers
                .iter()
                .map(|maker| NinjsSource { name: maker.name.as_str().to_owned(), role: maker.role.name() })
                .collect(),
            slugline: story.slug.to_string(),
            located: story.place.clone(),
            subjects: section.into_iter().chain(about(&[TagKind::Topic, TagKind::Series])).collect(),
            people: about(&[TagKind::Person]),
            organisations: about(&[TagKind::Organization]),
            places: about(&[TagKind::Place]),
            events: about(&[TagKind::Event]),
            genres: vec![NinjsGenre { name: story.kind.name() }],
            renditions: vec![page(&story.url)],
            associations: (story.photo.iter().map(|photo| picture("photo-lead".to_owned(), "lead", photo)))
                .chain(photos.map(|(photo, n)| picture(format!("photo-{n}"), "body", photo)))
                .chain(related.iter().zip(1..).map(|(article, n)| article_beside(article, n)))
                .collect(),
        }
    }
}

fn plain(role: &'static str, text: &str) -> NinjsText {
    NinjsText { role, content_type: PLAIN, value: text.to_owned() }
}

fn body(content_type: &'static str, value: String, word_count: u32) -> NinjsBody {
    let char_count = u32::try_from(value.chars().count()).unwrap_or(u32::MAX);
    NinjsBody { role: "main", content_type, char_count, word_count, value }
}

fn concept(topic: &Topic) -> NinjsConcept {
    NinjsConcept {
        name: topic.name.clone(),
        rel: "about",
        uri: topic.same_as.as_ref().map(|url| url.as_str().to_owned()),
        literal: Some(topic.slug.to_string()),
    }
}

/// The page where something is read.
fn page(url: &str) -> NinjsRendition {
    NinjsRendition {
        name: "web",
        href: url.to_owned(),
        content_type: HTML,
        width: None,
        height: None,
        size_in_bytes: None,
    }
}

fn picture(name: String, rel: &'static str, photo: &Photo) -> NinjsAssociation {
    let caption = photo.caption.as_deref().map(|caption| plain("caption", caption));
    let alt = (!photo.alt.is_empty()).then(|| plain("alt", &photo.alt));
    let source = |uri| NinjsDigitalSource { uri };
    let rights = |linked_rights| NinjsRights { linked_rights };
    NinjsAssociation {
        name,
        rel,
        uri: format!("urn:uuid:{}", photo.id),
        object_type: NinjsType::Picture,
        representation_type: NinjsRepresentation::Full,
        headlines: Vec::new(),
        descriptions: caption.into_iter().chain(alt).collect(),
        by: photo.credit.as_ref().map(|credit| credit.line.clone()),
        copyright_notice: photo.rights.copyright_notice.clone(),
        usage_terms: photo.rights.usage_terms.clone(),
        rights_info: photo.rights.web_statement_url.clone().map(rights),
        digital_source_type: photo.digital_source_type.clone().map(source),
        renditions: photo.renditions.iter().map(file).collect(),
    }
}

fn file(rendition: &PhotoRendition) -> NinjsRendition {
    let PhotoRendition { variant, url, width, height, content_type, bytes } = rendition;
    NinjsRendition {
        name: variant.name(),
        href: url.clone(),
        content_type,
        width: Some(*width),
        height: Some(*height),
        size_in_bytes: Some(*bytes),
    }
}

fn article_beside(article: &ArticleRef, n: u32) -> NinjsAssociation {
    NinjsAssociation {
        name: format!("related-{n}"),
        rel: "related",
        uri: format!("urn:uuid:{}", article.id),
        object_type: NinjsType::Text,
        representation_type: NinjsRepresentation::Partial,
        headlines: vec![plain("main", article.headline.as_str())],
        descriptions: Vec::new(),
        by: None,
        copyright_notice: None,
        usage_terms: None,
        rights_info: None,
        digital_source_type: None,
        renditions: vec![page(&article.url)],
    }
}
