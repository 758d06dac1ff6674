-- When threads close by the clock, until a worker has announced it: for each date that a publication of the article
-- carries, the instant that the article says, or none where the site says so many days after that date.
CREATE TABLE thread_closings (
    article_id BLOB NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    published_at INTEGER NOT NULL,
    closes_at INTEGER,
    announced INTEGER NOT NULL,
    PRIMARY KEY (article_id, published_at)
) STRICT, WITHOUT ROWID;
CREATE INDEX thread_closings_to_announce ON thread_closings (closes_at, published_at) WHERE announced = 0;

-- Who reported a comment is forgotten after a time.
CREATE INDEX comment_reports_by_time ON comment_reports (reported_at);
