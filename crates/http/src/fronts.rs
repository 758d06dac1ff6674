//! `/v1/fronts`: the lists that editors put in order, such as the front page.

use actix_web::HttpRequest;
use actix_web::web::Data;
use delivery::facets::Reference;
use delivery::fronts::{self, NamedFront};
use domain::slug::Slug;

use crate::api::Api;
use crate::api::tag::Tag;
use crate::facets::{PageAsked, page};
use crate::problem::Problem;
use crate::problem::catalogue::Code;
use crate::read::path::At;
use crate::read::query::Asked;
use crate::read::reading::Reading;
use crate::reply::public::{Found, LIST, Shown, ShownPage};
use crate::settings::Settings;

pub(crate) fn operations(api: &mut Api) {
    api.get("/v1/fronts", "list_fronts", list).told(
        Tag::Delivery,
        "List fronts",
        "By slug, with their names; what stands on one is told by itself.",
    );
    api.get("/v1/fronts/{slug}", "read_front", read).told(
        Tag::Delivery,
        "Read a front",
        "What editors put on it, in their order, and behind it the newest articles where they said so: all of it in one answer. \
         What readers do not see is left out. `front_headline` is the headline to be shown here. A former slug redirects.",
    );
}

async fn list(
    delivery: Reading,
    settings: Data<Settings>,
    request: HttpRequest,
    Asked(asked): Asked<PageAsked>,
) -> Result<ShownPage<NamedFront>, Problem> {
    let found = delivery.fronts(asked.from(&settings, &request)?, asked.limit).await?;
    Ok(page(&settings, &request, found))
}

async fn read(
    delivery: Reading,
    settings: Data<Settings>,
    _: Asked<()>,
    slug: At<Slug>,
) -> Result<Found<fronts::Shown>, Problem> {
    match delivery.front(slug.one()?).await? {
        Reference::Here(front) => Ok(Found::Here(Shown::of(LIST.until(front.shown_until), front))),
        Reference::Moved(slug) => Ok(Found::Moved(format!("{}/v1/fronts/{slug}", settings.public_url))),
        Reference::Nothing => Err(Problem::new(Code::NotFound)),
    }
}
