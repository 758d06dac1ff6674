//! Where an article meets a search, in the words that readers see now: what the terms of an index promise is held against
//! the article itself.

use std::collections::HashMap;
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

/// How many words a search remembers at most: those of a page of long articles. What comes behind is looked at each time.
const MOST_SEEN: usize = 20_000;

/// Words that were looked for, where they stand in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hit {
    /// Which phrase of the search.
    pub(super) phrase: usize,
    /// The octets of the text.
    pub(super) at: Range<usize>,
}

/// Holds articles against a search, one after the other, and remembers the words that it has seen: most of an article stand in
/// others too, and the stem of a word takes longer than all else about it.
#[derive(Debug)]
pub struct Seeker<'a> {
    text: &'a SearchText,
    /// By each grammar that an article has followed.
    grammars: Vec<ByGrammar>,
}

/// A search by one grammar.
#[derive(Debug)]
struct ByGrammar {
    grammar: Grammar,
    /// The words of all of them, each once.
    stems: Vec<String>,
    /// Each phrase as its words, all of which are there.
    phrases: Vec<Vec<Option<usize>>>,
    /// Which word of them a form is, of those forms that were seen.
    seen: HashMap<String, Option<usize>>,
}

impl<'a> Seeker<'a> {
    /// One that looks for a text.
    pub const fn of(text: &'a SearchText) -> Self {
        Self { text, grammars: Vec::new() }
    }

    /// Where an article meets the search; `None` where a phrase of it stands nowhere.
    pub fn meeting(&mut self, content: &Content, photos: &Photos<'_>) -> Option<Meeting> {
        let sought = self.by_grammar(Grammar::of(&content.language));
        let mut met = vec![false; sought.phrases.len()];
        let (mut headline, mut best, mut most) = (Vec::new(), None, 0);
        for text in texts(content, photos) {
            let words = words(&text.text);
            let hits = sought.hits(&words);
            for hit in &hits {
                met[hit.phrase] = true;
            }
            if text.part == Part::Headline {
                headline = passage::whole(&text.text, &hits);
                continue;
            }
            let count = distinct(hits.iter());
            if count > most {
                most = count;
                best = Some(passage::around(&text.text, &words, &hits));
            }
            if sought.phrases.len() == most as usize {
                break;
            }
        }
        met.iter().all(|met| *met).then_some(Meeting { headline, passage: best })
    }

    fn by_grammar(&mut self, grammar: Grammar) -> &mut ByGrammar {
        let known = self.grammars.iter().position(|known| known.grammar == grammar);
        let at = known.unwrap_or_else(|| {
            self.grammars.push(ByGrammar::of(self.text, grammar));
            self.grammars.len() - 1
        });
        &mut self.grammars[at]
    }
}

impl ByGrammar {
    fn of(text: &SearchText, grammar: Grammar) -> Self {
        let mut stems: Vec<String> = Vec::new();
        let mut place = |form: &String| {
            let stem = grammar.stem(form);
            let known = stems.iter().position(|known| *known == stem);
            known.or_else(|| {
                stems.push(stem);
                Some(stems.len() - 1)
            })
        };
        let phrases = text.phrases().iter().map(|phrase| phrase.iter().map(&mut place).collect()).collect();
        Self { grammar, stems, phrases, seen: HashMap::new() }
    }

    /// Which word of a search a form is.
    fn word(&mut self, form: &str) -> Option<usize> {
        if let Some(word) = self.seen.get(form) {
            return *word;
        }
        let stem = self.grammar.stem(form);
        let word = self.stems.iter().position(|sought| *sought == stem);
        if self.seen.len() < MOST_SEEN {
            self.seen.insert(form.to_owned(), word);
        }
        word
    }

    fn hits(&mut self, words: &[Word]) -> Vec<Hit> {
        let found: Vec<_> = words.iter().map(|word| self.word(&word.form)).collect();
        let mut hits = Vec::new();
        for i in (0..found.len()).filter(|i| found[*i].is_some()) {
            for (phrase, sought) in self.phrases.iter().enumerate() {
                if found[i..].starts_with(sought) {
                    let last = &words[i + sought.len() - 1];
                    hits.push(Hit { phrase, at: words[i].at.start..last.at.end });
                }
            }
        }
        hits
    }
}

/// How many different phrases these are of. A search has no more of them than words, of which it has few.
pub(super) fn distinct<'a>(hits: impl Iterator<Item = &'a Hit>) -> u32 {
    const { assert!(SearchText::MAX_WORDS <= u32::BITS as usize) };
    hits.fold(0_u32, |met, hit| met | 1 << hit.phrase).count_ones()
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
        let text = SearchText::parse(raw).unwrap();
        let found = Seeker::of(&text).meeting(content, photos)?;
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
    fn one_seeker_holds_articles_of_each_language_by_its_grammar() {
        let text = SearchText::parse("harbour gate").unwrap();
        let mut seeker = Seeker::of(&text);
        let english = article("Harbours and gates");
        let klingon = Content { language: Language::parse("tlh").unwrap(), ..english.clone() };
        for (article, is_met) in [(&english, true), (&klingon, false), (&english, true)] {
            assert_eq!(seeker.meeting(article, &Photos::new()).is_some(), is_met, "{:?}", article.language);
        }
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
