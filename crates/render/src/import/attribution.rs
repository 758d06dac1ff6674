//! Whose words a quote has, as people write it below: "— Ivo Grane, harbour minister".

use domain::block::quote::{Attribution, AttributionName, AttributionTitle};
use domain::violation::Violation;
use domain::web_url::WebUrl;

/// The dash before a name.
pub(super) const DASH: char = '—';

/// What stands between a name and what that person is.
const COMMA: &str = ", ";

/// Reads a line without its own marks: what stands before the first comma is the name.
pub(super) fn of_line(line: &str, source_url: Option<WebUrl>) -> Result<Attribution, Violation> {
    let line = line.trim().trim_start_matches([DASH, '–']).trim_start();
    match line.split_once(COMMA) {
        Some((name, title)) => of_parts(name, title, source_url),
        None => of_parts(line, "", source_url),
    }
}

/// Reads a name that is marked as one, and what follows it.
pub(super) fn of_parts(name: &str, rest: &str, source_url: Option<WebUrl>) -> Result<Attribution, Violation> {
    let title = rest.strip_prefix(COMMA).unwrap_or(rest).trim();
    Ok(Attribution {
        name: AttributionName::parse(name)?,
        title: if title.is_empty() { None } else { Some(AttributionTitle::parse(title)?) },
        source_url,
    })
}
