//! Files that ExifTool wrote, changed here and there, and octets that nobody wrote at all.

use std::fs;
use std::io::Cursor;
use std::path::Path;

use domain::photo::file_metadata::FileMetadata;
use media::metadata::{self, exif, iim, xmp};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

/// What is done to a file in one place.
#[derive(Debug, Clone)]
enum Change {
    Put(Index, u8),
    Insert(Index, Vec<u8>),
    Remove(Index, usize),
    Repeat(Index, usize),
    End(Index),
}

fn change() -> impl Strategy<Value = Change> {
    let at = any::<Index>;
    prop_oneof![
        8 => (at(), any::<u8>()).prop_map(|(at, octet)| Change::Put(at, octet)),
        4 => (at(), prop::sample::select(&[0_u8, 1, 0x7f, 0x80, 0xff][..])).prop_map(|(at, octet)| Change::Put(at, octet)),
        2 => (at(), vec(any::<u8>(), 1..8)).prop_map(|(at, octets)| Change::Insert(at, octets)),
        2 => (at(), 1_usize..64).prop_map(|(at, count)| Change::Remove(at, count)),
        1 => (at(), 1_usize..512).prop_map(|(at, count)| Change::Repeat(at, count)),
        1 => at().prop_map(Change::End),
    ]
}

fn changed(mut file: Vec<u8>, changes: &[Change]) -> Vec<u8> {
    for change in changes {
        let length = file.len();
        let place = |at: &Index| at.index(length.max(1)).min(length);
        match change {
            Change::Put(at, octet) => file.iter_mut().skip(place(at)).take(1).for_each(|to| *to = *octet),
            Change::Insert(at, octets) => drop(file.splice(place(at)..place(at), octets.iter().copied())),
            Change::Remove(at, count) => drop(file.drain(place(at)..length.min(place(at) + count))),
            Change::Repeat(at, count) => {
                let again = file[place(at)..length.min(place(at) + count)].to_vec();
                drop(file.splice(place(at)..place(at), again));
            }
            Change::End(at) => file.truncate(place(at)),
        }
    }
    file
}

fn files() -> Vec<Vec<u8>> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files");
    let entries = fs::read_dir(dir).expect("the files").map(|entry| entry.expect("an entry").path());
    let mut photos: Vec<_> =
        entries.filter(|path| path.is_file() && path.extension().is_some_and(|e| e != "json")).collect();
    photos.sort();
    assert!(photos.len() > 20, "the files are found");
    photos.iter().map(|path| fs::read(path).expect("a file")).collect()
}

/// What is read can be stored and read back, whatever the file was.
fn read(file: &[u8]) {
    let metadata = metadata::read(Cursor::new(file)).expect("bytes can be read");
    let stored = serde_json::to_string(&metadata).expect("what is read can be stored");
    let back: FileMetadata = serde_json::from_str(&stored).expect("what is stored can be read");
    assert_eq!(back, metadata);
}

/// What the formats that we know begin with, and nothing.
static BEGINNINGS: [&[u8]; 6] = [
    b"\xff\xd8\xff\xe1",
    b"\x89PNG\r\n\x1a\n",
    b"RIFF\0\0\0\0WEBP",
    b"GIF89a",
    b"\0\0\0\x10ftypavif\0\0\0\0",
    b"",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_file_that_is_changed_anywhere_is_read(file in prop::sample::select(files()), changes in vec(change(), 0..12)) {
        read(&changed(file, &changes));
    }

    #[test]
    fn any_octets_are_read(begin in prop::sample::select(&BEGINNINGS[..]), octets in vec(any::<u8>(), 0..400)) {
        read(&[begin, &octets].concat());
        iim::read(&octets);
        exif::read(&octets);
        exif::orientation(&octets);
        xmp::read(&[octets]);
    }

    #[test]
    fn what_is_almost_rdf_is_read(pieces in vec(prop::sample::select(&[
        "<rdf:RDF>", "</rdf:RDF>", "<rdf:Description>", "</rdf:Description>", "<dc:subject>", "</dc:subject>", "<rdf:Bag>",
        "</rdf:Bag>", "<rdf:li xml:lang='x-default'>", "<rdf:li>", "</rdf:li>", "<rdf:value>", "</rdf:value>", " rdf:parseType='Resource'",
        " dc:title='a'", ">", "<", "/>", "&amp;", "&#0;", "&#x1F600;", "&x;", "&", "a", "\u{feff}", "<!--", "-->", "<![CDATA[", "]]>", "<?x",
        "?>", "<!DOCTYPE x>", "xmlns:dc='http://purl.org/dc/elements/1.1/'",
    ][..]), 0..40)) {
        let packet = crate::parts::packet(&pieces.concat());
        read(&crate::parts::png_with_xmp(&packet));
    }

    #[test]
    fn datasets_of_any_text_are_read_as_written(texts in vec("[^\\x00-\\x1f\\x7f-\\x9f]{1,40}", 1..20), told in any::<bool>()) {
        let texts: Vec<_> = texts.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect();
        let mut block = Vec::new();
        if told {
            block.extend(b"\x1c\x01\x5a\x00\x03\x1b%G");
        }
        for text in &texts {
            block.extend([0x1c, 2, 25]);
            block.extend(u16::try_from(text.len()).expect("a short text").to_be_bytes());
            block.extend(text.as_bytes());
        }
        let (found, broken) = iim::read(&block);
        prop_assert!(!broken);
        let read: Vec<_> = found.iter().flat_map(|found| found.value.texts()).collect();
        prop_assert_eq!(read, texts);
    }
}
