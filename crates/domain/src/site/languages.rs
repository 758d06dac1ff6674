//! The languages in which a site is written. What a language is, is in `language`.

use crate::language::Language;
use crate::violation::{Rule, Violation};

/// The language of an article that names none, and those that an article may name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Languages {
    usual: Language,
    named: Vec<Language>,
}

impl Languages {
    /// Takes over `named`, which holds `usual` and each language once. Where it is empty, an article may be in any
    /// language.
    pub fn parse(usual: Language, named: Vec<Language>) -> Result<Self, Violation> {
        if named.iter().enumerate().any(|(i, language)| named[..i].contains(language)) {
            return Err(Violation::new(Rule::Duplicate, "names a language twice"));
        }
        if !named.is_empty() && !named.contains(&usual) {
            let detail = format!("must name {usual} too, the language of articles that name none");
            return Err(Violation::new(Rule::Inconsistent, detail));
        }
        Ok(Self { usual, named })
    }

    /// The language of an article that names none.
    pub const fn usual(&self) -> &Language {
        &self.usual
    }

    /// The languages that an article may name, in the order in which the site names them; empty where any will do.
    pub fn named(&self) -> &[Language] {
        &self.named
    }

    /// Refuses a language in which the site is not written.
    pub fn admits(&self, language: &Language) -> Result<(), Violation> {
        if self.named.is_empty() || self.named.contains(language) {
            return Ok(());
        }
        let names: Vec<_> = self.named.iter().map(Language::as_str).collect();
        Err(Violation::new(Rule::UnknownValue, format!("must be one of {}", names.join(", "))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn languages(usual: &str, named: &[&str]) -> Result<Languages, Rule> {
        let language = |raw: &&str| Language::parse(raw).unwrap();
        Languages::parse(language(&usual), named.iter().map(language).collect()).map_err(|broken| broken.rule)
    }

    #[test]
    fn a_site_that_names_its_languages_is_written_in_no_other() {
        let nordic = languages("nb", &["nb", "nn"]).unwrap();
        assert_eq!(nordic.admits(&Language::parse("nn").unwrap()), Ok(()));
        let refused = nordic.admits(&Language::parse("en").unwrap()).unwrap_err();
        assert_eq!((refused.rule, refused.detail.as_str()), (Rule::UnknownValue, "must be one of nb, nn"));
        assert_eq!(languages("nb", &[]).unwrap().admits(&Language::parse("en").unwrap()), Ok(()));
    }

    #[test]
    fn the_usual_language_is_one_of_those_named() {
        assert_eq!(languages("en", &["nb", "nn"]), Err(Rule::Inconsistent));
        assert_eq!(languages("nb", &["nb", "nn", "nb"]), Err(Rule::Duplicate));
    }
}
