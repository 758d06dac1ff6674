-- Lists of articles that editors put in order, such as the front page. Their slugs are among those of `reference_slugs`.
CREATE TABLE fronts (
    id BLOB NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    -- How many articles readers see once the newest ones stand behind its items; none where it ends with its items.
    fill_up_to INTEGER,
    fill_section_id BLOB REFERENCES sections (id),
    fill_tag_id BLOB REFERENCES tags (id),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    CONSTRAINT fronts_slug_key UNIQUE (slug)
) STRICT;
CREATE INDEX fronts_of_section ON fronts (fill_section_id);
CREATE INDEX fronts_of_tag ON fronts (fill_tag_id);

CREATE TABLE front_items (
    front_id BLOB NOT NULL REFERENCES fronts (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    article_id BLOB NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    headline TEXT,
    PRIMARY KEY (front_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX front_items_of_article ON front_items (article_id, front_id);
