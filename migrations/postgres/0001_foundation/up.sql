CREATE TABLE installation (
    name text NOT NULL PRIMARY KEY,
    value text NOT NULL
);

CREATE TABLE users (
    id uuid NOT NULL PRIMARY KEY,
    version bigint NOT NULL,
    email text NOT NULL,
    name text NOT NULL,
    role text NOT NULL,
    password_hash text,
    disabled_at timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT users_email_key UNIQUE (email)
);

CREATE TABLE sessions (
    id uuid NOT NULL PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users (id),
    generation bigint NOT NULL,
    rotated_at timestamptz,
    address text,
    agent text,
    created_at timestamptz NOT NULL,
    last_used_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz
);
CREATE INDEX sessions_of_user ON sessions (user_id, id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

CREATE TABLE invitations (
    id uuid NOT NULL PRIMARY KEY,
    email text NOT NULL,
    name text NOT NULL,
    role text NOT NULL,
    secret_hash bytea NOT NULL,
    created_by uuid REFERENCES users (id),
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    accepted_at timestamptz,
    revoked_at timestamptz,
    CONSTRAINT invitations_secret_hash_key UNIQUE (secret_hash)
);

CREATE TABLE sections (
    id uuid NOT NULL PRIMARY KEY,
    version bigint NOT NULL,
    parent_id uuid REFERENCES sections (id),
    slug text NOT NULL,
    name text NOT NULL,
    description text,
    position integer NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT sections_slug_key UNIQUE (slug)
);
CREATE INDEX sections_of_parent ON sections (parent_id);

CREATE TABLE tags (
    id uuid NOT NULL PRIMARY KEY,
    version bigint NOT NULL,
    kind text NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    name_folded text NOT NULL,
    description text,
    same_as jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT tags_slug_key UNIQUE (slug)
);

CREATE TABLE contributors (
    id uuid NOT NULL PRIMARY KEY,
    version bigint NOT NULL,
    kind text NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    name_folded text NOT NULL,
    sort_name text NOT NULL,
    title text,
    affiliation text,
    bio text,
    portrait uuid,
    links jsonb NOT NULL,
    active boolean NOT NULL,
    user_id uuid REFERENCES users (id),
    email text,
    notes text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT contributors_slug_key UNIQUE (slug)
);

-- Every slug that a section, tag or contributor ever had, and the one that has it now.
CREATE TABLE reference_slugs (
    kind text NOT NULL,
    slug text NOT NULL,
    target uuid NOT NULL,
    CONSTRAINT reference_slugs_pkey PRIMARY KEY (kind, slug)
);
CREATE INDEX reference_slugs_of_target ON reference_slugs (target);

-- Tags and contributors that became another one. Survivors are never merged themselves: chains are flattened.
CREATE TABLE merged_references (
    id uuid NOT NULL PRIMARY KEY,
    kind text NOT NULL,
    survivor uuid NOT NULL
);
CREATE INDEX merged_references_of_survivor ON merged_references (survivor);

CREATE TABLE articles (
    id uuid NOT NULL PRIMARY KEY,
    version bigint NOT NULL,
    owner_id uuid NOT NULL REFERENCES users (id),
    stage text NOT NULL,
    revision integer NOT NULL,
    last_revision integer NOT NULL,
    lifecycle jsonb NOT NULL,
    standing text NOT NULL,
    expires_at timestamptz,
    headline text NOT NULL,
    headline_folded text NOT NULL,
    slug text NOT NULL,
    kind text NOT NULL,
    language text NOT NULL,
    section_id uuid REFERENCES sections (id),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
CREATE INDEX articles_by_change ON articles (updated_at, id);
CREATE INDEX articles_of_owner ON articles (owner_id, updated_at, id);
CREATE INDEX articles_of_section ON articles (section_id, updated_at, id);

CREATE TABLE revisions (
    article_id uuid NOT NULL REFERENCES articles (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    number integer NOT NULL,
    content jsonb NOT NULL,
    content_hash bytea NOT NULL,
    author_id uuid NOT NULL REFERENCES users (id),
    note text,
    saved_at timestamptz NOT NULL,
    PRIMARY KEY (article_id, number)
);

-- Every address of an article: reserved by the working copy, and for ever once readers could have seen it.
CREATE TABLE article_slugs (
    slug text NOT NULL,
    article_id uuid NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    public_from timestamptz,
    CONSTRAINT article_slugs_pkey PRIMARY KEY (slug)
);
CREATE INDEX article_slugs_of_article ON article_slugs (article_id);

-- Who may edit an article beside its owner, by whom it is found; its lifecycle names them in order.
CREATE TABLE article_writers (
    article_id uuid NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    user_id uuid NOT NULL REFERENCES users (id),
    PRIMARY KEY (article_id, user_id)
);
CREATE INDEX article_writers_of_user ON article_writers (user_id, article_id);

-- place: 0 the working copy, 1 what is live, 2 what takes over.
CREATE TABLE article_tags (
    article_id uuid NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    place smallint NOT NULL,
    tag_id uuid NOT NULL REFERENCES tags (id),
    PRIMARY KEY (article_id, place, tag_id)
);
CREATE INDEX article_tags_of_tag ON article_tags (tag_id, place, article_id);

CREATE TABLE article_contributors (
    article_id uuid NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    place smallint NOT NULL,
    contributor_id uuid NOT NULL REFERENCES contributors (id),
    PRIMARY KEY (article_id, place, contributor_id)
);
CREATE INDEX article_contributors_of_contributor ON article_contributors (contributor_id, place, article_id);

-- What readers see and when: one row per window, written in the transaction that decides it.
CREATE TABLE live_articles (
    article_id uuid NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    place smallint NOT NULL,
    revision integer NOT NULL,
    visible_from timestamptz NOT NULL,
    visible_until timestamptz,
    first_published_at timestamptz NOT NULL,
    published_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    -- When readers no longer see any of it, whatever takes over until then; `visible_until` may be earlier.
    expires_at timestamptz,
    slug text NOT NULL,
    headline text NOT NULL,
    kind text NOT NULL,
    language text NOT NULL,
    section_id uuid REFERENCES sections (id),
    content jsonb NOT NULL,
    PRIMARY KEY (article_id, place)
);
CREATE INDEX live_articles_by_date ON live_articles (published_at, article_id);
CREATE INDEX live_articles_by_change ON live_articles (updated_at, article_id);
CREATE INDEX live_articles_of_section ON live_articles (section_id, published_at, article_id);
CREATE INDEX live_articles_by_slug ON live_articles (slug);

CREATE TABLE withdrawn_articles (
    article_id uuid NOT NULL PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    withdrawn_at timestamptz NOT NULL,
    kind text NOT NULL,
    public_reason text NOT NULL,
    replacement_id uuid REFERENCES articles (id)
);

CREATE TABLE corrections (
    id uuid NOT NULL PRIMARY KEY,
    article_id uuid NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    kind text NOT NULL,
    text text NOT NULL,
    block text,
    published_at timestamptz NOT NULL,
    author_id uuid NOT NULL REFERENCES users (id),
    superseded_by uuid REFERENCES corrections (id),
    -- The scheduled revision with which readers are told; none once they are.
    waits_for integer
);
CREATE INDEX corrections_of_article ON corrections (article_id, id);

CREATE TABLE preview_tokens (
    id uuid NOT NULL PRIMARY KEY,
    article_id uuid NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    secret_hash bytea NOT NULL,
    created_by uuid NOT NULL REFERENCES users (id),
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,
    CONSTRAINT preview_tokens_secret_hash_key UNIQUE (secret_hash)
);
CREATE INDEX preview_tokens_of_article ON preview_tokens (article_id, id);

CREATE TABLE audit_log (
    id uuid NOT NULL PRIMARY KEY,
    at timestamptz NOT NULL,
    actor_id uuid,
    address text,
    request_id uuid,
    action text NOT NULL,
    subject_kind text NOT NULL,
    subject_id uuid,
    detail jsonb NOT NULL
);
CREATE INDEX audit_log_of_subject ON audit_log (subject_id, id);
CREATE INDEX audit_log_of_actor ON audit_log (actor_id, id);
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$;
CREATE TRIGGER audit_log_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE outbox (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id uuid NOT NULL,
    at timestamptz NOT NULL,
    kind text NOT NULL,
    subject_kind text NOT NULL,
    subject_id uuid,
    keys jsonb NOT NULL
);

CREATE TABLE idempotent_answers (
    scope bytea NOT NULL PRIMARY KEY,
    fingerprint bytea NOT NULL,
    answer text NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX idempotent_answers_by_expiry ON idempotent_answers (expires_at);
