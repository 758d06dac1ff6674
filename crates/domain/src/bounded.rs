//! The one way in which a text gets a type of its own with a longest length. No such text is here.

/// Declares newtypes of text: cleaned by the named function of [`crate::text`], not empty, of a longest length.
macro_rules! bounded {
    ($($(#[doc = $doc:literal])+ $name:ident: $clean:ident up to $max:literal, $why:literal, like $example:literal;)+) => {$(
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            #[doc = concat!("Longest, in Unicode scalar values: ", $why, ".")]
            pub const MAX_CHARS: usize = $max;

            #[doc = concat!("Parses it by [`crate::text::", stringify!($clean), "`]; empty or too long is refused.")]
            pub fn parse(raw: &str) -> Result<Self, $crate::violation::Violation> {
                let text = $crate::text::$clean(raw)?;
                $crate::text::length(&text, 1..=Self::MAX_CHARS)?;
                Ok(Self(text))
            }

            /// It as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::violation::Violation;

            fn try_from(raw: String) -> Result<Self, Self::Error> {
                Self::parse(&raw)
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> Self {
                text.0
            }
        }

        $crate::json::from_text!($name);

        $crate::schema::described! {
            $name: $crate::schema::text(concat!($($doc),+), 1, Self::MAX_CHARS, $example)
        }
    )+};
}

pub(crate) use bounded;
