-- How far those have come who go through the outbox, and until when whoever does so at the moment has it alone.
CREATE TABLE outbox_places (
    name text NOT NULL PRIMARY KEY,
    seq bigint NOT NULL,
    leased_until timestamptz NOT NULL
);
