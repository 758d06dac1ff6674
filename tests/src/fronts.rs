//! What people do with fronts.

use serde_json::{Value, json};

use crate::answer::Answer;
use crate::client::Client;

impl Client<'_> {
    /// Makes a front that readers find at `/v1/fronts/home`, with these articles on it, named by id or slug.
    #[track_caller]
    pub fn front_page(&self, articles: &[&str]) -> Answer {
        let front = json!({"name": "Front page", "slug": "home", "items": items(articles)});
        self.post("/v1/editorial/fronts", front).status(201)
    }

    /// Changes a front that an answer showed.
    #[track_caller]
    pub fn rearrange(&self, front: &Answer, change: Value) -> Answer {
        self.patch(&format!("/v1/editorial/fronts/{}", front.id()), front.etag(), change)
    }

    /// A front as the newsroom keeps it.
    #[track_caller]
    pub fn kept_front(&self, slug: &str) -> Answer {
        self.get(&format!("/v1/editorial/fronts/{slug}"))
    }

    /// A front as readers see it.
    #[track_caller]
    pub fn front(&self, slug: &str) -> Answer {
        self.get(&format!("/v1/fronts/{slug}"))
    }
}

/// Items of a front, each with the headline of its article.
pub fn items(articles: &[&str]) -> Value {
    articles.iter().map(|article| json!({"article": article})).collect()
}

impl Answer {
    /// The headlines that a front shows, in its order.
    #[track_caller]
    pub fn front_headlines(&self) -> Vec<String> {
        let front = self.json();
        let articles = front["data"].as_array().unwrap_or_else(|| panic!("{}: no list: {self}", self.to));
        articles
            .iter()
            .map(|article| article["front_headline"].as_str().expect("a headline").to_owned())
            .collect()
    }
}
