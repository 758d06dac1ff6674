-- The term of a pair of words is a number now. Until an article was looked through anew, it is found by its words and not by
-- its phrases.
INSERT OR IGNORE INTO search_jobs SELECT DISTINCT article_id FROM live_articles;
