//! What the file of a photo says of it: caption, credit and rights, out of bytes that anybody may have sent.
//!
//! [`blocks`] finds where a format keeps metadata, and [`iim`], [`xmp`] and [`exif`] read what stands there.

pub mod blocks;
pub mod exif;
pub mod found;
pub mod iim;
mod text;
pub mod xmp;

use self::blocks::Blocks;
use self::found::Found;

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
