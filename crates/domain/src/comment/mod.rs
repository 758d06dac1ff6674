//! Readers' comments: a comment as the newsroom keeps it, and what is private of it apart. The texts that readers send,
//! and the steps that judge them, are in files of their own.

pub mod ban;
pub mod conflict;
pub mod email;
mod fold;
pub mod links;
pub mod name;
pub mod pipeline;
pub mod place;
pub mod repeat;
pub mod settings;
pub mod state;
pub mod step;
pub mod text;
pub mod words;
