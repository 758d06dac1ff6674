-- The thread of an article: what the article says of its comments, and how many there are. It is there from the first
-- comment or the first word of an editor on.
CREATE TABLE comment_threads (
    article_id BLOB NOT NULL PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    policy TEXT NOT NULL,
    visible INTEGER NOT NULL,
    pending INTEGER NOT NULL
) STRICT;

-- `place` holds the ids from the first comment of a conversation down to this one, `place_newest` the same with the first
-- of them inverted: in the order of the one or the other a thread is listed. A comment is listed while readers see it or
-- one below it. What is private of it stands at the end, and is read apart.
CREATE TABLE comments (
    id BLOB NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    article_id BLOB NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    place BLOB NOT NULL,
    place_newest BLOB NOT NULL,
    state TEXT NOT NULL,
    visible_below INTEGER NOT NULL,
    listed INTEGER NOT NULL,
    author_name TEXT,
    staff_id BLOB REFERENCES users (id),
    body TEXT,
    decided_by TEXT NOT NULL,
    step TEXT NOT NULL,
    decider_id BLOB REFERENCES users (id),
    reason TEXT,
    decided_at INTEGER NOT NULL,
    featured_at INTEGER,
    reports INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    edited_at INTEGER,
    words TEXT NOT NULL,
    email TEXT,
    email_hash BLOB,
    address TEXT,
    address_hash BLOB,
    text_hash BLOB,
    edit_hash BLOB
) STRICT;
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
    comment_id BLOB NOT NULL REFERENCES comments (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    body TEXT NOT NULL,
    replaced_at INTEGER NOT NULL,
    PRIMARY KEY (comment_id, number)
) STRICT;

-- Which readers reported a comment, each once.
CREATE TABLE comment_reports (
    comment_id BLOB NOT NULL REFERENCES comments (id) ON DELETE CASCADE,
    reporter_hash BLOB NOT NULL,
    reason TEXT NOT NULL,
    reported_at INTEGER NOT NULL,
    PRIMARY KEY (comment_id, reporter_hash)
) STRICT, WITHOUT ROWID;

-- `pattern` is a domain, a range of addresses, or the keyed hash of an email address.
CREATE TABLE comment_bans (
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    pattern TEXT NOT NULL,
    until INTEGER,
    note TEXT,
    created_by BLOB REFERENCES users (id),
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX comment_bans_by_pattern ON comment_bans (pattern);
CREATE INDEX comment_bans_of_kind ON comment_bans (kind);
