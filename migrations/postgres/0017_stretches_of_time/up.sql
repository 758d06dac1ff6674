-- The index has the terms of all rows, and gives what it finds in no order: of two frequent words it would have to meet
-- thousands, of which the newest twenty are wanted. Each row names the stretches of time in which it lies, of a day and a half
-- (2^27 ms; a key counts milliseconds above 20 bits) and of 8, 64 and 512 times that, so that a search of some of them passes
-- over all others.
CREATE INDEX search_rows_by_term_and_time ON search_rows USING gin (
    terms,
    headline_terms,
    (ARRAY[(key >> 47) * 4, (key >> 50) * 4 + 1, (key >> 53) * 4 + 2, (key >> 56) * 4 + 3])
) WITH (fastupdate = on, gin_pending_list_limit = 1024);

-- Searches go on until here.
DROP INDEX search_rows_by_term;
ALTER INDEX search_rows_by_term_and_time RENAME TO search_rows_by_term;
