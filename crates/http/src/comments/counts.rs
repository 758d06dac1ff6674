//! `GET /v1/comment-counts`: how many comments readers see below each of many articles.

use delivery::comments::CommentCount;
use domain::id::ArticleId;

use crate::api::Api;
use crate::api::tag::Tag;
use crate::problem::Problem;
use crate::read::query::{Asked, Query, Question};
use crate::read::reading::Reading;
use crate::reply::list::All;
use crate::reply::public::{LIST, Shown};

/// Most articles of one question (ruling 18).
pub(crate) const MOST: usize = 100;

pub(super) fn operations(api: &mut Api) {
    api.get("/v1/comment-counts", "count_comments", counts).told(
        Tag::Comments,
        "Count the comments of articles",
        "How many comments readers see below each of up to 100 articles, in the order asked; articles that they do not see \
         are left out.",
    );
}

struct Of(Vec<ArticleId>);

impl Question for Of {
    fn read(query: &mut Query) -> Self {
        Self(query.list("id", MOST, ArticleId::parse).unwrap_or_default())
    }
}

async fn counts(delivery: Reading, Asked(Of(ids)): Asked<Of>) -> Result<Shown<All<CommentCount>>, Problem> {
    Ok(Shown::of(LIST, All { data: delivery.comment_counts(ids).await? }))
}
