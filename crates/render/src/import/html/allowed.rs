//! The elements and attributes of HTML that an import takes: those that blocks can hold, and those that only wrap or
//! look.

/// Elements that blocks and marks are made of.
const KEPT: [&str; 29] = [
    "a",
    "b",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "del",
    "em",
    "footer",
    "h2",
    "h3",
    "h4",
    "hr",
    "i",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "strike",
    "strong",
    "sub",
    "sup",
    "table",
    "td",
    "th",
    "tr",
    "ul",
];

/// Elements that say nothing of what is inside them.
const WRAPPERS: [&str; 6] = ["article", "div", "main", "section", "span", "time"];

/// Elements that the parser wants around others.
const FRAMES: [&str; 7] = ["body", "col", "colgroup", "head", "html", "tbody", "thead"];

/// Attributes that are for looks, scripts of a page that is not ours, or machines. They are left behind.
const LEFT_BEHIND: [&str; 25] = [
    "align",
    "bgcolor",
    "border",
    "cellpadding",
    "cellspacing",
    "class",
    "datetime",
    "dir",
    "height",
    "id",
    "itemprop",
    "name",
    "rel",
    "role",
    "scope",
    "style",
    "summary",
    "tabindex",
    "target",
    "title",
    "type",
    "valign",
    "width",
    "xml:lang",
    "xmlns",
];

/// Why an element cannot be kept; `None` where it can.
pub(super) fn element(name: &str) -> Option<&'static str> {
    match name {
        "h1" => Some("cannot be kept: the headline is a field of its own, and headings begin at level 2"),
        "h5" | "h6" => Some("cannot be kept: headings have the levels 2 to 4"),
        "img" | "figure" | "figcaption" | "picture" => {
            Some("cannot be kept: photos are uploaded, not pasted")
        }
        name if KEPT.contains(&name) || WRAPPERS.contains(&name) || FRAMES.contains(&name) => None,
        _ => Some("cannot be kept as a block"),
    }
}

/// Whether an element only wraps, and parts what is before it from what is after it.
pub(super) fn parts(name: &str) -> bool {
    matches!(name, "article" | "body" | "div" | "head" | "html" | "main" | "section")
}

/// Whether an attribute can be kept or left behind. What a handler of events would do is neither.
pub(super) fn attribute(element: &str, name: &str, value: &str) -> bool {
    match (element, name) {
        ("a", "href") | ("blockquote", "cite") | (_, "lang") => true,
        // A number that says the same as its place.
        ("ol", "start") | ("td" | "th", "colspan" | "rowspan") | ("col" | "colgroup", "span") => {
            value.trim() == "1"
        }
        (_, name) => LEFT_BEHIND.contains(&name) || name.starts_with("data-") || name.starts_with("aria-"),
    }
}
