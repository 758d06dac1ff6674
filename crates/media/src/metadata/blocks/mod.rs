//! Where a file keeps its metadata: the blocks of Exif, XMP and IIM, found by the file's format, never read into here.

mod avif;
mod gif;
mod jpeg;
mod photoshop;
mod png;
mod source;
mod webp;

use std::io::{self, Read, Seek};

use self::photoshop::Resources;
use self::source::Source;

/// Most octets of a block that is read; what is larger is left alone.
///
/// The largest that a photo desk sees are XMP packets with the development settings of a raw converter, some hundred
/// thousand octets. Depth maps and second pictures, which telephones put into extended XMP, are what this leaves out.
pub const MAX_BLOCK_BYTES: usize = 2 << 20;

/// Most parts of a file (segments, chunks, boxes) that are looked at before the rest is left alone.
const MAX_PARTS: usize = 1 << 16;

/// The blocks of one file, as its bytes.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Blocks {
    /// Exif: a TIFF structure, without what marks it as Exif in the file.
    pub exif: Option<Vec<u8>>,
    /// XMP packets: the main one and, where the file has it whole, the extended one.
    pub xmp: Vec<Vec<u8>>,
    /// IIM: datasets one after another.
    pub iim: Option<Vec<u8>>,
    /// MD5 of the IIM that the XMP was last brought in line with, as the program that did so left it.
    pub iim_digest: Option<[u8; 16]>,
    /// Where the file breaks its format or a limit of ours, so that blocks may be missing.
    pub broken: bool,
}

impl Blocks {
    /// The blocks of a file. One of no format that we know, or that breaks off, has those that were found until there;
    /// an error is one of the file system.
    pub fn find(file: impl Read + Seek) -> io::Result<Self> {
        let mut blocks = Self::default();
        let mut source = Source::new(file)?;
        let read = match &source.peek::<12>()? {
            [0xff, 0xd8, ..] => jpeg::read(&mut source, &mut blocks),
            [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => png::read(&mut source, &mut blocks),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P'] => {
                webp::read(&mut source, &mut blocks)
            }
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => gif::read(&mut source, &mut blocks),
            [_, _, _, _, b'f', b't', b'y', b'p', ..] => avif::read(&mut source, &mut blocks),
            _ => Ok(()),
        };
        match read {
            Err(error)
                if matches!(error.kind(), io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData) =>
            {
                blocks.broken = true;
            }
            read => read?,
        }
        Ok(blocks)
    }

    /// Keeps the first Exif; a thumbnail or a copy may follow.
    fn keep_exif(&mut self, block: &[u8]) {
        if self.exif.is_none() {
            self.exif = Some(block.strip_prefix(b"Exif\0\0").unwrap_or(block).to_vec());
        }
    }

    /// Keeps the first XMP packet.
    fn keep_xmp(&mut self, packet: Vec<u8>) {
        if self.xmp.is_empty() {
            self.xmp.push(packet);
        }
    }

    /// Keeps what Photoshop's resources say of IIM.
    fn keep_resources(&mut self, bytes: &[u8]) {
        let Resources { iim, digest, broken } = Resources::read(bytes);
        self.iim = self.iim.take().or(iim);
        self.iim_digest = self.iim_digest.or(digest);
        self.broken |= broken;
    }
}

/// Stops the reading of a file that breaks its format.
fn broken(why: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}
