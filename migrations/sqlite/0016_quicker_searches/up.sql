-- The languages of what is or was published. A word is looked for in its forms of each of them, and of no other.
CREATE TABLE published_languages (language TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO published_languages SELECT DISTINCT language FROM live_articles;
