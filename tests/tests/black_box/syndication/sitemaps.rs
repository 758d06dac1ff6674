//! Sitemaps: what search engines are told of, and of what they are not.

use chrono::TimeDelta;
use masthead_tests::on_both;
use masthead_tests::site::Site;
use serde_json::{Value, json};

use super::rules::{news, sitemap};
use super::{drafted, furnish, published, text};

/// The parts that the index names, by their paths.
#[track_caller]
fn parts(site: &Site) -> Vec<String> {
    let index = site.reader().get("/sitemap.xml").status(200);
    assert_eq!(index.media_type(), "application/xml");
    let named = sitemap(&text(&index), "sitemapindex", "sitemap");
    let path = |url: String| url.strip_prefix(site.public_url()).expect("an address of ours").to_owned();
    named.into_iter().map(path).collect()
}

/// The addresses of articles in all parts.
#[track_caller]
fn listed(site: &Site) -> Vec<String> {
    let each = parts(site).into_iter().flat_map(|part| {
        let part = site.reader().get(&part).status(200);
        sitemap(&text(&part), "urlset", "url")
    });
    each.collect()
}

#[track_caller]
fn in_news(site: &Site) -> Vec<String> {
    news(&text(&site.reader().get("/sitemap-news.xml").status(200)))
}

on_both! {
    // abuse: AZ-06
    fn search_engines_are_told_of_what_readers_see(site: &Site) {
        furnish(site);
        assert!(parts(site).is_empty() && in_news(site).is_empty());
        drafted(site, "A draft", &json!({}));
        let later = drafted(site, "To come", &json!({}));
        let at = (site.now() + TimeDelta::seconds(30)).to_rfc3339();
        site.editor().act(&later, "publish", json!({"goes_live_at": at})).status(200);
        let live = published(site, "Sea <gates> & tides", &json!({}));
        published(site, "Not to be found", &json!({"noindex": true}));
        published(site, "From elsewhere", &json!({"canonical_url": "https://elsewhere.example/a"}));
        let url = |slug: &str| format!("http://localhost:3000/{slug}");
        assert_eq!(listed(site), [url("sea-gates-tides")]);
        assert_eq!(in_news(site), ["Sea <gates> & tides"]);
        site.wait(TimeDelta::seconds(30));
        assert_eq!(in_news(site), ["To come", "Sea <gates> & tides"]);
        assert_eq!(listed(site).len(), 2);
        site.wait(TimeDelta::hours(48));
        assert!(in_news(site).is_empty());
        assert_eq!(listed(site).len(), 2);
        site.editor().act(&live, "withdraw", json!({"kind": "error", "public_reason": "It was wrong."})).status(200);
        assert_eq!(listed(site), [url("to-come")]);
    }

    fn an_article_that_names_its_own_address_is_at_home_here(site: &Site) {
        furnish(site);
        let url = |slug: &str| format!("http://localhost:3000/{slug}");
        let own = drafted(site, "Sea gates hold", &json!({"canonical_url": url("sea-gates-hold")}));
        let own = own.says("/content/canonical_url", Value::Null);
        site.editor().publish(&own).status(200);
        // In another spelling, and only once its slug leads there.
        let other = published(site, "The tide turns", &json!({"canonical_url": "HTTP://LocalHost:3000/ebb"}));
        let other = other.says("/content/canonical_url", url("ebb"));
        assert_eq!(listed(site), [url("sea-gates-hold")]);
        let path = format!("/v1/editorial/articles/{}", other.id());
        let moved = site.editor().patch(&path, other.etag(), json!({"slug": "ebb"})).status(200);
        let moved = moved.says("/content/canonical_url", Value::Null);
        site.editor().publish(&moved).status(200);
        let mut found = listed(site);
        found.sort();
        assert_eq!(found, [url("ebb"), url("sea-gates-hold")]);
        let feed = site.reader().get("/feeds/latest.json").status(200).json();
        let items = feed["items"].as_array().expect("a feed");
        assert!(items.len() == 2 && items.iter().all(|item| item["external_url"].is_null()), "{feed:#}");
        site.reader().article("ebb").status(200).says("/seo/canonical_url", Value::Null);
        let now = site.editor().working_copy(&other.id()).status(200);
        let same = site.editor().patch(&path, now.etag(), json!({"canonical_url": url("ebb")})).status(200);
        assert_eq!(same.json()["revision"], now.json()["revision"], "nothing is said by it");
    }

    fn a_part_has_the_articles_of_a_month_and_keeps_its_address(site: &Site) {
        furnish(site);
        let dated = |headline: &str, at: &str| {
            let draft = drafted(site, headline, &json!({}));
            site.editor().act(&draft, "publish", json!({"published_at": at})).status(200)
        };
        let old = dated("Of old", "1923-12-31T23:59:59.999Z");
        dated("Of the new year", "1924-01-01T00:00:00Z");
        dated("Of late", "2025-11-30T12:00:00Z");
        let named = ["/sitemap-1923-12.xml", "/sitemap-1924-01.xml", "/sitemap-2025-11.xml"];
        assert_eq!(parts(site), named);
        let reader = site.reader();
        let part = reader.get(named[1]).status(200);
        assert_eq!(sitemap(&text(&part), "urlset", "url"), ["http://localhost:3000/of-the-new-year"]);
        assert_eq!(part.header("surrogate-key"), "l");
        reader.request("GET", named[1]).if_none_match(part.etag()).send().status(304);
        site.editor().act(&old, "unpublish", json!({})).status(200);
        assert_eq!(parts(site), &named[1..]);
        for path in ["/sitemap-1923-12.xml", "/sitemap-2025-11-2.xml", "/sitemap-2025-13.xml", "/sitemap-1.xml", "/sitemap-2025-11-1.xml", "/sitemap-.xml"] {
            reader.get(path).refused(404, "not_found");
        }
    }
}
