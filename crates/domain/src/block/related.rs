//! Other articles of ours that an article points to.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::id::ArticleId;
use crate::schema::{self, described};
use crate::violation::{Rule, Violation};

/// Articles of ours, between the paragraphs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Related {
    /// Which.
    pub articles: RelatedArticles,
}

/// Articles in the order in which they are shown, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<ArticleId>", into = "Vec<ArticleId>")]
pub struct RelatedArticles(Vec<ArticleId>);

impl RelatedArticles {
    /// Most articles: more than a page shows below its text.
    pub const MAX: usize = 20;

    /// Takes over up to [`RelatedArticles::MAX`] different articles.
    pub fn parse(articles: Vec<ArticleId>) -> Result<Self, Violation> {
        if articles.len() > Self::MAX {
            return Err(Violation::limited(Rule::TooMany, Self::MAX, "at most 20 articles fit"));
        }
        if articles.iter().enumerate().any(|(i, article)| articles[..i].contains(article)) {
            return Err(Violation::new(Rule::Duplicate, "names an article twice"));
        }
        Ok(Self(articles))
    }

    /// All of them in order.
    pub fn as_slice(&self) -> &[ArticleId] {
        &self.0
    }
}

described!(RelatedArticles: schema::list::<ArticleId>("Other articles of ours, in the order in which they are shown.", Self::MAX).unique_items(true), with ArticleId);

impl TryFrom<Vec<ArticleId>> for RelatedArticles {
    type Error = Violation;

    fn try_from(articles: Vec<ArticleId>) -> Result<Self, Violation> {
        Self::parse(articles)
    }
}

impl From<RelatedArticles> for Vec<ArticleId> {
    fn from(articles: RelatedArticles) -> Self {
        articles.0
    }
}
