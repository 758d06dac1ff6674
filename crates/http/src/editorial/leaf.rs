//! Lists in the order in which their items came to be, walked there and back: users, invitations, links, revisions and
//! the audit log. A place in one is the name of an item: its id or number.

use std::fmt::Display;

use actix_web::HttpRequest;
use domain::paging::{From, Slice};
use domain::violation::Violation;
use serde::Serialize;

use crate::cursor;
use crate::problem::Problem;
use crate::read::query::{Query, Question};
use crate::reply::list::{Page, Place};
use crate::reply::told::ToldPage;
use crate::settings::Settings;

/// Which page is asked for.
pub(super) struct Leaf {
    cursor: Option<String>,
    limit: u16,
}

impl Question for Leaf {
    fn read(query: &mut Query) -> Self {
        Self { limit: query.limit(), cursor: query.cursor() }
    }
}

impl Leaf {
    /// How many items are read: one more than the page holds, which tells whether there are more.
    pub(super) const fn reach(&self) -> u16 {
        self.limit.saturating_add(1)
    }

    /// Where the page lies.
    pub(super) fn from<P>(
        &self,
        settings: &Settings,
        request: &HttpRequest,
        parse: impl Fn(&str) -> Result<P, Violation>,
    ) -> Result<Option<From<P>>, Problem> {
        let read =
            |cursor: &String| cursor::read_named(&settings.cursor_key, &bound(request), cursor, &parse);
        self.cursor.as_ref().map(read).transpose()
    }

    /// The page of what was read from there; `place` names an item.
    pub(super) fn page<T: Serialize, P: Display>(
        &self,
        settings: &Settings,
        request: &HttpRequest,
        from: Option<&From<P>>,
        read: Vec<T>,
        place: impl Fn(&T) -> P,
    ) -> ToldPage<T> {
        let Slice { items: data, prev, next } = Slice::cut(read, self.limit, from, place);
        let question = bound(request);
        let cursor = |from: From<P>| {
            cursor::write(&settings.cursor_key, &question, from.map(|place| place.to_string()))
        };
        let page = Place { next_cursor: next.map(cursor), prev_cursor: prev.map(cursor), total: None };
        let address = format!("{}{}", settings.public_url, request.path());
        let links = page.links(&address, &cursor::question(request.query_string()));
        ToldPage { page: Page { data, page }, links }
    }
}

/// What a cursor of the list is bound to: the list and its filters.
fn bound(request: &HttpRequest) -> String {
    format!("{} {}", request.path(), cursor::question(request.query_string()))
}
