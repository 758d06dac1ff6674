//! Rules of the house about the code itself. Each only ever gets stricter.

mod layers;
mod tidy;
