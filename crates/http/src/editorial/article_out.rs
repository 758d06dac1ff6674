//! An article as the newsroom gets it.

use domain::article::aggregate::Article;
use domain::article::correction::Correction;
use domain::article::publication::Publication;
use domain::contributor::Contributor;
use domain::section::Section;
use domain::tag::Tag;
use domain::time::Moment;
use newsroom::articles::{Resolved, WorkingCopy};
use serde_json::{Value, json};

/// The working copy: `content` in the shape in which it is sent, and beside it what its ids mean.
pub(super) fn working_copy(copy: &WorkingCopy, now: Moment) -> Result<Value, serde_json::Error> {
    let WorkingCopy { article, revision, resolved } = copy;
    let mut out = envelope(article, now);
    out["content"] = serde_json::to_value(&revision.content)?;
    out["resolved"] = meaning(resolved);
    Ok(out)
}

/// An article without its content.
pub(super) fn envelope(article: &Article, now: Moment) -> Value {
    let Article {
        id,
        version,
        owner,
        writers,
        stage,
        publication,
        embargo,
        internal_note,
        revision,
        last_revision: _,
        created_at,
        updated_at,
    } = article;
    json!({
        "id": id,
        "version": version.number(),
        "stage": stage,
        "publication": publication.as_ref().map(|told| publication_of(article, told, now)),
        "has_unpublished_changes": article.has_unpublished_changes(),
        "embargo": embargo.as_ref().map(|embargo| json!({"until": embargo.until, "note": embargo.note})),
        "internal_note": internal_note,
        "owner": owner,
        "writers": writers.as_slice(),
        "revision": revision.number(),
        "created_at": created_at,
        "updated_at": updated_at,
    })
}

/// A correction as the newsroom gets it.
pub(super) fn correction(correction: &Correction) -> Value {
    let Correction { id, kind, text, block, published_at, author, superseded_by, waits_for } = correction;
    json!({
        "id": id,
        "kind": kind,
        "text": text,
        "block": block,
        "published_at": published_at,
        "author": author,
        "superseded_by": superseded_by,
        "waits_for": waits_for,
    })
}

fn publication_of(article: &Article, publication: &Publication, now: Moment) -> Value {
    let times = publication.times();
    let live = publication.live();
    json!({
        "state": publication.state(article.embargo.as_ref(), now),
        "live": live.map(|live| json!({"revision": live.revision, "since": live.since})),
        "next": publication.next.map(|next| json!({
            "revision": next.revision,
            "goes_live_at": next.goes_live_at,
            "change": next.change,
        })),
        "expires_at": publication.expires_at,
        "first_published_at": times.map(|times| times.first_published_at),
        "published_at": times.map(|times| times.published_at),
        "updated_at": times.map(|times| times.updated_at),
        "withdrawal": publication.withdrawal().map(|withdrawal| json!({
            "kind": withdrawal.kind,
            "public_reason": withdrawal.public_reason,
            "internal_reason": withdrawal.internal_reason,
            "replacement": withdrawal.replacement,
        })),
    })
}

fn meaning(resolved: &Resolved) -> Value {
    let Resolved { section, tags, contributors } = resolved;
    let section =
        section.as_ref().map(|Section { id, slug, name, .. }| json!({"id": id, "slug": slug, "name": name}));
    let tag = |Tag { id, slug, name, .. }: &Tag| json!({"id": id, "slug": slug, "name": name});
    let contributor =
        |Contributor { id, slug, name, .. }: &Contributor| json!({"id": id, "slug": slug, "name": name});
    json!({
        "section": section,
        "tags": tags.iter().map(tag).collect::<Vec<_>>(),
        "contributors": contributors.iter().map(contributor).collect::<Vec<_>>(),
    })
}
