-- The month under which a sitemap names an article, in months from January of the year 0; none where search engines are
-- asked to leave it out, and where it is at home elsewhere.
ALTER TABLE live_articles ADD COLUMN sitemap_month integer;
UPDATE live_articles
    SET sitemap_month = extract(year FROM published_at AT TIME ZONE 'UTC')::integer * 12
        + extract(month FROM published_at AT TIME ZONE 'UTC')::integer - 1
    WHERE NOT (content #>> '{content,noindex}')::boolean AND content #>> '{content,canonical_url}' IS NULL;
CREATE INDEX live_articles_of_sitemap
    ON live_articles (sitemap_month, article_id, visible_from, visible_until, expires_at, updated_at, slug)
    WHERE sitemap_month IS NOT NULL;
