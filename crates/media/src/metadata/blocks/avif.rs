//! AVIF: Exif and XMP are items, which the box `meta` names and tells the places of.

use std::io::{self, Read, Seek};

use super::source::Source;
use super::{Blocks, MAX_BLOCK_BYTES, MAX_PARTS, broken};

/// Most items, and most places of one, of a photo; a picture of tiles has some dozens.
const MAX_ITEMS: u32 = 1024;

/// Reads the boxes until `meta`, and the items of it that are metadata.
pub(super) fn read<R: Read + Seek>(source: &mut Source<R>, blocks: &mut Blocks) -> io::Result<()> {
    for _ in 0..MAX_PARTS {
        let begin = source.position();
        let Some(short) = source.array_or_end()? else { return Ok(()) };
        let kind = source.array::<4>()?;
        let length = match u32::from_be_bytes(short) {
            // To the end of the file: nothing can follow.
            0 => return Ok(()),
            1 => u64::from_be_bytes(source.array()?),
            length => length.into(),
        };
        let head = source.position() - begin;
        let content = length.checked_sub(head).ok_or_else(|| broken("a box shorter than its head"))?;
        if &kind == b"meta" {
            let meta = source.block(content)?.ok_or_else(|| broken("a box too large"))?;
            return items(source, &meta, blocks);
        }
        source.skip(content)?;
    }
    Err(broken("more boxes than a photo has"))
}

fn items<R: Read + Seek>(source: &mut Source<R>, meta: &[u8], blocks: &mut Blocks) -> io::Result<()> {
    let meta = Meta::read(meta).ok_or_else(|| broken("a malformed box"))?;
    for (item, kind) in metadata_items(meta.infos).ok_or_else(|| broken("a malformed list of items"))? {
        let places = places_of(item, meta.places).ok_or_else(|| broken("a malformed list of places"))?;
        let mut block = Vec::new();
        for place in places {
            let part = match place.method {
                0 => {
                    source.go_to(place.offset)?;
                    source.block(place.length)?
                }
                1 => within(meta.data, &place).map(<[u8]>::to_vec),
                _ => None,
            };
            block.extend(part.ok_or_else(|| broken("an item out of reach"))?);
            if block.len() > MAX_BLOCK_BYTES {
                return Err(broken("an item too large"));
            }
        }
        match kind {
            Kind::Xmp => blocks.keep_xmp(block),
            // An offset to the TIFF structure stands first, counted from behind itself.
            Kind::Exif => {
                let tiff = block.split_first_chunk().and_then(|(offset, rest)| {
                    rest.get(usize::try_from(u32::from_be_bytes(*offset)).ok()?..)
                });
                blocks.keep_exif(tiff.ok_or_else(|| broken("a malformed item"))?);
            }
        }
    }
    Ok(())
}

fn within<'a>(data: &'a [u8], place: &Place) -> Option<&'a [u8]> {
    let begin = usize::try_from(place.offset).ok()?;
    data.get(begin..begin.checked_add(usize::try_from(place.length).ok()?)?)
}

/// The boxes inside `meta` that lead to items.
#[derive(Default)]
struct Meta<'a> {
    infos: &'a [u8],
    places: &'a [u8],
    data: &'a [u8],
}

impl<'a> Meta<'a> {
    fn read(meta: &'a [u8]) -> Option<Self> {
        let mut found = Self::default();
        let mut rest = meta.get(4..)?;
        while !rest.is_empty() {
            let (kind, content, next) = next_box(rest)?;
            match &kind {
                b"iinf" => found.infos = content,
                b"iloc" => found.places = content,
                b"idat" => found.data = content,
                _ => {}
            }
            rest = next;
        }
        Some(found)
    }
}

fn next_box(bytes: &[u8]) -> Option<([u8; 4], &[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk()?;
    let (kind, _) = rest.split_first_chunk()?;
    let (content, next) = bytes.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
    Some((*kind, content.get(8..)?, next))
}

/// What an item of ours is.
#[derive(Clone, Copy)]
enum Kind {
    Exif,
    Xmp,
}

/// The first items of each kind.
fn metadata_items(infos: &[u8]) -> Option<Vec<(u32, Kind)>> {
    let mut items = Vec::new();
    let (version, mut rest) = infos.split_first()?;
    rest = rest.get(if *version == 0 { 5 } else { 7 }..)?;
    for _ in 0..MAX_ITEMS {
        if rest.is_empty() {
            break;
        }
        let (_, info, next) = next_box(rest)?;
        rest = next;
        let mut fields = Fields(info);
        let version = fields.number(1)?;
        fields.number(3)?;
        let item = fields.number(if version == 2 { 2 } else { 4 })?;
        fields.number(2)?;
        let kind = match fields.0.split_first_chunk::<4>()? {
            (b"Exif", _) => Kind::Exif,
            // A name, which nobody gives, and the type of its content.
            (b"mime", rest) if rest.split(|&octet| octet == 0).nth(1) == Some(b"application/rdf+xml") => {
                Kind::Xmp
            }
            _ => continue,
        };
        items.push((u32::try_from(item).ok()?, kind));
        if items.len() > 4 {
            break;
        }
    }
    Some(items)
}

/// One part of an item: in the file (method 0) or in `idat` (method 1).
struct Place {
    method: u64,
    offset: u64,
    length: u64,
}

fn places_of(wanted: u32, iloc: &[u8]) -> Option<Vec<Place>> {
    let mut fields = Fields(iloc);
    let version = fields.number(1)?;
    fields.number(3)?;
    let sizes = fields.number(1)?;
    let (offset_size, length_size) = (sizes >> 4, sizes & 15);
    let sizes = fields.number(1)?;
    let (base_size, index_size) = (sizes >> 4, if version == 0 { 0 } else { sizes & 15 });
    let wide = if version < 2 { 2 } else { 4 };
    let count = fields.number(wide)?;
    for _ in 0..count.min(MAX_ITEMS.into()) {
        let item = fields.number(wide)?;
        let method = if version == 0 { 0 } else { fields.number(2)? & 15 };
        fields.number(2)?;
        let base = fields.number(base_size)?;
        let parts = fields.number(2)?;
        let mut places = Vec::new();
        for _ in 0..parts.min(MAX_ITEMS.into()) {
            fields.number(index_size)?;
            let offset = base.checked_add(fields.number(offset_size)?)?;
            places.push(Place { method, offset, length: fields.number(length_size)? });
        }
        if item == u64::from(wanted) {
            return Some(places);
        }
    }
    None
}

/// Numbers one after another, of whatever width the format says.
struct Fields<'a>(&'a [u8]);

impl Fields<'_> {
    fn number(&mut self, octets: u64) -> Option<u64> {
        let octets = usize::try_from(octets).ok().filter(|&octets| octets <= 8)?;
        let (number, rest) = self.0.split_at_checked(octets)?;
        self.0 = rest;
        Some(number.iter().fold(0, |number, &octet| number << 8 | u64::from(octet)))
    }
}
