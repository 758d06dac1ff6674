//! What readers get of a photo, and what they do not.

use domain::block::photo::Share;
use domain::photo::variant::RenditionFormat;
use png::{BitDepth, ColorType};

use super::*;
use crate::limits::Limits;
use crate::samples::{exif, jpeg, png, png_with, scene};

const CORNER: FocalPoint = FocalPoint { x: Share::WHOLE, y: Share::NONE };

fn read(file: &[u8]) -> Picture {
    Picture::read(file, &Limits::DEFAULT).unwrap()
}

fn notice() -> Notice {
    Notice {
        creators: vec!["Åsa <Lind>".to_owned(), "Kåre & Co".to_owned()],
        credit: Some("Åsa Lind/Varn Pictures".to_owned()),
        copyright: Some("© 2026 Varn Pictures".to_owned()),
        web_statement: Some("https://varn.example/rights?a=1&b=2".to_owned()),
        licensors: vec![Licensor {
            name: Some("Varn".to_owned()),
            url: Some("https://varn.example/buy".to_owned()),
        }],
    }
}

fn all(picture: &Picture, formats: &[RenditionFormat]) -> Vec<Made> {
    let wanted = Variant::ALL.iter().filter(|variant| formats.contains(&variant.format()));
    wanted.filter_map(|&variant| make(picture, variant, CORNER, &notice()).unwrap()).collect()
}

fn holds(file: &[u8], text: &str) -> bool {
    file.windows(text.len()).any(|part| part == text.as_bytes())
}

#[test]
fn every_rendition_is_a_picture_of_its_size_and_format() {
    let picture = read(&jpeg(700, 500, jpeg_encoder::ColorType::Rgb, &scene(700, 500), |_| ()));
    let made = all(&picture, &[RenditionFormat::Jpeg, RenditionFormat::Webp]);
    let names: Vec<_> = made.iter().map(|made| made.variant.name()).collect();
    assert_eq!(names.len(), 12, "{names:?}");
    for Made { variant, pixels, bytes } in made {
        let again = read(&bytes);
        assert_eq!(again.full_size(), pixels, "{variant}");
        let format = crate::sniff::format(&bytes).unwrap().media_type();
        assert_eq!(format, variant.format().media_type(), "{variant}");
    }
}

// abuse: MED-05
#[test]
fn rights_are_written_into_every_rendition_and_nothing_else_of_the_file() {
    let mut secret = exif(6);
    secret.extend(b"GPS 59.3293N 18.0686E SERIAL-0815 OWNER");
    let file = jpeg(400, 300, jpeg_encoder::ColorType::Rgb, &scene(400, 300), |encoder| {
        encoder.add_exif_metadata(&secret).unwrap();
        encoder.add_app_segment(1, b"http://ns.adobe.com/xap/1.0/\0<x>SERIAL-0815</x>".to_vec()).unwrap();
        encoder.add_app_segment(13, b"Photoshop 3.0\0OWNER".to_vec()).unwrap();
        encoder.add_icc_profile(&moxcms::ColorProfile::new_srgb().encode().unwrap()).unwrap();
    });
    for Made { variant, bytes, .. } in all(&read(&file), &[RenditionFormat::Jpeg, RenditionFormat::Webp]) {
        for said in [
            "<dc:creator><rdf:Seq><rdf:li>Åsa &lt;Lind&gt;</rdf:li><rdf:li>Kåre &amp; Co</rdf:li></rdf:Seq></dc:creator>",
            "<photoshop:Credit>Åsa Lind/Varn Pictures</photoshop:Credit>",
            "© 2026 Varn Pictures</rdf:li>",
            "<xmpRights:WebStatement>https://varn.example/rights?a=1&amp;b=2</xmpRights:WebStatement>",
            "<plus:LicensorURL>https://varn.example/buy</plus:LicensorURL>",
        ] {
            assert!(holds(&bytes, said), "{variant} {said}");
        }
        for private in ["SERIAL", "GPS", "OWNER", "Exif", "Photoshop", "ICC_PROFILE", "acsp"] {
            assert!(!holds(&bytes, private), "{variant} {private}");
        }
    }
}

// abuse: MED-02
#[test]
fn what_hides_beside_the_picture_is_gone_from_every_rendition() {
    let script = "<script>alert(1)</script>";
    let mut commented = jpeg(64, 64, jpeg_encoder::ColorType::Rgb, &scene(64, 64), |_| ());
    let mut comment = vec![0xff, 0xfe, 0, u8::try_from(script.len() + 2).unwrap()];
    comment.extend(script.as_bytes());
    commented.splice(2..2, comment);
    commented.extend(b"PK\x03\x04<html>");
    commented.extend(script.as_bytes());
    let text = (*b"tEXt", format!("Comment\0{script}").into_bytes());
    let mut chunked = png_with(8, 8, (ColorType::Rgb, BitDepth::Eight), &scene(8, 8), &[text]);
    chunked.extend(b"<?php system($_GET['c']); ?>");
    for file in [commented, chunked] {
        for Made { variant, bytes, .. } in all(&read(&file), &[RenditionFormat::Jpeg, RenditionFormat::Webp])
        {
            for hidden in ["<script", "<html", "<?php", "PK\x03\x04"] {
                assert!(!holds(&bytes, hidden), "{variant} {hidden}");
            }
        }
    }
}

#[test]
fn the_same_file_gives_the_same_bytes() {
    let file = png(640, 400, ColorType::Rgb, BitDepth::Eight, &scene(640, 400));
    let formats = [RenditionFormat::Jpeg, RenditionFormat::Webp];
    assert_eq!(all(&read(&file), &formats), all(&read(&file), &formats));
}

#[test]
fn what_can_be_seen_through_stays_so_in_webp_and_is_white_in_jpeg() {
    let pixels = [[0, 0, 200, 0].repeat(16 * 32), [200, 0, 0, 255].repeat(16 * 32)].concat();
    let picture = read(&png(32, 32, ColorType::Rgba, BitDepth::Eight, &pixels));
    let made = |variant| read(&make(&picture, variant, CORNER, &notice()).unwrap().unwrap().bytes);
    let webp = made(Variant::W320Webp);
    assert!(webp.has_alpha());
    assert_eq!((webp.pixels[3], webp.pixels[webp.pixels.len() - 1]), (0, 255));
    let jpeg = made(Variant::W320Jpeg);
    assert!(
        !jpeg.has_alpha() && jpeg.pixels[..3].iter().all(|&light| light > 250),
        "{:?}",
        &jpeg.pixels[..3]
    );
}

#[test]
fn a_crop_shows_what_lies_around_the_focal_point() {
    let rows = [[0, 0, 250].repeat(200), [250, 0, 0].repeat(100)].concat();
    let picture = read(&png(300, 100, ColorType::Rgb, BitDepth::Eight, &rows.repeat(100)));
    let crop = |x| {
        let focus = FocalPoint { x: Share::parse(x).unwrap(), y: Share::NONE };
        read(&make(&picture, Variant::SquareJpeg, focus, &Notice::default()).unwrap().unwrap().bytes)
    };
    let (left, right) = (crop(0.1), crop(0.95));
    assert_eq!(
        (left.full_size(), right.full_size()),
        (Pixels { width: 100, height: 100 }, Pixels { width: 100, height: 100 })
    );
    assert!(left.pixels[2] > 200 && left.pixels[0] < 50, "blue");
    assert!(right.pixels[0] > 200 && right.pixels[2] < 50, "red");
}

#[test]
fn avif_is_made_with_its_rights_and_size() {
    let picture = read(&png(64, 48, ColorType::Rgb, BitDepth::Eight, &scene(64, 48)));
    let made = make(&picture, Variant::W320Avif, CORNER, &notice()).unwrap().unwrap();
    let seen = crate::sniff::look(&made.bytes, &Limits::DEFAULT).unwrap();
    assert_eq!((seen.width, seen.height, made.pixels), (64, 48, Pixels { width: 64, height: 48 }));
    assert!(holds(&made.bytes, "<photoshop:Credit>Åsa Lind/Varn Pictures</photoshop:Credit>"));
    let again = make(&picture, Variant::W320Avif, CORNER, &notice()).unwrap().unwrap();
    assert_eq!(made, again);
}

#[test]
fn a_placeholder_tells_the_commonest_colour() {
    let rows = [[10, 20, 200].repeat(20), [250, 240, 0].repeat(12)].concat();
    let (hash, colour) =
        placeholder(&read(&png(32, 32, ColorType::Rgb, BitDepth::Eight, &rows.repeat(32)))).unwrap();
    assert!(hash.as_str().len() >= 8);
    assert_eq!(colour.to_string(), "#0a14c8");
    let nothing = png(2, 2, ColorType::Rgba, BitDepth::Eight, &[0; 16]);
    assert_eq!(placeholder(&read(&nothing)).unwrap().1.to_string(), "#ffffff");
}
