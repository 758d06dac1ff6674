//! What the file of a photo says of it, the sizes it is served in, and where its bytes lie.
//!
//! **Invariant:** every byte of an uploaded file is hostile. What is read of one is bounded before it is allocated, and
//! nothing of one is served: what readers get has been decoded and encoded again.

pub mod limits;
pub mod metadata;
pub mod objects;
pub mod pixels;
pub mod refusal;
pub mod renditions;
#[cfg(test)]
mod samples;
mod size;
pub mod sniff;
