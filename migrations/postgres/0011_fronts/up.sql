-- Lists of articles that editors put in order, such as the front page. Their slugs are among those of `reference_slugs`.
CREATE TABLE fronts (
    id uuid NOT NULL PRIMARY KEY,
    version bigint NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    -- How many articles readers see once the newest ones stand behind its items; none where it ends with its items.
    fill_up_to integer,
    fill_section_id uuid REFERENCES sections (id),
    fill_tag_id uuid REFERENCES tags (id),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT fronts_slug_key UNIQUE (slug)
);
CREATE INDEX fronts_of_section ON fronts (fill_section_id);
CREATE INDEX fronts_of_tag ON fronts (fill_tag_id);

CREATE TABLE front_items (
    front_id uuid NOT NULL REFERENCES fronts (id) ON DELETE CASCADE,
    position integer NOT NULL,
    article_id uuid NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    headline text,
    PRIMARY KEY (front_id, position)
);
CREATE INDEX front_items_of_article ON front_items (article_id, front_id);
