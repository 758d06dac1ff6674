//! The documents that are printed from the code, so that they cannot say anything else. What they list is decided in
//! the crates that own it.

pub mod permissions;

/// The text of docs/errors.md.
pub fn errors() -> String {
    http::problem::catalogue::document()
}

/// The text of openapi/openapi.json.
pub fn openapi() -> String {
    http::openapi()
}
