//! Photoshop's image resources: of the many, the two that are about IIM.

/// The number of the resource that holds IIM.
const IIM: u16 = 0x0404;

/// The number of the resource that holds the MD5 of the IIM that the XMP agrees with.
const IIM_DIGEST: u16 = 0x0425;

/// What resources say of IIM.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Resources {
    pub(super) iim: Option<Vec<u8>>,
    pub(super) digest: Option<[u8; 16]>,
    pub(super) broken: bool,
}

impl Resources {
    /// Reads resources one after another, until one breaks off or is none. The first of a number counts.
    pub(super) fn read(mut bytes: &[u8]) -> Self {
        let mut found = Self::default();
        while !bytes.is_empty() {
            let Some((number, content, rest)) = next(bytes) else {
                // Programs fill up with zeros.
                found.broken = bytes.iter().any(|&octet| octet != 0);
                break;
            };
            match number {
                IIM if found.iim.is_none() => found.iim = Some(content.to_vec()),
                IIM_DIGEST if found.digest.is_none() => found.digest = content.try_into().ok(),
                _ => {}
            }
            bytes = rest;
        }
        found
    }
}

/// One resource — signature, number, a name that nobody gives, and content, each of even length — and what follows.
fn next(bytes: &[u8]) -> Option<(u16, &[u8], &[u8])> {
    let rest = [b"8BIM", b"8B64", b"AgHg", b"DCSR", b"MeSa", b"PHUT"]
        .iter()
        .find_map(|signature| bytes.strip_prefix(*signature))?;
    let (number, rest) = rest.split_first_chunk()?;
    let name = usize::from(*rest.first()?).checked_add(1)?.next_multiple_of(2);
    let (length, rest) = rest.get(name..)?.split_first_chunk()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    let content = rest.get(..length)?;
    // The filling of the last may be missing.
    let rest = rest.get(length.checked_next_multiple_of(2)?..).unwrap_or_default();
    Some((u16::from_be_bytes(*number), content, rest))
}
