//! How much of an uploaded file is taken: bytes, pixels, sides, frames and memory.

/// What a file may ask of us. Each limit holds on every path to pixels, and is looked at before anything is allocated
/// for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most bytes of a file. 50 MiB: a photo of 100 megapixels as JPEG of the best quality has about 45.
    pub max_bytes: u64,
    /// Most pixels of the picture as its header tells them. 108 million: the largest medium-format cameras have 102.
    pub max_pixels: u64,
    /// Most pixels of either side. 30,000: stitched panoramas have fewer.
    pub max_side: u32,
    /// Most frames of an animated file, of which only the first is looked at.
    pub max_frames: u32,
    /// Most bytes that decoding takes at once, beside the file itself: what [`crate::sniff::Sniffed::memory_bytes`]
    /// tells ahead. 512 MiB. Whoever decodes several at once needs as many times that.
    pub max_memory_bytes: u64,
}

impl Limits {
    /// The limits of an installation that sets none.
    pub const DEFAULT: Self = Self {
        max_bytes: 50 * 1024 * 1024,
        max_pixels: 108_000_000,
        max_side: 30_000,
        max_frames: 300,
        max_memory_bytes: 512 * 1024 * 1024,
    };
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}
