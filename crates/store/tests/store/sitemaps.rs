//! Sitemaps of many articles: every one in one place, however many there are.

use std::collections::BTreeSet;

use masthead_tests::database::Database;
use masthead_tests::on_both;
use store::error::Error;
use store::live::LiveMonth;

use crate::articles::tell;
use crate::own::{Own, at, wait};

/// More than a sitemap may hold: copies of the one article that is live, two of three in the month behind its own.
const COPIES: u32 = 120_000;

/// Puts copies of the live article beside it, without the articles that they would belong to.
fn copy(own: &Own, database: Database) {
    let columns = "place, revision, visible_from, visible_until, first_published_at, published_at, updated_at, expires_at, \
         headline, kind, language, section_id, content";
    let insert = |id: &str, series: &str| {
        format!(
            "INSERT INTO live_articles (article_id, slug, sitemap_month, {columns}) \
             SELECT {id}, slug || '-' || n.i, sitemap_month + (n.i % 3 + 1) / 2, {columns} FROM live_articles, {series}"
        )
    };
    match database {
        Database::Sqlite => {
            let series = "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 120000) SELECT i FROM n) AS n";
            own.alter(&format!("PRAGMA foreign_keys = OFF; {}", insert("randomblob(16)", series)));
        }
        Database::Postgres => {
            let series = "generate_series(1, 120000) AS n(i)";
            own.alter(&format!(
                "SET session_replication_role = replica; {}",
                insert("gen_random_uuid()", series)
            ));
        }
    }
}

on_both! {
    fn each_of_many_articles_stands_in_one_part_of_the_sitemap(database: Database) {
        let own = Own::open(database);
        tell(&own, 7, "Reef recovers", at(1));
        copy(&own, database);
        let months: Vec<LiveMonth> = wait(own.store.read(|tx| tx.live_months(at(100)))).unwrap();
        let counts: Vec<_> = months.iter().map(|month| month.pages).collect();
        assert_eq!(counts, [COPIES / 3 + 1, COPIES / 3 * 2]);
        let most = 20_000_u16;
        let mut seen = BTreeSet::new();
        for LiveMonth { month, pages, .. } in months {
            for skipped in (0..pages).step_by(most.into()) {
                let part = wait(own.store.read(move |tx| tx.live_pages(month, skipped, most, at(100)))).unwrap();
                assert_eq!(part.len(), usize::try_from((pages - skipped).min(most.into())).unwrap());
                seen.extend(part.into_iter().map(|page| page.id));
            }
            let beyond = wait(own.store.read(move |tx| tx.live_pages(month, pages, most, at(100))));
            assert_eq!(beyond.unwrap(), []);
        }
        assert_eq!(seen.len(), usize::try_from(COPIES + 1).unwrap());
        let news = wait(own.store.read(|tx| tx.live_news(at(0), 1000, at(100)))).unwrap();
        assert_eq!(news.len(), 1000);
        let none: Result<Vec<LiveMonth>, Error> = wait(own.store.read(|tx| tx.live_months(at(0))));
        assert_eq!(none.unwrap(), []);
    }
}
