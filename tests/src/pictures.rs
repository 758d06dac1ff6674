//! Pictures made here, and how people bring them in.

use serde_json::Value;

use crate::answer::Answer;
use crate::client::Client;
use crate::request::Request;

/// The boundary of the forms that are sent.
const BOUNDARY: &str = "a-boundary-that-no-picture-has";

/// A PNG of this size; `shade` tells two of them apart. Its caption, if any, is told in XMP.
pub fn png(width: u32, height: u32, shade: u8, caption: Option<&str>) -> Vec<u8> {
    let text = caption.map(|caption| (*b"iTXt", xmp(caption)));
    png_with(width, height, shade, text.as_slice())
}

/// The same with chunks between its header and its pixels.
pub fn png_with(width: u32, height: u32, shade: u8, chunks: &[([u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut rows = Vec::new();
    for y in 0..height {
        rows.push(0);
        rows.extend((0..width).flat_map(|x| [shade, low(x), low(y)]));
    }
    png_of(width, height, chunks, &stored(&rows))
}

/// A PNG that declares this size and has these octets for its pixels.
pub fn png_of(width: u32, height: u32, chunks: &[([u8; 4], Vec<u8>)], pixels: &[u8]) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut header = [width.to_be_bytes(), height.to_be_bytes()].concat();
    header.extend([8, 2, 0, 0, 0]);
    chunk(&mut file, *b"IHDR", &header);
    for (kind, content) in chunks {
        chunk(&mut file, *kind, content);
    }
    chunk(&mut file, *b"IDAT", pixels);
    chunk(&mut file, *b"IEND", &[]);
    file
}

/// A small JPEG with these segments behind its beginning, each a marker and what is in it.
pub fn jpeg_with<'a>(segments: impl IntoIterator<Item = (u8, &'a [u8])>) -> Vec<u8> {
    let (begin, rest) = include_bytes!("../../crates/media/tests/files/plain/plain.jpg").split_at(2);
    let mut file = begin.to_vec();
    for (marker, content) in segments {
        let length = u16::try_from(content.len() + 2).expect("a segment's length");
        file.extend([0xff, marker]);
        file.extend(length.to_be_bytes());
        file.extend(content);
    }
    file.extend(rest);
    file
}

/// A small JPEG that has its caption in IPTC-IIM alone, as most agencies send it.
pub fn jpeg_with_iim(caption: &str) -> Vec<u8> {
    let length = |octets: usize| u16::try_from(octets).expect("a short caption").to_be_bytes();
    let iim = [&[0x1c, 2, 120][..], &length(caption.len()), caption.as_bytes()].concat();
    let padding: &[u8] = if iim.len() % 2 == 0 { &[] } else { &[0] };
    let head = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0";
    jpeg_with([(0xed, [head.as_slice(), &length(iim.len()), &iim, padding].concat().as_slice())])
}

/// The content of a text chunk of PNG with XMP that tells a caption.
fn xmp(caption: &str) -> Vec<u8> {
    xmp_of(&format!(
        "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">{caption}</rdf:li></rdf:Alt></dc:description>"
    ))
}

/// The content of a text chunk of PNG with XMP of these properties.
pub fn xmp_of(properties: &str) -> Vec<u8> {
    let packet = format!(
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">{properties}</rdf:Description>\
         </rdf:RDF></x:xmpmeta>"
    );
    [b"XML:com.adobe.xmp\0\0\0\0\0".as_slice(), packet.as_bytes()].concat()
}

fn low(number: u32) -> u8 {
    number.to_le_bytes()[0]
}

fn chunk(file: &mut Vec<u8>, kind: [u8; 4], body: &[u8]) {
    file.extend(u32::try_from(body.len()).expect("a small chunk").to_be_bytes());
    let named = [kind.as_slice(), body].concat();
    file.extend(&named);
    file.extend(crc(&named).to_be_bytes());
}

/// The checksum of PNG (ISO 3309).
fn crc(octets: &[u8]) -> u32 {
    let step = |sum: u32, _| if sum & 1 == 1 { 0xedb8_8320 ^ (sum >> 1) } else { sum >> 1 };
    !octets.iter().fold(!0_u32, |sum, octet| (0..8).fold(sum ^ u32::from(*octet), step))
}

/// Octets in the form of zlib (RFC 1950), not made any smaller.
fn stored(octets: &[u8]) -> Vec<u8> {
    let mut form = vec![0x78, 0x01];
    let pieces: Vec<_> = octets.chunks(0xffff).collect();
    for (i, piece) in pieces.iter().enumerate() {
        let length = u16::try_from(piece.len()).expect("a piece");
        form.push(u8::from(i + 1 == pieces.len()));
        form.extend(length.to_le_bytes());
        form.extend((!length).to_le_bytes());
        form.extend(*piece);
    }
    let (a, b) = octets.iter().fold((1_u32, 0_u32), |(a, b), octet| {
        let a = (a + u32::from(*octet)) % 65521;
        (a, (a + b) % 65521)
    });
    form.extend((b << 16 | a).to_be_bytes());
    form
}

/// A part of a form: its name, the name of its file, and what it holds.
pub type Part<'a> = (&'a str, Option<&'a str>, &'a [u8]);

/// The type and the octets of a form.
pub fn form(parts: &[Part<'_>]) -> (String, Vec<u8>) {
    let mut body = Vec::new();
    for (name, file_name, octets) in parts {
        let file_name = file_name.map(|name| format!("; filename=\"{name}\"")).unwrap_or_default();
        let head =
            format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"{file_name}\r\n\r\n");
        body.extend(head.as_bytes());
        body.extend(*octets);
        body.extend(b"\r\n");
    }
    body.extend(format!("--{BOUNDARY}--\r\n").as_bytes());
    (format!("multipart/form-data; boundary={BOUNDARY}"), body)
}

impl<'a> Client<'a> {
    /// A request with a file and what is said of it.
    pub fn sending(&'a self, method: &str, path: &str, file: &[u8], said: Option<&Value>) -> Request<'a> {
        let said = said.map(Value::to_string);
        let mut parts: Vec<Part<'_>> = vec![("file", Some("VRN104_sea-gates.png"), file)];
        parts.extend(said.as_ref().map(|said| ("photo", None, said.as_bytes())));
        let (kind, body) = form(&parts);
        self.request(method, path).body(&kind, body)
    }

    /// Brings a photo in.
    #[track_caller]
    pub fn upload(&self, file: &[u8]) -> Answer {
        self.sending("POST", "/v1/editorial/photos", file, None).send()
    }

    /// Brings a photo in that may be published: with caption, alternative text and credit.
    #[track_caller]
    pub fn upload_whole(&self, shade: u8) -> Answer {
        let said = serde_json::json!({
            "caption": "The sea gates of Varn at high tide.", "alt": "Waves break against steel gates",
            "credit": {"creators": [{"name": "Ivo Grane"}], "organizations": ["Nordwire"]},
        });
        let file = png(400, 300, shade, None);
        self.sending("POST", "/v1/editorial/photos", &file, Some(&said)).send().status(201)
    }
}
