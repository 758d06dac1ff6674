//! Small files that would become large or slow.

use std::fmt::Write as _;
use std::fs;
use std::io::Cursor;
use std::time::{Duration, Instant};

use media::metadata;

use crate::parts::{jpeg, jpeg_with_exif, packet, png, png_with_xmp, tiff, zeros_deflated};

/// Longest that any file may take, without optimisation.
const MAX_TIME: Duration = Duration::from_secs(2);

/// Most memory beside the file itself.
const MAX_MEMORY_KIB: usize = 64 << 10;

// abuse: MED-04
#[test]
fn no_metadata_takes_long_or_much() {
    for (name, make) in BOMBS {
        let file = make();
        let before = peak_kib(true);
        let begun = Instant::now();
        let read = metadata::read(Cursor::new(&file)).expect("bytes can be read");
        let took = begun.elapsed();
        let grown = peak_kib(false).saturating_sub(before);
        println!("{name}: {} KiB, {took:?}, {grown} KiB more", file.len() >> 10);
        assert!(took < MAX_TIME, "{name} took {took:?}");
        assert!(grown < MAX_MEMORY_KIB, "{name} took {grown} KiB");
        assert!(read.raw.len() <= 1000, "{name} has {} raw values", read.raw.len());
        assert!(!format!("{read:?}").contains("lollol"), "{name} was expanded");
    }
}

type Bomb = (&'static str, fn() -> Vec<u8>);

const BOMBS: [Bomb; 23] = [
    ("a billion laughs", billion_laughs),
    ("a file named by an entity", || {
        let declared = "<!DOCTYPE x [<!ENTITY lol SYSTEM 'file:///etc/passwd'>]>".to_owned();
        png_with_xmp(&(declared + &packet("<dc:title>&lol;</dc:title>")))
    }),
    ("80,000 attributes", || png_with_xmp(&packet(&format!("<dc:title{}/>", numbered(80_000, "a", "='x'"))))),
    ("80,000 attributes of one name", || {
        png_with_xmp(&packet(&format!("<dc:title{}/>", " a='x'".repeat(80_000))))
    }),
    ("100,000 namespaces", || {
        png_with_xmp(&packet(&format!("<dc:title{}/>", numbered(100_000, "xmlns:n", "='u'"))))
    }),
    ("namespaces on each of many elements", || {
        let element = format!("<dc:title{}/>", numbered(100, "xmlns:n", "='u'"));
        png_with_xmp(&packet(&element.repeat(1000)))
    }),
    ("100,000 elements deep", || png_with_xmp(&packet(&"<dc:title>".repeat(100_000)))),
    ("2 MiB of elements", || png_with_xmp(&packet(&"<dc:title/>".repeat(180_000)))),
    ("2 MiB of references", || {
        png_with_xmp(&packet(&format!(
            "<photoshop:Headline>{}</photoshop:Headline>",
            "&#65;".repeat(400_000)
        )))
    }),
    ("2 MiB of ampersands", || {
        png_with_xmp(&packet(&format!("<photoshop:Headline>{}</photoshop:Headline>", "&".repeat(2_000_000))))
    }),
    ("30,000 keywords", || list("dc:subject", "<rdf:li>k</rdf:li>", 30_000)),
    ("20,000 licensors", || {
        list("plus:Licensor", "<rdf:li plus:LicensorName='a' plus:LicensorID='b'/>", 20_000)
    }),
    ("50 MB of Exif segments", || segments(b"Exif\0\0MM\0\x2a", 800)),
    ("50 MB of XMP segments", || segments(b"http://ns.adobe.com/xap/1.0/\0<", 800)),
    ("50 MB of extended XMP", || {
        segments(
            b"http://ns.adobe.com/xmp/extension/\x000123456789abcdef0123456789abcdef\xff\xff\xff\xff\0\0\0\0",
            800,
        )
    }),
    ("50 MB of Photoshop's segments", || segments(b"Photoshop 3.0\08BIM\x04\x04\0\0\0\0\xff\xf0", 800)),
    ("a million empty segments", || jpeg(std::iter::repeat_n((0xe1, &[][..]), 1 << 20))),
    ("directories in a circle", || {
        jpeg_with_exif(&tiff(&[(0x8769, 4, 1, 8), (0x010e, 2, u32::MAX, 8), (0x013b, 2, 0x7fff_ffff, 0)], 8))
    }),
    ("directories over one another", overlapping_directories),
    ("a compressed text of 1 GiB", || png([(b"zTXt", profile(1024).as_slice())])),
    ("many compressed texts", || {
        let text = profile(4);
        png(std::iter::repeat_n((b"zTXt", text.as_slice()), 5000))
    }),
    ("190,000 datasets of IIM", || {
        let iim = [0x1c, 2, 25, 0, 0].repeat(190_000);
        let digits = iim.iter().fold(String::new(), |mut digits, octet| {
            write!(digits, "{octet:02x}").expect("memory takes it");
            digits
        });
        let text = format!("Raw profile type iptc\0\niptc\n{}\n{}", iim.len(), digits);
        png([(b"tEXt", text.as_bytes())])
    }),
    ("items in items of AVIF", avif_of_many_places),
];

fn billion_laughs() -> Vec<u8> {
    let mut declared = String::from("<!DOCTYPE x [<!ENTITY l0 'lol'>");
    for level in 1..30 {
        let reference = format!("&l{};", level - 1).repeat(10);
        write!(declared, "<!ENTITY l{level} '{reference}'>").expect("memory takes it");
    }
    jpeg([(
        0xe1,
        format!("http://ns.adobe.com/xap/1.0/\0{declared}]>{}", packet("<dc:title>&l29;</dc:title>"))
            .as_bytes(),
    )])
}

fn numbered(count: usize, begin: &str, end: &str) -> String {
    (0..count).fold(String::new(), |mut all, number| {
        write!(all, " {begin}{number}{end}").expect("memory takes it");
        all
    })
}

fn list(property: &str, item: &str, count: usize) -> Vec<u8> {
    png_with_xmp(&packet(&format!("<{property}><rdf:Bag>{}</rdf:Bag></{property}>", item.repeat(count))))
}

fn segments(begin: &[u8], count: usize) -> Vec<u8> {
    let mut content = begin.to_vec();
    content.resize(65_533, b'x');
    jpeg(
        std::iter::repeat_n((0xe1, content.as_slice()), count / 2)
            .chain(std::iter::repeat_n((0xed, content.as_slice()), count / 2)),
    )
}

fn profile(mib: usize) -> Vec<u8> {
    [&b"Raw profile type xmp\0\0"[..], &zeros_deflated(mib)].concat()
}

/// One directory of pointers, each to another place in what reads as thousands of entries.
fn overlapping_directories() -> Vec<u8> {
    let entries: Vec<_> = (0..2600).map(|entry| (0x8769, 4, 1, 40_000 + entry)).collect();
    let mut tiff = tiff(&entries, 0);
    tiff.resize(65_000, 0x0a);
    jpeg_with_exif(&tiff)
}

fn avif_of_many_places() -> Vec<u8> {
    let framed = |kind: &[u8; 4], content: &[u8]| {
        let length = u32::try_from(content.len() + 8).expect("a box's length");
        [&length.to_be_bytes()[..], kind, content].concat()
    };
    let info = framed(b"infe", b"\x02\0\0\0\0\x01\0\0Exif\0");
    let infos = framed(b"iinf", &[&b"\0\0\0\0\xff\xff"[..], &info.repeat(5000)].concat());
    // Offsets and lengths of no octets: every place is the same, and there are as many as the number says.
    let item = [&b"\0\x02\0\0\xff\xff"[..]].concat();
    let places = framed(b"iloc", &[&b"\0\0\0\0\0\0\xff\xff"[..], &item.repeat(60_000)].concat());
    let meta = framed(b"meta", &[&[0; 4][..], &infos, &places].concat());
    [framed(b"ftyp", b"avif\0\0\0\0"), meta].concat()
}

/// The most memory that this process has had, since the peak was last forgotten.
fn peak_kib(forget: bool) -> usize {
    if forget {
        // Where the system does not forget, the peak of a file before may hide that of this one.
        fs::write("/proc/self/clear_refs", "5").ok();
    }
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    peak.trim().trim_end_matches(" kB").parse().unwrap_or_default()
}
