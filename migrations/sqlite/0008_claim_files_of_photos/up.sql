-- Files of photos that somebody is about to write and to name in a row, or that the sweep is about to remove: never both.
-- `at` is when that was said. A claim is over a day later, and what was condemned after an hour.
CREATE TABLE file_claims (
    content_hash BLOB NOT NULL PRIMARY KEY,
    condemned INTEGER NOT NULL,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX file_claims_by_time ON file_claims (at, content_hash);
