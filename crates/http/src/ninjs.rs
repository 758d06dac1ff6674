//! `/v1/articles/{name}/ninjs`: an article as partners take it over.

use actix_web::web::Data;
use delivery::Answer as Led;
use delivery::partners::Partnered;
use domain::article::content::reference::Ref;
use domain::id::ArticleId;

use crate::api::Api;
use crate::api::tag::Tag;
use crate::problem::Problem;
use crate::problem::catalogue::Code;
use crate::read::path::At;
use crate::read::query::Asked;
use crate::read::reading::Reading;
use crate::reply::public::{ARTICLE, Found, Shown};
use crate::settings::Settings;

pub(crate) fn operations(api: &mut Api) {
    api.get("/v1/articles/{name}/ninjs", "read_article_as_ninjs", read)
        .told(
            Tag::Delivery,
            "Read an article as a ninjs document",
            "For partners: a document of the standard ninjs 3.1 of the IPTC, with the text as HTML and as plain text, the \
             corrections, who made it, what it is about, and its photos with credits and rights. A former slug redirects; \
             what was withdrawn is 410.",
        )
        .refuses(&[Code::Withdrawn]);
}

async fn read(
    delivery: Reading,
    settings: Data<Settings>,
    _: Asked<()>,
    name: At<Ref<ArticleId>>,
) -> Result<Found<Partnered>, Problem> {
    match delivery.ninjs(name.one()?).await? {
        Led::Article(article) => {
            let lifetime = ARTICLE.until(article.shown_until);
            Ok(Found::Here(Shown::of(lifetime, *article)))
        }
        Led::Moved(slug) => Ok(Found::Moved(format!("{}/v1/articles/{slug}/ninjs", settings.public_url))),
        Led::Withdrawn { at, kind, public_reason, replacement } => {
            Err(Problem::withdrawn(at, kind, &public_reason, replacement))
        }
        Led::Nothing => Err(Problem::new(Code::NotFound)),
    }
}
