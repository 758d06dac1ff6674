//! Which source is believed where they differ: XMP, unless IIM was changed after it; Exif last; a camera's words never.

use domain::photo::file_metadata::{MetadataField, MetadataSource};
use md5::{Digest, Md5};

use super::agreement::agree;
use super::blocks::Blocks;
use super::camera_defaults::is_default;
use super::found::{Field, Found, Value};

/// Values of a file in the order in which they are believed.
pub(super) struct Ranked<'a> {
    found: &'a [Found],
    order: [MetadataSource; 3],
}

impl<'a> Ranked<'a> {
    /// Ranks what was found in the blocks.
    pub(super) fn new(found: &'a [Found], blocks: &Blocks) -> Self {
        let order = if iim_is_newer(blocks) {
            [MetadataSource::Iim, MetadataSource::Xmp, MetadataSource::Exif]
        } else {
            [MetadataSource::Xmp, MetadataSource::Iim, MetadataSource::Exif]
        };
        Self { found, order }
    }

    /// All values of a field of a photo, the most believed first; of a source in the order in which it was read.
    fn candidates(&self, field: MetadataField) -> impl Iterator<Item = &'a Found> {
        let found = self.found;
        self.order.into_iter().flat_map(move |source| {
            found.iter().filter(move |found| {
                found.source == source && found.field.belongs_to() == field && says_something(found)
            })
        })
    }

    /// The value that is believed. Where IIM is and has only what of XMP fits its limits, it is the whole of XMP.
    pub(super) fn value(&self, field: MetadataField) -> Option<&'a Value> {
        let first = self.candidates(field).next()?;
        let whole = self.candidates(field).find(|found| found.source == MetadataSource::Xmp);
        let believed =
            whole.filter(|whole| first.source == MetadataSource::Iim && agree(first, whole)).unwrap_or(first);
        Some(&believed.value)
    }

    /// The value of one of the fields that a field of a photo is made of, in the most believed source that has it.
    pub(super) fn part(&self, part: Field) -> Option<&'a Value> {
        self.candidates(part.belongs_to()).find(|found| found.field == part).map(|found| &found.value)
    }

    /// All that agree with the value that is believed, which comes first.
    pub(super) fn agreeing(&self, field: MetadataField) -> impl Iterator<Item = &'a Value> {
        let first = self.candidates(field).next();
        self.candidates(field)
            .filter(move |found| first.is_some_and(|first| agree(first, found)))
            .map(|found| &found.value)
    }

    /// Fields in which two sources say what cannot both be meant.
    pub(super) fn conflicts(&self) -> Vec<MetadataField> {
        MetadataField::ALL.iter().copied().filter(|&field| self.is_disputed(field)).collect()
    }

    fn is_disputed(&self, field: MetadataField) -> bool {
        let of = |source| self.candidates(field).filter(move |found| found.source == source);
        let pairs = [(0, 1), (0, 2), (1, 2)]
            .map(|(one, other)| (MetadataSource::ALL[one], MetadataSource::ALL[other]));
        pairs.into_iter().any(|(one, other)| {
            let both = of(one).next().is_some() && of(other).next().is_some();
            both && !of(one).any(|one| of(other).any(|other| agree(one, other)))
        })
    }
}

/// Whether IIM is not what it was when XMP was brought in line with it: the digest that was kept then is another.
fn iim_is_newer(blocks: &Blocks) -> bool {
    match (&blocks.iim, blocks.iim_digest) {
        (Some(iim), Some(digest)) => Md5::digest(iim).as_slice() != digest,
        _ => false,
    }
}

/// Whether there is a word in it that no camera wrote.
fn says_something(found: &Found) -> bool {
    found
        .value
        .texts()
        .iter()
        .any(|text| !text.trim().is_empty() && !is_default(found.field.belongs_to(), text))
}
