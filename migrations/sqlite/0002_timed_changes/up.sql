-- What will be different for readers by the clock alone, until a worker has announced it.
CREATE TABLE timed_changes (
    article_id BLOB NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    PRIMARY KEY (article_id, at)
) STRICT, WITHOUT ROWID;
CREATE INDEX timed_changes_by_instant ON timed_changes (at, article_id);
CREATE INDEX invitations_by_expiry ON invitations (expires_at);
CREATE INDEX preview_tokens_by_expiry ON preview_tokens (expires_at);
