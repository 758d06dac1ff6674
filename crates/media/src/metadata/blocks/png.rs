//! PNG: `eXIf`, and texts: XMP as `iTXt`, and the profiles that ImageMagick writes as hexadecimal digits.

use std::io::{self, Read, Seek};

use flate2::read::ZlibDecoder;

use super::source::Source;
use super::{Blocks, MAX_BLOCK_BYTES, MAX_PARTS, broken};

const SIGNATURE_OCTETS: u64 = 8;
const CRC_OCTETS: u64 = 4;
const XMP: &[u8] = b"XML:com.adobe.xmp";
const PROFILE: &[u8] = b"Raw profile type ";

/// Most texts that are opened: each may become a whole block out of a thousandth of it.
const MAX_TEXTS: usize = 16;

/// Reads the chunks to the end, since texts may follow the picture.
pub(super) fn read<R: Read + Seek>(source: &mut Source<R>, blocks: &mut Blocks) -> io::Result<()> {
    source.skip(SIGNATURE_OCTETS)?;
    let mut opened = 0;
    for _ in 0..MAX_PARTS {
        let length = u32::from_be_bytes(source.array()?).into();
        match &source.array::<4>()? {
            b"IEND" => return Ok(()),
            b"eXIf" => match source.block(length)? {
                Some(block) => blocks.keep_exif(&block),
                None => blocks.broken = true,
            },
            kind @ (b"iTXt" | b"zTXt" | b"tEXt") => match source.block(length)? {
                Some(chunk) => opened += usize::from(opened < MAX_TEXTS && keep(*kind, &chunk, blocks)),
                None => blocks.broken = true,
            },
            _ => source.skip(length)?,
        }
        source.skip(CRC_OCTETS)?;
    }
    Err(broken("more chunks than a photo has"))
}

/// Keeps a text if its keyword is one of ours, and tells whether it is; only such a text is opened.
fn keep(kind: [u8; 4], chunk: &[u8], blocks: &mut Blocks) -> bool {
    let Some((keyword, rest)) = until_nul(chunk) else { return false };
    let profile = keyword.strip_prefix(PROFILE);
    if keyword != XMP && profile.is_none() {
        return false;
    }
    match (profile, text(kind, rest)) {
        (None, Some(packet)) => blocks.keep_xmp(packet),
        (Some(name), Some(text)) => match unfold(&text) {
            Some(profile) => keep_profile(name, profile, blocks),
            None => blocks.broken = true,
        },
        (_, None) => blocks.broken = true,
    }
    true
}

fn keep_profile(name: &[u8], profile: Vec<u8>, blocks: &mut Blocks) {
    match name {
        b"exif" => blocks.keep_exif(&profile),
        b"xmp" => blocks.keep_xmp(profile),
        b"APP1" if profile.starts_with(b"Exif") => blocks.keep_exif(&profile),
        // IIM is wrapped in resources of Photoshop, or lies bare.
        b"iptc" | b"8bim" if profile.first() == Some(&0x1c) => {
            blocks.iim = blocks.iim.take().or(Some(profile));
        }
        b"iptc" | b"8bim" => blocks.keep_resources(&profile),
        _ => {}
    }
}

/// The text after its keyword; `None` where it is malformed, or larger than a block once inflated.
fn text(kind: [u8; 4], rest: &[u8]) -> Option<Vec<u8>> {
    let (compressed, octets) = match &kind {
        b"tEXt" => (false, rest),
        b"zTXt" => (true, rest.get(1..)?),
        _ => {
            let ([compressed, _method], rest) = rest.split_first_chunk()?;
            let (_language, rest) = until_nul(rest)?;
            let (_translated_keyword, rest) = until_nul(rest)?;
            (*compressed == 1, rest)
        }
    };
    if compressed { inflate(octets) } else { Some(octets.to_vec()) }
}

/// Inflates no further than one octet past the limit, whatever the stream would become.
fn inflate(octets: &[u8]) -> Option<Vec<u8>> {
    let mut text = Vec::new();
    ZlibDecoder::new(octets).take(MAX_BLOCK_BYTES as u64 + 1).read_to_end(&mut text).ok()?;
    (text.len() <= MAX_BLOCK_BYTES).then_some(text)
}

/// A profile of ImageMagick: after a line break its name, its length, and itself in hexadecimal digits, in lines.
fn unfold(text: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(text).ok()?.trim_ascii_start();
    let (_name, rest) = text.split_once('\n')?;
    let (length, digits) = rest.split_once('\n')?;
    let length: usize = length.trim_ascii().parse().ok()?;
    let mut digits =
        digits.chars().filter(|char| !char.is_ascii_whitespace()).map(|digit| digit.to_digit(16));
    let mut profile = Vec::new();
    while let Some(high) = digits.next() {
        let octet = high?.checked_mul(16)?.checked_add(digits.next()??)?;
        profile.push(u8::try_from(octet).ok()?);
    }
    (profile.len() == length).then_some(profile)
}

fn until_nul(octets: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = octets.iter().position(|&octet| octet == 0)?;
    let (before, rest) = octets.split_at(end);
    Some((before, rest.get(1..)?))
}
