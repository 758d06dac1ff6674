//! What must hold in threads: what is counted is what is there, and every comment stands behind the one that it replies to.

/// Rules that both databases are asked after alike.
pub(super) const RULES: [(&str, &str); 5] = [
    (
        "a thread counts the comments that readers see and those that wait",
        "SELECT count(*) AS broken FROM \
         (SELECT article_id FROM comments UNION SELECT article_id FROM comment_threads) AS a \
         LEFT JOIN comment_threads t ON t.article_id = a.article_id \
         LEFT JOIN (SELECT article_id, sum(CASE WHEN state = 'visible' THEN 1 ELSE 0 END) AS visible, \
         sum(CASE WHEN state = 'pending' THEN 1 ELSE 0 END) AS pending FROM comments GROUP BY article_id) AS c \
         ON c.article_id = a.article_id \
         WHERE coalesce(t.visible, 0) <> coalesce(c.visible, 0) OR coalesce(t.pending, 0) <> coalesce(c.pending, 0)",
    ),
    (
        "a comment counts those below it that readers see",
        "WITH depths (n) AS (SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 \
         UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9 UNION ALL SELECT 10), \
         counted AS (SELECT article_id, place, visible_below AS below FROM comments WHERE visible_below <> 0), \
         there AS (SELECT article_id, substr(place, 1, 16 * n) AS place, count(*) AS below FROM comments \
         JOIN depths ON length(place) > 16 * n WHERE state = 'visible' GROUP BY 1, 2) \
         SELECT count(*) AS broken FROM \
         (SELECT article_id, place FROM (SELECT * FROM counted EXCEPT SELECT * FROM there) AS more \
         UNION SELECT article_id, place FROM (SELECT * FROM there EXCEPT SELECT * FROM counted) AS fewer) AS differing",
    ),
    (
        "a comment stands in its thread while readers see it or one below it",
        "SELECT count(*) AS broken FROM comments WHERE listed <> (state = 'visible' OR visible_below > 0)",
    ),
    (
        "a reply stands behind a comment of the same thread",
        "SELECT count(*) AS broken FROM (SELECT article_id, substr(place, 1, length(place) - 16) AS place \
         FROM comments WHERE length(place) > 16 EXCEPT SELECT article_id, place FROM comments) AS lost",
    ),
    (
        "no two comments stand at one place",
        "SELECT count(*) AS broken FROM (SELECT 1 FROM comments GROUP BY article_id, place HAVING count(*) > 1) AS twice",
    ),
];

/// That the place of a comment ends with its own id: one rule, as each database writes it.
const OWN_PLACE: &str = "the place of a comment ends with itself";

/// The rule for SQLite.
pub(super) const SQLITE: (&str, &str) = (
    OWN_PLACE,
    "SELECT count(*) AS broken FROM comments WHERE length(place) % 16 <> 0 OR substr(place, -16) <> id",
);

/// The rule for PostgreSQL.
pub(super) const POSTGRES: (&str, &str) = (
    OWN_PLACE,
    "SELECT count(*) AS broken FROM comments \
     WHERE length(place) % 16 <> 0 OR substr(place, length(place) - 15) <> uuid_send(id)",
);
