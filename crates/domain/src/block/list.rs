//! Lists, and lists inside their items.

use serde::{Deserialize, Serialize};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{Array, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::schema::{self, Schemas, add};
use crate::span::Spans;
use crate::violation::{Rule, Violation};

/// Whether the order of a list means something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ListOrder {
    /// Numbered.
    Ordered,
    /// With bullets.
    Unordered,
}

/// A list of at least one item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RawList", into = "RawList")]
pub struct List {
    order: ListOrder,
    items: Vec<ListItem>,
}

/// An item: text, then perhaps a list below it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({"content": [{"text": "Eleven gates", "marks": []}], "list": null})))]
pub struct ListItem {
    /// The text.
    pub content: Spans,
    /// The list below it.
    #[schema(no_recursion)]
    pub list: Option<List>,
}

impl List {
    /// Most items of one list: past it, it is a table or a document of its own.
    pub const MAX_ITEMS: usize = 200;

    /// Deepest nesting, this list included: what a reader can follow on a small screen.
    pub const MAX_DEPTH: usize = 3;

    /// Takes over 1 to [`List::MAX_ITEMS`] items, nested no deeper than [`List::MAX_DEPTH`].
    pub fn parse(order: ListOrder, items: Vec<ListItem>) -> Result<Self, Violation> {
        if items.is_empty() {
            return Err(Violation::limited(Rule::TooFew, 1, "a list needs an item"));
        }
        if items.len() > Self::MAX_ITEMS {
            return Err(Violation::limited(Rule::TooMany, Self::MAX_ITEMS, "at most 200 items fit"));
        }
        let list = Self { order, items };
        if list.depth() > Self::MAX_DEPTH {
            return Err(Violation::limited(Rule::TooMany, Self::MAX_DEPTH, "lists nest at most 3 deep"));
        }
        Ok(list)
    }

    /// Whether its order means something.
    pub const fn order(&self) -> ListOrder {
        self.order
    }

    /// Its items.
    pub fn items(&self) -> &[ListItem] {
        &self.items
    }

    /// 1, and as much as its deepest inner list adds. Inner lists were parsed, so the recursion ends soon.
    fn depth(&self) -> usize {
        1 + self.items.iter().filter_map(|item| item.list.as_ref()).map(Self::depth).max().unwrap_or(0)
    }
}

impl PartialSchema for List {
    fn schema() -> RefOr<Schema> {
        RawList::schema()
    }
}

impl ToSchema for List {
    fn schemas(found: &mut Schemas) {
        add::<ListItem>(found);
        // An item may hold a list again; it is told here once, since nobody else breaks the circle.
        found.push((Self::name().into_owned(), Self::schema()));
    }
}

/// A list of at least one item. Lists nest at most 3 deep.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RawList {
    /// Whether the order means something.
    #[schema(examples(true))]
    ordered: bool,
    #[schema(schema_with = items)]
    items: Vec<ListItem>,
}

fn items() -> Array {
    schema::list::<ListItem>("The items.", List::MAX_ITEMS).min_items(Some(1)).build()
}

impl TryFrom<RawList> for List {
    type Error = Violation;

    fn try_from(RawList { ordered, items }: RawList) -> Result<Self, Violation> {
        Self::parse(if ordered { ListOrder::Ordered } else { ListOrder::Unordered }, items)
    }
}

impl From<List> for RawList {
    fn from(List { order, items }: List) -> Self {
        Self { ordered: order == ListOrder::Ordered, items }
    }
}
