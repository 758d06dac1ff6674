//! Where an article meets a search, in the words that readers see now: what the terms of an index promise is held against
//! the article itself.

use std::ops::Range;

use super::passage;
use super::stem::Grammar;
use super::terms::Photos;
use super::text::SearchText;
use super::texts::{Part, texts};
use super::words::{Word, words};
use crate::article::content::Content;

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// As it stands.
    Plain(String),
    /// Words that were looked for.
    Sought(String),
}

/// Where an article meets a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// The headline.
    pub headline: Vec<Piece>,
    /// The part of its other texts in which most is; none where all is in the headline alone.
    pub passage: Option<Vec<Piece>>,
}

/// Words that were looked for, where they stand in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hit {
    /// Which phrase of the search.
    pub(super) phrase: usize,
    /// The octets of the text.
    pub(super) at: Range<usize>,
}

/// Where the article meets the search; `None` where a phrase of it stands nowhere.
pub fn meeting(text: &SearchText, content: &Content, photos: &Photos<'_>) -> Option<Meeting> {
    let grammar = Grammar::of(&content.language);
    let phrases: Vec<Vec<String>> =
        text.phrases().iter().map(|phrase| phrase.iter().map(|form| grammar.stem(form)).collect()).collect();
    let mut met = vec![false; phrases.len()];
    let (mut headline, mut best, mut most) = (Vec::new(), None, 0);
    for text in texts(content, photos) {
        let words = words(&text.text);
        let hits = hits(&phrases, &words, grammar);
        for hit in &hits {
            met[hit.phrase] = true;
        }
        if text.part == Part::Headline {
            headline = passage::whole(&text.text, &hits);
            continue;
        }
        let count = distinct(&hits);
        if count > most {
            most = count;
            best = Some(passage::around(&text.text, &words, &hits));
        }
        if most == phrases.len() {
            break;
        }
    }
    met.iter().all(|met| *met).then_some(Meeting { headline, passage: best })
}

fn hits(phrases: &[Vec<String>], words: &[Word], grammar: Grammar) -> Vec<Hit> {
    let stems: Vec<_> = words.iter().map(|word| grammar.stem(&word.form)).collect();
    let mut hits = Vec::new();
    for i in 0..stems.len() {
        for (phrase, sought) in phrases.iter().enumerate() {
            if stems[i..].starts_with(sought) {
                let last = &words[i + sought.len() - 1];
                hits.push(Hit { phrase, at: words[i].at.start..last.at.end });
            }
        }
    }
    hits
}

/// How many different phrases these are of.
pub(super) fn distinct(hits: &[Hit]) -> usize {
    let first = |(i, hit): (usize, &Hit)| hits[..i].iter().all(|earlier| earlier.phrase != hit.phrase);
    hits.iter().enumerate().filter(|hit| first(*hit)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::content::texts::Headline;
    use crate::block::photo::{PhotoCaption, PhotoUse};
    use crate::id::PhotoId;
    use crate::language::Language;
    use crate::photo::facts::PhotoFacts;
    use crate::slug::Slug;
    use uuid::Uuid;

    fn article(headline: &str) -> Content {
        let slug = Slug::parse("a").unwrap();
        Content::begun(Headline::parse(headline).unwrap(), slug, Language::parse("en").unwrap())
    }

    fn told(pieces: &[Piece]) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Plain(text) => text.clone(),
            Piece::Sought(text) => format!("[{text}]"),
        };
        pieces.iter().map(piece).collect()
    }

    fn met(raw: &str, content: &Content, photos: &Photos<'_>) -> Option<(String, Option<String>)> {
        let found = meeting(&SearchText::parse(raw).unwrap(), content, photos)?;
        Some((told(&found.headline), found.passage.map(|passage| told(&passage))))
    }

    #[test]
    fn all_of_a_search_must_be_there_and_phrases_side_by_side() {
        let article = article("Harbour talks resume in Varn’s harbours");
        let none = Photos::new();
        let headline = |raw: &str| met(raw, &article, &none).map(|(headline, _)| headline);
        assert_eq!(headline("harbour"), Some("[Harbour] talks resume in Varn’s [harbours]".into()));
        assert_eq!(
            headline("\"talk resumes\" harbour"),
            Some("[Harbour] [talks resume] in Varn’s [harbours]".into())
        );
        assert_eq!(
            headline("\"harbour talks\" \"talks resume\""),
            Some("[Harbour talks resume] in Varn’s harbours".into())
        );
        assert_eq!(headline("\"resume talks\""), None);
        assert_eq!(headline("harbour strike"), None);
    }

    #[test]
    fn a_photo_that_readers_do_not_see_is_not_met() {
        let mut content = article("Gates hold");
        let id = PhotoId::new(Uuid::from_u128(1));
        content.lead_photo = Some(PhotoUse::of(id));
        let facts =
            PhotoFacts { caption: Some(PhotoCaption::parse("High tide.").unwrap()), ..PhotoFacts::default() };
        let shown: Photos<'_> = [(id, &facts)].into();
        assert_eq!(
            met("tide gates", &content, &shown),
            Some(("[Gates] hold".into(), Some("High [tide].".into())))
        );
        assert_eq!(met("tide gates", &content, &Photos::new()), None);
    }
}
