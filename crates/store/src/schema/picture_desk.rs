//! The tables of photos. The rest stands in [`super`].

use diesel::table;

table! {
    use diesel::sql_types::{BigInt, Binary, Bool, Integer, Nullable, SmallInt, Text};
    use crate::sql::{Document, Id, Instant};

    photos (id) {
        id -> Id,
        version -> BigInt,
        owner_id -> Id,
        content_hash -> Binary,
        format -> Text,
        octets -> BigInt,
        file_name -> Nullable<Text>,
        width -> Integer,
        height -> Integer,
        orientation -> SmallInt,
        dominant_color -> Nullable<Text>,
        thumbhash -> Nullable<Text>,
        status -> Text,
        facts -> Document,
        credit_from -> Text,
        words -> Text,
        taken_on -> Nullable<Text>,
        has_caption -> Bool,
        has_alt -> Bool,
        has_credit -> Bool,
        use_until -> Nullable<Instant>,
        embargo_until -> Nullable<Instant>,
        created_at -> Instant,
        updated_at -> Instant,
    }
}

table! {
    use crate::sql::{Document, Id};

    photo_metadata (photo_id) {
        photo_id -> Id,
        metadata -> Document,
    }
}

table! {
    use diesel::sql_types::{SmallInt, Text};
    use crate::sql::Id;

    photo_names (photo_id, role, name_folded) {
        photo_id -> Id,
        role -> SmallInt,
        name_folded -> Text,
    }
}

table! {
    use crate::sql::Id;

    photo_contributors (photo_id, contributor_id) {
        photo_id -> Id,
        contributor_id -> Id,
    }
}

table! {
    use diesel::sql_types::{BigInt, Binary, Integer, Text};
    use crate::sql::Id;

    photo_renditions (photo_id, variant) {
        photo_id -> Id,
        variant -> Text,
        content_hash -> Binary,
        octets -> BigInt,
        width -> Integer,
        height -> Integer,
    }
}

table! {
    use diesel::sql_types::Integer;
    use crate::sql::{Id, Instant};

    rendition_jobs (photo_id) {
        photo_id -> Id,
        due_at -> Instant,
        attempts -> Integer,
    }
}

table! {
    use diesel::sql_types::{Binary, Bool};
    use crate::sql::Instant;

    file_claims (content_hash) {
        content_hash -> Binary,
        condemned -> Bool,
        at -> Instant,
    }
}

table! {
    use diesel::sql_types::SmallInt;
    use crate::sql::Id;

    article_photos (article_id, place, photo_id) {
        article_id -> Id,
        place -> SmallInt,
        photo_id -> Id,
    }
}

table! {
    use diesel::sql_types::Text;
    use crate::sql::{Id, Instant};

    photo_changes (photo_id, kind) {
        photo_id -> Id,
        at -> Instant,
        kind -> Text,
    }
}
