//! Lists of articles as the newsroom sees them.

use domain::actor::Actor;
use domain::article::aggregate::Article;
use domain::article::content::ArticleKind;
use domain::article::content::reference::Ref;
use domain::article::content::texts::Headline;
use domain::article::publication::PublicationState;
use domain::article::stage::Stage;
use domain::id::{ArticleId, ContributorId, SectionId, TagId, UserId};
use domain::language::Language;
use domain::paging::{From, Slice};
use domain::policy::right::ReadArticles;
use domain::policy::{Action, allows_all};
use domain::section::tree::Tree;
use domain::slug::Slug;
use domain::time::Moment;
use store::articles::{ArticleFilter, Glance};
use store::tx::Tx;

use crate::error::Error;

/// The order of a list. Articles of one instant are ordered by id.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// Those that changed last first.
    #[default]
    LastChangedFirst,
    /// Those that have not changed for longest first.
    LongestUnchangedFirst,
}

/// Which articles are asked for.
#[derive(Debug, Clone, Default)]
pub struct Listed {
    /// Only at this stage.
    pub stage: Option<Stage>,
    /// Only in this state now.
    pub publication: Option<PublicationState>,
    /// Only of this section and those below it.
    pub section: Option<Ref<SectionId>>,
    /// Only with this tag.
    pub tag: Option<Ref<TagId>>,
    /// Only by this contributor.
    pub contributor: Option<Ref<ContributorId>>,
    /// Only of this owner.
    pub owner: Option<UserId>,
    /// Only with these words in the headline.
    pub words: Option<String>,
    /// Only changed after this instant.
    pub updated_after: Option<Moment>,
    /// Only what lies there.
    pub from: Option<From<(Moment, ArticleId)>>,
    /// In which order.
    pub order: Order,
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
    /// The articles, settled, with what their working copies are.
    pub slice: Slice<Summary, (Moment, ArticleId)>,
    /// How many there are in all, where that was asked for.
    pub total: Option<i64>,
}

/// An article in a list.
#[derive(Debug)]
pub struct Summary {
    /// The article.
    pub article: Article,
    /// The headline of its working copy.
    pub headline: Headline,
    /// Its slug.
    pub slug: Slug,
    /// What it is.
    pub kind: ArticleKind,
    /// Its language.
    pub language: Language,
    /// Its section.
    pub section: Option<SectionId>,
}

/// A page of the articles that the actor may see.
pub fn list(tx: &mut dyn Tx, actor: &Actor, asked: &Listed, now: Moment) -> Result<Page, Error> {
    let Some(mut filter) = filter(tx, asked, now)? else {
        let total = (asked.count == Count::Exact).then_some(0);
        return Ok(Page { slice: Slice { items: Vec::new(), prev: None, next: None }, total });
    };
    if !allows_all(actor, Action::ReadArticles) {
        filter.own_of = Some(actor.user);
    }
    let found = tx.articles(&filter, asked.limit.saturating_add(1))?;
    let total = match asked.count {
        Count::Exact => Some(tx.count_articles(&filter)?),
        Count::No => None,
    };
    let mut articles = Vec::with_capacity(found.len());
    for (article, Glance { headline, slug, kind, language, section }) in found {
        let article = article.grant::<ReadArticles>(actor)?.into_inner();
        articles.push(Summary { article, headline, slug, kind, language, section });
    }
    let place = |summary: &Summary| (summary.article.updated_at, summary.article.id);
    let slice = Slice::cut(articles, asked.limit, asked.from.as_ref(), place);
    let settled = |summary: Summary| Summary { article: summary.article.settled(now), ..summary };
    Ok(Page { slice: slice.map(settled), total })
}

/// The filter by ids; `None` where a name is that of nothing.
fn filter(tx: &mut dyn Tx, asked: &Listed, now: Moment) -> Result<Option<ArticleFilter>, Error> {
    let mut filter = ArticleFilter {
        stage: asked.stage,
        publication: asked.publication.map(|state| (state, now)),
        owner: asked.owner,
        words: asked.words.clone(),
        updated_after: asked.updated_after,
        from: asked.from,
        order: match asked.order {
            Order::LastChangedFirst => store::articles::Order::LastChangedFirst,
            Order::LongestUnchangedFirst => store::articles::Order::LongestUnchangedFirst,
        },
        ..ArticleFilter::default()
    };
    if let Some(name) = &asked.section {
        let id = match name {
            Ref::Id(id) => Some(*id),
            Ref::Slug(slug) => tx.section_of_slug(slug)?,
        };
        let Some(id) = id else { return Ok(None) };
        let sections = tx.sections()?;
        let tree = Tree::new(sections.iter().map(|section| (section.id, section.parent)));
        let mut within = tree.below(id);
        within.push(id);
        filter.sections = Some(within);
    }
    if let Some(name) = &asked.tag {
        match crate::references::tags::read(tx, name) {
            Ok(tag) => filter.tag = Some(tag.id),
            Err(Error::NotFound) => return Ok(None),
            Err(error) => return Err(error),
        }
    }
    if let Some(name) = &asked.contributor {
        let id = match name {
            Ref::Id(id) => Some(*id),
            Ref::Slug(slug) => tx.contributor_of_slug(slug)?,
        };
        let found = match id {
            Some(id) => tx.contributor(id)?,
            None => None,
        };
        let Some((contributor, _)) = found else { return Ok(None) };
        filter.contributor = Some(contributor.id);
    }
    Ok(Some(filter))
}
