-- The feed of changes: one row for each thing that readers see or saw, which moves to the end when it changes. Rows are written
-- by whoever goes through the outbox in the place `changes`, one after the other, and are kept for ever.
CREATE TABLE changes (
    seq bigint NOT NULL PRIMARY KEY,
    kind text NOT NULL,
    id uuid NOT NULL,
    -- Whether readers saw it, when they were last told of it.
    gone boolean NOT NULL,
    at timestamptz NOT NULL,
    CONSTRAINT changes_of_resource UNIQUE (kind, id)
);

-- What shows a thing that has changed and has yet to be told of, in the order of ids from behind `after` on.
CREATE TABLE change_spreads (
    kind text NOT NULL,
    id uuid NOT NULL,
    after uuid,
    PRIMARY KEY (kind, id)
);

-- To which articles an article leads that readers see or will see.
CREATE TABLE article_links (
    article_id uuid NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    linked_id uuid NOT NULL,
    PRIMARY KEY (article_id, linked_id)
);
CREATE INDEX article_links_to ON article_links (linked_id, article_id);
CREATE INDEX live_articles_within_section ON live_articles (section_id, article_id);

-- From the first event on, so that what was published before is told of too.
INSERT INTO outbox_places (name, seq, leased_until) VALUES ('changes', 0, 'epoch');
