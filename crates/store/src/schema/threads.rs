//! The tables of comments. The rest stands in [`super`].

use diesel::table;

table! {
    use diesel::sql_types::BigInt;
    use crate::sql::{Document, Id};

    comment_threads (article_id) {
        article_id -> Id,
        policy -> Document,
        visible -> BigInt,
        pending -> BigInt,
    }
}

table! {
    use diesel::sql_types::{Bool, Nullable};
    use crate::sql::{Id, Instant};

    thread_closings (article_id, published_at) {
        article_id -> Id,
        published_at -> Instant,
        closes_at -> Nullable<Instant>,
        announced -> Bool,
    }
}

table! {
    use diesel::sql_types::{BigInt, Binary, Bool, Integer, Nullable, Text};
    use crate::sql::{Id, Instant};

    comments (id) {
        id -> Id,
        version -> BigInt,
        article_id -> Id,
        place -> Binary,
        place_newest -> Binary,
        state -> Text,
        visible_below -> Integer,
        listed -> Bool,
        author_name -> Nullable<Text>,
        staff_id -> Nullable<Id>,
        body -> Nullable<Text>,
        decided_by -> Text,
        step -> Text,
        decider_id -> Nullable<Id>,
        reason -> Nullable<Text>,
        decided_at -> Instant,
        featured_at -> Nullable<Instant>,
        reports -> Integer,
        created_at -> Instant,
        edited_at -> Nullable<Instant>,
        words -> Text,
        email -> Nullable<Text>,
        email_hash -> Nullable<Binary>,
        address -> Nullable<Text>,
        address_hash -> Nullable<Binary>,
        text_hash -> Nullable<Binary>,
        edit_hash -> Nullable<Binary>,
    }
}

table! {
    use diesel::sql_types::{Integer, Text};
    use crate::sql::{Id, Instant};

    comment_edits (comment_id, number) {
        comment_id -> Id,
        number -> Integer,
        body -> Text,
        replaced_at -> Instant,
    }
}

table! {
    use diesel::sql_types::{Binary, Text};
    use crate::sql::{Id, Instant};

    comment_reports (comment_id, reporter_hash) {
        comment_id -> Id,
        reporter_hash -> Binary,
        reason -> Text,
        reported_at -> Instant,
    }
}

table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::sql::{Id, Instant};

    comment_bans (id) {
        id -> Id,
        kind -> Text,
        pattern -> Text,
        until -> Nullable<Instant>,
        note -> Nullable<Text>,
        created_by -> Nullable<Id>,
        created_at -> Instant,
    }
}
