//! What a JPEG declares in its frame header, which stands somewhere before the first scan.

use super::Declared;
use super::reader::Reader;
use crate::refusal::Refusal;

pub(super) fn declared(reader: &mut Reader<'_>) -> Result<Declared, Refusal> {
    reader.take(2)?;
    loop {
        let marker = next_marker(reader)?;
        match marker {
            // Markers that stand alone.
            0x01 | 0xd0..=0xd8 => {}
            0xd9 | 0xda => return Err(Refusal::unreadable("no frame header comes before the picture")),
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => return frame(reader, marker),
            _ => {
                let length = reader.u16_be()?;
                reader.skip(u64::from(length).saturating_sub(2));
            }
        }
    }
}

/// The next marker's code. Some cameras leave bytes between segments; they are passed over.
fn next_marker(reader: &mut Reader<'_>) -> Result<u8, Refusal> {
    loop {
        while reader.u8()? != 0xff {}
        let mut code = reader.u8()?;
        while code == 0xff {
            code = reader.u8()?;
        }
        if code != 0 {
            return Ok(code);
        }
    }
}

fn frame(reader: &mut Reader<'_>, marker: u8) -> Result<Declared, Refusal> {
    let (_length, precision) = (reader.u16_be()?, reader.u8()?);
    let (height, width) = (reader.u16_be()?, reader.u16_be()?);
    let components = reader.u8()?;
    if !matches!(marker, 0xc0..=0xc2) || precision != 8 {
        return Err(Refusal::unreadable(
            "it is a JPEG of a rare kind (lossless, arithmetic, or of more than 8 bits)",
        ));
    }
    if !matches!(components, 1 | 3 | 4) {
        return Err(Refusal::unreadable(format!("a JPEG has 1, 3 or 4 components, not {components}")));
    }
    let (samples, down) = samples_of_four(reader, components)?;
    // A byte for each sample that is decoded; in a file of several scans, coefficients of two bytes wait beside them until
    // the last has been read.
    let apart = marker != 0xc2 && first_scan(reader)? < components;
    if apart && down > 1 {
        // zune-jpeg 0.5.15 mixes up the rows of such files and says nothing. No camera writes them.
        return Err(Refusal::unreadable(
            "it is a JPEG of a rare kind (components apart, with fewer rows for some)",
        ));
    }
    let waits = apart || marker == 0xc2;
    let pixel_bytes = u64::from(components) + if waits { samples.div_ceil(2) } else { 0 };
    let blocks = u64::from(width) * u64::from(height) / 64 * samples / 4;
    // A block takes two codes of a bit or more; in a progressive file the second may stand for many blocks.
    let least_bytes = if marker == 0xc2 { blocks / 8 } else { blocks / 4 };
    Ok(Declared { width: width.into(), height: height.into(), frames: 1, pixel_bytes, least_bytes })
}

/// How many components the first scan has.
fn first_scan(reader: &mut Reader<'_>) -> Result<u8, Refusal> {
    loop {
        let (marker, length) = (next_marker(reader)?, reader.u16_be()?);
        if marker == 0xda {
            return reader.u8();
        }
        reader.skip(u64::from(length).saturating_sub(2));
    }
}

/// How many samples four pixels have, by how often each component is sampled, and how many rows those with most have for
/// one.
fn samples_of_four(reader: &mut Reader<'_>, components: u8) -> Result<(u64, u64), Refusal> {
    let (mut all, mut across, mut down) = (0, 1, 1);
    for _ in 0..components {
        let [_id, factors, _table] = reader.array()?;
        let (horizontal, vertical) = (u64::from(factors >> 4), u64::from(factors & 15));
        if horizontal == 0 || vertical == 0 {
            return Err(Refusal::unreadable("a component of the JPEG is not sampled"));
        }
        all += horizontal * vertical;
        (across, down) = (across.max(horizontal), down.max(vertical));
    }
    Ok(((4 * all).div_euclid(across * down), down))
}
