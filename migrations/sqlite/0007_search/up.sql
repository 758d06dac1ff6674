-- Where each window of a published article stands in the order of search: `key` rises with the date of publication.
CREATE TABLE search_rows (
    key INTEGER NOT NULL PRIMARY KEY,
    article_id BLOB NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    visible_from INTEGER NOT NULL,
    visible_until INTEGER,
    updated_at INTEGER NOT NULL,
    CONSTRAINT search_rows_of_article UNIQUE (article_id, place)
) STRICT;

-- The terms of each row, by its key. They are prepared: letters, digits and the signs of ours, with spaces between them.
CREATE VIRTUAL TABLE search_index USING fts5 (
    terms, content = '', contentless_delete = 1, detail = 'none', tokenize = "ascii tokenchars '^_='"
);

-- Published articles that a worker has yet to look through, or to look through anew.
CREATE TABLE search_jobs (
    article_id BLOB NOT NULL PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
INSERT INTO search_jobs SELECT DISTINCT article_id FROM live_articles;
