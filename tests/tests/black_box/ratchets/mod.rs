//! Rules of the house about the code itself. Each only ever gets stricter.

mod access;
mod documents;
mod layers;
mod openapi;
mod security;
mod statements;
mod tidy;
