//! Searches of many articles: rare and frequent words are found by the way that is quick for them.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::sql_types::{BigInt, Text};
use diesel::{Connection, PgConnection, QueryableByName, RunQueryDsl, sql_query};
use domain::language::Language;
use domain::paging::From;
use domain::search::place::{Place, Tier};
use domain::search::stem::Grammar;
use domain::search::terms::sought;
use domain::search::text::SearchText;
use masthead_tests::database::Database;
use masthead_tests::on_both;
use store::live::LiveFilter;
use store::options::Location;
use store::search::LiveSearch;

use crate::articles::tell;
use crate::own::{Own, at, wait};

/// How long PostgreSQL may take to count what it did: it does once a second.
const PATIENCE: Duration = Duration::from_secs(20);

/// In seconds.
const A_DAY: i64 = 86_400;
const A_CENTURY: i64 = 36_525 * A_DAY;

/// How many rows there are beside the one that is an article: all have `tide`, one of a hundred has `reef`.
const COPIES: u32 = 20_000;

/// The stretches of time in which a row lies, as PostgreSQL has them in its index.
const NAMES: &str =
    "ARRAY[(r.key >> 47) * 4, (r.key >> 50) * 4 + 1, (r.key >> 53) * 4 + 2, (r.key >> 56) * 4 + 3]";

/// Puts rows beside those of the article, without articles that they would belong to.
fn copy(own: &Own, database: Database) {
    match database {
        Database::Sqlite => own.alter(&format!(
            "PRAGMA foreign_keys = OFF; \
             CREATE TEMP TABLE n AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {COPIES}) SELECT i FROM n; \
             INSERT INTO search_rows SELECT i, randomblob(16), 1, 0, NULL, 0 FROM n; \
             INSERT INTO search_index (rowid, terms) SELECT i, CASE i % 100 WHEN 0 THEN 'tide reef' ELSE 'tide' END FROM n;"
        )),
        Database::Postgres => own.alter(&format!(
            "SET session_replication_role = replica; \
             INSERT INTO search_rows SELECT i, gen_random_uuid(), 1, to_timestamp(0), NULL, to_timestamp(0), \
             array_to_tsvector(CASE i % 100 WHEN 0 THEN ARRAY['tide', 'reef', repeat('x', 400)] ELSE ARRAY['tide', repeat('x', 400)] END), '' \
             FROM generate_series(1, {COPIES}) AS n (i); \
             ANALYZE search_rows"
        )),
    }
}

/// Where those stand that are found.
pub(crate) fn places(own: &Own, text: &str, from: Option<From<Place>>) -> Vec<Place> {
    let words = sought(&SearchText::parse(text).unwrap(), &[Grammar::of(&Language::parse("en").unwrap())]);
    let search = LiveSearch { words, filter: LiveFilter::default(), from };
    let found = wait(own.store.read(move |tx| tx.search_live(&search, 20, at(A_CENTURY)))).unwrap();
    found.into_iter().map(|(place, _)| place).collect()
}

/// Puts 50 rows without the word of the articles behind each of `articles`, of which one was published every so many seconds.
fn spread(own: &Own, articles: i64, apart: i64) {
    let published = at(apart).utc().timestamp_millis();
    own.alter(&format!(
        "SET session_replication_role = replica; \
         INSERT INTO search_rows SELECT ({published} + 1000::bigint * {apart} * i + n) << 20, gen_random_uuid(), 1, to_timestamp(0), NULL, \
         to_timestamp(0), array_to_tsvector(ARRAY['tide', repeat('x', 400)]), '' \
         FROM generate_series(0, {articles} - 1) AS i, generate_series(1, 50) AS n"
    ));
}

/// Gives the articles a word more, not in their headlines.
fn say_elsewhere(own: &Own, word: &str) {
    let terms = format!("array_to_tsvector(array_append(tsvector_to_array(terms), '{word}'))");
    own.alter(&format!("UPDATE search_rows SET terms = {terms} WHERE headline_terms <> ''"));
}

/// How many rows the planner believes that there are.
fn believe(own: &Own, rows: u32) {
    own.alter(&format!("UPDATE pg_class SET reltuples = {rows} WHERE oid = 'search_rows'::regclass"));
}

#[derive(QueryableByName)]
struct Pages {
    #[diesel(sql_type = BigInt)]
    pages: i64,
}

/// How many pages of terms wait to be sorted into the index. None do afterwards.
fn waiting(conn: &mut PgConnection) -> i64 {
    let sorted = sql_query("SELECT gin_clean_pending_list('search_rows_by_term') AS pages");
    sorted.get_result::<Pages>(conn).unwrap().pages
}

#[derive(QueryableByName)]
struct Scans {
    #[diesel(sql_type = BigInt)]
    of_index: i64,
    #[diesel(sql_type = BigInt)]
    of_table: i64,
}

/// Searches until PostgreSQL has counted it, and tells how often it went through the whole table by then.
fn searched(own: &Own, conn: &mut PgConnection) -> i64 {
    let mut counted = || -> Scans {
        sql_query(
            "SELECT idx_scan AS of_index, seq_scan AS of_table FROM pg_stat_user_tables WHERE relid = 'search_rows'::regclass",
        )
        .get_result(conn)
        .unwrap()
    };
    let (before, until) = (counted().of_index, Instant::now() + PATIENCE);
    loop {
        assert_eq!(places(own, "reef tide", None).len(), 0);
        let Scans { of_index, of_table } = counted();
        if of_index > before {
            return of_table;
        }
        assert!(Instant::now() < until, "no search was counted");
    }
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text, column_name = "QUERY PLAN")]
    told: String,
}

on_both! {
    fn rare_and_frequent_words_are_found_among_many(database: Database) {
        let own = Own::open(database);
        tell(&own, 7, "Seals return", at(1));
        copy(&own, database);
        // The rows that are no article are found and not shown.
        assert_eq!(places(&own, "tide", None).len(), 0);
        assert_eq!(places(&own, "reef tide", None).len(), 0);
        assert_eq!(places(&own, "seals", None).len(), 1);
        let behind = Some(From::Behind(Place { tier: Tier::Elsewhere, key: i64::MAX }));
        assert_eq!(places(&own, "seals", behind).len(), 0, "it is among those whose headline has it");
        let before = Some(From::Before(Place { tier: Tier::Elsewhere, key: i64::MIN }));
        assert_eq!(places(&own, "seal", before).len(), 1);
        if let Location::Postgres(url) = &own.options.location {
            let mut conn = PgConnection::establish(url).unwrap();
            let [first, second] = [(); 2].map(|()| searched(&own, &mut conn));
            assert_eq!(first, second, "the whole table is gone through");
            conn.batch_execute("SET enable_seqscan = off").unwrap();
            for (column, term) in [
                ("terms", "reef"),
                ("terms", "tide"),
                ("terms", "none"),
                ("headline_terms", "^reef"),
                ("headline_terms", "^none"),
            ] {
                let mut plan = |more: &str| {
                    let lines: Vec<Line> = sql_query(format!(
                        "EXPLAIN WITH asked AS MATERIALIZED (SELECT '''{term}'''::tsquery AS terms, '{{0,4}}'::bigint[] AS names, 21 AS most) \
                         SELECT key FROM search_rows AS r WHERE r.{column} @@ (SELECT terms FROM asked) AND {more} \
                         r.key + 0 > 0 ORDER BY r.key + 0 DESC LIMIT (SELECT most FROM asked)"
                    ))
                    .load(&mut conn)
                    .unwrap();
                    lines.into_iter().map(|line| line.told).collect::<BTreeSet<_>>()
                };
                let (all, named) = (plan(""), plan(&format!("{NAMES} && (SELECT names FROM asked) AND")));
                assert!(all.iter().any(|line| line.contains("search_rows_by_term")), "{all:#?}");
                let is_asked = |line: &String| line.contains("Index Cond") && line.contains("&&");
                assert!(named.iter().any(is_asked), "{named:#?}");
            }
        }
    }

    fn what_waits_to_be_sorted_is_found(database: Database) {
        let own = Own::open(database);
        let tell_of = |n| {
            tell(&own, n, &format!("Seals return {n}"), at(i64::try_from(n).unwrap()));
        };
        tell_of(1);
        assert_eq!(places(&own, "seals", None).len(), 1);
        wait(own.store.sort_terms()).unwrap();
        assert_eq!(places(&own, "seals", None).len(), 1);
        if let Location::Postgres(url) = &own.options.location {
            let [mut conn, mut other] = [(); 2].map(|()| PgConnection::establish(url).unwrap());
            assert_eq!(waiting(&mut conn), 0);
            // A row that is looked at by itself says nothing of the list.
            believe(&own, 0);
            tell_of(2);
            spread(&own, 50, 1);
            assert_eq!(places(&own, "seals", None).len(), 2);
            assert!(waiting(&mut conn) > 0);
            // Who lets much wait has none of it to sort: two megabytes.
            own.alter(
                "SET session_replication_role = replica; \
                 INSERT INTO search_rows SELECT i, gen_random_uuid(), 1, to_timestamp(0), NULL, to_timestamp(0), \
                 array_to_tsvector((SELECT array_agg(i || 'x' || j) FROM generate_series(1, 1000) AS j)), '' \
                 FROM generate_series(1, 100) AS i",
            );
            assert!(waiting(&mut conn) > 2 << 20 >> 13);
            // Another node is at it.
            tell_of(3);
            other.batch_execute("SELECT pg_advisory_lock(x'6d617374'::int, 15)").unwrap();
            wait(own.store.sort_terms()).unwrap();
            assert!(waiting(&mut conn) > 0);
        }
    }

    fn what_stands_in_some_rows_is_found_alike_on_each_way(database: Database) {
        found_alike(database, 1);
    }

    fn what_was_published_over_months_is_found_alike_on_each_way(database: Database) {
        found_alike(database, 2 * A_DAY);
    }

    fn what_was_published_over_years_is_found_alike_on_each_way(database: Database) {
        found_alike(database, 40 * A_DAY);
    }

    fn what_was_published_over_decades_is_found_alike_on_each_way(database: Database) {
        found_alike(database, 400 * A_DAY);
    }
}

/// Publishes an article every so many seconds, and looks for all of them.
fn found_alike(database: Database, apart: i64) {
    let own = Own::open(database);
    for n in 1..=50 {
        tell(&own, n, &format!("Seals return {n}"), at(i64::try_from(n).unwrap() * apart));
    }
    let pages = |word: &str| {
        let behind = |page: &[Place]| places(&own, word, page.last().map(|last| From::Behind(*last)));
        let first = places(&own, word, None);
        let second = behind(&first);
        let last = behind(&second);
        let back = places(&own, word, last.first().map(|first| From::Before(*first)));
        assert!(
            [&first, &second, &last].iter().all(|page| page.is_sorted_by_key(|place| Reverse(place.key)))
        );
        assert_eq!([&first, &second, &last, &back].map(Vec::len), [20, 20, 10, 20]);
        assert!(back.iter().rev().eq(&second));
        [first, second, last, back]
    };
    let alone = pages("seals");
    if let Location::Postgres(_) = &own.options.location {
        spread(&own, 50, apart);
        own.alter("ANALYZE search_rows");
        // One of 51 rows has it: the others are looked for in a stretch of the index, in all of it, or are among the first.
        for rows in [100_000_000, 400_000, 120_000, 50_000, 2_000, 0] {
            believe(&own, rows);
            assert_eq!(pages("seals"), alone, "{rows}");
        }
        say_elsewhere(&own, "reef");
        let elsewhere = |place: Place| Place { tier: Tier::Elsewhere, ..place };
        let alone = alone.map(|page| page.into_iter().map(elsewhere).collect::<Vec<_>>());
        for rows in [100_000_000, 1_000_000, 120_000, 15_000, 2_000, 0] {
            believe(&own, rows);
            assert_eq!(pages("reef"), alone, "{rows}");
        }
    }
}

/// Two phrases that a black-box test takes for one another.
#[test]
fn ship_creek_and_bog_fen_have_one_number() {
    let english = Grammar::of(&Language::parse("en").unwrap());
    let [one, two] = ["\"ship creek\"", "\"bog fen\""]
        .map(|text| sought(&SearchText::parse(text).unwrap(), &[english])[0].clone());
    assert_eq!(one, two);
}
