//! `/sitemap.xml`, its parts, and `/sitemap-news.xml`, for search engines.

use actix_web::body::BoxBody;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, Responder};
use delivery::sitemaps::{Part, Sitemap};
use serde_json::json;

use crate::api::Api;
use crate::api::contract::Outcome;
use crate::api::operation::{Operation, Success};
use crate::api::tag::Tag;
use crate::problem::Problem;
use crate::problem::catalogue::Code;
use crate::read::path::At;
use crate::read::query::Asked;
use crate::read::reading::Reading;
use crate::reply::conditionally;
use crate::reply::public::LIST;
use crate::reply::written::Written;
use crate::settings::Settings;

const XML: &str = "application/xml";

pub(crate) fn operations(api: &mut Api) {
    api.get("/sitemap.xml", "read_sitemap_index", index).told(
        Tag::Delivery,
        "Read the index of the sitemap",
        "It names the parts: one for each month of publication, and further ones where a month has more than 20,000 \
         articles, so that addresses stay. Articles that ask search engines to leave them out, and those that are at home \
         elsewhere, are in none.",
    );
    api.get("/sitemap-{part}.xml", "read_sitemap_part", part).told(
        Tag::Delivery,
        "Read a part of the sitemap",
        "The addresses of up to 20,000 articles, with their last changes.",
    );
    api.get("/sitemap-news.xml", "read_news_sitemap", news).told(
        Tag::Delivery,
        "Read the sitemap of news",
        "Up to 1,000 articles of the last 48 hours, as Google reads them.",
    );
}

async fn index(delivery: Reading, settings: Data<Settings>, _: Asked<()>) -> Result<Mapped, Problem> {
    let base = settings.public_url.clone();
    let found = delivery.sitemap_index(move |part| format!("{base}/sitemap-{part}.xml")).await?;
    Ok(Mapped::of(found))
}

async fn part(delivery: Reading, _: Asked<()>, part: At<Part>) -> Result<Mapped, Problem> {
    let found = delivery.sitemap_part(part.one()?).await?;
    Ok(Mapped::of(found.ok_or_else(|| Problem::new(Code::NotFound))?))
}

async fn news(delivery: Reading, _: Asked<()>) -> Result<Mapped, Problem> {
    let found = delivery.sitemap_of_news().await?;
    Ok(Mapped::of(found))
}

/// A sitemap that is answered.
struct Mapped(Written);

impl Mapped {
    fn of(Sitemap { octets, shown_until }: Sitemap) -> Self {
        Self(Written { lifetime: LIST.until(shown_until), media_type: XML, octets, updated_at: None })
    }
}

impl Responder for Mapped {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        self.0.answer()
    }
}

impl Outcome for Mapped {
    fn describe(operation: &mut Operation) {
        let example = "<?xml version=\"1.0\" encoding=\"utf-8\"?><urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"></urlset>";
        let schema = json!({"type": "string", "contentMediaType": XML, "maxLength": 52_428_800, "description": "A sitemap.", "example": example});
        operation.successes.push(Success {
            status: 200,
            description: "What readers see now.",
            content: Some((XML, schema)),
            headers: Written::HEADERS.to_vec(),
        });
        conditionally(operation, &[]);
    }
}
