//! Broken rules: one [`Violation`], its place in the input ([`Fault`]), and all of an input ([`Faults`]).

use std::fmt;

use crate::schema::named;

/// The rule that a value breaks. Its [`code`](Rule::code) is part of the public contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rule {
    /// A member that must be there is absent or `null`.
    Required,
    /// More characters, octets or digits than the limit.
    TooLong,
    /// Fewer characters than the limit.
    TooShort,
    /// More items than the limit.
    TooMany,
    /// Fewer items than the limit.
    TooFew,
    /// A control character where only text may stand.
    ControlCharacter,
    /// An invisible or direction-changing character in a name.
    InvisibleCharacter,
    /// The value does not have the form that its kind demands.
    BadFormat,
    /// An address with a scheme or form that we do not link to.
    BadUrl,
    /// A number or time outside its range.
    OutOfRange,
    /// A word that our own addresses need.
    Reserved,
    /// A value that must be unique stands elsewhere already.
    Taken,
    /// The same value twice in one list.
    Duplicate,
    /// The JSON type is another than the contract's.
    WrongType,
    /// Not one of the closed set of values.
    UnknownValue,
    /// A member that the contract does not have.
    UnknownField,
    /// A query parameter that the contract does not have.
    UnknownParameter,
    /// A query parameter that is given more often than once.
    RepeatedParameter,
    /// A member that only the server sets.
    ReadOnly,
    /// Names something that does not exist.
    UnknownReference,
    /// A comment to which nobody can reply, because readers do not see it.
    ParentNotVisible,
    /// Two members that exclude each other, or a member that needs another.
    Inconsistent,
    /// Markup that our blocks cannot hold.
    UnsupportedMarkup,
    /// A password that is on the list of common ones.
    TooCommon,
    /// A password that contains the account's own names.
    ContainsIdentity,
}

impl Rule {
    /// The stable code of `errors[].code` in a problem document.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::TooLong => "too_long",
            Self::TooShort => "too_short",
            Self::TooMany => "too_many",
            Self::TooFew => "too_few",
            Self::ControlCharacter => "control_character",
            Self::InvisibleCharacter => "invisible_character",
            Self::BadFormat => "bad_format",
            Self::BadUrl => "bad_url",
            Self::OutOfRange => "out_of_range",
            Self::Reserved => "reserved",
            Self::Taken => "taken",
            Self::Duplicate => "duplicate",
            Self::WrongType => "wrong_type",
            Self::UnknownValue => "unknown_value",
            Self::UnknownField => "unknown_field",
            Self::UnknownParameter => "unknown_parameter",
            Self::RepeatedParameter => "repeated_parameter",
            Self::ReadOnly => "read_only",
            Self::UnknownReference => "unknown_reference",
            Self::ParentNotVisible => "parent_not_visible",
            Self::Inconsistent => "inconsistent",
            Self::UnsupportedMarkup => "unsupported_markup",
            Self::TooCommon => "too_common",
            Self::ContainsIdentity => "contains_identity",
        }
    }

    /// Every rule, for the generated list of error codes.
    pub const ALL: [Self; 25] = [
        Self::Required,
        Self::TooLong,
        Self::TooShort,
        Self::TooMany,
        Self::TooFew,
        Self::ControlCharacter,
        Self::InvisibleCharacter,
        Self::BadFormat,
        Self::BadUrl,
        Self::OutOfRange,
        Self::Reserved,
        Self::Taken,
        Self::Duplicate,
        Self::WrongType,
        Self::UnknownValue,
        Self::UnknownField,
        Self::UnknownParameter,
        Self::RepeatedParameter,
        Self::ReadOnly,
        Self::UnknownReference,
        Self::ParentNotVisible,
        Self::Inconsistent,
        Self::UnsupportedMarkup,
        Self::TooCommon,
        Self::ContainsIdentity,
    ];
}

named! {
    Rule by code: "The rule that a value breaks."
}

/// One broken rule of one value, not yet knowing where in the input the value stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Which rule.
    pub rule: Rule,
    /// What to change, for a person; never an echo of more than a short public name.
    pub detail: String,
    /// The number that the rule compares with, where it has one.
    pub limit: Option<u64>,
}

impl Violation {
    /// A violation of a rule that has no number.
    pub fn new(rule: Rule, detail: impl Into<String>) -> Self {
        Self { rule, detail: detail.into(), limit: None }
    }

    /// A violation of a rule that compares with `limit`.
    pub fn limited(rule: Rule, limit: usize, detail: impl Into<String>) -> Self {
        Self { rule, detail: detail.into(), limit: Some(limit as u64) }
    }

    /// A member that must be there is not.
    pub fn required() -> Self {
        Self::new(Rule::Required, "is required")
    }

    /// This violation, placed at a JSON pointer.
    pub fn at(self, pointer: impl Into<String>) -> Fault {
        Fault { place: Place::Pointer(pointer.into()), violation: self }
    }

    /// This violation, placed at a query parameter.
    pub fn in_parameter(self, name: impl Into<String>) -> Fault {
        Fault { place: Place::Parameter(name.into()), violation: self }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.rule.code(), self.detail)
    }
}

impl std::error::Error for Violation {}

/// Where in the input a faulty value stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A JSON pointer into the body (RFC 6901); empty for the whole body.
    Pointer(String),
    /// The name of a query parameter.
    Parameter(String),
}

/// A violation with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where.
    pub place: Place,
    /// What.
    pub violation: Violation,
}

/// All faults of one input, in the order in which they were found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults(Vec<Fault>);

impl Faults {
    /// Most faults that one answer lists: enough to mend a form in one go, few enough that a hostile
    /// body of a megabyte cannot ask for an answer of many (abuse IN-03).
    pub const MAX: usize = 100;

    /// No fault so far.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one; past [`Faults::MAX`] it is dropped, since the input is refused anyway.
    pub fn push(&mut self, fault: Fault) {
        if self.0.len() < Self::MAX {
            self.0.push(fault);
        }
    }

    /// Adds all of another collection.
    pub fn extend(&mut self, others: impl IntoIterator<Item = Fault>) {
        others.into_iter().for_each(|fault| self.push(fault));
    }

    /// The value of `parsed`, or `None` after noting its violation at `pointer`.
    pub fn at<T>(&mut self, pointer: impl Into<String>, parsed: Result<T, Violation>) -> Option<T> {
        parsed.map_err(|violation| self.push(violation.at(pointer))).ok()
    }

    /// Whether the input is good so far.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// `value` if no fault was found, else all of them.
    pub fn or<T>(self, value: Option<T>) -> Result<T, Self> {
        match value {
            Some(value) if self.is_empty() => Ok(value),
            _ => Err(self),
        }
    }

    /// The same faults of a value that stands at `pointer` of a larger input.
    #[must_use]
    pub fn below(mut self, pointer: &str) -> Self {
        for fault in &mut self.0 {
            if let Place::Pointer(inner) = &mut fault.place {
                inner.insert_str(0, pointer);
            }
        }
        self
    }

    /// The faults in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Fault> {
        self.0.iter()
    }
}

impl From<Fault> for Faults {
    fn from(fault: Fault) -> Self {
        Self(vec![fault])
    }
}

impl<'a> IntoIterator for &'a Faults {
    type Item = &'a Fault;
    type IntoIter = std::slice::Iter<'a, Fault>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for Faults {
    type Item = Fault;
    type IntoIter = std::vec::IntoIter<Fault>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
