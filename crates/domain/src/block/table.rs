//! Tables.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa::openapi::schema::{ArrayBuilder, Object};

use crate::bounded::bounded;
use crate::schema::{self, described};
use crate::span::Spans;
use crate::violation::{Fault, Rule, Violation};

/// A table: every row has as many cells as the first, and the first `header_rows` name the columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RawTable")]
pub struct Table {
    caption: Option<TableCaption>,
    header_rows: usize,
    rows: Vec<Vec<Cell>>,
}

/// A cell.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Cell {
    /// Its text; empty where there is none.
    pub content: Spans,
}

bounded! {
    /// What a table shows.
    TableCaption: one_line up to 300, "two lines above a table",
        like "High tides by year";
}

impl Table {
    /// Most rows: what a page can hold; more belongs into a file.
    pub const MAX_ROWS: usize = 200;
    /// Most columns: what a wide screen can hold.
    pub const MAX_COLUMNS: usize = 20;

    /// Takes over rows of equal length. The pointer of a fault begins at the table.
    pub fn parse(
        caption: Option<TableCaption>,
        header_rows: usize,
        rows: Vec<Vec<Cell>>,
    ) -> Result<Self, Fault> {
        let columns = rows.first().map_or(0, Vec::len);
        if columns == 0 {
            return Err(Violation::limited(Rule::TooFew, 1, "a table needs a row with a cell").at("/rows"));
        }
        if rows.len() > Self::MAX_ROWS {
            return Err(Violation::limited(Rule::TooMany, Self::MAX_ROWS, "at most 200 rows fit").at("/rows"));
        }
        if columns > Self::MAX_COLUMNS {
            let many = Violation::limited(Rule::TooMany, Self::MAX_COLUMNS, "at most 20 columns fit");
            return Err(many.at("/rows/0"));
        }
        if let Some(row) = rows.iter().position(|row| row.len() != columns) {
            let detail = format!("has {} cells, the first row has {columns}", rows[row].len());
            return Err(Violation::new(Rule::Inconsistent, detail).at(format!("/rows/{row}")));
        }
        if header_rows > rows.len() {
            let many = Violation::new(Rule::Inconsistent, "there are fewer rows than header rows");
            return Err(many.at("/header_rows"));
        }
        Ok(Self { caption, header_rows, rows })
    }

    /// What it shows.
    pub const fn caption(&self) -> Option<&TableCaption> {
        self.caption.as_ref()
    }

    /// How many of the first rows name the columns.
    pub const fn header_rows(&self) -> usize {
        self.header_rows
    }

    /// All rows, header rows included.
    pub fn rows(&self) -> &[Vec<Cell>] {
        &self.rows
    }
}

described!(Table: table(), with TableCaption, Cell);

fn table() -> Object {
    let row = schema::list::<Cell>("A row.", Table::MAX_COLUMNS).min_items(Some(1));
    let rows = ArrayBuilder::new()
        .items(row)
        .description(Some("All rows, header rows included. Each has as many cells as the first."))
        .min_items(Some(1))
        .max_items(Some(Table::MAX_ROWS));
    let mut table = schema::object::<RawTable>();
    let header_rows =
        schema::count_from(0, "How many of the first rows name the columns.").maximum(Some(Table::MAX_ROWS));
    table.properties.insert("header_rows".to_owned(), header_rows.into());
    table.properties.insert("rows".to_owned(), rows.into());
    table
}

/// A table: every row has as many cells as the first.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RawTable {
    /// What it shows.
    caption: Option<TableCaption>,
    header_rows: usize,
    rows: Vec<Vec<Cell>>,
}

impl TryFrom<RawTable> for Table {
    type Error = Violation;

    fn try_from(RawTable { caption, header_rows, rows }: RawTable) -> Result<Self, Violation> {
        Self::parse(caption, header_rows, rows).map_err(|fault| fault.violation)
    }
}
