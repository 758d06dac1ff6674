//! `[comments]`: what readers may write below articles, and what becomes of it before a moderator reads it.

use domain::comment::settings::{CommentSettings, MaxDepth, MaxLength, MaxLinks, Mode, Moderation, OpenDays};
use domain::comment::words::{ListedWord, WordList};
use domain::violation::Violation;

use super::reader::Section;

/// The settings of comments, if all that is said of them is good.
pub(super) fn read(section: &mut Section<'_>) -> Option<CommentSettings> {
    let usual = CommentSettings::default();
    let mode = section.parsed(
        "mode",
        usual.mode.name(),
        "Whether articles have comments: open, closed (shown, and no more are taken) or disabled",
        Mode::parse,
    );
    let moderation = section.parsed(
        "moderation",
        usual.moderation.name(),
        "When readers see a comment: pre (once approved), post (at once) or trusted (the first of a commenter once approved)",
        Moderation::parse,
    );
    let open_days = section.number(
        "open_days",
        usual.open_days.map_or(0, OpenDays::number),
        0..=OpenDays::MAX,
        "Days after its publication from which an article takes no comments; 0 for none",
    );
    let max_depth = section.number(
        "max_depth",
        usual.max_depth.number(),
        0..=MaxDepth::MAX,
        "How many comments may stand above one; deeper replies hang on the one that is deep enough",
    );
    let max_length = section.number(
        "max_length",
        usual.max_length.number(),
        1..=MaxLength::MAX,
        "Most characters of a comment",
    );
    let max_links = section.number(
        "max_links",
        usual.max_links.number(),
        0..=MaxLinks::MAX,
        "Most links in a comment that is not held back",
    );
    let words = section.parsed("words", "", "Words that hold a comment back, apart by commas", |text| {
        let words = text.split(',').map(str::trim).filter(|word| !word.is_empty());
        WordList::parse(words.map(ListedWord::parse).collect::<Result<_, _>>()?)
    });
    Some(CommentSettings {
        edit_window_s: section.number(
            "edit_window_s",
            usual.edit_window_s,
            0..=86_400,
            "Seconds in which a commenter may change or take away a comment",
        ),
        reports_to_hold: section.number(
            "reports_to_hold",
            usual.reports_to_hold,
            1..=1000,
            "How many readers must report a comment for it to go back into the queue",
        ),
        min_fill_ms: section.number(
            "min_fill_ms",
            usual.min_fill_ms,
            0..=60_000,
            "Fastest that a person fills in the form, in milliseconds; what is faster is held back",
        ),
        flood_most: section.number(
            "flood_most",
            usual.flood_most,
            1..=10_000,
            "Most comments from one network in the window; past it 429",
        ),
        flood_window_s: section.number(
            "flood_window_s",
            usual.flood_window_s,
            1..=86_400,
            "The window in seconds",
        ),
        keep_addresses_days: section.number(
            "keep_addresses_days",
            usual.keep_addresses_days,
            0..=365,
            "Days after which the network address from which a comment came is forgotten",
        ),
        open_days: open_days_of(open_days).ok()?,
        max_depth: MaxDepth::parse(max_depth.into()).ok()?,
        max_length: MaxLength::parse(max_length.into()).ok()?,
        max_links: MaxLinks::parse(max_links.into()).ok()?,
        words: words?,
        mode: mode?,
        moderation: moderation?,
    })
}

fn open_days_of(days: u16) -> Result<Option<OpenDays>, Violation> {
    if days == 0 { Ok(None) } else { OpenDays::parse(days.into()).map(Some) }
}
