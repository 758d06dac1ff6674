-- Ids are 16 octets, instants are microseconds since 1970, documents are JSON text.

CREATE TABLE installation (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE users (
    id BLOB NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    password_hash TEXT,
    disabled_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    CONSTRAINT users_email_key UNIQUE (email)
) STRICT;

CREATE TABLE sessions (
    id BLOB NOT NULL PRIMARY KEY,
    user_id BLOB NOT NULL REFERENCES users (id),
    generation INTEGER NOT NULL,
    rotated_at INTEGER,
    address TEXT,
    agent TEXT,
    created_at INTEGER NOT NULL,
    last_used_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT;
CREATE INDEX sessions_of_user ON sessions (user_id, id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

CREATE TABLE invitations (
    id BLOB NOT NULL PRIMARY KEY,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    secret_hash BLOB NOT NULL,
    created_by BLOB REFERENCES users (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    accepted_at INTEGER,
    revoked_at INTEGER,
    CONSTRAINT invitations_secret_hash_key UNIQUE (secret_hash)
) STRICT;

CREATE TABLE sections (
    id BLOB NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    parent_id BLOB REFERENCES sections (id),
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    description TEXT,
    position INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    CONSTRAINT sections_slug_key UNIQUE (slug)
) STRICT;
CREATE INDEX sections_of_parent ON sections (parent_id);

CREATE TABLE tags (
    id BLOB NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    kind TEXT NOT NULL,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    name_folded TEXT NOT NULL,
    description TEXT,
    same_as TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    CONSTRAINT tags_slug_key UNIQUE (slug)
) STRICT;

CREATE TABLE contributors (
    id BLOB NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    kind TEXT NOT NULL,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    name_folded TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    title TEXT,
    affiliation TEXT,
    bio TEXT,
    portrait BLOB,
    links TEXT NOT NULL,
    active INTEGER NOT NULL,
    user_id BLOB REFERENCES users (id),
    email TEXT,
    notes TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    CONSTRAINT contributors_slug_key UNIQUE (slug)
) STRICT;

-- Every slug that a section, tag or contributor ever had, and the one that has it now.
CREATE TABLE reference_slugs (
    kind TEXT NOT NULL,
    slug TEXT NOT NULL,
    target BLOB NOT NULL,
    CONSTRAINT reference_slugs_pkey PRIMARY KEY (kind, slug)
) STRICT, WITHOUT ROWID;
CREATE INDEX reference_slugs_of_target ON reference_slugs (target);

-- Tags and contributors that became another one. Survivors are never merged themselves: chains are flattened.
CREATE TABLE merged_references (
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    survivor BLOB NOT NULL
) STRICT;
CREATE INDEX merged_references_of_survivor ON merged_references (survivor);

CREATE TABLE articles (
    id BLOB NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    owner_id BLOB NOT NULL REFERENCES users (id),
    stage TEXT NOT NULL,
    revision INTEGER NOT NULL,
    last_revision INTEGER NOT NULL,
    lifecycle TEXT NOT NULL,
    standing TEXT NOT NULL,
    expires_at INTEGER,
    headline TEXT NOT NULL,
    headline_folded TEXT NOT NULL,
    slug TEXT NOT NULL,
    kind TEXT NOT NULL,
    language TEXT NOT NULL,
    section_id BLOB REFERENCES sections (id),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX articles_by_change ON articles (updated_at, id);
CREATE INDEX articles_of_owner ON articles (owner_id, updated_at, id);
CREATE INDEX articles_of_section ON articles (section_id, updated_at, id);

CREATE TABLE revisions (
    article_id BLOB NOT NULL REFERENCES articles (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    number INTEGER NOT NULL,
    content TEXT NOT NULL,
    content_hash BLOB NOT NULL,
    author_id BLOB NOT NULL REFERENCES users (id),
    note TEXT,
    saved_at INTEGER NOT NULL,
    PRIMARY KEY (article_id, number)
) STRICT;

-- Every address of an article: reserved by the working copy, and for ever once readers could have seen it.
CREATE TABLE article_slugs (
    slug TEXT NOT NULL,
    article_id BLOB NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    public_from INTEGER,
    CONSTRAINT article_slugs_pkey PRIMARY KEY (slug)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_slugs_of_article ON article_slugs (article_id);

-- Who may edit an article beside its owner, by whom it is found; its lifecycle names them in order.
CREATE TABLE article_writers (
    article_id BLOB NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    user_id BLOB NOT NULL REFERENCES users (id),
    PRIMARY KEY (article_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_writers_of_user ON article_writers (user_id, article_id);

-- place: 0 the working copy, 1 what is live, 2 what takes over.
CREATE TABLE article_tags (
    article_id BLOB NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    tag_id BLOB NOT NULL REFERENCES tags (id),
    PRIMARY KEY (article_id, place, tag_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_tags_of_tag ON article_tags (tag_id, place, article_id);

CREATE TABLE article_contributors (
    article_id BLOB NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    contributor_id BLOB NOT NULL REFERENCES contributors (id),
    PRIMARY KEY (article_id, place, contributor_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_contributors_of_contributor ON article_contributors (contributor_id, place, article_id);

-- What readers see and when: one row per window, written in the transaction that decides it.
CREATE TABLE live_articles (
    article_id BLOB NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    visible_from INTEGER NOT NULL,
    visible_until INTEGER,
    first_published_at INTEGER NOT NULL,
    published_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    -- When readers no longer see any of it, whatever takes over until then; `visible_until` may be earlier.
    expires_at INTEGER,
    slug TEXT NOT NULL,
    headline TEXT NOT NULL,
    kind TEXT NOT NULL,
    language TEXT NOT NULL,
    section_id BLOB REFERENCES sections (id),
    content TEXT NOT NULL,
    PRIMARY KEY (article_id, place)
) STRICT;
CREATE INDEX live_articles_by_date ON live_articles (published_at, article_id);
CREATE INDEX live_articles_by_change ON live_articles (updated_at, article_id);
CREATE INDEX live_articles_of_section ON live_articles (section_id, published_at, article_id);
CREATE INDEX live_articles_by_slug ON live_articles (slug);

CREATE TABLE withdrawn_articles (
    article_id BLOB NOT NULL PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    withdrawn_at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    public_reason TEXT NOT NULL,
    replacement_id BLOB REFERENCES articles (id)
) STRICT;

CREATE TABLE corrections (
    id BLOB NOT NULL PRIMARY KEY,
    article_id BLOB NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    block TEXT,
    published_at INTEGER NOT NULL,
    author_id BLOB NOT NULL REFERENCES users (id),
    superseded_by BLOB REFERENCES corrections (id),
    -- The scheduled revision with which readers are told; none once they are.
    waits_for INTEGER
) STRICT;
CREATE INDEX corrections_of_article ON corrections (article_id, id);

CREATE TABLE preview_tokens (
    id BLOB NOT NULL PRIMARY KEY,
    article_id BLOB NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    secret_hash BLOB NOT NULL,
    created_by BLOB NOT NULL REFERENCES users (id),
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER,
    CONSTRAINT preview_tokens_secret_hash_key UNIQUE (secret_hash)
) STRICT;
CREATE INDEX preview_tokens_of_article ON preview_tokens (article_id, id);

CREATE TABLE audit_log (
    id BLOB NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    actor_id BLOB,
    address TEXT,
    request_id BLOB,
    action TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id BLOB,
    detail TEXT NOT NULL
) STRICT;
CREATE INDEX audit_log_of_subject ON audit_log (subject_id, id);
CREATE INDEX audit_log_of_actor ON audit_log (actor_id, id);
CREATE TRIGGER audit_log_is_append_only_1 BEFORE UPDATE ON audit_log
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_log_is_append_only_2 BEFORE DELETE ON audit_log
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

CREATE TABLE outbox (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id BLOB NOT NULL,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id BLOB,
    keys TEXT NOT NULL
) STRICT;

CREATE TABLE idempotent_answers (
    scope BLOB NOT NULL PRIMARY KEY,
    fingerprint BLOB NOT NULL,
    answer TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX idempotent_answers_by_expiry ON idempotent_answers (expires_at);
