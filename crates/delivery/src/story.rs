//! The facts of an article for feeds, search engines and partners.

use render::story::{Maker, Story};
use store::live::LiveArticle;

use crate::articles::byline_text;
use crate::references::References;

/// The facts of an article, with what it refers to as readers see that.
pub(crate) fn story(article: &LiveArticle, references: &References<'_>) -> Story {
    let LiveArticle { id, slug, revision, times, expires_at: _, content, reading } = article;
    let bylines = content.bylines.as_slice().iter();
    let section = content.section.and_then(|id| references.section(id));
    Story {
        id: *id,
        slug: slug.clone(),
        url: references.links.site.article_url.of(*id, slug),
        canonical_url: content.canonical_url.clone(),
        kind: content.kind,
        language: content.language.clone(),
        headline: content.headline.clone(),
        short: content.in_short(),
        makers: bylines
            .map(|byline| Maker {
                name: byline.name.clone(),
                role: byline.role,
                being: references.being(byline),
            })
            .collect(),
        byline_text: byline_text(content),
        place: content.dateline.as_ref().map(|dateline| dateline.place.as_str().to_uppercase()),
        sections: section.into_iter().flat_map(|section| section.path).map(|above| above.name).collect(),
        topics: references.topics(content.tags.as_slice()),
        photo: content.lead_photo.as_ref().and_then(|used| references.links.photos.shown(used)),
        words: reading.words,
        first_published_at: times.first_published_at,
        published_at: times.published_at,
        updated_at: times.updated_at,
        revision: revision.number(),
    }
}
