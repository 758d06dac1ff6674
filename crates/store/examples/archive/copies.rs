//! The statements that copy articles by a day, written once for both databases.

/// What there is at first: copies are made of this, not of one another.
pub(crate) const FIRST: &str = "\
    CREATE TEMP TABLE first_articles AS SELECT * FROM articles; \
    CREATE TEMP TABLE first_revisions AS \
        SELECT r.*, a.slug FROM revisions r JOIN articles a ON a.id = r.article_id; \
    CREATE TEMP TABLE first_slugs AS SELECT * FROM article_slugs; \
    CREATE TEMP TABLE first_tags AS SELECT * FROM article_tags; \
    CREATE TEMP TABLE first_live AS SELECT * FROM live_articles; \
    CREATE TEMP TABLE first_audit AS SELECT * FROM audit_log WHERE subject_kind = 'article'; \
    CREATE TEMP TABLE first_outbox AS SELECT * FROM outbox WHERE subject_kind = 'article'; \
    CREATE TEMP TABLE first_changes AS SELECT * FROM changes WHERE kind = 'article';";

/// Copies everything but what search finds by. `copied`, `earlier`, `said`, `month` and `randomblob` are functions that each
/// database is given.
const COPY: &str = "\
    INSERT INTO articles (id, version, owner_id, stage, revision, last_revision, lifecycle, standing, headline, \
        headline_folded, slug, kind, language, section_id, created_at, updated_at) \
    SELECT copied(id, {day}), version, owner_id, stage, revision, last_revision, lifecycle, standing, headline, \
        headline_folded, slug || '-{day}', kind, language, section_id, earlier(created_at, {day}), \
        earlier(updated_at, {day}) \
    FROM first_articles; \
    INSERT INTO revisions (article_id, number, content, content_hash, author_id, note, saved_at) \
    SELECT copied(article_id, {day}), number, said(content, slug, slug || '-{day}'), randomblob(32), author_id, note, \
        earlier(saved_at, {day}) \
    FROM first_revisions; \
    INSERT INTO article_slugs (slug, article_id, public_from) \
    SELECT slug || '-{day}', copied(article_id, {day}), earlier(public_from, {day}) FROM first_slugs; \
    INSERT INTO article_tags (article_id, place, tag_id, published_at) \
    SELECT copied(article_id, {day}), place, tag_id, earlier(published_at, {day}) FROM first_tags; \
    INSERT INTO live_articles (article_id, place, revision, visible_from, first_published_at, published_at, updated_at, \
        slug, headline, kind, language, section_id, content, sitemap_month) \
    SELECT copied(article_id, {day}), place, revision, earlier(visible_from, {day}), \
        earlier(first_published_at, {day}), earlier(published_at, {day}), earlier(updated_at, {day}), \
        slug || '-{day}', headline, kind, language, section_id, said(content, slug, slug || '-{day}'), \
        month(earlier(published_at, {day})) \
    FROM first_live; \
    INSERT INTO audit_log (id, at, actor_id, address, request_id, action, subject_kind, subject_id, detail) \
    SELECT copied(id, {day}), earlier(at, {day}), actor_id, address, request_id, action, subject_kind, \
        copied(subject_id, {day}), detail \
    FROM first_audit; \
    INSERT INTO outbox (id, at, kind, subject_kind, subject_id, keys) \
    SELECT copied(id, {day}), earlier(at, {day}), kind, subject_kind, copied(subject_id, {day}), keys \
    FROM first_outbox ORDER BY seq; \
    INSERT INTO changes (seq, kind, id, gone, at) \
    SELECT (SELECT max(seq) FROM changes) + row_number() OVER (ORDER BY seq), kind, copied(id, {day}), gone, \
        earlier(at, {day}) \
    FROM first_changes;";

/// Nobody has to be told of the copies: those who go through the outbox stand behind them.
pub(crate) const TOLD: &str = "UPDATE outbox_places SET seq = (SELECT max(seq) FROM outbox)";

/// All that copies a day, with the statement of the database that copies what search finds by. A key of search counts
/// milliseconds above 20 bits.
pub(crate) fn statements(day: u8, search: &str) -> String {
    [COPY, search].concat().replace("{day}", &day.to_string())
}
