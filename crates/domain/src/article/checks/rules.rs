//! Which findings a content has. What must be looked up for them is given as [`Facts`].

use std::collections::{BTreeSet, HashMap};

use super::photos::of_use;
use super::{Check, CheckCode};
use crate::article::content::Content;
use crate::article::content::dateline::CountryCode;
use crate::article::content::names::{articles_linked, articles_of, photo_uses};
use crate::article::embargo::{Embargo, allowed_from};
use crate::block::BlockKind;
use crate::id::{ArticleId, PhotoId};
use crate::photo::Photo;
use crate::time::Moment;

/// What of the surroundings a check needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// When the article is to go live.
    pub goes_live_at: Moment,
    /// What forbids showing it.
    pub embargo: Option<Embargo>,
    /// Those of [`linked`] that readers can open.
    pub visible: BTreeSet<ArticleId>,
    /// The photos that it uses.
    pub photos: HashMap<PhotoId, Photo>,
    /// Where the site is read, if it says so.
    pub territory: Option<CountryCode>,
}

/// Longest headline for search engines that they show whole, in characters (what they document as about 60).
const SEO_HEADLINE_CHARS: usize = 60;

/// Every article of ours that a content leads to, with the place that does.
pub fn linked(content: &Content) -> Vec<(String, ArticleId)> {
    let standfirst =
        articles_linked(content.standfirst.spans()).map(|(at, id)| (format!("/standfirst{at}"), id));
    let related = content.related.as_slice().iter().enumerate().map(|(i, &id)| (format!("/related/{i}"), id));
    let blocks = content.body.blocks().iter().enumerate();
    let body = blocks.flat_map(|(i, block)| {
        articles_of(block).into_iter().map(move |(at, id)| (format!("/body/{i}{at}"), id))
    });
    standfirst.chain(related).chain(body).collect()
}

/// All findings, errors first.
pub fn checks(content: &Content, facts: &Facts) -> Vec<Check> {
    let mut found = errors(content, facts);
    let (forbid, advise): (Vec<_>, Vec<_>) = photos(content, facts).into_iter().partition(Check::is_error);
    found.extend(forbid);
    found.extend(warnings(content));
    found.extend(advise);
    found
}

/// What stands in the way of each photo.
fn photos(content: &Content, facts: &Facts) -> Vec<Check> {
    let found = photo_uses(content).into_iter().flat_map(|(at, used)| {
        let photo = facts.photos.get(&used.photo);
        let codes = photo.map(|photo| of_use(used, photo, facts.goes_live_at, facts.territory));
        codes.into_iter().flatten().map(move |code| Check::at(code, at.clone()))
    });
    found.collect()
}

fn errors(content: &Content, facts: &Facts) -> Vec<Check> {
    let mut found = Vec::new();
    if content.section.is_none() {
        found.push(Check::at(CheckCode::NoSection, "/section"));
    }
    let has_text =
        |kind: &BlockKind| !matches!(kind, BlockKind::Unsupported(_)) && !kind.plain_text().trim().is_empty();
    if !content.body.blocks().iter().any(|block| has_text(&block.kind)) {
        found.push(Check::at(CheckCode::NoText, "/body"));
    }
    if content.bylines.as_slice().is_empty() && content.byline_override.is_none() && !content.no_byline {
        found.push(Check::at(CheckCode::NoByline, "/bylines"));
    }
    match allowed_from(facts.embargo.as_ref(), facts.goes_live_at) {
        None => found.push(Check::at(CheckCode::EmbargoIndefinite, "")),
        Some(at) if at > facts.goes_live_at => found.push(Check::at(CheckCode::EmbargoAhead, "")),
        Some(_) => {}
    }
    let dead = linked(content).into_iter().filter(|(_, id)| !facts.visible.contains(id));
    found.extend(dead.map(|(at, _)| Check::at(CheckCode::DeadLink, at)));
    found
}

fn warnings(content: &Content) -> Vec<Check> {
    let mut found = Vec::new();
    let seo = content.headline_variants.seo.as_ref();
    if seo.is_some_and(|seo| seo.as_str().chars().count() > SEO_HEADLINE_CHARS) {
        found.push(Check::at(CheckCode::SeoHeadlineLong, "/headline_variants/seo"));
    }
    let mut above = 1;
    for (i, block) in content.body.blocks().iter().enumerate() {
        match &block.kind {
            BlockKind::Heading(heading) => {
                let level = heading.level.number();
                if level > above + 1 {
                    found.push(Check::at(CheckCode::HeadingLevelSkipped, format!("/body/{i}/level")));
                }
                above = level;
            }
            BlockKind::Quote(quote) if quote.attribution.is_none() => {
                found.push(Check::at(CheckCode::QuoteWithoutAttribution, format!("/body/{i}")));
            }
            _ => {}
        }
    }
    if content.lead_photo.is_none() {
        found.push(Check::at(CheckCode::NoLeadPhoto, "/lead_photo"));
    }
    if content.summary.is_none() {
        found.push(Check::at(CheckCode::NoSummary, "/summary"));
    }
    found
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use serde_json::{Value, json};
    use uuid::Uuid;

    use super::*;
    use crate::article::content::body::Body;
    use crate::article::content::texts::Headline;
    use crate::id::SectionId;
    use crate::language::Language;
    use crate::slug::Slug;

    fn content(body: &Value) -> Content {
        let headline = Headline::parse("Reef recovers").unwrap();
        let slug = Slug::parse("reef-recovers").unwrap();
        let mut content = Content::begun(headline, slug, Language::parse("en").unwrap());
        content.section = Some(SectionId::new(Uuid::from_u128(1)));
        content.no_byline = true;
        content.body = serde_json::from_value::<Body>(body.clone()).unwrap();
        content
    }

    fn text(id: &str) -> Value {
        json!({"id": id, "type": "paragraph", "content": [{"text": "It grows.", "marks": []}]})
    }

    fn facts(embargo: Option<Embargo>) -> Facts {
        let goes_live_at = Moment::new(DateTime::from_timestamp(1_767_268_800, 0).unwrap());
        Facts { goes_live_at, embargo, visible: BTreeSet::new(), photos: HashMap::new(), territory: None }
    }

    fn found(content: &Content, facts: &Facts) -> Vec<(&'static str, String)> {
        checks(content, facts).into_iter().map(|check| (check.code.name(), check.pointer)).collect()
    }

    const LACKS: [(&str, &str); 2] = [("no_lead_photo", "/lead_photo"), ("no_summary", "/summary")];

    fn with_lacks(found: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
        found.iter().chain(&LACKS).map(|(code, at)| (*code, (*at).to_owned())).collect()
    }

    #[test]
    fn an_article_with_all_that_it_needs_has_no_errors() {
        assert_eq!(found(&content(&json!([text("a")])), &facts(None)), with_lacks(&[]));
    }

    #[test]
    fn each_thing_that_is_missing_is_told_with_its_place() {
        let mut bare = content(&json!([]));
        (bare.section, bare.no_byline) = (None, false);
        let expected = [("no_section", "/section"), ("no_text", "/body"), ("no_byline", "/bylines")];
        assert_eq!(found(&bare, &facts(None)), with_lacks(&expected));
    }

    #[test]
    fn an_embargo_that_lasts_longer_is_told() {
        let until = |until| facts(Some(Embargo { until, note: None }));
        let content = content(&json!([text("a")]));
        let at = facts(None).goes_live_at;
        assert_eq!(found(&content, &until(None)), with_lacks(&[("embargo_indefinite", "")]));
        let later = at.plus(chrono::TimeDelta::seconds(1));
        assert_eq!(found(&content, &until(Some(later))), with_lacks(&[("embargo_ahead", "")]));
        assert_eq!(found(&content, &until(Some(at))), with_lacks(&[]));
    }

    #[test]
    fn a_link_to_what_readers_cannot_open_is_told_until_they_can() {
        let id = ArticleId::new(Uuid::from_u128(9));
        let link = json!({"type": "link", "article": id});
        let body = json!([text("a"), {"id": "b", "type": "paragraph", "content": [{"text": "there", "marks": [link]}]}]);
        let content = content(&body);
        let [(at, named)] = &linked(&content)[..] else { panic!("one link") };
        assert_eq!(*named, id);
        assert!(at.starts_with("/body/1/content/0"), "{at}");
        assert_eq!(found(&content, &facts(None)), with_lacks(&[("dead_link", at.as_str())]));
        let open = Facts { visible: BTreeSet::from([id]), ..facts(None) };
        assert_eq!(found(&content, &open), with_lacks(&[]));
    }

    #[test]
    fn skipped_levels_and_quotes_of_nobody_are_warnings() {
        let heading = |id: &str, level: u8| json!({"id": id, "type": "heading", "level": level, "anchor": id, "content": [{"text": "A", "marks": []}]});
        let quote = json!({"id": "q", "type": "quote", "content": [{"text": "Well.", "marks": []}], "attribution": null});
        let content = content(&json!([text("a"), heading("h", 3), heading("i", 4), heading("j", 2), quote]));
        let expected = [("heading_level_skipped", "/body/1/level"), ("quote_without_attribution", "/body/4")];
        assert_eq!(found(&content, &facts(None)), with_lacks(&expected));
    }
}
