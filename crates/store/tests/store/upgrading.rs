//! Databases of former releases, brought to the present schema.

use diesel::sql_types::{Array, Text};
use diesel::{Connection, PgConnection, QueryableByName, RunQueryDsl, sql_query};
use domain::language::Language;
use masthead_tests::database::Database;
use masthead_tests::on_both;
use store::Store;
use store::options::{Company, Location, Options};

use crate::articles::{id, tell};
use crate::own::{Own, at, wait};
use crate::searching::places;

/// What the release before kept of an article with the headline "Seals return", and of characters that stand by themselves.
const FORMER: [&str; 9] =
    ["=l_x", "seal", "return", "seal_return", "東_京", "^seal", "^return", "^seal_return", "^東_京"];

/// Puts the database where the step `0015` found it.
fn before_numbers(own: &Own, database: Database) {
    match database {
        Database::Sqlite => own.alter(&format!(
            "DELETE FROM search_index WHERE rowid IN (SELECT key FROM search_rows); \
             INSERT INTO search_index (rowid, terms) SELECT key, '{}' FROM search_rows",
            FORMER.join(" ")
        )),
        Database::Postgres => own.alter(&format!(
            "ALTER TABLE search_rows DROP COLUMN headline_terms; \
             UPDATE search_rows SET terms = array_to_tsvector(ARRAY['{}']); \
             CREATE INDEX search_rows_by_term ON search_rows USING gin (terms) WITH (fastupdate = off)",
            FORMER.join("', '")
        )),
    }
    own.alter("DELETE FROM __diesel_schema_migrations WHERE version IN ('0015', '0017')");
}

#[derive(QueryableByName)]
struct Kept {
    #[diesel(sql_type = Array<Text>)]
    terms: Vec<String>,
    #[diesel(sql_type = Array<Text>)]
    headline: Vec<String>,
}

on_both! {
    fn what_was_found_by_pairs_is_found_by_their_numbers(database: Database) {
        let own = Own::open(database);
        tell(&own, 7, "Seals return", at(1));
        before_numbers(&own, database);
        Store::open(&Options { company: Company::Beside, ..own.options.clone() }).unwrap();
        if let Location::Postgres(url) = &own.options.location {
            let kept = sql_query(
                "SELECT tsvector_to_array(terms) AS terms, tsvector_to_array(headline_terms) AS headline FROM search_rows",
            );
            let Kept { mut terms, mut headline } =
                kept.get_result(&mut PgConnection::establish(url).unwrap()).unwrap();
            terms.sort_unstable();
            headline.sort_unstable();
            assert_eq!(terms, ["=l_x", "return", "seal", "東_京"]);
            assert_eq!(headline, ["^return", "^seal", "^東_京"]);
        }
        // By its words until a worker has come to it.
        assert_eq!([places(&own, "seals", None).len(), places(&own, "\"seals return\"", None).len()], [1, 0]);
        assert_eq!(wait(own.store.write(|tx| tx.carry_out_search_jobs(20))).unwrap(), [id(7)]);
        assert_eq!([places(&own, "seals", None).len(), places(&own, "\"seals return\"", None).len()], [1, 1]);
    }

    fn the_languages_of_what_is_published_are_known(database: Database) {
        let own = Own::open(database);
        let known = || wait(own.store.read(|tx| tx.published_languages())).unwrap();
        assert_eq!(known(), []);
        for n in [7, 8] {
            tell(&own, n, &format!("Seals return {n}"), at(1));
        }
        let english = [Language::parse("en").unwrap()];
        assert_eq!(known(), english);
        own.alter("DROP TABLE published_languages; DELETE FROM __diesel_schema_migrations WHERE version IN ('0016', '0018', '0019')");
        Store::open(&Options { company: Company::Beside, ..own.options.clone() }).unwrap();
        assert_eq!(known(), english);
    }
}
