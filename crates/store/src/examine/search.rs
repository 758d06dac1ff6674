//! What must hold in the index of search: it has what readers see or will see, and nothing else.

/// That each window is found by what it says, as each database writes the instant behind all that can be published.
const COMPLETE: &str = "search finds what readers see, but for articles that wait to be looked through";

/// Rules that both databases are asked after alike.
pub(super) const RULES: [(&str, &str); 2] = [
    (
        "search finds nothing but what readers see, each in its time",
        "SELECT count(*) AS broken FROM search_rows r WHERE NOT EXISTS (SELECT 1 FROM live_articles l \
     WHERE l.article_id = r.article_id AND l.place = r.place AND l.visible_from = r.visible_from \
     AND coalesce(l.visible_until, l.visible_from) = coalesce(r.visible_until, r.visible_from))",
    ),
    (
        "search knows each language of what readers see",
        "SELECT count(*) AS broken FROM search_rows r JOIN live_articles l ON l.article_id = r.article_id AND l.place = r.place \
     WHERE l.language NOT IN (SELECT language FROM published_languages)",
    ),
];

/// The rules for SQLite, where terms stand in a table of their own.
pub(super) const SQLITE: [(&str, &str); 2] = [
    (
        COMPLETE,
        "SELECT count(*) AS broken FROM live_articles l WHERE l.visible_from < 7289654400000000 \
         AND NOT EXISTS (SELECT 1 FROM search_rows r WHERE r.article_id = l.article_id AND r.place = l.place) \
         AND NOT EXISTS (SELECT 1 FROM search_jobs j WHERE j.article_id = l.article_id)",
    ),
    (
        "the terms of search are those of its rows",
        "SELECT count(*) AS broken FROM (SELECT key FROM search_rows EXCEPT SELECT rowid FROM search_index \
         UNION ALL SELECT * FROM (SELECT rowid FROM search_index EXCEPT SELECT key FROM search_rows))",
    ),
];

/// The rule for PostgreSQL.
pub(super) const POSTGRES: [(&str, &str); 1] = [(
    COMPLETE,
    "SELECT count(*) AS broken FROM live_articles l WHERE l.visible_from < '2201-01-01' \
     AND NOT EXISTS (SELECT 1 FROM search_rows r WHERE r.article_id = l.article_id AND r.place = l.place) \
     AND NOT EXISTS (SELECT 1 FROM search_jobs j WHERE j.article_id = l.article_id)",
)];
