-- Where each window of a published article stands in the order of search: `key` rises with the date of publication. The
-- terms are prepared, and lie apart from the row, so that many rows can be passed by quickly.
CREATE TABLE search_rows (
    key bigint NOT NULL PRIMARY KEY,
    article_id uuid NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    place smallint NOT NULL,
    visible_from timestamptz NOT NULL,
    visible_until timestamptz,
    updated_at timestamptz NOT NULL,
    terms tsvector NOT NULL,
    CONSTRAINT search_rows_of_article UNIQUE (article_id, place)
) WITH (toast_tuple_target = 128);
-- Without statistics every term counts as rare, so that the index is always used: for the frequent ones it is not asked.
ALTER TABLE search_rows ALTER COLUMN terms SET STATISTICS 0;
-- A list of what is pending would be read from end to end by every search.
CREATE INDEX search_rows_by_term ON search_rows USING gin (terms) WITH (fastupdate = off);

-- Published articles that a worker has yet to look through, or to look through anew.
CREATE TABLE search_jobs (
    article_id uuid NOT NULL PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE
);
INSERT INTO search_jobs SELECT DISTINCT article_id FROM live_articles;
