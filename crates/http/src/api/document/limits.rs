//! How long the texts and lists of answers can be. What people send has limits of its own, which its types tell; answers
//! give most of it as plain text, and put some of it together.

use delivery::feeds::STORIES;
use domain::article::aggregate::Writers;
use domain::article::byline::{BylineAffiliation, BylineLocation, BylineName, Bylines};
use domain::article::content::body::Body;
use domain::article::content::dateline::DatelinePlace;
use domain::article::content::tags::Tags;
use domain::article::content::texts::{Headline, Standfirst};
use domain::article::correction::CorrectionText;
use domain::block::gallery::Gallery;
use domain::block::id::BlockId;
use domain::block::list::List;
use domain::block::photo::{AltText, PhotoCaption};
use domain::block::related::RelatedArticles;
use domain::block::simple::SimpleBlocks;
use domain::block::table::Table;
use domain::comment::text::CommentText;
use domain::contributor::{ContributorBio, ContributorName, ContributorTitle};
use domain::front::{FrontItems, FrontLength, FrontName};
use domain::link::Href;
use domain::photo::credit::Credit;
use domain::photo::texts::{CopyrightNotice, ExtendedDescription, UsageTerms};
use domain::photo::variant::Variant;
use domain::section::tree::Tree;
use domain::section::{SectionDescription, SectionName};
use domain::slug::Slug;
use domain::span::Spans;
use domain::tag::{TagDescription, TagName};
use domain::web_url::WebUrl;
use serde_json::{Value, json};

use crate::comments::counts;

/// A body as text: what all its blocks hold, where each character may be an entity of six in HTML.
const WRITTEN: usize = 6 * Body::MAX_OCTETS;

/// Octets of one character of a text with marks, which may be an entity of six with a mark of its own.
const MARKED: usize = 6 + "<mark></mark>".len();

/// Bylines as a sentence: each with its name, affiliation and place, and the words between.
const PROSE: usize =
    Bylines::MAX * (BylineName::MAX_CHARS + BylineAffiliation::MAX_CHARS + BylineLocation::MAX_CHARS + 40);

/// A key of Portable Text: the id of a block, and where in it something stands.
const KEY: usize = BlockId::MAX_CHARS + 40;

/// A comment as HTML: of each four characters of it, with references of six, a link of some sixty can be made that holds
/// them twice.
const COMMENT_WRITTEN: usize = 30 * CommentText::MAX_CHARS;

/// A word that stands for one of a few things.
const WORD: usize = 40;

/// A UUID as a name.
const URN: usize = "urn:uuid:".len() + 36;

/// Kinds of marks, which a span has once each.
const MARKS: usize = 8;

/// A name of a section, a tag or a contributor.
const NAME: usize = ContributorName::MAX_CHARS;

/// A credit line: its names, and the words between.
const CREDIT: usize = (Credit::MAX_CREATORS + Credit::MAX_ORGANIZATIONS + 2) * (NAME + 10);

/// The addresses of one format, one for each of seven widths.
const SRCSET: usize = 7 * (WebUrl::MAX_OCTETS + 10);

/// The members of a photo that can be sent.
const PHOTO_MEMBERS: usize = 20;

/// The members that have no limit in the type by which they are told: of which schema, its name (or `name/*` for the
/// items of a list), and the most characters or items.
const LIMITS: &[(&str, &str, usize)] = &[
    ("BroughtPhoto", "ignored", PHOTO_MEMBERS),
    ("BroughtPhoto", "ignored/*", NAME),
    ("BroughtPhoto", "renditions", Variant::ALL.len()),
    ("Comment", "body_html", COMMENT_WRITTEN),
    ("CommentCountList", "data", counts::MOST),
    ("CommentDossier", "reported", newsroom::comments::MOST_REASONS as usize),
    ("CommentOutcomeList", "data", newsroom::comments::MOST),
    ("CreatorProfile", "name", NAME),
    ("FoundArticle", "byline_text", PROSE),
    ("FoundArticle", "bylines", Bylines::MAX),
    ("FoundArticle", "standfirst", Spans::MAX),
    ("FoundArticle", "tags", Tags::MAX),
    ("FoundArticle", "url", WebUrl::MAX_OCTETS),
    ("EditorialFront", "items", FrontItems::MAX),
    ("Front", "data", FrontLength::MAX as usize),
    ("Front", "name", FrontName::MAX_CHARS),
    ("FrontArticle", "byline_text", PROSE),
    ("FrontArticle", "bylines", Bylines::MAX),
    ("FrontArticle", "standfirst", Spans::MAX),
    ("FrontArticle", "tags", Tags::MAX),
    ("FrontArticle", "url", WebUrl::MAX_OCTETS),
    ("FrontLeaf", "name", FrontName::MAX_CHARS),
    ("NamedFront", "name", FrontName::MAX_CHARS),
    ("ResolvedFront", "articles", FrontItems::MAX),
    ("Highlight", "headline", MARKED * Headline::MAX_CHARS),
    ("Highlight", "passage", MARKED * Body::MAX_OCTETS),
    ("JsonFeed", "authors", 1),
    ("JsonFeed", "description", ContributorBio::MAX_CHARS),
    ("JsonFeed", "feed_url", WebUrl::MAX_OCTETS),
    ("JsonFeed", "home_page_url", WebUrl::MAX_OCTETS),
    ("JsonFeed", "items", STORIES as usize),
    ("JsonFeed", "title", 2 * NAME + 3),
    ("JsonFeed", "version", WORD),
    ("JsonFeedAuthor", "name", NAME),
    ("JsonFeedItem", "authors", Bylines::MAX),
    ("JsonFeedItem", "content_text", Standfirst::MAX_CHARS),
    ("JsonFeedItem", "id", URN),
    ("JsonFeedItem", "image", WebUrl::MAX_OCTETS),
    ("JsonFeedItem", "tags", Tags::MAX + 1),
    ("JsonFeedItem", "tags/*", NAME),
    ("JsonFeedItem", "title", Headline::MAX_CHARS),
    ("JsonFeedItem", "url", WebUrl::MAX_OCTETS),
    ("Ninjs", "associations", Body::MAX_BLOCKS * Gallery::MAX + RelatedArticles::MAX + 1),
    ("Ninjs", "bodies", 2),
    ("Ninjs", "by", PROSE),
    ("Ninjs", "copyrightHolder", NAME),
    ("Ninjs", "events", Tags::MAX),
    ("Ninjs", "genres", 1),
    ("Ninjs", "headlines", 1),
    ("Ninjs", "infoSources", Bylines::MAX),
    ("Ninjs", "located", DatelinePlace::MAX_CHARS),
    ("Ninjs", "organisations", Tags::MAX),
    ("Ninjs", "people", Tags::MAX),
    ("Ninjs", "places", Tags::MAX),
    ("Ninjs", "renditions", 1),
    ("Ninjs", "slugline", Slug::MAX_CHARS),
    ("Ninjs", "subjects", Tags::MAX + 1),
    ("Ninjs", "uri", URN),
    ("Ninjs", "version", WORD),
    ("NinjsAssociation", "by", CREDIT),
    ("NinjsAssociation", "copyrightNotice", CopyrightNotice::MAX_CHARS),
    ("NinjsAssociation", "descriptions", 2),
    ("NinjsAssociation", "headlines", 1),
    ("NinjsAssociation", "name", WORD),
    ("NinjsAssociation", "rel", WORD),
    ("NinjsAssociation", "renditions", Variant::ALL.len()),
    ("NinjsAssociation", "uri", URN),
    ("NinjsAssociation", "usageTerms", UsageTerms::MAX_CHARS),
    ("NinjsBody", "contentType", WORD),
    ("NinjsBody", "role", WORD),
    ("NinjsBody", "value", WRITTEN),
    ("NinjsConcept", "literal", Slug::MAX_CHARS),
    ("NinjsConcept", "name", NAME),
    ("NinjsConcept", "rel", WORD),
    ("NinjsConcept", "uri", WebUrl::MAX_OCTETS),
    ("NinjsGenre", "name", WORD),
    ("NinjsRendition", "contentType", WORD),
    ("NinjsRendition", "href", WebUrl::MAX_OCTETS),
    ("NinjsRendition", "name", WORD),
    ("NinjsSource", "name", NAME),
    ("NinjsSource", "role", WORD),
    ("NinjsStandard", "name", WORD),
    ("NinjsStandard", "schema", WebUrl::MAX_OCTETS),
    ("NinjsStandard", "version", WORD),
    ("NinjsText", "contentType", WORD),
    ("NinjsText", "role", WORD),
    ("NinjsText", "value", CorrectionText::MAX_CHARS),
    ("DecisionOnComment", "by", WORD),
    ("DeliveredCreator", "name", NAME),
    ("DeliveredCredit", "creators", Credit::MAX_CREATORS),
    ("DeliveredCredit", "line", CREDIT),
    ("DeliveredCredit", "organizations", Credit::MAX_ORGANIZATIONS),
    ("DeliveredCredit", "organizations/*", NAME),
    ("DeliveredGalleryBlock", "photos", Gallery::MAX),
    ("DeliveredPhoto", "alt", AltText::MAX_CHARS),
    ("DeliveredPhoto", "caption", PhotoCaption::MAX_CHARS),
    ("DeliveredPhoto", "caption_text", PhotoCaption::MAX_CHARS + CREDIT + 3),
    ("DeliveredPhoto", "extended_description", ExtendedDescription::MAX_CHARS),
    ("DeliveredRights", "copyright_notice", CopyrightNotice::MAX_CHARS),
    ("DeliveredRights", "usage_terms", UsageTerms::MAX_CHARS),
    ("EditorialPhoto", "renditions", Variant::ALL.len()),
    ("Photo", "alt", AltText::MAX_CHARS),
    ("Photo", "caption", PhotoCaption::MAX_CHARS),
    ("Photo", "caption_text", PhotoCaption::MAX_CHARS + CREDIT + 3),
    ("Photo", "extended_description", ExtendedDescription::MAX_CHARS),
    ("PhotoPlace", "name", NAME),
    ("PhotoRendition", "content_type", NAME),
    ("PhotoRendition", "url", WebUrl::MAX_OCTETS),
    ("PhotoSheet", "renditions", Variant::ALL.len()),
    ("PhotoSrcset", "image/avif", SRCSET),
    ("PhotoSrcset", "image/jpeg", SRCSET),
    ("PhotoSrcset", "image/webp", SRCSET),
    ("PortableGalleryBlock", "_key", KEY),
    ("PortableGalleryBlock", "photos", Gallery::MAX),
    ("PortablePhotoBlock", "_key", KEY),
    ("RememberedCommenter", "data", newsroom::comments::TOLD_AT_ONCE as usize),
    ("Resolved", "photos", Body::MAX_BLOCKS * Gallery::MAX),
    ("AmendedArticle", "writers", Writers::MAX),
    ("Article", "writers", Writers::MAX),
    ("ArticleListing", "writers", Writers::MAX),
    ("ArticleRef", "url", WebUrl::MAX_OCTETS),
    ("ArticleSummary", "byline_text", PROSE),
    ("ArticleSummary", "bylines", Bylines::MAX),
    ("ArticleSummary", "standfirst", Spans::MAX),
    ("ArticleSummary", "tags", Tags::MAX),
    ("ArticleSummary", "url", WebUrl::MAX_OCTETS),
    ("Contributor", "affiliation", NAME),
    ("Contributor", "bio", ContributorBio::MAX_CHARS),
    ("Contributor", "name", ContributorName::MAX_CHARS),
    ("Contributor", "title", ContributorTitle::MAX_CHARS),
    ("DeliveredArticle", "body", Body::MAX_BLOCKS),
    ("DeliveredArticle", "body_html", WRITTEN),
    ("DeliveredArticle", "body_portable_text", WRITTEN),
    ("DeliveredArticle", "body_text", WRITTEN),
    ("DeliveredArticle", "byline_text", PROSE),
    ("DeliveredArticle", "bylines", Bylines::MAX),
    ("DeliveredArticle", "related", RelatedArticles::MAX),
    ("DeliveredArticle", "related_articles", RelatedArticles::MAX),
    ("DeliveredArticle", "standfirst", Spans::MAX),
    ("DeliveredArticle", "tags", Tags::MAX),
    ("DeliveredArticle", "url", WebUrl::MAX_OCTETS),
    ("DeliveredCell", "content", Spans::MAX),
    ("DeliveredCorrection", "block", BlockId::MAX_CHARS),
    ("DeliveredCorrection", "text", CorrectionText::MAX_CHARS),
    ("DeliveredDateline", "place", DatelinePlace::MAX_CHARS),
    ("DeliveredDateline", "text", 2 * DatelinePlace::MAX_CHARS),
    ("DeliveredFactBoxBlock", "blocks", SimpleBlocks::MAX),
    ("DeliveredHeadingBlock", "content", Spans::MAX),
    ("DeliveredLinkMark", "href", Href::MAX_OCTETS),
    ("DeliveredList", "items", List::MAX_ITEMS),
    ("DeliveredListBlock", "items", List::MAX_ITEMS),
    ("DeliveredListItem", "content", Spans::MAX),
    ("DeliveredParagraphBlock", "content", Spans::MAX),
    ("DeliveredPullQuoteBlock", "content", Spans::MAX),
    ("DeliveredQuoteBlock", "content", Spans::MAX),
    ("DeliveredRelatedBlock", "articles", RelatedArticles::MAX),
    ("DeliveredSimpleHeading", "content", Spans::MAX),
    ("DeliveredSimpleList", "items", List::MAX_ITEMS),
    ("DeliveredSimpleParagraph", "content", Spans::MAX),
    ("DeliveredSimpleQuote", "content", Spans::MAX),
    ("DeliveredSpan", "marks", MARKS),
    ("DeliveredSpan", "text", Spans::MAX_CHARS),
    ("DeliveredTableBlock", "rows", Table::MAX_ROWS),
    ("DeliveredTableBlock", "rows/*", Table::MAX_COLUMNS),
    ("DeliveredUpdateBlock", "blocks", SimpleBlocks::MAX),
    ("MarkDefinition", "_key", KEY),
    ("MarkDefinition", "href", Href::MAX_OCTETS),
    ("Meaning", "name", NAME),
    ("NamedPlace", "name", NAME),
    ("PortableArticle", "_key", KEY),
    ("PortableArticle", "url", WebUrl::MAX_OCTETS),
    ("PortableCell", "_key", KEY),
    ("PortableCell", "content", Spans::MAX),
    ("PortableCodeBlock", "_key", KEY),
    ("PortableDividerBlock", "_key", KEY),
    ("PortableEmbedBlock", "_key", KEY),
    ("PortableFactBoxBlock", "_key", KEY),
    ("PortableFactBoxBlock", "content", WRITTEN),
    ("PortableRelatedBlock", "_key", KEY),
    ("PortableRelatedBlock", "articles", RelatedArticles::MAX),
    ("PortableRow", "_key", KEY),
    ("PortableRow", "cells", Table::MAX_COLUMNS),
    ("PortableSpan", "_key", KEY),
    ("PortableSpan", "marks", MARKS),
    ("PortableSpan", "marks/*", KEY),
    ("PortableSpan", "text", Spans::MAX_CHARS),
    ("PortableTableBlock", "_key", KEY),
    ("PortableTableBlock", "rows", Table::MAX_ROWS),
    ("PortableTextBlock", "_key", KEY),
    ("PortableTextBlock", "children", Spans::MAX),
    ("PortableTextBlock", "markDefs", Spans::MAX),
    ("PortableUpdateBlock", "_key", KEY),
    ("PortableUpdateBlock", "content", WRITTEN),
    ("Profile", "name", ContributorName::MAX_CHARS),
    ("Profile", "title", ContributorTitle::MAX_CHARS),
    ("Resolved", "contributors", Bylines::MAX),
    ("Resolved", "tags", Tags::MAX),
    ("Run", "text", Body::MAX_OCTETS),
    ("Section", "description", SectionDescription::MAX_CHARS),
    ("Section", "name", SectionName::MAX_CHARS),
    ("SectionLeaf", "description", SectionDescription::MAX_CHARS),
    ("SectionLeaf", "name", SectionName::MAX_CHARS),
    ("SectionPlace", "name", SectionName::MAX_CHARS),
    ("SectionPlace", "path", Tree::MAX_DEPTH),
    ("Tag", "description", TagDescription::MAX_CHARS),
    ("Tag", "name", TagName::MAX_CHARS),
    ("SiteComments", "requires/*", WORD),
    ("ThreadFacts", "requires/*", WORD),
];

/// Says the limits of a named schema.
pub(super) fn limit(name: &str, schema: &mut Value) {
    for (_, member, most) in LIMITS.iter().filter(|(of, ..)| *of == name) {
        let (member, inside) = member.strip_suffix("/*").map_or((*member, false), |member| (member, true));
        each_member(schema, member, &mut |schema| {
            let schema = if inside { &mut schema["items"] } else { schema };
            if let Value::Object(told) = schema {
                let word = if told.contains_key("items") { "maxItems" } else { "maxLength" };
                told.insert(word.to_owned(), json!(most));
            }
        });
    }
}

/// Does something to the members of this name, in whichever of the choices of a schema.
fn each_member(schema: &mut Value, name: &str, act: &mut dyn FnMut(&mut Value)) {
    if let Some(member) = schema.get_mut("properties").and_then(|members| members.get_mut(name)) {
        match member.get_mut("oneOf").and_then(Value::as_array_mut) {
            Some(choices) => choices.iter_mut().filter(|choice| choice["type"] != "null").for_each(&mut *act),
            None => act(member),
        }
    }
    for choice in schema.get_mut("oneOf").and_then(Value::as_array_mut).into_iter().flatten() {
        each_member(choice, name, act);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::document::document;

    /// Lists that grow with what people do: a limit would be a lie.
    const GROWING: [(&str, &str); 18] = [
        ("CommentDossier", "edits"),
        ("RememberedComment", "edits"),
        ("BlockChange", "words"),
        ("Checks", "checks"),
        ("CorrectionList", "data"),
        ("DeliveredArticle", "corrections"),
        ("DeliveredArticle", "json_ld"),
        ("EditorialSectionList", "data"),
        ("MemberChange", "words"),
        ("Ninjs", "descriptions"),
        ("Problem", "checks"),
        ("RevisionDiff", "blocks"),
        ("RevisionDiff", "members"),
        ("Section", "sections"),
        ("SectionList", "data"),
        ("SessionList", "data"),
        ("Site", "languages"),
        ("WebhookEventData", "keys"),
    ];

    fn members<'a>(schema: &'a Value, found: &mut Vec<(&'a String, &'a Value)>) {
        let Value::Object(told) = schema else { return };
        let own = told.get("properties").and_then(Value::as_object).into_iter().flatten();
        found.extend(own.clone());
        let parts = ["oneOf", "anyOf"].into_iter().filter_map(|word| told.get(word)?.as_array()).flatten();
        let own = own.map(|(_, member)| member);
        own.chain(parts).chain(told.get("items")).for_each(|part| members(part, found));
    }

    fn is_unlimited(schema: &Value) -> bool {
        let is = |kind: &str| {
            schema["type"] == kind
                || schema["type"].as_array().is_some_and(|kinds| kinds.contains(&json!(kind)))
        };
        let format = schema["format"].as_str().unwrap_or_default();
        let closed = schema.get("enum").is_some() || schema.get("const").is_some();
        (is("string")
            && !closed
            && !["uuid", "date-time"].contains(&format)
            && schema.get("maxLength").is_none())
            || (is("array") && (schema.get("maxItems").is_none() || is_unlimited(&schema["items"])))
    }

    #[test]
    fn every_text_and_list_says_how_long_it_can_be_unless_it_grows_without_end() {
        let document = document();
        let mut unlimited = Vec::new();
        for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
            let mut found = Vec::new();
            members(schema, &mut found);
            for (member, schema) in found.into_iter().filter(|(_, schema)| is_unlimited(schema)) {
                if !GROWING.contains(&(name.as_str(), member.as_str())) {
                    unlimited.push(format!("{name}.{member}: {schema}"));
                }
            }
        }
        assert!(unlimited.is_empty(), "{unlimited:#?}");
    }

    #[test]
    fn every_limit_is_that_of_a_member_that_there_is() {
        let document = document();
        for (name, member, _) in LIMITS {
            let schema = document["components"]["schemas"][name].clone();
            let mut told = 0;
            each_member(&mut schema.clone(), member.trim_end_matches("/*"), &mut |_| told += 1);
            assert!(told > 0, "{name} has no {member}: {schema}");
        }
    }
}
