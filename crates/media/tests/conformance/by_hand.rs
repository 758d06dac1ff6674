//! What ExifTool reads and does not write: other spellings of RDF, other encodings, blocks in other parts.

use std::io::Cursor;

use media::metadata::blocks::Blocks;
use media::metadata::found::{Field, Found, Value};
use media::metadata::{exif, iim, xmp};

/// A packet with these elements and attributes of a description.
fn packet(attributes: &str, elements: &str) -> Vec<u8> {
    format!(
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' \
         xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:ph='http://ns.adobe.com/photoshop/1.0/' \
         xmlns:plus='http://ns.useplus.org/ldf/xmp/1.0/' xmlns:e='http://iptc.org/std/Iptc4xmpExt/2008-02-29/'>\
         <rdf:Description {attributes}>{elements}</rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    .into_bytes()
}

fn texts(found: &[Found], field: Field) -> Vec<String> {
    found.iter().filter(|found| found.field == field).flat_map(|found| found.value.texts()).collect()
}

/// The texts of a field in a packet that is read to its end.
fn xmp_texts(packet: Vec<u8>, field: Field) -> Vec<String> {
    let (found, broken) = xmp::read(&[packet]);
    assert!(!broken, "{found:?}");
    texts(&found, field)
}

#[test]
fn a_structure_is_the_same_in_each_of_its_four_spellings() {
    for licensor in [
        "<rdf:li plus:LicensorName='Nordwire' plus:LicensorURL='https://n.example'/>",
        "<rdf:li rdf:parseType='Resource'><plus:LicensorName>Nordwire</plus:LicensorName>\
         <plus:LicensorURL rdf:resource='https://n.example'/></rdf:li>",
        "<rdf:li><rdf:Description plus:LicensorName='Nordwire'><plus:LicensorURL>https://n.example</plus:LicensorURL>\
         </rdf:Description></rdf:li>",
        "<rdf:li><rdf:Description><plus:LicensorName> Nordwire </plus:LicensorName>\
         <plus:LicensorURL><![CDATA[https://n.example]]></plus:LicensorURL></rdf:Description></rdf:li>",
    ] {
        let packet = packet("", &format!("<plus:Licensor><rdf:Seq>{licensor}</rdf:Seq></plus:Licensor>"));
        assert_eq!(xmp_texts(packet, Field::Licensors), ["Nordwire, https://n.example"], "{licensor}");
    }
}

#[test]
fn a_value_is_what_it_is_whatever_is_remarked_on_it() {
    for creator in [
        "<rdf:li>Ana Bo</rdf:li>",
        "<rdf:li rdf:parseType='Resource'><rdf:value>Ana Bo</rdf:value><ph:Role>staff</ph:Role></rdf:li>",
        "<rdf:li><rdf:Description rdf:value='Ana Bo' ph:Role='staff'/></rdf:li>",
        "<rdf:li>Ana<!-- remark --> Bo</rdf:li>",
        "<rdf:li>Ana&#x20;B&#111;</rdf:li>",
    ] {
        let packet = packet("", &format!("<dc:creator><rdf:Seq>{creator}</rdf:Seq></dc:creator>"));
        assert_eq!(xmp_texts(packet, Field::Creators), ["Ana Bo"], "{creator}");
    }
    // A list of one that is written as a text.
    assert_eq!(xmp_texts(packet("dc:creator='Ana Bo'", ""), Field::Creators), ["Ana Bo"]);
    assert_eq!(xmp_texts(packet("", "<dc:creator>Ana Bo</dc:creator>"), Field::Creators), ["Ana Bo"]);
}

#[test]
fn a_property_is_known_by_its_namespace_and_not_by_its_prefix() {
    let packet = packet(
        "xmlns:dc='http://elsewhere.example/' xmlns:q='http://purl.org/dc/elements/1.1/' dc:rights='Another'",
        "<q:rights><rdf:Alt><rdf:li xml:lang='no'>Vår</rdf:li><rdf:li xml:lang='x-default'>Ours</rdf:li></rdf:Alt></q:rights>",
    );
    assert_eq!(xmp_texts(packet, Field::CopyrightNotice), ["Ours"]);
}

#[test]
fn a_packet_of_utf_16_is_read() {
    let text = String::from_utf8(packet("ph:Headline='灯台 — Réka'", "")).expect("text");
    let units = || text.encode_utf16();
    let little: Vec<u8> = [0xff, 0xfe].into_iter().chain(units().flat_map(u16::to_le_bytes)).collect();
    let big: Vec<u8> = units().flat_map(u16::to_be_bytes).collect();
    for packet in [little, big] {
        assert_eq!(xmp_texts(packet, Field::Headline), ["灯台 — Réka"]);
    }
}

#[test]
fn of_a_packet_that_breaks_off_what_was_whole_is_kept() {
    let whole = packet("", "<ph:Headline>Whole</ph:Headline><ph:Credit>Nordwire</ph:Credit>");
    let at = whole.windows(8).position(|window| window == b"Nordwire").expect("it is there");
    let (found, broken) = xmp::read(&[whole[..at + 4].to_vec()]);
    assert!(broken);
    assert_eq!(texts(&found, Field::Headline), ["Whole"]);
    assert_eq!(texts(&found, Field::CreditLine), [""; 0]);
}

#[test]
fn nothing_is_read_behind_a_document_type() {
    let declared = [b"<!DOCTYPE x>".as_slice(), &packet("ph:Headline='A'", "")].concat();
    assert_eq!(xmp::read(&[declared]), (Vec::new(), true));
}

/// A JPEG of these segments.
fn jpeg(segments: &[(u8, Vec<u8>)]) -> Blocks {
    let mut file = vec![0xff, 0xd8];
    for (marker, content) in segments {
        file.extend([0xff, 0xff, *marker]);
        file.extend(u16::try_from(content.len() + 2).expect("a short segment").to_be_bytes());
        file.extend(content);
    }
    file.extend([0xff, 0xda]);
    Blocks::find(Cursor::new(file)).expect("bytes can be read")
}

const GUID: &str = "0123456789ABCDEF0123456789ABCDEF";

fn main_packet() -> (u8, Vec<u8>) {
    let named = format!("xmlns:n='http://ns.adobe.com/xmp/note/' n:HasExtendedXMP='{GUID}'");
    (0xe1, [b"http://ns.adobe.com/xap/1.0/\0".as_slice(), &packet(&named, "")].concat())
}

fn extension(guid: &str, whole: &[u8], from: usize, to: usize) -> (u8, Vec<u8>) {
    let numbers = [whole.len(), from].map(|number| u32::try_from(number).expect("small").to_be_bytes());
    (
        0xe1,
        [b"http://ns.adobe.com/xmp/extension/\0", guid.as_bytes(), &numbers.concat(), &whole[from..to]]
            .concat(),
    )
}

#[test]
fn an_extended_packet_is_put_together_by_its_offsets() {
    let whole = packet("ph:Headline='Extended'", "");
    let parts = |first: &str, cut: usize| {
        jpeg(&[extension(first, &whole, 100, whole.len()), main_packet(), extension(GUID, &whole, 0, cut)])
    };
    let blocks = parts(GUID, 100);
    assert!(!blocks.broken && blocks.xmp.len() == 2, "{blocks:?}");
    assert_eq!(texts(&xmp::read(&blocks.xmp).0, Field::Headline), ["Extended"]);
    for (why, blocks) in [
        ("of another file", parts("00000000000000000000000000000000", 100)),
        ("with a gap", parts(GUID, 99)),
        ("with parts over one another", parts(GUID, 101)),
        ("without an end", jpeg(&[main_packet(), extension(GUID, &whole, 0, 100)])),
        ("without anything", jpeg(&[main_packet()])),
    ] {
        assert!(blocks.broken && blocks.xmp.len() == 1, "{why}: {blocks:?}");
    }
}

#[test]
fn resources_of_photoshop_go_on_in_the_next_segment() {
    let iim = b"\x1c\x02\x69\x00\x05Seals";
    let resource =
        [b"8BIM\x03\xed\x02an\0\0\0\0\x01x\0", b"8BIM\x04\x04\0\0\0\0\0\x0a".as_slice(), iim].concat();
    let (first, second) = resource.split_at(resource.len() - 3);
    let segment = |part: &[u8]| (0xed, [b"Photoshop 3.0\0", part].concat());
    let blocks = jpeg(&[segment(first), (0xfe, b"a remark".to_vec()), segment(second)]);
    assert_eq!(blocks.iim.as_deref(), Some(iim.as_slice()));
    assert!(!blocks.broken);
}

#[test]
fn of_datasets_the_first_counts_where_one_is_meant_and_all_where_many_are() {
    let block = b"\x1c\x02\x69\x00\x03One\x1c\x02\x69\x00\x03Two\x1c\x02\x50\x00\x01A\x1c\x02\x50\x00\x00\x1c\x02\x50\x80\x04\0\0\0\x01B";
    let (found, broken) = iim::read(block);
    assert!(!broken);
    assert_eq!(texts(&found, Field::Headline), ["One"]);
    assert_eq!(texts(&found, Field::Creators), ["A", "B"]);
}

#[test]
fn an_offset_that_a_camera_left_blank_is_none() {
    let mut tiff = b"II\x2a\0\x08\0\0\0\x01\0\x69\x87\x04\0\x01\0\0\0\x1a\0\0\0\0\0\0\0".to_vec();
    tiff.extend(b"\x02\0\x03\x90\x02\0\x14\0\0\0\x38\0\0\0\x11\x90\x02\0\x07\0\0\0\x4c\0\0\0\0\0\0\0");
    tiff.extend(b"2018:01:01 12:30:05\0   :  \0");
    let (found, broken) = exif::read(&tiff);
    assert!(!broken);
    let [Found { field: Field::TakenAt, value: Value::Text(taken), .. }] = found.as_slice() else {
        panic!("{found:?}");
    };
    assert_eq!(taken, "2018-01-01T12:30:05");
}
