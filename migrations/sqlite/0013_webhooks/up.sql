-- Addresses elsewhere that are told of events. The secrets are sealed with a key that is not in the database.
CREATE TABLE webhooks (
    id BLOB NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    url TEXT NOT NULL,
    -- The kinds of events; none: all that change what readers see.
    events TEXT,
    disabled_at INTEGER,
    disabled_because TEXT,
    secret BLOB NOT NULL,
    former_secret BLOB,
    former_secret_until INTEGER,
    created_by BLOB NOT NULL REFERENCES users (id),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    -- It is told of events behind this place of the outbox.
    after_seq INTEGER NOT NULL,
    -- Until when the receiver wants to be left alone.
    rests_until INTEGER
) STRICT, WITHOUT ROWID;

-- Events on their way to webhooks, and for a while what became of them.
CREATE TABLE webhook_deliveries (
    id BLOB NOT NULL PRIMARY KEY,
    webhook_id BLOB NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
    event_id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    topic TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id BLOB,
    -- What is delivered in the order of events; none: it is in nobody's way.
    order_key TEXT,
    happened_at INTEGER NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL,
    -- Grows with each try: who has an older number has lost it.
    attempts INTEGER NOT NULL,
    log TEXT NOT NULL,
    -- Since when it is tried, and until when it waits for those before it.
    began_at INTEGER NOT NULL,
    waits_until INTEGER NOT NULL,
    -- When it is due; while it is tried, when another node takes it over.
    next_attempt_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;

CREATE INDEX webhook_deliveries_waiting ON webhook_deliveries (state, created_at);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (webhook_id, state, next_attempt_at);
CREATE INDEX webhook_deliveries_order ON webhook_deliveries (webhook_id, order_key, state, seq);
CREATE INDEX webhook_deliveries_list ON webhook_deliveries (webhook_id, id);
CREATE INDEX webhook_deliveries_ended ON webhook_deliveries (ended_at);
