CREATE TABLE api_keys (
    id BLOB NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    owner_id BLOB NOT NULL REFERENCES users (id),
    role TEXT NOT NULL,
    scopes TEXT NOT NULL,
    secret_hash BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    last_used_at INTEGER,
    revoked_at INTEGER,
    CONSTRAINT api_keys_secret_hash_key UNIQUE (secret_hash)
) STRICT;

-- Whoever acts with a key of theirs is told from themselves.
ALTER TABLE audit_log ADD COLUMN api_key_id BLOB;
