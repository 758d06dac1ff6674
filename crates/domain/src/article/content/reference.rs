//! How an editor names a thing: by its id or by its slug.

use std::borrow::Cow;

use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{AnyOfBuilder, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::id;
use crate::schema::{Schemas, add, reference};
use crate::slug::Slug;
use crate::violation::Violation;

/// A thing as an editor names it, not yet known to exist. No slug has the shape of an id, so a text is one or the other.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Ref<Id> {
    /// By its identity.
    Id(Id),
    /// By its present or a former slug.
    Slug(Slug),
}

impl<Id> Ref<Id> {
    /// Parses a reference; `parse_id` is the `parse` of the id's type.
    pub fn parse(raw: &str, parse_id: fn(&str) -> Result<Id, Violation>) -> Result<Self, Violation> {
        if id::has_id_shape(raw) { parse_id(raw).map(Self::Id) } else { Slug::parse(raw).map(Self::Slug) }
    }
}

impl<Id: ToSchema> PartialSchema for Ref<Id> {
    fn schema() -> RefOr<Schema> {
        AnyOfBuilder::new()
            .description(Some("An id, or a present or former slug."))
            .item(reference::<Slug>())
            .item(reference::<Id>())
            .into()
    }
}

impl<Id: ToSchema> ToSchema for Ref<Id> {
    fn name() -> Cow<'static, str> {
        format!("{}OrSlug", Id::name()).into()
    }

    fn schemas(found: &mut Schemas) {
        add::<Slug>(found);
        add::<Id>(found);
    }
}
