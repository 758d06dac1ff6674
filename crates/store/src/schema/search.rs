//! The tables of search, but for what each database keeps in a way of its own. The rest stands in [`super`].

use diesel::table;

table! {
    use diesel::sql_types::{BigInt, Nullable, SmallInt};
    use crate::sql::{Id, Instant};

    search_rows (key) {
        key -> BigInt,
        article_id -> Id,
        place -> SmallInt,
        visible_from -> Instant,
        visible_until -> Nullable<Instant>,
        updated_at -> Instant,
    }
}

table! {
    use crate::sql::Id;

    search_jobs (article_id) {
        article_id -> Id,
    }
}

table! {
    use diesel::sql_types::Text;

    published_languages (language) {
        language -> Text,
    }
}
