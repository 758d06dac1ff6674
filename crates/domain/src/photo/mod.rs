//! Photos: what the picture desk knows of one. How an article uses it is in `block::photo`; files and pixels are the
//! business of the crate `media`.

pub mod credit;
