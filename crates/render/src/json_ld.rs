//! An article as search engines read it: a `NewsArticle` of schema.org in JSON-LD, ready to stand in a `script` element
//! of type `application/ld+json`.

use domain::article::correction::Correction;
use domain::site::SiteName;
use serde_json::{Map, Value, json};

use crate::body::Block;
use crate::body::photo::{Photo, PhotoRendition};
use crate::in_script;
use crate::story::{Being, Part, Story};

/// The text that stands in the `script` element, as it is. `blocks` are those of the body that readers get.
pub fn json_ld(story: &Story, blocks: &[Block], corrections: &[Correction], publisher: &SiteName) -> String {
    let publisher = json!({"@type": "Organization", "name": publisher.as_str()});
    let page = story.canonical_url.as_ref().map_or(story.url.as_str(), |url| url.as_str());
    let mut authors = makers(story, Part::Author);
    if authors.is_empty() {
        authors.push(publisher.clone());
    }
    let photos = story.photo.iter().chain(blocks.iter().flat_map(Block::photos));
    let told = [
        ("@context", json!("https://schema.org")),
        ("@type", json!("NewsArticle")),
        ("identifier", json!(story.urn())),
        ("url", json!(story.url)),
        ("mainEntityOfPage", json!({"@type": "WebPage", "@id": page})),
        ("headline", json!(story.headline.as_str())),
        ("description", some_text(&story.short)),
        ("inLanguage", json!(story.language)),
        ("genre", json!(story.kind.name())),
        ("articleSection", json!(story.sections)),
        ("keywords", json!(story.topics.iter().map(|topic| &topic.name).collect::<Vec<_>>())),
        ("dateline", json!(story.place)),
        ("wordCount", json!(story.words)),
        ("datePublished", json!(story.published_at)),
        ("dateModified", json!(story.updated_at)),
        ("author", json!(authors)),
        ("contributor", json!(makers(story, Part::Contributor))),
        ("publisher", publisher),
        ("image", json!(photos.filter_map(image).collect::<Vec<_>>())),
        ("correction", json!(corrections.iter().map(correction).collect::<Vec<_>>())),
    ];
    in_script::json(&object(told))
}

/// The members that say something: JSON-LD has no use for `null` and for empty lists.
fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
    let says = |value: &Value| !value.is_null() && value.as_array().is_none_or(|items| !items.is_empty());
    let members = members.into_iter().filter(|(_, value)| says(value));
    Value::Object(members.map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>())
}

fn some_text(text: &str) -> Value {
    if text.is_empty() { Value::Null } else { json!(text) }
}

fn makers(story: &Story, part: Part) -> Vec<Value> {
    let told = |being: Being, name: &str| match being {
        Being::Person => json!({"@type": "Person", "name": name}),
        Being::Organization => json!({"@type": "Organization", "name": name}),
    };
    story.makers(part).map(|maker| told(maker.being, maker.name.as_str())).collect()
}

/// A photo with its rights, as Google's image metadata asks for them; `None` while it has no rendition that all show.
fn image(photo: &Photo) -> Option<Value> {
    let PhotoRendition { variant: _, url, width, height, content_type, bytes: _ } = photo.widest()?;
    let credit = photo.credit.as_ref();
    let person = |name: &String| json!({"@type": "Person", "name": name});
    let agency = |name: &String| json!({"@type": "Organization", "name": name});
    let people = credit.iter().flat_map(|credit| credit.creators.iter().map(|creator| person(&creator.name)));
    let mut creators: Vec<_> = people.collect();
    if creators.is_empty() {
        creators.extend(credit.iter().flat_map(|credit| credit.organizations.iter().map(agency)));
    }
    Some(object([
        ("@type", json!("ImageObject")),
        ("identifier", json!(format!("urn:uuid:{}", photo.id))),
        ("url", json!(url)),
        ("contentUrl", json!(url)),
        ("encodingFormat", json!(content_type)),
        ("width", json!(width)),
        ("height", json!(height)),
        ("caption", json!(photo.caption)),
        ("creditText", json!(credit.map(|credit| &credit.line))),
        ("creator", json!(creators)),
        ("copyrightNotice", json!(photo.rights.copyright_notice)),
        ("license", json!(photo.rights.web_statement_url)),
        ("acquireLicensePage", json!(photo.rights.licensor_url)),
        ("digitalSourceType", json!(photo.digital_source_type)),
    ]))
}

fn correction(correction: &Correction) -> Value {
    json!({
        "@type": "CorrectionComment",
        "identifier": format!("urn:uuid:{}", correction.id),
        "name": correction.kind.name(),
        "text": correction.text.as_str(),
        "datePublished": correction.published_at,
    })
}

#[cfg(test)]
mod tests;
