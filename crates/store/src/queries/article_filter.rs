//! The filters of lists of working copies in SQL.

use diesel::dsl::not;
use diesel::prelude::*;
use domain::article::publication::PublicationState;
use domain::paging::From;
use domain::time::Moment;

use super::super::Conn;
use super::visibility::live;
use crate::articles::{ArticleFilter, Order};
use crate::rows::articles::standing;
use crate::schema::{article_contributors, article_tags, article_writers, articles, live_articles};
use crate::sql::{At, Key};

/// Whether the times of the rows of a filter rise as they are read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Rises {
    Yes,
    No,
}

pub(super) const fn rises(filter: &ArticleFilter) -> Rises {
    match (filter.order, filter.from) {
        (Order::LastChangedFirst, Some(From::Before(_)))
        | (Order::LongestUnchangedFirst, Some(From::Behind(_)) | None) => Rises::Yes,
        (Order::LongestUnchangedFirst, Some(From::Before(_)))
        | (Order::LastChangedFirst, Some(From::Behind(_)) | None) => Rises::No,
    }
}

/// Rows of `articles` that may still be narrowed down.
pub(super) type Filtered<'a> = articles::BoxedQuery<'a, <Conn as Connection>::Backend>;

/// The articles of a filter, wherever a page of them lies.
pub(super) fn filtered(filter: &ArticleFilter) -> Filtered<'_> {
    let ArticleFilter {
        stage,
        publication,
        sections,
        tag,
        contributor,
        owner,
        own_of,
        ids,
        words,
        updated_after,
        from,
        order: _,
    } = filter;
    let mut found = articles::table.into_boxed();
    if let Some(stage) = stage {
        found = found.filter(articles::stage.eq(stage.name()));
    }
    if let Some((state, now)) = publication {
        found = in_state(found, *state, *now);
    }
    if let Some(sections) = sections {
        let sections: Vec<_> = sections.iter().map(|id| Key(id.uuid())).collect();
        found = found.filter(articles::section_id.eq_any(sections));
    }
    if let Some(tag) = tag {
        let tagged = article_tags::table
            .filter(article_tags::tag_id.eq(Key(tag.uuid())))
            .filter(article_tags::place.eq(0));
        found = found.filter(articles::id.eq_any(tagged.select(article_tags::article_id)));
    }
    if let Some(contributor) = contributor {
        let by = article_contributors::table
            .filter(article_contributors::contributor_id.eq(Key(contributor.uuid())))
            .filter(article_contributors::place.eq(0));
        found = found.filter(articles::id.eq_any(by.select(article_contributors::article_id)));
    }
    if let Some(owner) = owner {
        found = found.filter(articles::owner_id.eq(Key(owner.uuid())));
    }
    if let Some(user) = own_of {
        let user = Key(user.uuid());
        let written = article_writers::table.filter(article_writers::user_id.eq(user));
        let written = written.select(article_writers::article_id);
        found = found.filter(articles::owner_id.eq(user).or(articles::id.eq_any(written)));
    }
    if let Some(ids) = ids {
        let ids: Vec<_> = ids.iter().map(|id| Key(id.uuid())).collect();
        found = found.filter(articles::id.eq_any(ids));
    }
    if let Some(words) = words {
        let literal = words.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        found = found.filter(articles::headline_folded.like(format!("%{literal}%")).escape('\\'));
    }
    if let Some(instant) = updated_after {
        found = found.filter(articles::updated_at.gt(At(*instant)));
    }
    if let Some(From::Behind((at, id)) | From::Before((at, id))) = from {
        let (at, id) = (At(*at), Key(id.uuid()));
        found = match rises(filter) {
            Rises::Yes => {
                let parted = articles::updated_at.gt(at).or(articles::id.gt(id));
                found.filter(articles::updated_at.ge(at).and(parted))
            }
            Rises::No => {
                let parted = articles::updated_at.lt(at).or(articles::id.lt(id));
                found.filter(articles::updated_at.le(at).and(parted))
            }
        };
    }
    found
}

/// The state of a publication at `now` in SQL; `Publication::state` is the same rule for one that is loaded.
fn in_state(found: Filtered<'_>, state: PublicationState, now: Moment) -> Filtered<'_> {
    let open = || articles::id.eq_any(live(now).select(live_articles::article_id));
    let over = || articles::expires_at.is_not_null().and(articles::expires_at.assume_not_null().le(At(now)));
    match state {
        PublicationState::Withdrawn => found.filter(articles::standing.eq(standing::WITHDRAWN)),
        PublicationState::Unpublished => found.filter(articles::standing.eq(standing::UNPUBLISHED)),
        PublicationState::Live => found.filter(articles::standing.eq(standing::PLANNED)).filter(open()),
        PublicationState::Expired => {
            found.filter(articles::standing.eq(standing::PLANNED)).filter(not(open())).filter(over())
        }
        PublicationState::Scheduled => {
            found.filter(articles::standing.eq(standing::PLANNED)).filter(not(open())).filter(not(over()))
        }
    }
}
