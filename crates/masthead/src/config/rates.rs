//! `[rates]`: how many requests one client may send in a minute.

use super::reader::Section;

/// The limits of clients, in requests of a minute; 0 is none.
#[derive(Debug, Clone, Copy)]
pub struct Rates {
    /// Reads of what everybody may read, from one network.
    pub reads: u32,
    /// Reads of renditions of photos, from one network.
    pub media: u32,
    /// Both, with one API key.
    pub keyed_reads: u32,
    /// Comments, sign-ins and all else that those send who are not signed in, from one network.
    pub anonymous_writes: u32,
    /// Reads of one who is signed in.
    pub editor_reads: u32,
    /// Changes of one who is signed in.
    pub editor_writes: u32,
}

/// The highest limit that can be set.
const MOST: u32 = 1_000_000_000;

impl Rates {
    pub(super) fn read(section: &mut Section<'_>) -> Self {
        Self {
            reads: section.number(
                "reads",
                12_000,
                0..=MOST,
                "Most reads of one network in a minute, but of photos; past it 429; 0: any number",
            ),
            media: section.number(
                "media",
                30_000,
                0..=MOST,
                "Most reads of renditions of photos of one network in a minute; 0: any number",
            ),
            keyed_reads: section.number(
                "keyed_reads",
                120_000,
                0..=MOST,
                "Most reads of both with one API key in a minute, instead; 0: any number",
            ),
            anonymous_writes: section.number(
                "anonymous_writes",
                300,
                0..=MOST,
                "Most comments, sign-ins and the like of one network in a minute; 0: any number",
            ),
            editor_reads: section.number(
                "editor_reads",
                3000,
                0..=MOST,
                "Most reads of one who is signed in, in a minute; 0: any number",
            ),
            editor_writes: section.number(
                "editor_writes",
                600,
                0..=MOST,
                "Most changes of one who is signed in, in a minute; 0: any number",
            ),
        }
    }
}
