//! What must hold in a database whatever happened to it: asked in counts of what breaks it.

use diesel::connection::Connection;
use diesel::sql_types::{BigInt, Text};
use diesel::{PgConnection, QueryableByName, RunQueryDsl, SqliteConnection, sql_query};

use crate::error::Error;
use crate::options::Location;

mod search;
mod threads;

/// Rules that no row may break, each with the statement that counts the rows that do. None looks through a table for each row
/// of another: a database of many articles is examined too.
const RULES: [(&str, &str); 6] = [
    (
        "the revisions of an article are numbered from 1 without a gap",
        "SELECT count(*) AS broken FROM (SELECT a.id FROM articles a JOIN revisions r ON r.article_id = a.id \
         GROUP BY a.id, a.last_revision \
         HAVING count(*) <> a.last_revision OR min(r.number) <> 1 OR max(r.number) <> a.last_revision) AS gaps",
    ),
    (
        "the working copy of an article is one of its revisions",
        "SELECT count(*) AS broken FROM articles a WHERE NOT EXISTS \
         (SELECT 1 FROM revisions r WHERE r.article_id = a.id AND r.number = a.revision)",
    ),
    (
        "what readers see of an article is one of its revisions",
        "SELECT count(*) AS broken FROM live_articles l WHERE NOT EXISTS \
         (SELECT 1 FROM revisions r WHERE r.article_id = l.article_id AND r.number = l.revision)",
    ),
    (
        "readers see only what is published",
        "SELECT count(*) AS broken FROM live_articles l JOIN articles a ON a.id = l.article_id \
         WHERE a.standing <> 'planned'",
    ),
    (
        "the audit log tells of every publication",
        "SELECT count(*) AS broken FROM live_articles l LEFT JOIN (SELECT DISTINCT subject_id FROM audit_log \
         WHERE action IN ('article.published', 'article.scheduled')) AS told ON told.subject_id = l.article_id \
         WHERE told.subject_id IS NULL",
    ),
    (
        "the outbox tells of every publication",
        "SELECT count(*) AS broken FROM live_articles l LEFT JOIN (SELECT DISTINCT subject_id FROM outbox \
         WHERE kind IN ('article.published', 'article.scheduled')) AS told ON told.subject_id = l.article_id \
         WHERE told.subject_id IS NULL",
    ),
];

/// A rule, and whether it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: String,
    /// How many rows break it.
    pub broken: i64,
}

#[derive(QueryableByName)]
struct Broken {
    #[diesel(sql_type = BigInt)]
    broken: i64,
}

#[derive(QueryableByName)]
struct Told {
    #[diesel(sql_type = Text)]
    integrity_check: String,
}

/// Asks after every rule, on a connection of its own, beside a running server where there is one. It blocks.
pub fn examine(location: &Location) -> Result<Vec<Finding>, Error> {
    match location {
        Location::Sqlite(file) => {
            let mut conn = SqliteConnection::establish(&file.to_string_lossy())?;
            let told: Vec<Told> = sql_query("PRAGMA integrity_check").load(&mut conn)?;
            let sound = told.iter().all(|told| told.integrity_check == "ok");
            let rule = "the file is sound (PRAGMA integrity_check)".to_owned();
            let mut found = vec![Finding { rule, broken: i64::from(!sound) }];
            let foreign = "SELECT count(*) AS broken FROM pragma_foreign_key_check";
            let rule = "every reference leads somewhere (PRAGMA foreign_key_check)".to_owned();
            found.push(Finding { rule, broken: sql_query(foreign).get_result::<Broken>(&mut conn)?.broken });
            let rules = RULES.into_iter().chain(threads::RULES).chain([threads::SQLITE]);
            for (rule, statement) in rules.chain(search::RULES).chain(search::SQLITE) {
                let broken = sql_query(statement).get_result::<Broken>(&mut conn)?.broken;
                found.push(Finding { rule: rule.to_owned(), broken });
            }
            Ok(found)
        }
        Location::Postgres(url) => {
            let mut conn = PgConnection::establish(url)?;
            let rules = RULES.into_iter().chain(threads::RULES).chain([threads::POSTGRES]);
            rules
                .chain(search::RULES)
                .chain(search::POSTGRES)
                .map(|(rule, statement)| {
                    let broken = sql_query(statement).get_result::<Broken>(&mut conn)?.broken;
                    Ok(Finding { rule: rule.to_owned(), broken })
                })
                .collect()
        }
    }
}
