-- The term of a pair of words is a number now, but for pairs of characters. Until an article was looked through anew, it is found
-- by its words and not by its phrases.
INSERT INTO search_jobs SELECT DISTINCT article_id FROM live_articles ON CONFLICT DO NOTHING;

-- A search looks at the terms of hundreds of rows. Those of headlines lie in the row: many more of them can be looked at in
-- the same time. The others need not be unpacked. Who does not know of headlines cannot write.
ALTER TABLE search_rows ALTER COLUMN terms SET STORAGE EXTERNAL;
ALTER TABLE search_rows ADD COLUMN headline_terms tsvector NOT NULL DEFAULT '';
ALTER TABLE search_rows ALTER COLUMN headline_terms DROP DEFAULT;
ALTER TABLE search_rows ALTER COLUMN headline_terms SET STORAGE MAIN;
ALTER TABLE search_rows ALTER COLUMN headline_terms SET STATISTICS 0;

-- Without the former pairs, which the index would keep for good.
DROP INDEX search_rows_by_term;
UPDATE search_rows SET
    headline_terms = array_to_tsvector(ARRAY(
        SELECT term FROM unnest(tsvector_to_array(terms)) AS term
        WHERE starts_with(term, '^') AND (strpos(term, '_') = 0 OR term ~ '^\^._.$')
    )),
    terms = array_to_tsvector(ARRAY(
        SELECT term FROM unnest(tsvector_to_array(terms)) AS term
        WHERE NOT starts_with(term, '^') AND (strpos(term, '_') = 0 OR starts_with(term, '=') OR term ~ '^._.$')
    ));
CREATE INDEX search_rows_by_term ON search_rows USING gin (terms, headline_terms) WITH (fastupdate = off);
