-- The languages of what is or was published. A word is looked for in its forms of each of them, and of no other.
CREATE TABLE published_languages (language text NOT NULL PRIMARY KEY);
INSERT INTO published_languages SELECT DISTINCT language FROM live_articles;

-- Publishing leaves its terms in a list, which a worker sorts into the index every second. Whoever lets it grow beyond these
-- kilobytes has to sort it in: searches go through it.
ALTER INDEX search_rows_by_term SET (fastupdate = on, gin_pending_list_limit = 1024);
