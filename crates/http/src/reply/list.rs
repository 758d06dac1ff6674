//! Lists: whole ones, and pages of long ones.

use std::borrow::Cow;

use actix_web::http::header::{HeaderValue, LINK};
use serde::Serialize;
use utoipa::openapi::{ArrayBuilder, ObjectBuilder, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// Most items of a page.
const MOST: usize = 100;

/// A whole list.
#[derive(Debug, Serialize)]
pub(crate) struct All<T> {
    /// Its items.
    pub(crate) data: Vec<T>,
}

/// A page of a list.
#[derive(Debug, Serialize)]
pub(crate) struct Page<T> {
    /// The items of the page.
    pub(crate) data: Vec<T>,
    /// Where it stands in the list.
    pub(crate) page: Place,
}

/// Where a page stands in its list.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PageInfo)]
pub(crate) struct Place {
    /// The cursor of the page behind this one; `null` on the last one.
    #[schema(max_length = 512, examples("AAY0bXF2wABlNTBhY2U"))]
    pub(crate) next_cursor: Option<String>,
    /// The cursor of the page before this one; `null` on the first one.
    #[schema(max_length = 512, examples(json!(null)))]
    pub(crate) prev_cursor: Option<String>,
    /// How many items the whole list has; `null` unless `count=exact`.
    #[schema(minimum = 0, examples(json!(null)))]
    pub(crate) total: Option<i64>,
}

impl Place {
    /// The `Link` header (RFC 8288) of a page at `address`, whose query without cursor is `question`.
    pub(crate) fn links(&self, address: &str, question: &str) -> Option<HeaderValue> {
        let before = if question.is_empty() { String::new() } else { format!("{question}&") };
        let link = |rel: &str, cursor: &Option<String>| {
            cursor.as_ref().map(|cursor| format!("<{address}?{before}cursor={cursor}>; rel=\"{rel}\""))
        };
        let links: Vec<_> = [link("next", &self.next_cursor), link("prev", &self.prev_cursor)]
            .into_iter()
            .flatten()
            .collect();
        if links.is_empty() { None } else { HeaderValue::from_str(&links.join(", ")).ok() }
    }
}

/// The name of the header with the addresses of the pages before and behind.
pub(crate) const LINKS: actix_web::http::header::HeaderName = LINK;

/// The schema of `T` by its name.
fn by_name<T: ToSchema>() -> RefOr<Schema> {
    utoipa::openapi::Ref::from_schema_name(T::name()).into()
}

impl<T: ToSchema> PartialSchema for All<T> {
    fn schema() -> RefOr<Schema> {
        let data =
            ArrayBuilder::new().items(by_name::<T>()).description(Some("All of them, in their order."));
        let list = ObjectBuilder::new().description(Some("A whole list."));
        list.property("data", data).required("data").into()
    }
}

impl<T: ToSchema> ToSchema for All<T> {
    fn name() -> Cow<'static, str> {
        format!("{}List", T::name()).into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((T::name().into(), T::schema()));
        T::schemas(schemas);
    }
}

impl<T: ToSchema> PartialSchema for Page<T> {
    fn schema() -> RefOr<Schema> {
        let data = ArrayBuilder::new()
            .items(by_name::<T>())
            .max_items(Some(MOST))
            .description(Some("The items of the page."));
        ObjectBuilder::new()
            .description(Some("A page of a list."))
            .property("data", data)
            .property("page", by_name::<Place>())
            .required("data")
            .required("page")
            .into()
    }
}

impl<T: ToSchema> ToSchema for Page<T> {
    fn name() -> Cow<'static, str> {
        format!("{}Page", T::name()).into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((T::name().into(), T::schema()));
        schemas.push((Place::name().into(), Place::schema()));
        T::schemas(schemas);
    }
}
