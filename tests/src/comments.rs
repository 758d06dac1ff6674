//! What readers and moderators do with comments, by their names.

use masthead::clock::told_by;
use masthead::commenters;
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::client::Client;
use crate::site::Site;

/// A comment as a reader hands it in.
pub fn said(name: &str, text: &str) -> Value {
    let email = format!("{}@post.example", name.to_lowercase().replace(' ', "."));
    json!({"author_name": name, "author_email": email, "body": text})
}

impl Site {
    /// An article that readers see, with nothing in the way of publishing it; its slug follows from the headline.
    #[track_caller]
    pub fn published(&self, headline: &str) -> Answer {
        self.editor().publish(&self.draft_to_publish(headline)).status(200)
    }

    /// A draft with nothing in the way of publishing it.
    #[track_caller]
    pub fn draft_to_publish(&self, headline: &str) -> Answer {
        let sections = self.editor().get("/v1/editorial/sections").status(200).json();
        if sections["data"].as_array().is_some_and(Vec::is_empty) {
            self.editor().post("/v1/editorial/sections", json!({"name": "World"})).status(201);
        }
        let story = json!({
            "headline": headline, "section": "world", "no_byline": true,
            "body": [{"type": "paragraph", "content": [{"text": "It grows."}]}],
        });
        self.editor().post("/v1/editorial/articles", story).status(201)
    }
}

impl Site {
    /// A comment that readers see below an article of its own, by its id.
    #[track_caller]
    pub fn commented(&self, text: &str) -> String {
        let article = self.published(&format!("About: {text}")).id();
        let sent = self.reader().comment(&article, said("Una", text)).status(201).id();
        self.moderator().decide(&sent, "approve").status(200).id()
    }
}

impl Site {
    /// What an operator is told of a commenter, as `masthead comments export` prints it.
    pub fn export_commenter(&self, email: &str) -> Result<Vec<Value>, String> {
        let (mut printed, clock) = (Vec::new(), told_by(&self.dir().join("clock"), self.config().purpose));
        commenters::export(self.config(), clock.expect("our own clock"), email, &mut printed)
            .map_err(|fault| fault.to_string())?;
        Ok(serde_json::from_slice(&printed).expect("a list"))
    }

    /// Forgets a commenter as `masthead comments erase` does, and tells how many comments that were.
    pub fn erase_commenter(&self, email: &str) -> Result<usize, String> {
        let clock = told_by(&self.dir().join("clock"), self.config().purpose);
        commenters::erase(self.config(), clock.expect("our own clock"), email)
            .map_err(|fault| fault.to_string())
    }
}

impl Client<'_> {
    /// Hands a comment in.
    #[track_caller]
    pub fn comment(&self, article: &str, said: Value) -> Answer {
        self.post(&format!("/v1/articles/{article}/comments"), said)
    }

    /// The thread of an article.
    #[track_caller]
    pub fn thread(&self, article: &str) -> Answer {
        self.get(&format!("/v1/articles/{article}/comments"))
    }

    /// Decides about a comment, whatever was decided before.
    #[track_caller]
    pub fn decide(&self, comment: &str, verb: &str) -> Answer {
        let path = format!("/v1/editorial/comments/{comment}/{verb}");
        self.request("POST", &path).if_match("*").json(&json!({})).send()
    }
}
