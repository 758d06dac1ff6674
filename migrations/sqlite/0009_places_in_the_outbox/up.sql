-- How far those have come who go through the outbox, and until when whoever does so at the moment has it alone.
CREATE TABLE outbox_places (
    name TEXT NOT NULL PRIMARY KEY,
    seq INTEGER NOT NULL,
    leased_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
