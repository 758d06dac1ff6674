-- The same bytes are the same photo. What is found, sorted or counted has a column; the rest stands in `facts`.
CREATE TABLE photos (
    id uuid NOT NULL PRIMARY KEY,
    version bigint NOT NULL,
    owner_id uuid NOT NULL REFERENCES users (id),
    content_hash bytea NOT NULL,
    format text NOT NULL,
    octets bigint NOT NULL,
    file_name text,
    width integer NOT NULL,
    height integer NOT NULL,
    orientation smallint NOT NULL,
    dominant_color text,
    thumbhash text,
    status text NOT NULL,
    facts jsonb NOT NULL,
    credit_from text NOT NULL,
    words text NOT NULL,
    taken_on text,
    has_caption boolean NOT NULL,
    has_alt boolean NOT NULL,
    has_credit boolean NOT NULL,
    use_until timestamptz,
    embargo_until timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT photos_content_hash_key UNIQUE (content_hash)
);
CREATE INDEX photos_by_end_of_use ON photos (use_until, id);
CREATE INDEX photos_of_owner ON photos (owner_id, id);

-- What the file of a photo says of it, to the letter: read seldom, and longer than all else.
CREATE TABLE photo_metadata (
    photo_id uuid NOT NULL PRIMARY KEY REFERENCES photos (id) ON DELETE CASCADE,
    metadata jsonb NOT NULL
);

-- Whom a credit names, folded, by which photos are found. role: 0 who made it, 1 through whose hands it came.
CREATE TABLE photo_names (
    photo_id uuid NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
    role smallint NOT NULL,
    name_folded text NOT NULL,
    PRIMARY KEY (photo_id, role, name_folded)
);
CREATE INDEX photo_names_by_name ON photo_names (role, name_folded, photo_id);

-- The profiles that a credit names.
CREATE TABLE photo_contributors (
    photo_id uuid NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
    contributor_id uuid NOT NULL REFERENCES contributors (id),
    PRIMARY KEY (photo_id, contributor_id)
);
CREATE INDEX photo_contributors_of_contributor ON photo_contributors (contributor_id, photo_id);

-- The renditions that exist; their bytes lie under their hash.
CREATE TABLE photo_renditions (
    photo_id uuid NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
    variant text NOT NULL,
    content_hash bytea NOT NULL,
    octets bigint NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    PRIMARY KEY (photo_id, variant)
);
CREATE INDEX photo_renditions_by_hash ON photo_renditions (content_hash);

-- Renditions that a worker has yet to make. `due_at` lies ahead while one is at it.
CREATE TABLE rendition_jobs (
    photo_id uuid NOT NULL PRIMARY KEY REFERENCES photos (id) ON DELETE CASCADE,
    due_at timestamptz NOT NULL,
    attempts integer NOT NULL
);
CREATE INDEX rendition_jobs_by_time ON rendition_jobs (due_at, photo_id);

-- Which photos an article uses. place: 0 the working copy, 1 what is live, 2 what takes over.
CREATE TABLE article_photos (
    article_id uuid NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    place smallint NOT NULL,
    photo_id uuid NOT NULL REFERENCES photos (id),
    PRIMARY KEY (article_id, place, photo_id)
);
CREATE INDEX article_photos_of_photo ON article_photos (photo_id, place, article_id);

-- What becomes of a photo by the clock alone, until a worker has announced it.
CREATE TABLE photo_changes (
    photo_id uuid NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
    at timestamptz NOT NULL,
    kind text NOT NULL,
    PRIMARY KEY (photo_id, kind)
);
CREATE INDEX photo_changes_by_instant ON photo_changes (at, photo_id);
