//! `[cache]`: how much a node keeps of what it has composed for readers.

use super::reader::Section;
use super::switch::Switch;

/// The settings of the cache.
#[derive(Debug, Clone, Copy)]
pub struct Cache {
    /// Whether finished answers are kept at all.
    pub enabled: Switch,
    /// Most octets of all that is kept.
    pub max_bytes: u64,
    /// How long a node that does not see what others do gives what it has, in seconds.
    pub blind_s: u32,
}

impl Cache {
    pub(super) fn read(section: &mut Section<'_>) -> Self {
        Self {
            enabled: section.key(
                "enabled",
                Switch::On,
                "Whether finished answers are kept for readers who ask the same; `off` is for measurements",
            ),
            max_bytes: section.number(
                "max_bytes",
                67_108_864,
                1_048_576..=68_719_476_736,
                "Most octets of the answers that a node keeps",
            ),
            blind_s: section.number(
                "blind_s",
                30,
                0..=600,
                "Seconds for which a node that PostgreSQL has not answered for 3 s gives what it keeps; then 503",
            ),
        }
    }

    /// Most octets of what is kept; none where nothing is.
    pub fn octets(&self) -> u64 {
        match self.enabled {
            Switch::On => self.max_bytes,
            Switch::Off => 0,
        }
    }
}
