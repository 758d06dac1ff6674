//! The tables as diesel sees them, the same for both databases: `migrations/` says what they are.
//! Column types that the databases spell differently are those of [`crate::sql`].

mod deliveries;
mod feed;
mod front_pages;
mod picture_desk;
mod search;
mod threads;

use diesel::{allow_tables_to_appear_in_same_query, joinable, table};

pub(crate) use self::deliveries::{webhook_deliveries, webhooks};
pub(crate) use self::feed::{article_links, change_spreads, changes};
pub(crate) use self::front_pages::{front_items, fronts};
pub(crate) use self::picture_desk::{
    article_photos, file_claims, photo_changes, photo_contributors, photo_metadata, photo_names,
    photo_renditions, photos, rendition_jobs,
};
pub(crate) use self::search::{published_languages, search_jobs, search_rows};
pub(crate) use self::threads::{
    comment_bans, comment_edits, comment_reports, comment_threads, comments, thread_closings,
};

table! {
    use diesel::sql_types::Text;

    installation (name) {
        name -> Text,
        value -> Text,
    }
}

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};
    use crate::sql::{Id, Instant};

    users (id) {
        id -> Id,
        version -> BigInt,
        email -> Text,
        name -> Text,
        role -> Text,
        password_hash -> Nullable<Text>,
        disabled_at -> Nullable<Instant>,
        created_at -> Instant,
        updated_at -> Instant,
    }
}

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};
    use crate::sql::{Id, Instant};

    sessions (id) {
        id -> Id,
        user_id -> Id,
        generation -> BigInt,
        rotated_at -> Nullable<Instant>,
        address -> Nullable<Text>,
        agent -> Nullable<Text>,
        created_at -> Instant,
        last_used_at -> Instant,
        expires_at -> Instant,
        revoked_at -> Nullable<Instant>,
    }
}

table! {
    use diesel::sql_types::{Binary, Nullable, Text};
    use crate::sql::{Id, Instant};

    invitations (id) {
        id -> Id,
        email -> Text,
        name -> Text,
        role -> Text,
        secret_hash -> Binary,
        created_by -> Nullable<Id>,
        created_at -> Instant,
        expires_at -> Instant,
        accepted_at -> Nullable<Instant>,
        revoked_at -> Nullable<Instant>,
    }
}

table! {
    use diesel::sql_types::{BigInt, Integer, Nullable, Text};
    use crate::sql::{Id, Instant};

    sections (id) {
        id -> Id,
        version -> BigInt,
        parent_id -> Nullable<Id>,
        slug -> Text,
        name -> Text,
        description -> Nullable<Text>,
        position -> Integer,
        created_at -> Instant,
        updated_at -> Instant,
    }
}

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};
    use crate::sql::{Document, Id, Instant};

    tags (id) {
        id -> Id,
        version -> BigInt,
        kind -> Text,
        slug -> Text,
        name -> Text,
        name_folded -> Text,
        description -> Nullable<Text>,
        same_as -> Document,
        created_at -> Instant,
        updated_at -> Instant,
    }
}

table! {
    use diesel::sql_types::{BigInt, Bool, Nullable, Text};
    use crate::sql::{Document, Id, Instant};

    contributors (id) {
        id -> Id,
        version -> BigInt,
        kind -> Text,
        slug -> Text,
        name -> Text,
        name_folded -> Text,
        sort_name -> Text,
        title -> Nullable<Text>,
        affiliation -> Nullable<Text>,
        bio -> Nullable<Text>,
        portrait -> Nullable<Id>,
        links -> Document,
        active -> Bool,
        user_id -> Nullable<Id>,
        email -> Nullable<Text>,
        notes -> Nullable<Text>,
        created_at -> Instant,
        updated_at -> Instant,
    }
}

table! {
    use diesel::sql_types::Text;
    use crate::sql::Id;

    reference_slugs (kind, slug) {
        kind -> Text,
        slug -> Text,
        target -> Id,
    }
}

table! {
    use diesel::sql_types::Text;
    use crate::sql::Id;

    merged_references (id) {
        id -> Id,
        kind -> Text,
        survivor -> Id,
    }
}

table! {
    use diesel::sql_types::{BigInt, Integer, Nullable, Text};
    use crate::sql::{Document, Id, Instant};

    articles (id) {
        id -> Id,
        version -> BigInt,
        owner_id -> Id,
        stage -> Text,
        revision -> Integer,
        last_revision -> Integer,
        lifecycle -> Document,
        standing -> Text,
        expires_at -> Nullable<Instant>,
        headline -> Text,
        headline_folded -> Text,
        slug -> Text,
        kind -> Text,
        language -> Text,
        section_id -> Nullable<Id>,
        created_at -> Instant,
        updated_at -> Instant,
    }
}

table! {
    use diesel::sql_types::{Binary, Integer, Nullable, Text};
    use crate::sql::{Document, Id, Instant};

    revisions (article_id, number) {
        article_id -> Id,
        number -> Integer,
        content -> Document,
        content_hash -> Binary,
        author_id -> Id,
        note -> Nullable<Text>,
        saved_at -> Instant,
    }
}

table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::sql::{Id, Instant};

    article_slugs (slug) {
        slug -> Text,
        article_id -> Id,
        public_from -> Nullable<Instant>,
    }
}

table! {
    use crate::sql::Id;

    article_writers (article_id, user_id) {
        article_id -> Id,
        user_id -> Id,
    }
}

table! {
    use diesel::sql_types::{Nullable, SmallInt};
    use crate::sql::{Id, Instant};

    article_tags (article_id, place, tag_id) {
        article_id -> Id,
        place -> SmallInt,
        tag_id -> Id,
        published_at -> Nullable<Instant>,
    }
}

table! {
    use diesel::sql_types::{Nullable, SmallInt};
    use crate::sql::{Id, Instant};

    article_contributors (article_id, place, contributor_id) {
        article_id -> Id,
        place -> SmallInt,
        contributor_id -> Id,
        published_at -> Nullable<Instant>,
    }
}

table! {
    use diesel::sql_types::{Integer, Nullable, SmallInt, Text};
    use crate::sql::{Document, Id, Instant};

    live_articles (article_id, place) {
        article_id -> Id,
        place -> SmallInt,
        revision -> Integer,
        visible_from -> Instant,
        visible_until -> Nullable<Instant>,
        first_published_at -> Instant,
        published_at -> Instant,
        updated_at -> Instant,
        expires_at -> Nullable<Instant>,
        slug -> Text,
        headline -> Text,
        kind -> Text,
        language -> Text,
        section_id -> Nullable<Id>,
        content -> Document,
        sitemap_month -> Nullable<Integer>,
    }
}

table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::sql::{Id, Instant};

    withdrawn_articles (article_id) {
        article_id -> Id,
        withdrawn_at -> Instant,
        kind -> Text,
        public_reason -> Text,
        replacement_id -> Nullable<Id>,
    }
}

table! {
    use diesel::sql_types::Text;
    use crate::sql::{Id, Instant};

    timed_changes (article_id, at) {
        article_id -> Id,
        at -> Instant,
        kind -> Text,
    }
}

table! {
    use diesel::sql_types::{Integer, Nullable, Text};
    use crate::sql::{Id, Instant};

    corrections (id) {
        id -> Id,
        article_id -> Id,
        kind -> Text,
        text -> Text,
        block -> Nullable<Text>,
        published_at -> Instant,
        author_id -> Id,
        superseded_by -> Nullable<Id>,
        waits_for -> Nullable<Integer>,
    }
}

table! {
    use diesel::sql_types::{Binary, Nullable};
    use crate::sql::{Id, Instant};

    preview_tokens (id) {
        id -> Id,
        article_id -> Id,
        secret_hash -> Binary,
        created_by -> Id,
        created_at -> Instant,
        expires_at -> Instant,
        revoked_at -> Nullable<Instant>,
    }
}

table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::sql::{Document, Id, Instant};

    audit_log (id) {
        id -> Id,
        at -> Instant,
        actor_id -> Nullable<Id>,
        address -> Nullable<Text>,
        request_id -> Nullable<Id>,
        action -> Text,
        subject_kind -> Text,
        subject_id -> Nullable<Id>,
        detail -> Document,
        api_key_id -> Nullable<Id>,
    }
}

table! {
    use diesel::sql_types::{BigInt, Nullable, Text};
    use crate::sql::{Document, Id, Instant};

    outbox (seq) {
        seq -> BigInt,
        id -> Id,
        at -> Instant,
        kind -> Text,
        subject_kind -> Text,
        subject_id -> Nullable<Id>,
        keys -> Document,
    }
}

table! {
    use diesel::sql_types::{BigInt, Text};

    use crate::sql::Instant;

    outbox_places (name) {
        name -> Text,
        seq -> BigInt,
        leased_until -> Instant,
    }
}

table! {
    use diesel::sql_types::{Binary, Text};
    use crate::sql::Instant;

    idempotent_answers (scope) {
        scope -> Binary,
        fingerprint -> Binary,
        answer -> Text,
        expires_at -> Instant,
    }
}

table! {
    use diesel::sql_types::{BigInt, Binary, Nullable, Text};
    use crate::sql::{Document, Id, Instant};

    api_keys (id) {
        id -> Id,
        version -> BigInt,
        name -> Text,
        owner_id -> Id,
        role -> Text,
        scopes -> Document,
        secret_hash -> Binary,
        created_at -> Instant,
        expires_at -> Instant,
        last_used_at -> Nullable<Instant>,
        revoked_at -> Nullable<Instant>,
    }
}

allow_tables_to_appear_in_same_query!(
    installation,
    users,
    sessions,
    invitations,
    api_keys,
    sections,
    tags,
    contributors,
    reference_slugs,
    merged_references,
    articles,
    revisions,
    article_slugs,
    article_writers,
    article_tags,
    article_contributors,
    fronts,
    front_items,
    live_articles,
    withdrawn_articles,
    timed_changes,
    corrections,
    preview_tokens,
    photos,
    photo_metadata,
    photo_names,
    photo_contributors,
    photo_renditions,
    rendition_jobs,
    file_claims,
    article_photos,
    photo_changes,
    search_rows,
    search_jobs,
    published_languages,
    comment_threads,
    thread_closings,
    comments,
    comment_edits,
    comment_reports,
    comment_bans,
    webhooks,
    webhook_deliveries,
    audit_log,
    outbox,
    outbox_places,
    changes,
    change_spreads,
    article_links,
    idempotent_answers,
);

joinable!(sessions -> users (user_id));
joinable!(api_keys -> users (owner_id));
joinable!(live_articles -> articles (article_id));
