-- The thread of an article: what the article says of its comments, and how many there are. It is there from the first
-- comment or the first word of an editor on.
CREATE TABLE comment_threads (
    article_id uuid NOT NULL PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    policy jsonb NOT NULL,
    visible bigint NOT NULL,
    pending bigint NOT NULL
);

-- `place` holds the ids from the first comment of a conversation down to this one, `place_newest` the same with the first
-- of them inverted: in the order of the one or the other a thread is listed. A comment is listed while readers see it or
-- one below it. What is private of it stands at the end, and is read apart.
CREATE TABLE comments (
    id uuid NOT NULL PRIMARY KEY,
    version bigint NOT NULL,
    article_id uuid NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    place bytea NOT NULL,
    place_newest bytea NOT NULL,
    state text NOT NULL,
    visible_below integer NOT NULL,
    listed boolean NOT NULL,
    author_name text,
    staff_id uuid REFERENCES users (id),
    body text,
    decided_by text NOT NULL,
    step text NOT NULL,
    decider_id uuid REFERENCES users (id),
    reason text,
    decided_at timestamptz NOT NULL,
    featured_at timestamptz,
    reports integer NOT NULL,
    created_at timestamptz NOT NULL,
    edited_at timestamptz,
    words text NOT NULL,
    email text,
    email_hash bytea,
    address text,
    address_hash bytea,
    text_hash bytea,
    edit_hash bytea
);
CREATE INDEX comments_oldest_first ON comments (article_id, listed, place);
CREATE INDEX comments_newest_first ON comments (article_id, listed, place_newest);
CREATE INDEX comments_by_state ON comments (state, id);
CREATE INDEX comments_of_email ON comments (email_hash, created_at);
CREATE INDEX comments_of_address ON comments (address_hash, created_at);
-- Those whose address is yet to be forgotten.
CREATE INDEX comments_with_address ON comments (created_at) WHERE address IS NOT NULL;
CREATE INDEX comments_of_text ON comments (text_hash, created_at);

-- What a comment said before its writer changed it.
CREATE TABLE comment_edits (
    comment_id uuid NOT NULL REFERENCES comments (id) ON DELETE CASCADE,
    number integer NOT NULL,
    body text NOT NULL,
    replaced_at timestamptz NOT NULL,
    PRIMARY KEY (comment_id, number)
);

-- Which readers reported a comment, each once.
CREATE TABLE comment_reports (
    comment_id uuid NOT NULL REFERENCES comments (id) ON DELETE CASCADE,
    reporter_hash bytea NOT NULL,
    reason text NOT NULL,
    reported_at timestamptz NOT NULL,
    PRIMARY KEY (comment_id, reporter_hash)
);

-- `pattern` is a domain, a range of addresses, or the keyed hash of an email address.
CREATE TABLE comment_bans (
    id uuid NOT NULL PRIMARY KEY,
    kind text NOT NULL,
    pattern text NOT NULL,
    until timestamptz,
    note text,
    created_by uuid REFERENCES users (id),
    created_at timestamptz NOT NULL
);
CREATE INDEX comment_bans_by_pattern ON comment_bans (pattern);
CREATE INDEX comment_bans_of_kind ON comment_bans (kind);
