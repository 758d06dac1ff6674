//! Exif: the few tags of the camera's own record that name the maker and the hour. GPS and serial numbers are not even
//! looked for.

use domain::photo::file_metadata::MetadataSource;

use super::found::{Field, Found, Value};
use super::text::{self, Charset};

/// Tags of the first directory.
const IMAGE_DESCRIPTION: u16 = 0x010e;
const ORIENTATION: u16 = 0x0112;
const ARTIST: u16 = 0x013b;
const COPYRIGHT: u16 = 0x8298;
const EXIF_DIRECTORY: u16 = 0x8769;

/// Tags of the directory of Exif.
const DATE_TIME_ORIGINAL: u16 = 0x9003;
const OFFSET_TIME_ORIGINAL: u16 = 0x9011;
const SUB_SEC_TIME_ORIGINAL: u16 = 0x9291;

/// What a block of Exif tells, and whether one of its directories was not where it should be.
pub fn read(block: &[u8]) -> (Vec<Found>, bool) {
    let Some(tiff) = Tiff::open(block) else { return (Vec::new(), true) };
    let first = tiff.directory(tiff.first);
    let exif = first.and_then(|first| first.number(EXIF_DIRECTORY)).map(|offset| tiff.directory(offset));
    let broken = first.is_none() || exif.is_some_and(|exif| exif.is_none());
    let exif = exif.flatten();

    let artist = first.and_then(|first| first.text(ARTIST)).map(|artist| names(&artist));
    let values = [
        (Field::Caption, first.and_then(|first| first.text(IMAGE_DESCRIPTION)).map(Value::Text)),
        (Field::Creators, artist.filter(|names| !names.is_empty()).map(Value::Texts)),
        (Field::CopyrightNotice, first.and_then(Directory::copyright).map(Value::Text)),
        (Field::TakenAt, exif.and_then(Directory::taken_at).map(Value::Text)),
    ];
    let found = values
        .into_iter()
        .filter_map(|(field, value)| Some(Found { field, source: MetadataSource::Exif, value: value? }));
    (found.collect(), broken)
}

/// How the picture has to be turned to stand upright, as Exif numbers it from 1 to 8.
pub fn orientation(block: &[u8]) -> Option<u8> {
    let tiff = Tiff::open(block)?;
    let turned = tiff.directory(tiff.first)?.number(ORIENTATION)?;
    u8::try_from(turned).ok().filter(|turned| (1..=8).contains(turned))
}

/// Names with `; ` between them. One that has a semicolon in it stands in quotation marks, which it doubles inside.
fn names(artist: &str) -> Vec<String> {
    let mut names = vec![String::new()];
    let mut quoted = false;
    let mut chars = artist.chars().peekable();
    while let Some(char) = chars.next() {
        let Some(name) = names.last_mut() else { break };
        match char {
            '"' if quoted && chars.peek() == Some(&'"') => name.extend(chars.next()),
            '"' if quoted || name.trim().is_empty() => quoted = !quoted,
            ';' if !quoted && chars.peek().is_none_or(|next| next.is_whitespace()) => {
                names.push(String::new());
            }
            char => name.push(char),
        }
    }
    names.iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

/// A TIFF structure in one of its two orders of octets.
#[derive(Clone, Copy)]
struct Tiff<'a> {
    block: &'a [u8],
    little_endian: bool,
    /// Where the first directory is.
    first: u32,
}

impl<'a> Tiff<'a> {
    fn open(block: &'a [u8]) -> Option<Self> {
        let little_endian = match block.first_chunk()? {
            [b'I', b'I', 42, 0] => true,
            [b'M', b'M', 0, 42] => false,
            _ => return None,
        };
        let opened = Self { block, little_endian, first: 0 };
        Some(Self { first: opened.long(4)?, ..opened })
    }

    /// The directory at an offset. Which one follows it is not asked, so nothing can lead in a circle.
    fn directory(self, offset: u32) -> Option<Directory<'a>> {
        let offset = usize::try_from(offset).ok()?;
        let count = usize::from(self.short(offset)?);
        let begin = offset.checked_add(2)?;
        // One that claims more entries than the block has room for has those that are there.
        let entries = self.block.get(begin..)?;
        let wanted = count.checked_mul(Entry::OCTETS)?.min(entries.len());
        Some(Directory { tiff: self, entries: entries.get(..wanted)? })
    }

    fn short(self, at: usize) -> Option<u16> {
        let octets = *self.block.get(at..)?.first_chunk()?;
        Some(if self.little_endian { u16::from_le_bytes(octets) } else { u16::from_be_bytes(octets) })
    }

    fn long(self, at: usize) -> Option<u32> {
        let octets = *self.block.get(at..)?.first_chunk()?;
        Some(if self.little_endian { u32::from_le_bytes(octets) } else { u32::from_be_bytes(octets) })
    }
}

/// The entries of one directory, as octets.
#[derive(Clone, Copy)]
struct Directory<'a> {
    tiff: Tiff<'a>,
    entries: &'a [u8],
}

/// An entry, where its value is told or kept.
struct Entry<'a> {
    tiff: Tiff<'a>,
    octets: &'a [u8],
}

impl<'a> Directory<'a> {
    /// The first entry with this tag.
    fn entry(self, tag: u16) -> Option<Entry<'a>> {
        let mut entries = self.entries.chunks_exact(Entry::OCTETS);
        let octets = entries.find(|octets| Tiff { block: octets, ..self.tiff }.short(0) == Some(tag))?;
        Some(Entry { tiff: self.tiff, octets })
    }

    fn number(self, tag: u16) -> Option<u32> {
        self.entry(tag)?.number()
    }

    /// The first parts of a text, of which all but the last end with a zero.
    fn parts(self, tag: u16, most: usize) -> Vec<String> {
        let octets = self.entry(tag).and_then(|entry| entry.text()).unwrap_or_default();
        let parts =
            octets.split(|&octet| octet == 0).take(most).map(|part| text::decoded(part, Charset::Untold));
        parts.filter(|part| !part.is_empty()).collect()
    }

    /// The first part of a text, if there is anything in it.
    fn text(self, tag: u16) -> Option<String> {
        self.parts(tag, 1).into_iter().next()
    }

    /// The photographer's notice and, after a zero, the editor's: in a line each.
    fn copyright(self) -> Option<String> {
        let notices = self.parts(COPYRIGHT, 2);
        (!notices.is_empty()).then(|| notices.join("\n"))
    }

    /// The hour as XMP spells it: `2018-01-01T12:00:00.25+01:00`.
    fn taken_at(self) -> Option<String> {
        let told = self.text(DATE_TIME_ORIGINAL)?;
        let (date, time) = told.split_once(' ').unwrap_or((&told, ""));
        let mut taken = date.replace(':', "-");
        if time.is_empty() {
            return Some(taken);
        }
        taken.push('T');
        taken.push_str(time);
        if let Some(fraction) = self.text(SUB_SEC_TIME_ORIGINAL) {
            taken.push('.');
            taken.push_str(&fraction);
        }
        // Cameras that know none write blanks and a colon.
        let offset = self.text(OFFSET_TIME_ORIGINAL).filter(|offset| offset.starts_with(['+', '-', 'Z']));
        taken.push_str(&offset.unwrap_or_default());
        Some(taken)
    }
}

impl<'a> Entry<'a> {
    /// Tag, type, count, and the value or where it is.
    const OCTETS: usize = 12;

    /// Where in an entry the value stands, if it is of four octets or fewer.
    const VALUE_AT: usize = 8;

    fn own(&self) -> Tiff<'a> {
        Tiff { block: self.octets, ..self.tiff }
    }

    /// A single number of 16 or 32 bits.
    fn number(&self) -> Option<u32> {
        match (self.own().short(2)?, self.own().long(4)?) {
            (3, 1) => self.own().short(Self::VALUE_AT).map(u32::from),
            (4, 1) => self.own().long(Self::VALUE_AT),
            _ => None,
        }
    }

    /// The octets of a text: ASCII by the standard, UTF-8 by its third edition (type 129) and by habit.
    fn text(&self) -> Option<&'a [u8]> {
        if !matches!(self.own().short(2)?, 2 | 129) {
            return None;
        }
        let count = usize::try_from(self.own().long(4)?).ok()?;
        if count <= 4 {
            return self.octets.get(Self::VALUE_AT..)?.get(..count);
        }
        let offset = usize::try_from(self.own().long(Self::VALUE_AT)?).ok()?;
        self.tiff.block.get(offset..offset.checked_add(count)?)
    }
}
