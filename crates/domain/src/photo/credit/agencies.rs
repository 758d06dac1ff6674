//! The agencies whose names make a bracket a credit: those that everybody knows, and those of the site. Whether a piece
//! of a line is one is asked here; what follows from it is not.

use std::collections::HashSet;

use super::OrganizationName;

/// One agency a line, its names separated by `|`; lines that begin with `#` say why.
const KNOWN: &str = include_str!("agencies.txt");

/// Names of agencies, picture services and libraries.
///
/// A name in capitals only ("AP", "REX") is known as it stands, because in small letters it is a word or a person; any
/// other is known whatever its capitals.
#[derive(Debug, Clone)]
pub struct Agencies {
    as_they_stand: HashSet<String>,
    in_small_letters: HashSet<String>,
}

impl Agencies {
    /// Those that everybody knows.
    pub fn known() -> Self {
        let mut agencies = Self { as_they_stand: HashSet::new(), in_small_letters: HashSet::new() };
        for line in KNOWN.lines().filter(|line| !line.starts_with('#')) {
            for name in line.split(" | ") {
                agencies.add(name);
            }
        }
        agencies
    }

    /// These, and those with which the site works.
    #[must_use]
    pub fn and(mut self, names: &[OrganizationName]) -> Self {
        for name in names {
            self.add(name.as_str());
        }
        self
    }

    /// Whether `name` is one of them.
    pub fn contains(&self, name: &str) -> bool {
        self.as_they_stand.contains(name) || self.in_small_letters.contains(&name.to_lowercase())
    }

    fn add(&mut self, name: &str) {
        let name = name.trim();
        if name.is_empty() {
            return;
        }
        if name.chars().any(char::is_lowercase) {
            self.in_small_letters.insert(name.to_lowercase());
        } else {
            self.as_they_stand.insert(name.to_owned());
        }
    }
}

impl Default for Agencies {
    fn default() -> Self {
        Self::known()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agency_of_capitals_is_not_the_word_in_small_letters() {
        let agencies = Agencies::known();
        for name in ["AP", "REUTERS", "Reuters", "dpa", "DPA", "EPA-EFE", "연합뉴스"] {
            assert!(agencies.contains(name), "{name}");
        }
        for name in ["ap", "Rex", "Pa", "", "Nordwire"] {
            assert!(!agencies.contains(name), "{name}");
        }
    }

    #[test]
    fn a_site_adds_those_with_which_it_works() {
        let nordwire = OrganizationName::parse("Nordwire").unwrap();
        assert!(Agencies::known().and(&[nordwire]).contains("NORDWIRE"));
    }

    #[test]
    fn each_name_in_the_file_is_there_once() {
        let names: Vec<_> = KNOWN
            .lines()
            .filter(|line| !line.starts_with('#'))
            .flat_map(|line| line.split(" | "))
            .filter(|name| !name.is_empty())
            .collect();
        let distinct: HashSet<_> = names.iter().collect();
        assert_eq!(distinct.len(), names.len());
    }
}
