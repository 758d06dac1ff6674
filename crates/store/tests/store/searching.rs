//! Searches of many articles: rare and frequent words are found by the way that is quick for them.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::sql_types::Text;
use diesel::{Connection, PgConnection, QueryableByName, RunQueryDsl, SqliteConnection, sql_query};
use domain::article::publish::Expiry;
use domain::language::Language;
use domain::paging::From;
use domain::search::place::{Place, Tier};
use domain::search::stem::Grammar;
use domain::search::terms::sought;
use domain::search::text::SearchText;
use masthead_tests::on_both;
use store::live::LiveFilter;
use store::options::Location;
use store::search::LiveSearch;

use crate::articles::{begin, publish};
use crate::own::{Own, at, wait};

/// How many rows there are beside the one that is an article: all have `tide`, one of a hundred has `reef`.
const COPIES: u32 = 20_000;

/// Puts rows beside those of the article, without articles that they would belong to.
fn copy(own: &Own) {
    match &own.options.location {
        Location::Sqlite(file) => {
            let mut conn = SqliteConnection::establish(file.to_str().unwrap()).unwrap();
            conn.batch_execute(&format!(
                "PRAGMA foreign_keys = OFF; \
                 CREATE TEMP TABLE n AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {COPIES}) SELECT i FROM n; \
                 INSERT INTO search_rows SELECT i, randomblob(16), 1, 0, NULL, 0 FROM n; \
                 INSERT INTO search_index (rowid, terms) SELECT i, CASE i % 100 WHEN 0 THEN 'tide reef' ELSE 'tide' END FROM n;"
            ))
            .unwrap();
        }
        Location::Postgres(url) => {
            let mut conn = PgConnection::establish(url).unwrap();
            conn.batch_execute("SET session_replication_role = replica").unwrap();
            let insert = format!(
                "INSERT INTO search_rows SELECT i, gen_random_uuid(), 1, to_timestamp(0), NULL, to_timestamp(0), \
                 array_to_tsvector(CASE i % 100 WHEN 0 THEN ARRAY['tide', 'reef', repeat('x', 400)] ELSE ARRAY['tide', repeat('x', 400)] END) \
                 FROM generate_series(1, {COPIES}) AS n (i)"
            );
            conn.batch_execute(&insert).unwrap();
            conn.batch_execute("ANALYZE search_rows").unwrap();
        }
    }
}

fn search(own: &Own, text: &str, from: Option<From<Place>>) -> (usize, Duration) {
    let words = sought(&SearchText::parse(text).unwrap(), &[Grammar::of(&Language::parse("en").unwrap())]);
    let search = LiveSearch { words, filter: LiveFilter::default(), from };
    let begun = Instant::now();
    let found = wait(own.store.read(move |tx| tx.search_live(&search, 20, at(100)))).unwrap();
    (found.len(), begun.elapsed())
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text, column_name = "QUERY PLAN")]
    told: String,
}

on_both! {
    fn rare_and_frequent_words_are_found_among_many(database: Database) {
        let own = Own::open(database);
        wait(own.store.write(|tx| {
            begin(tx, 7, "Seals return")?;
            publish(tx, 7, None, Expiry::Keep, at(1))
        }))
        .unwrap();
        copy(&own);
        // The rows that are no article are found and not shown.
        assert_eq!(search(&own, "tide", None).0, 0);
        assert_eq!(search(&own, "reef tide", None).0, 0);
        assert_eq!(search(&own, "seals", None).0, 1);
        let behind = Some(From::Behind(Place { tier: Tier::Elsewhere, key: i64::MAX }));
        assert_eq!(search(&own, "seals", behind).0, 0, "it is among those whose headline has it");
        let before = Some(From::Before(Place { tier: Tier::Elsewhere, key: i64::MIN }));
        assert_eq!(search(&own, "seal", before).0, 1);
        if let Location::Postgres(url) = &own.options.location {
            let mut conn = PgConnection::establish(url).unwrap();
            for term in ["reef", "tide", "none"] {
                let plan: Vec<Line> = sql_query(format!(
                    "EXPLAIN SELECT key FROM search_rows AS r WHERE r.terms @@ '''{term}'''::tsquery AND r.key + 0 > 0 \
                     ORDER BY r.key + 0 DESC LIMIT 21"
                ))
                .load(&mut conn)
                .unwrap();
                let told: BTreeSet<_> = plan.into_iter().map(|line| line.told).collect();
                assert!(told.iter().any(|line| line.contains("search_rows_by_term")), "{told:#?}");
            }
        }
    }
}
