//! Which members of an article an answer carries.

/// Whether the body is asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Body {
    /// As blocks.
    #[default]
    Blocks,
    /// Not at all.
    None,
}
