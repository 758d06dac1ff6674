CREATE TABLE api_keys (
    id uuid NOT NULL PRIMARY KEY,
    version bigint NOT NULL,
    name text NOT NULL,
    owner_id uuid NOT NULL REFERENCES users (id),
    role text NOT NULL,
    scopes jsonb NOT NULL,
    secret_hash bytea NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    last_used_at timestamptz,
    revoked_at timestamptz,
    CONSTRAINT api_keys_secret_hash_key UNIQUE (secret_hash)
);

-- Whoever acts with a key of theirs is told from themselves.
ALTER TABLE audit_log ADD COLUMN api_key_id uuid;
