//! Queries: every parameter is known and stands once, or the request is refused with all that is wrong.

use std::ops::RangeInclusive;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use domain::json::unknown;
use domain::violation::{Faults, Rule, Violation};
use newsroom::error::Error;
use serde_json::json;
use utoipa::ToSchema;

use crate::api::shape::{self, Presence, Shape};
use crate::problem::Problem;

/// Fewest and most items of a page.
const LIMITS: RangeInclusive<u16> = 1..=100;

/// Items of a page where nothing is said.
const LIMIT: u16 = 20;

/// What a query can be read as.
pub(crate) trait Question: Sized + 'static {
    /// Reads it, or describes itself to a query that describes.
    fn read(query: &mut Query) -> Self;
}

/// An operation that takes no parameters.
impl Question for () {
    fn read(_: &mut Query) -> Self {}
}

/// The query of a request, read as `T`.
pub(crate) struct Asked<T>(pub(crate) T);

impl<T: Question> FromRequest for Asked<T> {
    type Error = Problem;
    type Future = std::future::Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        std::future::ready(read(request.query_string()).map(Self))
    }
}

fn read<T: Question>(raw: &str) -> Result<T, Problem> {
    Ok(parse(raw).map_err(Error::Invalid)?)
}

/// Reads a query as `T`.
pub(crate) fn parse<T: Question>(raw: &str) -> Result<T, Faults> {
    let mut query = Query::of(raw);
    let read = T::read(&mut query);
    query.finish()?;
    Ok(read)
}

/// What a reader of `T` asks for.
pub(crate) fn describe<T: Question>() -> Shape {
    let mut query = Query::of("");
    query.shape = Some(Shape::default());
    T::read(&mut query);
    query.shape.unwrap_or_default()
}

/// A query that is being read.
pub(crate) struct Query {
    given: Vec<(String, String)>,
    names: Vec<&'static str>,
    faults: Faults,
    shape: Option<Shape>,
}

impl Query {
    /// Begins to read; what is not the form of a query is taken by its letters, as browsers do.
    fn of(raw: &str) -> Self {
        let given = form(raw);
        let mut faults = Faults::new();
        for (i, (name, _)) in given.iter().enumerate() {
            if given[..i].iter().any(|(earlier, _)| earlier == name) {
                let twice = Violation::new(Rule::RepeatedParameter, "stands more than once");
                faults.push(twice.in_parameter(short(name)));
            }
        }
        Self { given, names: Vec::new(), faults, shape: None }
    }

    fn find<T>(&mut self, name: &'static str, parse: impl FnOnce(&str) -> Result<T, Violation>) -> Option<T> {
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

    /// A parameter.
    pub(crate) fn take<T: ToSchema>(
        &mut self,
        name: &'static str,
        parse: impl FnOnce(&str) -> Result<T, Violation>,
    ) -> Option<T> {
        if let Some(shape) = &mut self.shape {
            shape.note::<T>(name, Presence::Optional);
        }
        self.find(name, parse)
    }

    /// A parameter that must be there; where it is not, the query is refused whatever stands for it.
    pub(crate) fn required<T: ToSchema + Default>(
        &mut self,
        name: &'static str,
        parse: impl FnOnce(&str) -> Result<T, Violation>,
    ) -> T {
        if let Some(shape) = &mut self.shape {
            shape.note::<T>(name, Presence::Required);
        } else if !self.given.iter().any(|(given, _)| given == name) {
            self.faults.push(Violation::required().in_parameter(name));
        }
        self.find(name, parse).unwrap_or_default()
    }

    /// The id or the slug of a thing.
    pub(crate) fn name<T>(
        &mut self,
        name: &'static str,
        parse: impl FnOnce(&str) -> Result<T, Violation>,
    ) -> Option<T> {
        if let Some(shape) = &mut self.shape {
            shape.note_as(name, shape::name_of_thing(), Presence::Optional);
        }
        self.find(name, parse)
    }

    /// A parameter that is a list, with commas between its items.
    pub(crate) fn list<T: ToSchema>(
        &mut self,
        name: &'static str,
        most: usize,
        parse: impl Fn(&str) -> Result<T, Violation>,
    ) -> Option<Vec<T>> {
        if let Some(shape) = &mut self.shape {
            let items = shape::reference::<T>(&mut shape.components);
            let mut list = shape::list(&items, most);
            list["minItems"] = json!(1);
            shape.note_as(name, list, Presence::Optional);
        }
        self.find(name, |value| split(value, most, &parse))
    }

    /// One of a closed set of words.
    pub(crate) fn word<T: Copy>(&mut self, name: &'static str, words: &[(&'static str, T)]) -> Option<T> {
        if let Some(shape) = &mut self.shape {
            shape.note_as(name, shape::words(words.iter().map(|(word, _)| *word)), Presence::Optional);
        }
        self.find(name, |value| word(value, words))
    }

    /// Several of a closed set of words, with commas between them.
    pub(crate) fn words<T: Copy>(
        &mut self,
        name: &'static str,
        words: &[(&'static str, T)],
    ) -> Option<Vec<T>> {
        if let Some(shape) = &mut self.shape {
            let mut list = shape::list(&shape::words(words.iter().map(|(word, _)| *word)), words.len());
            list["minItems"] = json!(1);
            shape.note_as(name, list, Presence::Optional);
        }
        self.find(name, |value| split(value, words.len(), |item| word(item, words)))
    }

    /// A text of a form that no type of the document has.
    pub(crate) fn pattern<T>(
        &mut self,
        name: &'static str,
        pattern: &'static str,
        parse: impl FnOnce(&str) -> Result<T, Violation>,
    ) -> Option<T> {
        if let Some(shape) = &mut self.shape {
            let schema = json!({"type": "string", "maxLength": 100, "pattern": pattern});
            shape.note_as(name, schema, Presence::Optional);
        }
        self.find(name, parse)
    }

    /// Words that are looked for.
    pub(crate) fn words_sought<T>(
        &mut self,
        name: &'static str,
        most_chars: usize,
        parse: impl FnOnce(&str) -> Result<T, Violation>,
    ) -> Option<T> {
        if let Some(shape) = &mut self.shape {
            let schema =
                json!({"type": "string", "minLength": 1, "maxLength": most_chars, "example": "harbour"});
            shape.note_as(name, schema, Presence::Optional);
        }
        self.find(name, parse)
    }

    /// `limit`: how many items a page has. More than fit are a fault, never fewer in silence.
    pub(crate) fn limit(&mut self) -> u16 {
        self.number("limit", LIMITS, LIMIT)
    }

    /// A number of a range.
    pub(crate) fn number(&mut self, name: &'static str, range: RangeInclusive<u16>, usual: u16) -> u16 {
        let (least, most) = (*range.start(), *range.end());
        if let Some(shape) = &mut self.shape {
            let schema = json!({"type": "integer", "minimum": least, "maximum": most, "default": usual});
            shape.note_as(name, schema, Presence::Optional);
        }
        let parsed = self.find(name, |value| {
            let number = value.parse().ok().filter(|number: &u16| number.to_string() == value);
            number.filter(|number| range.contains(number)).ok_or_else(|| {
                let said = format!("must be a number from {least} to {most}");
                Violation::limited(Rule::OutOfRange, most.into(), said)
            })
        });
        parsed.unwrap_or(usual)
    }

    /// `cursor`: where a page begins, as an earlier page told it.
    pub(crate) fn cursor(&mut self) -> Option<String> {
        if let Some(shape) = &mut self.shape {
            shape.note_as("cursor", shape::cursor(), Presence::Optional);
        }
        self.find("cursor", |raw| Ok(raw.to_owned()))
    }

    /// `count=exact`: whether all items are counted.
    pub(crate) fn counted<T: Copy + Default>(&mut self, exact: T) -> T {
        self.word("count", &[("exact", exact)]).unwrap_or_default()
    }

    /// The faults that were found, and one for each parameter that nobody asked for.
    fn finish(mut self) -> Result<(), Faults> {
        for (name, _) in &self.given {
            if !self.names.contains(&name.as_str()) {
                let violation = unknown(name, &self.names, Rule::UnknownParameter);
                self.faults.push(violation.in_parameter(short(name)));
            }
        }
        self.faults.or(Some(()))
    }
}

fn split<T>(
    value: &str,
    most: usize,
    parse: impl Fn(&str) -> Result<T, Violation>,
) -> Result<Vec<T>, Violation> {
    let items: Vec<_> = value.split(',').collect();
    if items.len() > most {
        return Err(Violation::limited(Rule::TooMany, most, format!("at most {most} fit")));
    }
    items.into_iter().map(parse).collect()
}

/// One of a closed set of words.
fn word<T: Copy>(value: &str, words: &[(&str, T)]) -> Result<T, Violation> {
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
pub(super) fn form(raw: &str) -> Vec<(String, String)> {
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
