//! The tables of fronts.

use diesel::table;

table! {
    use diesel::sql_types::{BigInt, Integer, Nullable, Text};
    use crate::sql::{Id, Instant};

    fronts (id) {
        id -> Id,
        version -> BigInt,
        slug -> Text,
        name -> Text,
        fill_up_to -> Nullable<Integer>,
        fill_section_id -> Nullable<Id>,
        fill_tag_id -> Nullable<Id>,
        created_at -> Instant,
        updated_at -> Instant,
    }
}

table! {
    use diesel::sql_types::{Integer, Nullable, Text};
    use crate::sql::Id;

    front_items (front_id, position) {
        front_id -> Id,
        position -> Integer,
        article_id -> Id,
        headline -> Nullable<Text>,
    }
}
