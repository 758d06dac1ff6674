//! What people do with articles: the editorial and delivery routes by their names.

use serde_json::{Value, json};

use crate::answer::Answer;
use crate::client::Client;

impl Client<'_> {
    /// Begins an article with nothing but a headline.
    #[track_caller]
    pub fn draft(&self, headline: &str) -> Answer {
        self.post("/v1/editorial/articles", json!({"headline": headline})).status(201)
    }

    /// Takes an action (`submit`, `publish`, `withdraw`, …) on the version of an article that an answer showed.
    #[track_caller]
    pub fn act(&self, article: &Answer, action: &str, order: Value) -> Answer {
        let path = format!("/v1/editorial/articles/{}/{action}", article.id());
        self.request("POST", &path).if_match(article.etag()).json(&order).send()
    }

    /// Publishes now what an answer showed.
    #[track_caller]
    pub fn publish(&self, article: &Answer) -> Answer {
        self.act(article, "publish", json!({}))
    }

    /// The article as its writers see it now.
    #[track_caller]
    pub fn working_copy(&self, id: &str) -> Answer {
        self.get(&format!("/v1/editorial/articles/{id}"))
    }

    /// The article as readers see it.
    #[track_caller]
    pub fn article(&self, slug: &str) -> Answer {
        self.get(&format!("/v1/articles/{slug}"))
    }
}
