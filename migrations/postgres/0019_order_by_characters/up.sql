-- What goes by slug, and the reasons of reports, are in the order of their characters, as on SQLite, whatever language the
-- database sorts by. Other text that people write and an index holds is compared so too: the order of those indexes does not
-- change with a new version of the system's rules of sorting, for which they would have to be built anew.
-- What readers take first comes first.
ALTER TABLE article_slugs ALTER COLUMN slug TYPE text COLLATE "C";
ALTER TABLE live_articles ALTER COLUMN slug TYPE text COLLATE "C";
ALTER TABLE reference_slugs ALTER COLUMN slug TYPE text COLLATE "C";
ALTER TABLE sections ALTER COLUMN slug TYPE text COLLATE "C";
ALTER TABLE tags ALTER COLUMN slug TYPE text COLLATE "C";
ALTER TABLE contributors ALTER COLUMN slug TYPE text COLLATE "C";
ALTER TABLE fronts ALTER COLUMN slug TYPE text COLLATE "C";
ALTER TABLE users ALTER COLUMN email TYPE text COLLATE "C";
ALTER TABLE photo_names ALTER COLUMN name_folded TYPE text COLLATE "C";
ALTER TABLE comment_bans ALTER COLUMN pattern TYPE text COLLATE "C";
ALTER TABLE comment_reports ALTER COLUMN reason TYPE text COLLATE "C";
ALTER TABLE published_languages ALTER COLUMN language TYPE text COLLATE "C";

-- A column that is altered loses what is known of its values.
ANALYZE article_slugs (slug), live_articles (slug), reference_slugs (slug), sections (slug), tags (slug), contributors (slug),
    fronts (slug), users (email), photo_names (name_folded), comment_bans (pattern), comment_reports (reason),
    published_languages (language);
