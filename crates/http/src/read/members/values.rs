//! Members that are one value: a text, a name of a thing, a number, yes or no.

use chrono::TimeDelta;
use domain::article::content::change::Change;
use domain::json::wrong_type;
use domain::violation::{Faults, Rule, Violation};
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::{Members, at};
use crate::api::shape::{self, Presence};

impl Members {
    /// A text that `null` clears.
    pub(crate) fn text<T: ToSchema>(
        &mut self,
        name: &'static str,
        parse: impl FnOnce(&str) -> Result<T, Violation>,
    ) -> Change<T> {
        self.note::<T>(name, Presence::Clearable);
        self.change(name, |value| text(name, &value, parse))
    }

    /// A text that can be changed but not cleared.
    pub(crate) fn lasting_text<T: ToSchema>(
        &mut self,
        name: &'static str,
        parse: impl FnOnce(&str) -> Result<T, Violation>,
    ) -> Change<T> {
        self.note::<T>(name, Presence::Optional);
        let change = self.change(name, |value| text(name, &value, parse));
        self.uncleared(name, change)
    }

    /// A text that must be there.
    pub(crate) fn required<T: ToSchema>(
        &mut self,
        name: &'static str,
        parse: impl FnOnce(&str) -> Result<T, Violation>,
    ) -> Option<T> {
        self.note::<T>(name, Presence::Required);
        if self.misses(name) {
            return None;
        }
        self.change(name, |value| text(name, &value, parse)).or(None)
    }

    /// A text that must be there and of which the document says no more than its longest length, in characters.
    pub(crate) fn required_private<T>(
        &mut self,
        name: &'static str,
        most_chars: usize,
        example: &str,
        parse: impl FnOnce(&str) -> Result<T, Violation>,
    ) -> Option<T> {
        if let Some(shape) = &mut self.shape {
            let schema = json!({"type": "string", "maxLength": most_chars, "example": example});
            shape.note_as(name, schema, Presence::Required);
        }
        if self.misses(name) {
            return None;
        }
        let change = self.change(name, |value| {
            text(name, &value, |raw| {
                if raw.chars().count() > most_chars {
                    let detail = format!("at most {most_chars} characters fit");
                    return Err(Violation::limited(Rule::TooLong, most_chars, detail));
                }
                parse(raw)
            })
        });
        change.or(None)
    }

    /// The id or slug of a thing, which `null` clears.
    pub(crate) fn name<T>(
        &mut self,
        name: &'static str,
        parse: impl FnOnce(&str) -> Result<T, Violation>,
    ) -> Change<T> {
        if let Some(shape) = &mut self.shape {
            shape.note_as(name, shape::name_of_thing(), Presence::Clearable);
        }
        self.change(name, |value| text(name, &value, parse))
    }

    /// The id or slug of a thing that must be named.
    pub(crate) fn required_name<T>(
        &mut self,
        name: &'static str,
        parse: impl FnOnce(&str) -> Result<T, Violation>,
    ) -> Option<T> {
        if let Some(shape) = &mut self.shape {
            shape.note_as(name, shape::name_of_thing(), Presence::Required);
        }
        if self.misses(name) {
            return None;
        }
        self.change(name, |value| text(name, &value, parse)).or(None)
    }

    /// Yes or no.
    pub(crate) fn flag(&mut self, name: &'static str) -> Change<bool> {
        self.note::<bool>(name, Presence::Optional);
        let change =
            self.change(name, |value| value.as_bool().ok_or_else(|| at(name, wrong_type("true or false"))));
        self.uncleared(name, change)
    }

    /// A number of seconds, of which the document says that it is at most `longest`; whether it fits is the domain's.
    pub(crate) fn seconds(&mut self, name: &'static str, longest: TimeDelta) -> Change<u32> {
        if let Some(shape) = &mut self.shape {
            let most = longest.num_seconds();
            let schema = json!({"type": "integer", "minimum": 1, "maximum": most, "example": 86400});
            shape.note_as(name, schema, Presence::Clearable);
        }
        self.change(name, |value| {
            let seconds = value.as_u64().and_then(|seconds| u32::try_from(seconds).ok());
            seconds.ok_or_else(|| at(name, wrong_type("a number of seconds")))
        })
    }
}

fn text<T>(name: &str, value: &Value, parse: impl FnOnce(&str) -> Result<T, Violation>) -> Result<T, Faults> {
    let text = value.as_str().ok_or_else(|| at(name, wrong_type("a string")))?;
    parse(text).map_err(|violation| at(name, violation))
}
