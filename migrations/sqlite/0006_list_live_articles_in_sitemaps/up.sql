-- The month under which a sitemap names an article, in months from January of the year 0; none where search engines are
-- asked to leave it out, and where it is at home elsewhere.
ALTER TABLE live_articles ADD COLUMN sitemap_month INTEGER;
UPDATE live_articles SET sitemap_month = month FROM (
    SELECT article_id AS id, place AS at,
        CAST(strftime('%Y', day, 'unixepoch') AS INTEGER) * 12 + CAST(strftime('%m', day, 'unixepoch') AS INTEGER) - 1 AS month
    FROM (
        -- Whole seconds, rounded down before 1970 too.
        SELECT article_id, place, (published_at - (published_at % 1000000 + 1000000) % 1000000) / 1000000 AS day
        FROM live_articles
        WHERE NOT json_extract(content, '$.content.noindex') AND json_extract(content, '$.content.canonical_url') IS NULL
    )
) WHERE article_id = id AND place = at;
CREATE INDEX live_articles_of_sitemap
    ON live_articles (sitemap_month, article_id, visible_from, visible_until, expires_at, updated_at, slug)
    WHERE sitemap_month IS NOT NULL;
