//! Looking for words in the articles that readers see.

use std::collections::HashMap;
use std::sync::Arc;

use domain::paging::{From, Slice};
use domain::search::meeting::Seeker;
use domain::search::place::Place;
use domain::search::stem::Grammar;
use domain::search::terms::sought;
use domain::search::text::SearchText;
use domain::time::Moment;
use render::found::marked;
use serde::Serialize;
use store::search::LiveSearch;
use utoipa::ToSchema;

use crate::articles::{Filter, Names, named, summary};
use crate::error::Error;
use crate::photos::{self, Photos};
use crate::references::References;
use crate::view::Summarized;
use crate::{Delivery, links};

/// A search as readers ask for it.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// The words.
    pub text: SearchText,
    /// By what it is narrowed, named by slug.
    pub names: Names,
    /// And named by itself. Its order and its place are not those of a search.
    pub filter: Filter,
    /// Most articles of a page.
    pub limit: u16,
    /// Where the page lies.
    pub from: Option<From<Place>>,
}

/// A page of what was found.
#[derive(Debug)]
pub struct Page {
    /// The articles.
    pub slice: Slice<FoundArticle, Place>,
    /// When the first thing on it disappears.
    pub shown_until: Option<Moment>,
}

/// An article that a search found.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FoundArticle {
    /// As lists show it.
    #[serde(flatten)]
    pub article: Summarized,
    /// Where in it the words are.
    pub highlight: Highlight,
}

/// Where the words of a search are in an article, as HTML: `mark` is the only element, all else is escaped.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Highlight {
    /// The headline.
    #[schema(examples("Harbour <mark>talks</mark> resume"))]
    pub headline: String,
    /// The part of standfirst, body, captions, credits and bylines in which most of the words are; `null` where all of
    /// them are in the headline alone.
    #[schema(required, examples("… after the <mark>talks</mark> of Friday the gates …"))]
    pub passage: Option<String>,
}

/// How many pages of the index are held against a search at most until one of them has something to show.
const MOST_ROUNDS: u8 = 5;

impl Delivery {
    /// A page of the articles in which the words are. What the index finds is held against the articles as readers see
    /// them now, so that a page may have fewer than its limit.
    pub async fn search(&self, asked: Asked) -> Result<Page, Error> {
        let (now, site, media) = (self.clock.now(), Arc::clone(&self.site), Arc::clone(&self.media));
        self.read(now, move |live| {
            let Asked { text, names, filter, limit, from } = asked;
            let filter = if text.is_wordless() { None } else { named(live, &names, filter, now)? };
            let Some(filter) = filter else {
                let slice = Slice { items: Vec::new(), prev: None, next: None };
                return Ok(Page { slice, shown_until: None });
            };
            let grammars = match &filter.language {
                Some(language) => vec![Grammar::of(language)],
                None => Grammar::of_all(&live.published_languages()?),
            };
            let words = sought(&text, &grammars);
            let is_first = from.is_none();
            let mut search = LiveSearch { words, filter, from };
            let mut seeker = Seeker::of(&text);
            let mut held_against = |search: &LiveSearch| {
                let found = live.search_live(search, limit.saturating_add(1), now)?;
                let Slice { items, prev, next } =
                    Slice::cut(found, limit, search.from.as_ref(), |(place, _)| *place);
                let found = || items.iter().map(|(_, article)| article);
                let linked = found().flat_map(|article| links::of_summary(&article.content)).collect();
                let pictured = found().flat_map(|article| photos::of_whole(&article.content));
                let shown = Photos::read(live, pictured, HashMap::new(), &site, &*media, now)?;
                let references = References::read(live, &site, found(), linked, shown, now)?;
                let shown_until = references.shown_until(found());
                let seen = references.links.photos.facts();
                let met = items.into_iter().filter_map(|(_, article)| {
                    let met = seeker.meeting(&article.content, &seen)?;
                    let highlight = Highlight {
                        headline: marked(&met.headline),
                        passage: met.passage.map(|passage| marked(&passage)),
                    };
                    Some(FoundArticle { article: summary(&article, &references), highlight })
                });
                Ok::<_, Error>(Page { slice: Slice { items: met.collect(), prev, next }, shown_until })
            };
            let mut page = held_against(&search)?;
            for _ in 1..MOST_ROUNDS {
                let on =
                    if let Some(From::Before(_)) = search.from { page.slice.prev } else { page.slice.next };
                if !page.slice.items.is_empty() || on.is_none() {
                    break;
                }
                search.from = on;
                page = held_against(&search)?;
            }
            if is_first {
                // Before the first page is nothing, not even what was passed by.
                page.slice.prev = None;
            }
            Ok(page)
        })
        .await
    }
}
