-- Files of photos that somebody is about to write and to name in a row, or that the sweep is about to remove: never both.
-- `at` is when that was said. A claim is over a day later, and what was condemned after an hour.
CREATE TABLE file_claims (
    content_hash bytea NOT NULL PRIMARY KEY,
    condemned boolean NOT NULL,
    at timestamptz NOT NULL
);
CREATE INDEX file_claims_by_time ON file_claims (at, content_hash);
