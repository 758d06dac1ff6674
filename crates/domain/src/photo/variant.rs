//! The renditions of a photo that exist, and no other size (abuse MED-09). How they are made is the crate `media`'s.

use std::fmt;

use crate::codes::codes;
use crate::schema::named;
use crate::violation::Violation;

codes! {
    /// The format of a photo's file as it came in.
    pub enum Format {
        /// JPEG.
        Jpeg = "jpeg",
        /// PNG.
        Png = "png",
        /// WebP.
        Webp = "webp",
        /// AVIF.
        Avif = "avif",
        /// GIF; its first frame is the photo.
        Gif = "gif",
    }
}

impl Format {
    /// Its media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Avif => "image/avif",
            Self::Gif => "image/gif",
        }
    }
}

/// The format of a rendition. Its variant's name ends in its extension.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RenditionFormat {
    /// JPEG, which everything shows.
    Jpeg,
    /// WebP, which every browser of today shows.
    Webp,
    /// AVIF, the smallest and the slowest to make: a worker adds it.
    Avif,
}

impl RenditionFormat {
    /// Its media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
            Self::Avif => "image/avif",
        }
    }
}

/// What of a photo a rendition shows, and how large.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Size {
    /// All of it, scaled to a width in pixels. A photo that is narrower has no such rendition.
    Width(u16),
    /// The largest part of these proportions round the focal point, scaled down to [`Size::CROP_WIDTH`] where it is wider.
    Crop {
        /// Proportion of the width.
        width: u16,
        /// Proportion of the height.
        height: u16,
    },
}

impl Size {
    /// Widest crop, in pixels: what search engines and previews of links ask for (1200 × 675 at 16:9).
    pub const CROP_WIDTH: u16 = 1200;
}

macro_rules! variants {
    ($($size:expr => $jpg:ident $jpg_name:literal, $webp:ident $webp_name:literal, $avif:ident $avif_name:literal;)+) => {
        /// A rendition, by the last part of its address: `w640.webp` is 640 pixels wide, `16x9.jpg` a crop.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Variant {$(
            #[doc = $jpg_name]
            $jpg,
            #[doc = $webp_name]
            $webp,
            #[doc = $avif_name]
            $avif,
        )+}

        impl Variant {
            /// Every one, by size.
            pub const ALL: &[Self] = &[$(Self::$jpg, Self::$webp, Self::$avif),+];

            /// The last part of its address.
            pub const fn name(self) -> &'static str {
                match self {$(
                    Self::$jpg => $jpg_name,
                    Self::$webp => $webp_name,
                    Self::$avif => $avif_name,
                )+}
            }

            /// What it shows, and how large.
            pub const fn size(self) -> Size {
                match self {$(Self::$jpg | Self::$webp | Self::$avif => $size),+}
            }

            /// In which format.
            pub const fn format(self) -> RenditionFormat {
                match self {
                    $(Self::$jpg)|+ => RenditionFormat::Jpeg,
                    $(Self::$webp)|+ => RenditionFormat::Webp,
                    $(Self::$avif)|+ => RenditionFormat::Avif,
                }
            }
        }
    };
}

variants! {
    Size::Width(320) => W320Jpeg "w320.jpg", W320Webp "w320.webp", W320Avif "w320.avif";
    Size::Width(480) => W480Jpeg "w480.jpg", W480Webp "w480.webp", W480Avif "w480.avif";
    Size::Width(640) => W640Jpeg "w640.jpg", W640Webp "w640.webp", W640Avif "w640.avif";
    Size::Width(960) => W960Jpeg "w960.jpg", W960Webp "w960.webp", W960Avif "w960.avif";
    Size::Width(1280) => W1280Jpeg "w1280.jpg", W1280Webp "w1280.webp", W1280Avif "w1280.avif";
    Size::Width(1600) => W1600Jpeg "w1600.jpg", W1600Webp "w1600.webp", W1600Avif "w1600.avif";
    Size::Width(2048) => W2048Jpeg "w2048.jpg", W2048Webp "w2048.webp", W2048Avif "w2048.avif";
    Size::Crop { width: 1, height: 1 } => SquareJpeg "1x1.jpg", SquareWebp "1x1.webp", SquareAvif "1x1.avif";
    Size::Crop { width: 4, height: 3 } => ClassicJpeg "4x3.jpg", ClassicWebp "4x3.webp", ClassicAvif "4x3.avif";
    Size::Crop { width: 16, height: 9 } => WideJpeg "16x9.jpg", WideWebp "16x9.webp", WideAvif "16x9.avif";
}

impl Variant {
    /// Parses [`Self::name`], exactly.
    pub fn parse(raw: &str) -> Result<Self, Violation> {
        crate::codes::find(Self::ALL, Self::name, raw)
    }

    /// The smallest width, which a photo that is narrower still has, at its own width: none is without a rendition.
    pub const LEAST_WIDTH: u16 = 320;
}

crate::json::from_text!(Variant);

named! {
    Variant by name: "A rendition of a photo: `w640.webp` is 640 pixels wide, `16x9.jpg` a crop of those proportions \
        round the focal point, at most 1200 pixels wide. No rendition is larger than the photo; one that is narrower \
        than 320 pixels has `w320` at its own width."
}

impl fmt::Display for Variant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
