//! `[log]`: how much is logged.

use super::reader::Section;

/// The settings of the log.
#[derive(Debug, Clone)]
pub struct Log {
    /// A level, or levels per target.
    pub filter: String,
}

impl Log {
    pub(super) fn read(section: &mut Section<'_>) -> Self {
        Self {
            filter: section.key(
                "filter",
                "info,actix_server=warn".to_owned(),
                "What is logged: error, warn, info, debug or trace, also per target, such as info,store=debug",
            ),
        }
    }
}
