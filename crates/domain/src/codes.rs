//! The one way in which a closed set of values gets its names in JSON and in the database. No values are here.

/// Declares an enum whose values each have one stable name, with `ALL`, `name`, `meaning` and `parse`.
macro_rules! codes {
    ($(#[doc = $doc:literal])+ $vis:vis enum $enum:ident {
        $($(#[doc = $value_doc:literal])+ $value:ident = $name:literal,)+
    }) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        $vis enum $enum {$(
            $(#[doc = $value_doc])+
            $value,
        )+}

        impl $enum {
            /// Every value, in the order of the contract.
            pub const ALL: &[Self] = &[$(Self::$value),+];

            /// The name in JSON and in the database.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$value => $name),+ }
            }

            /// What it says, for a person.
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$value => concat!($($value_doc),+).trim_ascii()),+ }
            }

            /// Parses [`Self::name`], exactly.
            pub fn parse(raw: &str) -> Result<Self, crate::violation::Violation> {
                crate::codes::find(Self::ALL, |value| value.name(), raw)
            }
        }

        crate::json::from_text!($enum);

        crate::schema::named! {
            $enum by name: concat!($($doc),+, "\n", $("\n- `", $name, "`:", $($value_doc),+),+)
        }

        impl<'de> serde::Deserialize<'de> for $enum {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let name = <String as serde::Deserialize>::deserialize(deserializer)?;
                Self::parse(&name).map_err(serde::de::Error::custom)
            }
        }
    };
}

pub(crate) use codes;

use crate::violation::{Rule, Violation};

/// The value of `all` that `raw` names; past it a violation that lists the names.
pub(crate) fn find<T: Copy>(all: &[T], name: impl Fn(T) -> &'static str, raw: &str) -> Result<T, Violation> {
    all.iter().copied().find(|&value| name(value) == raw).ok_or_else(|| {
        let names: Vec<_> = all.iter().map(|&value| name(value)).collect();
        Violation::new(Rule::UnknownValue, format!("must be one of {}", names.join(", ")))
    })
}
