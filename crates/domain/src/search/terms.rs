//! The terms by which an article is found: what every database keeps of it. Letters and digits, but for one sign of ours.

use std::collections::BTreeSet;

use super::stem::Grammar;
use super::text::SearchText;
pub use super::texts::Photos;
use super::texts::{Part, texts};
use crate::article::content::{ArticleKind, Content};
use crate::id::{ArticleId, ContributorId, SectionId, TagId};
use crate::language::Language;

/// Most octets of the terms of an article, those of its facts aside: of a text of more than some 30,000 words the rest is
/// not found. PostgreSQL takes a megabyte.
pub const MAX_OCTETS: usize = 512 * 1024;

/// The signs that stand in terms beside letters and digits: before a term of the headline, between the words of a pair, and
/// before a fact.
pub const SIGNS: [char; 3] = [HEADLINE, PAIR, FACT];

const HEADLINE: char = '^';
const PAIR: char = '_';
const FACT: char = '=';

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

fn pair(two: &[String]) -> String {
    two.join(&PAIR.to_string())
}

/// Terms of which an article must have one.
pub type AnyOf = BTreeSet<String>;

/// What an article must have to be found by a text, each as the terms that it may be in one of these grammars.
pub fn sought(text: &SearchText, grammars: &[Grammar]) -> Vec<AnyOf> {
    let mut all = Vec::new();
    for phrase in text.phrases() {
        let stems: Vec<Vec<String>> =
            grammars.iter().map(|grammar| phrase.iter().map(|form| grammar.stem(form)).collect()).collect();
        if let [_] = phrase.as_slice() {
            all.push(stems.into_iter().flatten().collect());
        } else {
            let pairs =
                (0..phrase.len() - 1).map(|i| stems.iter().map(|stems| pair(&stems[i..=i + 1])).collect());
            all.extend(pairs);
        }
    }
    all
}
