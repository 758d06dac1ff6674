//! The tables of webhooks. The rest stands in [`super`].

use diesel::{joinable, table};

table! {
    use diesel::sql_types::{BigInt, Binary, Nullable, Text};
    use crate::sql::{Document, Id, Instant};

    webhooks (id) {
        id -> Id,
        version -> BigInt,
        name -> Text,
        url -> Text,
        events -> Nullable<Document>,
        disabled_at -> Nullable<Instant>,
        disabled_because -> Nullable<Text>,
        secret -> Binary,
        former_secret -> Nullable<Binary>,
        former_secret_until -> Nullable<Instant>,
        created_by -> Id,
        created_at -> Instant,
        updated_at -> Instant,
        after_seq -> BigInt,
        rests_until -> Nullable<Instant>,
    }
}

table! {
    use diesel::sql_types::{BigInt, Integer, Nullable, Text};
    use crate::sql::{Document, Id, Instant};

    webhook_deliveries (id) {
        id -> Id,
        webhook_id -> Id,
        event_id -> Id,
        seq -> BigInt,
        topic -> Text,
        subject_kind -> Text,
        subject_id -> Nullable<Id>,
        order_key -> Nullable<Text>,
        happened_at -> Instant,
        body -> Text,
        state -> Text,
        attempts -> Integer,
        log -> Document,
        began_at -> Instant,
        waits_until -> Instant,
        next_attempt_at -> Instant,
        created_at -> Instant,
        ended_at -> Nullable<Instant>,
    }
}

joinable!(webhook_deliveries -> webhooks (webhook_id));
