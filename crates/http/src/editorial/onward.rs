//! Lists in the order in which their items came to be, walked in one direction: users, invitations, links, revisions
//! and the audit log. What a walk back would be for, their filters do.

use actix_web::HttpRequest;
use domain::violation::Violation;
use serde::Serialize;

use crate::cursor;
use crate::problem::Problem;
use crate::problem::catalogue::Code;
use crate::read::query::{Query, Question};
use crate::reply::list::Page;
use crate::reply::told::ToldPage;
use crate::settings::Settings;

/// Which page is asked for.
pub(super) struct Onward {
    cursor: Option<String>,
    pub(super) limit: u16,
}

impl Question for Onward {
    fn read(query: &mut Query) -> Self {
        Self { limit: query.limit(), cursor: query.cursor() }
    }
}

impl Onward {
    /// The item behind which the page begins.
    pub(super) fn after<T>(
        &self,
        settings: &Settings,
        request: &HttpRequest,
        parse: impl Fn(&str) -> Result<T, Violation>,
    ) -> Result<Option<T>, Problem> {
        let read = |cursor: &String| {
            let place = cursor::items::read(&settings.cursor_key, &bound(request), cursor);
            place.and_then(|place| parse(&place).ok()).ok_or_else(|| Problem::new(Code::InvalidCursor))
        };
        self.cursor.as_ref().map(read).transpose()
    }

    /// The page of what was read, which is one item more than the page holds; `place` names an item.
    pub(super) fn page<T: Serialize>(
        &self,
        settings: &Settings,
        request: &HttpRequest,
        read: Vec<T>,
        place: impl Fn(&T) -> String,
    ) -> ToldPage<T> {
        let question = bound(request);
        let page = Page::behind(read, self.limit, |last| {
            cursor::items::write(&settings.cursor_key, &question, &place(last))
        });
        let address = format!("{}{}", settings.public_url, request.path());
        let links = page.page.links(&address, &cursor::question(request.query_string()));
        ToldPage { page, links }
    }
}

/// What a cursor of the list is bound to: the list and its filters.
fn bound(request: &HttpRequest) -> String {
    format!("{} {}", request.path(), cursor::question(request.query_string()))
}
