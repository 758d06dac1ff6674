//! The terms by which an article is found: what every database keeps of it. Letters and digits, but for one sign of ours.

use std::collections::BTreeSet;

use super::stem::Grammar;
use super::text::SearchText;
pub use super::texts::Photos;
use super::texts::{Part, texts};
use super::words::stands_alone;
use crate::article::content::{ArticleKind, Content};
use crate::id::{ArticleId, ContributorId, SectionId, TagId};
use crate::language::Language;

/// Most octets of the terms of an article, those of its facts aside: of a text of more than some 30,000 words the rest is
/// not found. PostgreSQL takes a megabyte.
pub const MAX_OCTETS: usize = 512 * 1024;

/// The signs that stand in terms beside letters and digits: before a term of the headline, in that of a pair of words, and
/// before a fact.
pub const SIGNS: [char; 3] = [HEADLINE, PAIR, FACT];

const HEADLINE: char = '^';
const PAIR: char = '_';
const FACT: char = '=';

/// How many numbers there are for pairs of words.
const PAIRS: u32 = 1 << 18;

/// All terms of an article: the stems of its words, each two that stand side by side, both once more for the headline, and
/// the facts by which lists are narrowed.
pub fn terms(id: ArticleId, content: &Content, photos: &Photos<'_>) -> BTreeSet<String> {
    let grammar = Grammar::of(&content.language);
    let mut texts = texts(content, photos);
    // Should they be too many, the end of the body is what is missing.
    texts.sort_by_key(|text| text.part == Part::Body);
    let (mut terms, mut octets) = (BTreeSet::new(), 0);
    for text in texts {
        let stems = grammar.stems(&text.text);
        let pairs = stems.windows(2).map(pair);
        let words: Vec<_> = stems.iter().cloned().chain(pairs).collect();
        let own = words.iter().filter(|_| text.part == Part::Headline).map(|term| in_headline(term));
        for term in own.chain(words.iter().cloned()) {
            octets += if terms.contains(&term) { 0 } else { term.len() };
            if octets <= MAX_OCTETS {
                terms.insert(term);
            }
        }
    }
    terms.extend(facts(id, content));
    terms
}

fn facts(id: ArticleId, content: &Content) -> impl Iterator<Item = String> {
    let section = content.section.map(of_section);
    let tags = content.tags.as_slice().iter().map(|tag| of_tag(*tag));
    let contributors =
        content.bylines.as_slice().iter().filter_map(|byline| byline.contributor.map(of_contributor));
    let always = [of_article(id), of_kind(content.kind), of_language(&content.language)];
    always.into_iter().chain(section).chain(tags).chain(contributors)
}

/// A term by which an article of this id is found.
pub fn of_article(id: ArticleId) -> String {
    format!("{FACT}a{}", id.uuid().simple())
}

/// A term by which the articles of a section are found.
pub fn of_section(id: SectionId) -> String {
    format!("{FACT}s{}", id.uuid().simple())
}

/// A term by which articles are found that name this tag.
pub fn of_tag(id: TagId) -> String {
    format!("{FACT}t{}", id.uuid().simple())
}

/// A term by which articles are found whose bylines name this contributor.
pub fn of_contributor(id: ContributorId) -> String {
    format!("{FACT}c{}", id.uuid().simple())
}

/// A term by which the articles of a kind are found.
pub fn of_kind(kind: ArticleKind) -> String {
    format!("{FACT}k{}", kind.name())
}

/// A term by which the articles in a language are found.
pub fn of_language(language: &Language) -> String {
    format!("{FACT}l{}", language.as_str().to_lowercase().replace('-', &PAIR.to_string()))
}

/// The same term, in the headline.
pub fn in_headline(term: &str) -> String {
    format!("{HEADLINE}{term}")
}

/// Whether a term is one of the headline.
pub fn is_in_headline(term: &str) -> bool {
    term.starts_with(HEADLINE)
}

/// The term of two words that stand side by side: a number, which other pairs share. Most pairs stand in few articles: with a
/// term for each, those of a large archive would be tens of millions, and every article would bring hundreds that lie
/// anywhere among them. An article that has both words and the number without the pair is found for nothing: about one of
/// five hundred of those with both words, at the length of news.
fn pair(two: &[String]) -> String {
    let words = two.join(&PAIR.to_string());
    if is_plain(two) { words } else { format!("{PAIR}{:x}", crc32fast::hash(words.as_bytes()) % PAIRS) }
}

/// Whether a pair is a term as it stands, since its words are characters: such pairs are what is mostly looked for in their
/// script, whose characters stand in most articles, and there are not so many of them.
fn is_plain(two: &[String]) -> bool {
    two.iter().all(|word| word.chars().next().is_some_and(stands_alone))
}

/// Terms of which an article must have one.
pub type AnyOf = BTreeSet<String>;

/// What an article must have to be found by a text, each as the terms that it may be in one of these grammars: the pairs of its
/// phrases, which fewer have, and the words, but for those that a pair names.
pub fn sought(text: &SearchText, grammars: &[Grammar]) -> Vec<AnyOf> {
    let (mut pairs, mut words) = (Vec::new(), Vec::new());
    for phrase in text.phrases() {
        let stems: Vec<Vec<String>> =
            grammars.iter().map(|grammar| phrase.iter().map(|form| grammar.stem(form)).collect()).collect();
        let is_named = |i: usize| {
            let pairs = [i.checked_sub(1).map(|before| before..=i), Some(i..=i + 1)];
            let mut pairs = pairs.into_iter().flatten().filter(|pair| *pair.end() < phrase.len());
            pairs.any(|pair| stems.iter().all(|stems| is_plain(&stems[pair.clone()])))
        };
        let word = |i: usize| stems.iter().map(|stems| stems[i].clone()).collect();
        let pair = |i: usize| stems.iter().map(|stems| pair(&stems[i - 1..=i])).collect();
        pairs.extend((1..phrase.len()).map(pair));
        words.extend((0..phrase.len()).filter(|i| !is_named(*i)).map(word));
    }
    let mut all: Vec<AnyOf> = Vec::new();
    for any_of in pairs.into_iter().chain(words) {
        if !all.contains(&any_of) {
            all.push(any_of);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(raw: &str) -> Vec<String> {
        let english = Grammar::of(&Language::parse("en").unwrap());
        sought(&SearchText::parse(raw).unwrap(), &[english]).into_iter().flatten().collect()
    }

    /// They are kept in databases: another number for a pair asks for a migration.
    #[test]
    fn a_pair_of_words_has_its_number_for_good() {
        assert_eq!(of("\"sea gates\" harbours sea"), ["_3e935", "sea", "gate", "harbour"]);
        assert_eq!(of("well-known"), ["_1f224", "well", "known"]);
        assert_eq!(of("東京都"), ["東_京", "京_都"]);
        assert_eq!(of("มือ"), ["มื_อ"]);
        assert_eq!(of("JR東"), ["_3fa9b", "jr", "東"]);
    }

    #[test]
    fn pairs_lie_evenly_among_their_numbers() {
        let words: Vec<_> = (0..513).map(|n| format!("w{n}")).collect();
        let pairs = words.iter().flat_map(|one| words.iter().map(move |two| [one.clone(), two.clone()]));
        let numbers: BTreeSet<_> = pairs.map(|two| pair(&two)).collect();
        // By chance alone it would be 166,000.
        assert!(numbers.len() > 150_000, "{}", numbers.len());
    }
}
