//! Why a file is not taken, in the three ways that callers answer differently.

use thiserror::Error;

/// A file that is not taken.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// It is not of a format that is taken.
    #[error("{0} is not accepted; send JPEG, PNG, WebP or GIF")]
    Unsupported(Foreign),
    /// It is larger than the limits allow.
    #[error(transparent)]
    TooLarge(#[from] Excess),
    /// It is of a format that is taken, and broken: cut short, contradicting itself, or of a rare kind of that format.
    #[error("the picture cannot be read: {0}")]
    Unreadable(String),
}

impl Refusal {
    #[expect(clippy::needless_pass_by_value, reason = "map_err hands errors over by value")]
    pub(crate) fn unreadable(why: impl ToString) -> Self {
        Self::Unreadable(why.to_string())
    }
}

/// A format that is recognised only to be named in its refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Foreign {
    /// HEIC and HEIF with HEVC, as phones make them: its patents leave no decoder that everybody may use.
    #[error("HEIC")]
    Heic,
    /// AVIF: it is served, and not taken yet (docs/decisions/0005-pictures.md).
    #[error("AVIF")]
    Avif,
    /// SVG, plain or compressed: it is a program as much as a picture.
    #[error("SVG")]
    Svg,
    /// HTML or another text with tags.
    #[error("HTML or XML")]
    Markup,
    /// PDF.
    #[error("PDF")]
    Pdf,
    /// TIFF, and the raw files of cameras that are built on it.
    #[error("TIFF or a raw file of a camera")]
    Tiff,
    /// BMP.
    #[error("BMP")]
    Bmp,
    /// Photoshop's own format.
    #[error("PSD")]
    Psd,
    /// JPEG XL.
    #[error("JPEG XL")]
    JpegXl,
    /// JPEG 2000.
    #[error("JPEG 2000")]
    Jpeg2000,
    /// A moving picture.
    #[error("a video")]
    Video,
    /// Compressed or packed files.
    #[error("an archive")]
    Archive,
    /// Nothing.
    #[error("an empty file")]
    Empty,
    /// Anything else.
    #[error("this kind of file")]
    Unknown,
}

/// The limit that a file is over, with what it has and what is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Excess {
    /// Its bytes.
    #[error("the file has {is} bytes; {most} are allowed")]
    Bytes {
        /// What it has.
        is: u64,
        /// What is allowed.
        most: u64,
    },
    /// Its pixels.
    #[error("the picture has {width} × {height} pixels; {most} in all are allowed")]
    Pixels {
        /// Its width.
        width: u32,
        /// Its height.
        height: u32,
        /// How many are allowed in all.
        most: u64,
    },
    /// One of its sides.
    #[error("the picture has {width} × {height} pixels; a side may have {most}")]
    Side {
        /// Its width.
        width: u32,
        /// Its height.
        height: u32,
        /// How long a side may be.
        most: u32,
    },
    /// Its frames.
    #[error("the animation has more than {most} frames")]
    Frames {
        /// What is allowed.
        most: u32,
    },
    /// The memory that decoding it takes.
    #[error("decoding the picture takes {is} bytes of memory; {most} are allowed")]
    Memory {
        /// What it takes.
        is: u64,
        /// What is allowed.
        most: u64,
    },
}
