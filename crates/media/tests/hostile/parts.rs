//! Files put together by hand, around whatever metadata a test has.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;

/// A JPEG of these segments, each a marker and what is in it, and no picture.
pub(crate) fn jpeg<'a>(segments: impl IntoIterator<Item = (u8, &'a [u8])>) -> Vec<u8> {
    let mut file = vec![0xff, 0xd8];
    for (marker, content) in segments {
        let length = u16::try_from(content.len() + 2).expect("a segment's length");
        file.extend([0xff, marker]);
        file.extend(length.to_be_bytes());
        file.extend(content);
    }
    file.extend([0xff, 0xd9]);
    file
}

/// A PNG of these chunks.
pub(crate) fn png<'a>(chunks: impl IntoIterator<Item = (&'a [u8; 4], &'a [u8])>) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, content) in chunks.into_iter().chain([(b"IEND", &[][..])]) {
        file.extend(u32::try_from(content.len()).expect("a chunk's length").to_be_bytes());
        file.extend(kind);
        file.extend(content);
        file.extend([0; 4]);
    }
    file
}

/// A PNG with an XMP packet, which may be larger there than in a JPEG.
pub(crate) fn png_with_xmp(packet: &str) -> Vec<u8> {
    let text = [&b"XML:com.adobe.xmp\0\0\0\0\0"[..], packet.as_bytes()].concat();
    png([(b"iTXt", text.as_slice())])
}

/// A packet around properties.
pub(crate) fn packet(properties: &str) -> String {
    format!(
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>\
         <rdf:Description xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:photoshop='http://ns.adobe.com/photoshop/1.0/' \
         xmlns:plus='http://ns.useplus.org/ldf/xmp/1.0/'>{properties}</rdf:Description></rdf:RDF></x:xmpmeta>"
    )
}

/// A stream of zlib that becomes so many MiB of zeros, without anybody having had them: a block that is repeated.
pub(crate) fn zeros_deflated(mib: usize) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&vec![0; 1 << 20]).expect("memory takes it");
    encoder.flush().expect("memory takes it");
    let (head, block) = encoder.get_ref().split_at(2);
    [head, &block.repeat(mib)].concat()
}

/// A JPEG whose Exif is this TIFF structure.
pub(crate) fn jpeg_with_exif(tiff: &[u8]) -> Vec<u8> {
    jpeg([(0xe1, [b"Exif\0\0", tiff].concat().as_slice())])
}

/// A TIFF structure that begins with a directory of these entries: tag, type, count, value.
pub(crate) fn tiff(entries: &[(u16, u16, u32, u32)], next: u32) -> Vec<u8> {
    let mut tiff = b"MM\0\x2a\0\0\0\x08".to_vec();
    tiff.extend(u16::try_from(entries.len()).expect("a directory's length").to_be_bytes());
    for (tag, kind, count, value) in entries {
        tiff.extend(tag.to_be_bytes());
        tiff.extend(kind.to_be_bytes());
        tiff.extend(count.to_be_bytes());
        tiff.extend(value.to_be_bytes());
    }
    tiff.extend(next.to_be_bytes());
    tiff
}
