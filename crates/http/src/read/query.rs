//! Queries: every parameter is known and stands once, or the request is refused with all that is wrong.

use domain::violation::{Faults, Rule, Violation};

use super::members::unknown;

/// Fewest and most items of a page.
const LIMITS: std::ops::RangeInclusive<u16> = 1..=100;

/// Items of a page where nothing is said.
const LIMIT: u16 = 20;

/// A query that is being read.
pub(crate) struct Query {
    given: Vec<(String, String)>,
    names: Vec<&'static str>,
    faults: Faults,
}

impl Query {
    /// Begins to read; what is not the form of a query is taken by its letters, as browsers do.
    pub(crate) fn of(raw: &str) -> Self {
        let given = form(raw);
        let mut faults = Faults::new();
        for (i, (name, _)) in given.iter().enumerate() {
            if given[..i].iter().any(|(earlier, _)| earlier == name) {
                let twice = Violation::new(Rule::RepeatedParameter, "stands more than once");
                faults.push(twice.in_parameter(short(name)));
            }
        }
        Self { given, names: Vec::new(), faults }
    }

    /// A parameter.
    pub(crate) fn take<T>(
        &mut self,
        name: &'static str,
        parse: impl FnOnce(&str) -> Result<T, Violation>,
    ) -> Option<T> {
        self.names.push(name);
        let (_, value) = self.given.iter().find(|(given, _)| given == name)?;
        match parse(value) {
            Ok(value) => Some(value),
            Err(violation) => {
                self.faults.push(violation.in_parameter(name));
                None
            }
        }
    }

    /// A parameter that is a list, with commas between its items.
    pub(crate) fn list<T>(
        &mut self,
        name: &'static str,
        most: usize,
        parse: impl Fn(&str) -> Result<T, Violation>,
    ) -> Option<Vec<T>> {
        self.take(name, |value| {
            let items: Vec<_> = value.split(',').collect();
            if items.len() > most {
                return Err(Violation::limited(Rule::TooMany, most, format!("at most {most} fit")));
            }
            items.into_iter().map(parse).collect()
        })
    }

    /// `limit`: how many items a page has. More than fit are a fault, never fewer in silence.
    pub(crate) fn limit(&mut self) -> u16 {
        let parsed = self.take("limit", |value| {
            let number = value.parse().ok().filter(|number: &u16| number.to_string() == value);
            number
                .filter(|limit| LIMITS.contains(limit))
                .ok_or_else(|| Violation::limited(Rule::OutOfRange, 100, "must be a number from 1 to 100"))
        });
        parsed.unwrap_or(LIMIT)
    }

    /// The faults that were found, and one for each parameter that nobody asked for.
    pub(crate) fn finish(mut self) -> Result<(), Faults> {
        for (name, _) in &self.given {
            if !self.names.contains(&name.as_str()) {
                let violation = unknown(name, &self.names, Rule::UnknownParameter);
                self.faults.push(violation.in_parameter(short(name)));
            }
        }
        self.faults.or(Some(()))
    }
}

/// One of a closed set of words.
pub(crate) fn word<T: Copy>(value: &str, words: &[(&str, T)]) -> Result<T, Violation> {
    let found = words.iter().find(|(word, _)| *word == value).map(|(_, meant)| *meant);
    found.ok_or_else(|| {
        let known: Vec<_> = words.iter().map(|(word, _)| *word).collect();
        Violation::new(Rule::UnknownValue, format!("must be one of {}", known.join(", ")))
    })
}

fn short(name: &str) -> String {
    name.chars().take(100).collect()
}

/// The pairs of a query (URL standard, 5.1).
fn form(raw: &str) -> Vec<(String, String)> {
    actix_web::web::Query::<Vec<(String, String)>>::from_query(raw)
        .map(actix_web::web::Query::into_inner)
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(raw: &str) -> Vec<&'static str> {
        let mut query = Query::of(raw);
        query.limit();
        query.list("tag", 2, |item| Ok::<_, Violation>(item.to_owned()));
        query.finish().err().into_iter().flatten().map(|fault| fault.violation.rule.code()).collect()
    }

    // abuse: IN-11
    #[test]
    fn every_parameter_is_known_and_stands_once() {
        assert!(told("").is_empty());
        assert!(told("limit=100&tag=a%2Cb").is_empty());
        assert_eq!(told("limit=101"), ["out_of_range"]);
        assert_eq!(told("limit=+5"), ["out_of_range"]);
        assert_eq!(told("limit=1&limit=2"), ["repeated_parameter"]);
        assert_eq!(told("tag=a,b,c"), ["too_many"]);
        assert_eq!(told("limt=3&a=1"), ["unknown_parameter", "unknown_parameter"]);
    }
}
