//! Lists of articles. One by its address is in `single`.

use std::collections::{BTreeSet, HashMap};

use domain::article::byline::prose::{HouseStyle, prose};
use domain::article::content::reference::Ref;
use domain::article::content::{ArticleKind, Content};
use domain::id::{ArticleId, ContributorId, SectionId, TagId};
use domain::language::Language;
use domain::paging::{From, Slice};
use domain::section::tree::Tree;
use domain::slug::Slug;
use domain::time::Moment;
use store::live::{Live, LiveArticle, LiveFilter};

use crate::Delivery;
use crate::error::Error;
use crate::links;
use crate::photos::{self, Photos};
use crate::references::References;
use crate::view::{Byline, Dateline, Seo, Summarized};

/// What a list names by slug, present or former.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// Only of this section and those below it.
    pub section: Option<Slug>,
    /// Only with all of these tags.
    pub tags: Vec<Slug>,
    /// Only by this contributor.
    pub contributor: Option<Slug>,
}

/// What a list names by itself.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only of this kind.
    pub kind: Option<ArticleKind>,
    /// Only in this language.
    pub language: Option<Language>,
    /// Only published after this instant.
    pub published_after: Option<Moment>,
    /// Only published before this instant.
    pub published_before: Option<Moment>,
    /// Only updated after this instant.
    pub updated_after: Option<Moment>,
    /// Only these.
    pub ids: Option<Vec<ArticleId>>,
    /// Only those that have or had one of these slugs.
    pub slugs: Option<Vec<Slug>>,
    /// In which order.
    pub order: Order,
    /// Only what lies there in that order.
    pub from: Option<From<(Moment, ArticleId)>>,
}

/// The order of a list. Articles of one instant are ordered by id.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// The date of publication, newest first.
    #[default]
    NewestFirst,
    /// The date of publication, oldest first.
    OldestFirst,
    /// The last change that was worth telling, newest first.
    LastUpdatedFirst,
}

/// A list as readers ask for it.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// What is named by slug.
    pub names: Names,
    /// The rest of the filter.
    pub filter: Filter,
    /// Most articles of a page.
    pub limit: u16,
    /// Whether they are counted.
    pub count: Count,
}

/// Whether a list is counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Count {
    /// It is not.
    #[default]
    No,
    /// It is, to the last one.
    Exact,
}

/// A page of a list.
#[derive(Debug)]
pub struct Page {
    /// The articles.
    pub slice: Slice<Summarized, (Moment, ArticleId)>,
    /// How many there are in all, where that was asked for.
    pub total: Option<i64>,
    /// When the first thing on it disappears. A schedule is no end of anything, so nothing tells of it here (ruling 13).
    pub shown_until: Option<Moment>,
}

impl Delivery {
    /// A page of the articles that are visible now. A name of nothing gives an empty page.
    pub async fn articles(&self, asked: Asked) -> Result<Page, Error> {
        let (now, site) = (self.clock.now(), std::sync::Arc::clone(&self.site));
        let media = std::sync::Arc::clone(&self.media);
        self.read(now, move |live| {
            let Asked { names, filter, limit, count } = asked;
            let Some(filter) = named(live, &names, filter, now)? else {
                let total = (count == Count::Exact).then_some(0);
                let slice = Slice { items: Vec::new(), prev: None, next: None };
                return Ok(Page { slice, total, shown_until: None });
            };
            let found = live.live_articles(&filter, limit.saturating_add(1), now)?;
            let place = |article: &LiveArticle| {
                let at = match filter.order {
                    store::live::Order::LastUpdatedFirst => article.times.updated_at,
                    store::live::Order::NewestFirst | store::live::Order::OldestFirst => {
                        article.times.published_at
                    }
                };
                (at, article.id)
            };
            let slice = Slice::cut(found, limit, filter.from.as_ref(), place);
            let total = match count {
                Count::Exact => Some(live.count_live_articles(&filter, now)?),
                Count::No => None,
            };
            let found = &slice.items;
            let linked = found.iter().flat_map(|article| links::of_summary(&article.content)).collect();
            let pictured = found.iter().flat_map(|article| photos::of_summary(&article.content));
            let shown = Photos::read(live, pictured, HashMap::new(), &site, &*media, now)?;
            let references = References::read(live, &site, found.iter(), linked, shown, now)?;
            let shown_until = references.shown_until(found.iter());
            let slice = slice.map(|article| summary(&article, &references));
            Ok(Page { slice, total, shown_until })
        })
        .await
    }
}

/// The filter with what it names by slug; `None` where that names nothing.
pub(crate) fn named(
    live: &mut dyn Live,
    names: &Names,
    filter: Filter,
    now: Moment,
) -> Result<Option<LiveFilter>, Error> {
    let Filter { kind, language, published_after, published_before, updated_after, ids, slugs, order, from } =
        filter;
    let order = match order {
        Order::NewestFirst => store::live::Order::NewestFirst,
        Order::OldestFirst => store::live::Order::OldestFirst,
        Order::LastUpdatedFirst => store::live::Order::LastUpdatedFirst,
    };
    let mut filter = LiveFilter {
        kind,
        language,
        published_after,
        published_before,
        updated_after,
        ids,
        slugs,
        order,
        from,
        ..LiveFilter::default()
    };
    if let Some(slug) = &names.section {
        let Some(id) = live.live_section_of_slug(slug)? else { return Ok(None) };
        let (sections, _) = live.live_sections(now)?;
        let tree = Tree::new(sections.iter().map(|section| (section.id, section.parent)));
        let mut within: BTreeSet<SectionId> = tree.below(id).into_iter().collect();
        within.insert(id);
        filter.sections = Some(within.into_iter().collect());
    }
    for slug in &names.tags {
        let name: Ref<TagId> = Ref::Slug(slug.clone());
        let Some(tag) = live.live_tag(&name, now)? else { return Ok(None) };
        filter.tags.push(tag.id);
    }
    if let Some(slug) = &names.contributor {
        let name: Ref<ContributorId> = Ref::Slug(slug.clone());
        let Some(contributor) = live.live_contributor(&name, now)? else { return Ok(None) };
        filter.contributor = Some(contributor.id);
    }
    Ok(Some(filter))
}

/// Who made an article, as a sentence.
pub(crate) fn byline_text(content: &Content) -> Option<String> {
    let Content { bylines, byline_override, language, .. } = content;
    prose(bylines.as_slice(), byline_override.as_ref(), language, HouseStyle::default())
}

/// What lists have of an article.
pub(crate) fn summary(article: &LiveArticle, references: &References<'_>) -> Summarized {
    let LiveArticle { id, slug, revision, times, expires_at: _, content, reading } = article;
    let bylines = content.bylines.as_slice().iter().map(|byline| Byline {
        name: byline.name.clone(),
        role: byline.role,
        contributor: byline.contributor.and_then(|id| references.profile(id)),
        location: byline.location.clone(),
        affiliation: byline.affiliation.clone(),
    });
    let dateline = content.dateline.as_ref().map(|dateline| Dateline {
        place: dateline.place.as_str().to_uppercase(),
        country_code: dateline.country_code,
        text: dateline.text(),
    });
    Summarized {
        id: *id,
        slug: slug.clone(),
        url: references.links.site.article_url.of(*id, slug),
        kind: content.kind,
        language: content.language.clone(),
        kicker: content.kicker.clone(),
        headline: content.headline.clone(),
        standfirst: render::body::spans(content.standfirst.spans(), &references.links),
        summary: content.summary.clone(),
        seo: Seo {
            title: content.headline_variants.seo.clone(),
            description: content.summary.clone(),
            canonical_url: content.canonical_url.clone(),
            noindex: content.noindex,
        },
        bylines: bylines.collect(),
        byline_text: byline_text(content),
        dateline,
        section: content.section.and_then(|id| references.section(id)),
        tags: references.tags(content.tags.as_slice()),
        lead_photo: content.lead_photo.as_ref().and_then(|used| references.links.photos.shown(used)),
        word_count: reading.words,
        reading_minutes: reading.minutes,
        comments: references.comments(article),
        first_published_at: times.first_published_at,
        published_at: times.published_at,
        updated_at: times.updated_at,
        revision: revision.number(),
    }
}
