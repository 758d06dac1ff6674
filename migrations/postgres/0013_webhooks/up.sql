-- Addresses elsewhere that are told of events. The secrets are sealed with a key that is not in the database.
CREATE TABLE webhooks (
    id uuid NOT NULL PRIMARY KEY,
    version bigint NOT NULL,
    name text NOT NULL,
    url text NOT NULL,
    -- The kinds of events; none: all that change what readers see.
    events jsonb,
    disabled_at timestamptz,
    disabled_because text,
    secret bytea NOT NULL,
    former_secret bytea,
    former_secret_until timestamptz,
    created_by uuid NOT NULL REFERENCES users (id),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    -- It is told of events behind this place of the outbox.
    after_seq bigint NOT NULL,
    -- Until when the receiver wants to be left alone.
    rests_until timestamptz
);

-- Events on their way to webhooks, and for a while what became of them.
CREATE TABLE webhook_deliveries (
    id uuid NOT NULL PRIMARY KEY,
    webhook_id uuid NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
    event_id uuid NOT NULL,
    seq bigint NOT NULL,
    topic text NOT NULL,
    subject_kind text NOT NULL,
    subject_id uuid,
    -- What is delivered in the order of events; none: it is in nobody's way.
    order_key text,
    happened_at timestamptz NOT NULL,
    body text NOT NULL,
    state text NOT NULL,
    -- Grows with each try: who has an older number has lost it.
    attempts integer NOT NULL,
    log jsonb NOT NULL,
    -- Since when it is tried, and until when it waits for those before it.
    began_at timestamptz NOT NULL,
    waits_until timestamptz NOT NULL,
    -- When it is due; while it is tried, when another node takes it over.
    next_attempt_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    ended_at timestamptz
);

CREATE INDEX webhook_deliveries_waiting ON webhook_deliveries (state, created_at);
CREATE INDEX webhook_deliveries_due ON webhook_deliveries (webhook_id, state, next_attempt_at);
CREATE INDEX webhook_deliveries_order ON webhook_deliveries (webhook_id, order_key, state, seq);
CREATE INDEX webhook_deliveries_list ON webhook_deliveries (webhook_id, id);
CREATE INDEX webhook_deliveries_ended ON webhook_deliveries (ended_at);
