//! Links between our own articles, resolved when they are read: an address moves, and a link to what is gone is text.

use std::collections::HashMap;

use domain::article::checks::rules::linked;
use domain::article::content::Content;
use domain::block::BlockKind;
use domain::id::ArticleId;
use domain::site::Site;
use domain::slug::Slug;
use serde_json::{Value, json};

/// The visible articles that are linked to.
pub(crate) struct Links<'a> {
    pub(crate) slugs: HashMap<ArticleId, Slug>,
    pub(crate) site: &'a Site,
}

/// The articles that a content leads to.
pub(crate) fn targets(content: &Content) -> impl Iterator<Item = ArticleId> {
    linked(content).into_iter().map(|(_, id)| id)
}

impl Links<'_> {
    /// The blocks that are delivered, as JSON with the addresses filled in.
    pub(crate) fn blocks(&self, content: &Content) -> Result<Vec<Value>, serde_json::Error> {
        let delivered =
            content.body.blocks().iter().filter(|block| !matches!(block.kind, BlockKind::Unsupported(_)));
        delivered
            .map(|block| {
                let mut value = serde_json::to_value(block)?;
                self.resolve(&mut value);
                Ok(value)
            })
            .collect()
    }

    /// Spans with the addresses filled in.
    pub(crate) fn resolved(&self, mut value: Value) -> Value {
        self.resolve(&mut value);
        value
    }

    /// Fills in addresses below `value`; a link to what is not visible is left out, and its text stays. The depth is
    /// that of the block model.
    fn resolve(&self, value: &mut Value) {
        match value {
            Value::Array(items) => items.iter_mut().for_each(|item| self.resolve(item)),
            Value::Object(members) => {
                if let Some(Value::Array(marks)) = members.get_mut("marks") {
                    marks.retain_mut(|mark| self.keeps(mark));
                }
                if members.get("type").is_some_and(|kind| kind == "related")
                    && let Some(Value::Array(articles)) = members.get_mut("articles")
                {
                    let open = articles.iter().filter_map(|id| self.article(id)).collect();
                    *articles = open;
                    return;
                }
                members.values_mut().for_each(|member| self.resolve(member));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    fn keeps(&self, mark: &mut Value) -> bool {
        let Some(target) = mark.get("article").filter(|target| !target.is_null()) else { return true };
        let Some(article) = self.article(target) else { return false };
        mark["href"] = article["url"].clone();
        true
    }

    fn article(&self, id: &Value) -> Option<Value> {
        let id = ArticleId::parse(id.as_str()?).ok()?;
        let slug = self.slugs.get(&id)?;
        Some(json!({"id": id, "slug": slug, "url": self.site.article_url.of(id, slug)}))
    }
}
