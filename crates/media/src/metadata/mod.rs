//! What the file of a photo says of it: caption, credit and rights, out of bytes that anybody may have sent.
//!
//! [`blocks`] finds where a format keeps metadata; [`iim`], [`xmp`] and [`exif`] read what stands there; the rest decides
//! what is believed of it. Coordinates, serial numbers and previews are not read at all (abuse MED-05).

mod agreement;
pub mod blocks;
mod camera_defaults;
mod clean;
mod country;
pub mod exif;
mod facts;
pub mod found;
pub mod iim;
mod precedence;
mod taken;
mod text;
pub mod xmp;

use std::io::{self, Read, Seek};

use domain::photo::file_metadata::FileMetadata;

use self::blocks::Blocks;
use self::found::Found;
use self::precedence::Ranked;

/// What a file says of its photo. What is broken in it is passed over: an error is one of the file system.
pub fn read(file: impl Read + Seek) -> io::Result<FileMetadata> {
    Ok(of_blocks(&Blocks::find(file)?))
}

/// What the blocks of a file say of its photo.
pub fn of_blocks(blocks: &Blocks) -> FileMetadata {
    let (found, _broken) = raw(blocks);
    facts::of(&Ranked::new(&found, blocks), &found)
}

/// All that the blocks tell, source by source, and whether anything of them could not be read.
pub fn raw(blocks: &Blocks) -> (Vec<Found>, bool) {
    let (mut found, mut broken) = xmp::read(&blocks.xmp);
    for (more, fault) in
        [blocks.iim.as_deref().map(iim::read), blocks.exif.as_deref().map(exif::read)].into_iter().flatten()
    {
        found.extend(more);
        broken |= fault;
    }
    (found, broken || blocks.broken)
}
