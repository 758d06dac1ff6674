//! Archives of different sizes, and what they are asked.

pub mod archive;
pub mod question;
pub mod shelf;
pub mod words;
