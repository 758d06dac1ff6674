//! The article: what it says, how it gets to readers, and every rule on the way. Blocks and spans are beside it.

pub mod aggregate;
pub mod amendment;
pub mod byline;
pub mod checks;
pub mod conflict;
pub mod content;
pub mod correction;
pub mod difference;
pub mod embargo;
pub mod publication;
pub mod publish;
pub mod review;
pub mod revision;
pub mod stage;
pub mod windows;
pub mod withdrawal;

#[cfg(test)]
mod command_tests;
#[cfg(test)]
mod life_tests;
