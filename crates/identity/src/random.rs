//! Random bytes of the operating system, for secrets. Ids are not made here.

/// The operating system gives no random bytes. No secret is made then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the operating system gives no random bytes")]
pub struct NoRandomness;

/// `N` bytes that nobody can foretell.
pub(crate) fn bytes<const N: usize>() -> Result<[u8; N], NoRandomness> {
    let mut drawn = [0; N];
    getrandom::fill(&mut drawn).map_err(|_| NoRandomness)?;
    Ok(drawn)
}
