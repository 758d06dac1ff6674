//! Brings the comments of an edition in: handed in as readers would, each from a network of its own, and decided about as a
//! moderator would. Where the site takes no comments, there are none.

use std::net::{IpAddr, Ipv4Addr};

use domain::comment::state::{CommentState, Verb};
use domain::id::{ArticleId, CommentId};
use domain::version::Seen;
use http::editorial::edition as read;
use identity::keys::Subkey;
use newsroom::comments::{self, Order, Recommended, Submission};
use newsroom::cx::Cx;
use newsroom::error::Error;
use serde::Deserialize;
use serde_json::Value;

/// What is said below one article.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Discussion {
    /// Which.
    pub(super) article: ArticleId,
    comments: Vec<Said>,
    /// The body of `PUT …/comment-policy`, once all is said.
    policy: Option<Value>,
}

/// A comment, and what becomes of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    /// The body of `POST …/comments`.
    comment: Value,
    /// What a moderator does with it.
    #[serde(default)]
    then: Vec<String>,
    /// What is replied to it.
    #[serde(default)]
    replies: Vec<Said>,
    /// What the newsroom replies to it: bodies of `POST …/replies`.
    #[serde(default)]
    answers: Vec<Value>,
    /// What a moderator does once there are replies.
    #[serde(default)]
    afterwards: Vec<String>,
}

/// Comments on their way in.
pub(super) struct Readers<'a> {
    /// The key by whose hashes commenters are found again.
    pub(super) key: &'a Subkey,
    /// How many came in.
    pub(super) heard: u32,
}

impl Readers<'_> {
    /// Brings in what is said below one article.
    pub(super) fn hear(&mut self, cx: &mut Cx<'_>, discussion: Discussion) -> Result<(), Error> {
        let Discussion { article, comments, policy } = discussion;
        match self.all(cx, article, comments, None) {
            Ok(()) | Err(Error::CommentsClosed(_)) => {}
            Err(refused) => return Err(refused),
        }
        if let Some(policy) = policy {
            let _ = comments::set_policy(cx, article, Seen::Any, &read::comment_policy(policy)?)?;
        }
        Ok(())
    }

    fn all(
        &mut self,
        cx: &mut Cx<'_>,
        article: ArticleId,
        said: Vec<Said>,
        parent: Option<CommentId>,
    ) -> Result<(), Error> {
        said.into_iter().try_for_each(|said| self.one(cx, article, said, parent))
    }

    fn one(
        &mut self,
        cx: &mut Cx<'_>,
        article: ArticleId,
        said: Said,
        parent: Option<CommentId>,
    ) -> Result<(), Error> {
        let Said { comment, then, replies, answers, afterwards } = said;
        let submission = Submission { parent, ..read::comment(comment)? };
        let came_in = comments::bring(cx, self.key, self.network(), article, &submission)?;
        self.heard += 1;
        let state = decide(cx, came_in.id, came_in.state, &then)?;
        self.all(cx, article, replies, Some(came_in.id))?;
        for answer in answers {
            let _ = comments::reply(cx, came_in.id, &read::comment_reply(answer)?)?;
            self.heard += 1;
        }
        decide(cx, came_in.id, state, &afterwards).map(|_| ())
    }

    /// Nobody's address (RFC 2544), another each time, so that an edition is no flood.
    fn network(&self) -> IpAddr {
        let [.., high, low] = self.heard.to_be_bytes();
        Ipv4Addr::new(198, 18, high, low).into()
    }
}

/// What is no decision but a recommendation.
const FEATURE: &str = "feature";

/// Decides about a comment, as far as it is not decided so already, or recommends it.
fn decide(
    cx: &mut Cx<'_>,
    id: CommentId,
    mut state: CommentState,
    verbs: &[String],
) -> Result<CommentState, Error> {
    for verb in verbs {
        if verb == FEATURE {
            let _ = comments::recommend(cx, id, Seen::Any, Recommended::Yes)?;
            continue;
        }
        let verb = Verb::parse(verb).map_err(|refused| Error::Defect(refused.detail))?;
        if verb.leads_to() != state {
            let order = Order { verb, reason: None };
            state = comments::decide(cx, id, Seen::Any, &order)?.into_inner().state;
        }
    }
    Ok(state)
}
