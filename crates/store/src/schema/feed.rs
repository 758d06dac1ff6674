//! The tables of the feed of changes. The rest stands in [`super`].

use diesel::table;

table! {
    use diesel::sql_types::{BigInt, Bool, Text};
    use crate::sql::{Id, Instant};

    changes (seq) {
        seq -> BigInt,
        kind -> Text,
        id -> Id,
        gone -> Bool,
        at -> Instant,
    }
}

table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::sql::Id;

    change_spreads (kind, id) {
        kind -> Text,
        id -> Id,
        after -> Nullable<Id>,
    }
}

table! {
    use crate::sql::Id;

    article_links (article_id, linked_id) {
        article_id -> Id,
        linked_id -> Id,
    }
}
