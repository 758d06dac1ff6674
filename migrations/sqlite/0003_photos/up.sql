-- The same bytes are the same photo. What is found, sorted or counted has a column; the rest stands in `facts`.
CREATE TABLE photos (
    id BLOB NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    owner_id BLOB NOT NULL REFERENCES users (id),
    content_hash BLOB NOT NULL,
    format TEXT NOT NULL,
    octets INTEGER NOT NULL,
    file_name TEXT,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    orientation INTEGER NOT NULL,
    dominant_color TEXT,
    thumbhash TEXT,
    status TEXT NOT NULL,
    facts TEXT NOT NULL,
    credit_from TEXT NOT NULL,
    words TEXT NOT NULL,
    taken_on TEXT,
    has_caption INTEGER NOT NULL,
    has_alt INTEGER NOT NULL,
    has_credit INTEGER NOT NULL,
    use_until INTEGER,
    embargo_until INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    CONSTRAINT photos_content_hash_key UNIQUE (content_hash)
) STRICT;
CREATE INDEX photos_by_end_of_use ON photos (use_until, id);
CREATE INDEX photos_of_owner ON photos (owner_id, id);

-- What the file of a photo says of it, to the letter: read seldom, and longer than all else.
CREATE TABLE photo_metadata (
    photo_id BLOB NOT NULL PRIMARY KEY REFERENCES photos (id) ON DELETE CASCADE,
    metadata TEXT NOT NULL
) STRICT;

-- Whom a credit names, folded, by which photos are found. role: 0 who made it, 1 through whose hands it came.
CREATE TABLE photo_names (
    photo_id BLOB NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
    role INTEGER NOT NULL,
    name_folded TEXT NOT NULL,
    PRIMARY KEY (photo_id, role, name_folded)
) STRICT, WITHOUT ROWID;
CREATE INDEX photo_names_by_name ON photo_names (role, name_folded, photo_id);

-- The profiles that a credit names.
CREATE TABLE photo_contributors (
    photo_id BLOB NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
    contributor_id BLOB NOT NULL REFERENCES contributors (id),
    PRIMARY KEY (photo_id, contributor_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX photo_contributors_of_contributor ON photo_contributors (contributor_id, photo_id);

-- The renditions that exist; their bytes lie under their hash.
CREATE TABLE photo_renditions (
    photo_id BLOB NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
    variant TEXT NOT NULL,
    content_hash BLOB NOT NULL,
    octets INTEGER NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    PRIMARY KEY (photo_id, variant)
) STRICT, WITHOUT ROWID;
CREATE INDEX photo_renditions_by_hash ON photo_renditions (content_hash);

-- Renditions that a worker has yet to make. `due_at` lies ahead while one is at it.
CREATE TABLE rendition_jobs (
    photo_id BLOB NOT NULL PRIMARY KEY REFERENCES photos (id) ON DELETE CASCADE,
    due_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL
) STRICT;
CREATE INDEX rendition_jobs_by_time ON rendition_jobs (due_at, photo_id);

-- Which photos an article uses. place: 0 the working copy, 1 what is live, 2 what takes over.
CREATE TABLE article_photos (
    article_id BLOB NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    photo_id BLOB NOT NULL REFERENCES photos (id),
    PRIMARY KEY (article_id, place, photo_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_photos_of_photo ON article_photos (photo_id, place, article_id);

-- What becomes of a photo by the clock alone, until a worker has announced it.
CREATE TABLE photo_changes (
    photo_id BLOB NOT NULL REFERENCES photos (id) ON DELETE CASCADE,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    PRIMARY KEY (photo_id, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX photo_changes_by_instant ON photo_changes (at, photo_id);
