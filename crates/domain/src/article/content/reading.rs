//! How long an article is to read.

use unicode_segmentation::UnicodeSegmentation;

use super::body::Body;
use crate::block::BlockKind;

/// How long a body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Reading {
    /// Words (Unicode Standard Annex 29); in scripts without spaces, such as Chinese, each character counts as one.
    pub words: u32,
    /// Minutes, rounded up; 0 only where there is nothing to read.
    pub minutes: u32,
}

impl Reading {
    /// How fast adults read prose silently, in words per minute (Brysbaert 2019, non-fiction in English: 238).
    pub const WORDS_PER_MINUTE: u32 = 238;

    /// How fast Chinese and Japanese are read, in characters per minute (Brysbaert 2019: 260 words of about 1.5).
    pub const IDEOGRAPHS_PER_MINUTE: u32 = 390;

    /// Counts all that readers see of a body.
    pub fn of(body: &Body) -> Self {
        let delivered = body.blocks().iter().filter(|block| !matches!(block.kind, BlockKind::Unsupported(_)));
        let (mut words, mut ideographs) = (0_u32, 0_u32);
        for block in delivered {
            for word in block.kind.plain_text().unicode_words() {
                if word.chars().all(is_ideograph) { ideographs += 1 } else { words += 1 }
            }
        }
        // Both parts in one unit, so that rounding happens once.
        let work = words * Self::IDEOGRAPHS_PER_MINUTE + ideographs * Self::WORDS_PER_MINUTE;
        let minutes = work.div_ceil(Self::WORDS_PER_MINUTE * Self::IDEOGRAPHS_PER_MINUTE);
        Self { words: words + ideographs, minutes }
    }
}

/// Letters of scripts that do not put spaces between words and of which [`UnicodeSegmentation`] gives single ones.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{309f}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}
