-- Where an article stands in the lists of its tags and contributors, which are read in this order; none for a working copy.
ALTER TABLE article_tags ADD COLUMN published_at timestamptz;
UPDATE article_tags SET published_at = l.published_at FROM live_articles l
    WHERE l.article_id = article_tags.article_id AND l.place = article_tags.place;
CREATE INDEX article_tags_by_date ON article_tags (tag_id, published_at, article_id);
ALTER TABLE article_contributors ADD COLUMN published_at timestamptz;
UPDATE article_contributors SET published_at = l.published_at FROM live_articles l
    WHERE l.article_id = article_contributors.article_id AND l.place = article_contributors.place;
CREATE INDEX article_contributors_by_date ON article_contributors (contributor_id, published_at, article_id);

-- By which all that readers see is counted without a look at what it says.
CREATE INDEX live_articles_by_window ON live_articles (visible_from, visible_until);
