//! Rules of the house about the code itself. Each only ever gets stricter.

mod documents;
mod layers;
mod security;
mod tidy;
