//! The file of a photo: what was found by looking at it. What it says of itself is in [`super::file_metadata`].

use std::fmt;

use serde::{Deserialize, Serialize};

use super::hash::ContentHash;
use super::texts::FileName;
use super::variant::{Format, Variant};
use crate::codes::codes;
use crate::json::from_text;
use crate::schema::{self, described};
use crate::violation::{Rule, Violation};

/// The file that came in, which only editors may fetch. Readers get renditions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhotoFile {
    /// What is in it.
    pub hash: ContentHash,
    /// Its format, by its octets and not by its name.
    pub format: Format,
    /// Its length in octets.
    pub octets: u64,
    /// The name that it came with.
    pub name: Option<FileName>,
    /// Its size as it is seen, with its orientation applied.
    pub pixels: Pixels,
    /// How the camera was held.
    pub orientation: Orientation,
    /// The colour that stands for it until it is loaded.
    pub dominant_color: Option<Color>,
    /// A blurred miniature that stands for it until it is loaded.
    pub thumbhash: Option<ThumbHash>,
    /// How far its renditions are.
    pub status: RenditionStatus,
}

codes! {
    /// How far the renditions of a photo are.
    pub enum RenditionStatus {
        /// They are being made; readers do not see it yet.
        Processing = "processing",
        /// All that readers need are there.
        Ready = "ready",
        /// They could not be made.
        Failed = "failed",
    }
}

/// A size in pixels, neither side 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Pixels {
    /// Across.
    pub width: u32,
    /// Down.
    pub height: u32,
}

/// How the camera was held: the eight values of Exif (tag 0x0112), of which 1 is upright.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Orientation(u8);

impl Orientation {
    /// Held upright.
    pub const UPRIGHT: Self = Self(1);

    /// Takes over a value of Exif.
    pub fn parse(raw: u8) -> Result<Self, Violation> {
        match raw {
            1..=8 => Ok(Self(raw)),
            _ => Err(Violation::new(Rule::OutOfRange, "must be 1 to 8")),
        }
    }

    /// The value of Exif.
    pub const fn number(self) -> u8 {
        self.0
    }

    /// Whether width and height change places when it is applied.
    pub const fn is_turned(self) -> bool {
        matches!(self.0, 5..=8)
    }
}

described!(Orientation: schema::count_from(1, "How the camera was held: a value of Exif tag 0x0112. It is applied already.")
    .maximum(Some(8)));

impl TryFrom<u8> for Orientation {
    type Error = Violation;

    fn try_from(raw: u8) -> Result<Self, Violation> {
        Self::parse(raw)
    }
}

impl From<Orientation> for u8 {
    fn from(orientation: Orientation) -> Self {
        orientation.0
    }
}

/// A colour in sRGB: `#405060`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Color([u8; 3]);

impl Color {
    /// The form as a regular expression, for the OpenAPI document.
    pub const PATTERN: &'static str = "^#[0-9a-f]{6}$";

    /// Red, green and blue.
    pub const fn new(rgb: [u8; 3]) -> Self {
        Self(rgb)
    }

    /// Parses `#` and six hexadecimal digits in lower case.
    pub fn parse(raw: &str) -> Result<Self, Violation> {
        let malformed =
            || Violation::new(Rule::BadFormat, "must be # and six hexadecimal digits in lower case");
        let digits = raw.strip_prefix('#').filter(|digits| {
            digits.len() == 6 && digits.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
        });
        let number = u32::from_str_radix(digits.ok_or_else(malformed)?, 16).map_err(|_| malformed())?;
        let [_, r, g, b] = number.to_be_bytes();
        Ok(Self([r, g, b]))
    }
}

from_text!(Color);

described!(Color: schema::text("A colour in sRGB.", 7, 7, "#405060").pattern(Some(Self::PATTERN)));

impl fmt::Display for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [r, g, b] = self.0;
        write!(f, "#{r:02x}{g:02x}{b:02x}")
    }
}

impl TryFrom<String> for Color {
    type Error = Violation;

    fn try_from(raw: String) -> Result<Self, Violation> {
        Self::parse(&raw)
    }
}

impl From<Color> for String {
    fn from(color: Color) -> Self {
        color.to_string()
    }
}

/// A thumbhash in base64: a blurred miniature of 5 to 25 octets.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ThumbHash(String);

impl ThumbHash {
    /// Longest, in characters of base64: 25 octets, padded.
    pub const MAX_CHARS: usize = 36;

    /// Parses base64 of the standard alphabet, padded.
    pub fn parse(raw: &str) -> Result<Self, Violation> {
        let alphabet = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=');
        if raw.is_empty()
            || raw.len() > Self::MAX_CHARS
            || !raw.len().is_multiple_of(4)
            || !raw.bytes().all(alphabet)
        {
            return Err(Violation::new(Rule::BadFormat, "must be a thumbhash in base64"));
        }
        Ok(Self(raw.to_owned()))
    }

    /// It as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

described!(ThumbHash: schema::text(
    "A thumbhash in base64: a blurred miniature, to be shown until the photo is loaded.", 8, Self::MAX_CHARS,
    "1QcSHQRnh493V4dIh4eXh1h4kJUI",
));

impl TryFrom<String> for ThumbHash {
    type Error = Violation;

    fn try_from(raw: String) -> Result<Self, Violation> {
        Self::parse(&raw)
    }
}

impl From<ThumbHash> for String {
    fn from(hash: ThumbHash) -> Self {
        hash.0
    }
}

/// A rendition that exists, and where its bytes lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rendition {
    /// Which.
    pub variant: Variant,
    /// What is in its file.
    pub hash: ContentHash,
    /// Its length in octets.
    pub octets: u64,
    /// Its size.
    pub pixels: Pixels,
}
