//! How large each rendition of a picture is, and which part a crop shows. Nothing is made larger than it came.

use domain::block::photo::FocalPoint;
use domain::photo::file::Pixels;
use domain::photo::variant::{RenditionFormat, Size, Variant};

use crate::pixels::resize::Part;
use crate::size::at_width;

/// The variants that a picture of that size has in a format, each with its size.
pub fn planned(full: Pixels, format: RenditionFormat) -> impl Iterator<Item = (Variant, Pixels)> {
    let variants = Variant::ALL.iter().copied().filter(move |variant| variant.format() == format);
    variants.filter_map(move |variant| pixels(full, variant.size()).map(|size| (variant, size)))
}

/// How large a rendition of a picture is, if it has that one.
pub(super) fn pixels(full: Pixels, size: Size) -> Option<Pixels> {
    match size {
        Size::Width(width) if u32::from(width) <= full.width => Some(at_width(full, width.into())),
        Size::Width(Variant::LEAST_WIDTH) => Some(full),
        Size::Width(_) => None,
        Size::Crop { width, height } => Some(cropped(full, f64::from(width) / f64::from(height))),
    }
}

/// The largest part of those proportions, or as wide as a crop may be.
fn cropped(full: Pixels, ratio: f64) -> Pixels {
    let (width, _) = part_sides(full, ratio);
    let width = width.min(f64::from(Size::CROP_WIDTH));
    Pixels { width: whole(width), height: whole(width / ratio) }
}

/// Width and height of the largest part of those proportions.
fn part_sides(full: Pixels, ratio: f64) -> (f64, f64) {
    let width = f64::from(full.width).min(f64::from(full.height) * ratio);
    (width, (width / ratio).min(f64::from(full.height)))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a side of a picture, at least 1"
)]
fn whole(side: f64) -> u32 {
    side.round().max(1.0) as u32
}

/// What of the picture a rendition shows: a crop lies around the focal point, as far as the picture reaches.
pub(super) fn part(picture: Pixels, size: Size, focus: FocalPoint) -> Part {
    let Size::Crop { width, height } = size else { return Part::All };
    let (width, height) = part_sides(picture, f64::from(width) / f64::from(height));
    // Whole pixels, so that no rounding lets the part reach beyond the picture.
    let start = |all: u32, shown: f64, focus: f64| {
        let all = f64::from(all);
        (focus * all - shown / 2.0).clamp(0.0, (all - shown).max(0.0)).floor()
    };
    Part::Box {
        left: start(picture.width, width, focus.x.number()),
        top: start(picture.height, height, focus.y.number()),
        width,
        height,
    }
}

/// The smallest size from which every rendition can be made without making anything larger.
pub(crate) fn enough(full: Pixels) -> Pixels {
    let needed = Variant::ALL.iter().map(|variant| match variant.size() {
        Size::Width(width) => u32::from(width),
        Size::Crop { width, height } => {
            let (part, _) = part_sides(full, f64::from(width) / f64::from(height));
            let scale = f64::from(Size::CROP_WIDTH) / part;
            whole((f64::from(full.width) * scale).ceil())
        }
    });
    match needed.max() {
        Some(width) if width < full.width => at_width(full, width),
        _ => full,
    }
}

#[cfg(test)]
mod tests {
    use domain::block::photo::Share;

    use super::*;

    fn size(width: u32, height: u32) -> Pixels {
        Pixels { width, height }
    }

    #[test]
    fn nothing_is_made_larger_than_it_came() {
        let odd = [size(200, 100), size(1, 1), size(3000, 10), size(10, 3000), size(1201, 1199)];
        for full in odd.into_iter().chain([size(6000, 4000), size(1000, 700)]) {
            for (variant, made) in planned(full, RenditionFormat::Jpeg) {
                assert!(
                    made.width <= full.width && made.height <= full.height,
                    "{full:?} {variant} {made:?}"
                );
                assert!(made.width > 0 && made.height > 0, "{full:?} {variant} {made:?}");
            }
        }
    }

    #[test]
    fn a_narrow_picture_has_fewer_widths_and_always_one() {
        let names = |full| {
            planned(full, RenditionFormat::Webp).map(|(variant, _)| variant.name()).collect::<Vec<_>>()
        };
        assert_eq!(names(size(6000, 4000)).len(), 10);
        assert_eq!(
            names(size(650, 400)),
            ["w320.webp", "w480.webp", "w640.webp", "1x1.webp", "4x3.webp", "16x9.webp"]
        );
        assert_eq!(names(size(200, 100)), ["w320.webp", "1x1.webp", "4x3.webp", "16x9.webp"]);
    }

    #[test]
    fn what_is_enough_has_the_pixels_of_every_rendition() {
        assert_eq!(enough(size(6000, 4000)), size(2048, 1365));
        assert_eq!(enough(size(900, 600)), size(900, 600));
        for full in
            [size(6000, 4000), size(4000, 6000), size(20_000, 2000), size(1500, 9000), size(9000, 1250)]
        {
            let base = enough(full);
            assert!(base.width <= full.width && base.height <= full.height, "{full:?} {base:?}");
            for (variant, made) in planned(full, RenditionFormat::Jpeg) {
                let (width, height) =
                    match part(base, variant.size(), FocalPoint { x: Share::NONE, y: Share::NONE }) {
                        Part::Box { width, height, .. } => (width, height),
                        Part::All => (base.width.into(), base.height.into()),
                    };
                assert!(
                    width + 1.0 >= made.width.into() && height + 1.0 >= made.height.into(),
                    "{full:?} {variant}"
                );
            }
        }
    }

    #[test]
    fn a_crop_lies_around_the_focal_point_and_within_the_picture() {
        let at = |x, y| {
            let focus = FocalPoint { x: Share::parse(x).unwrap(), y: Share::parse(y).unwrap() };
            match part(size(2000, 1000), Size::Crop { width: 1, height: 1 }, focus) {
                Part::Box { left, top, width, height } => (left, top, width, height),
                Part::All => panic!("a crop is a part"),
            }
        };
        assert_eq!(at(0.5, 0.5), (500.0, 0.0, 1000.0, 1000.0));
        assert_eq!(at(0.0, 0.0), (0.0, 0.0, 1000.0, 1000.0));
        assert_eq!(at(1.0, 0.2), (1000.0, 0.0, 1000.0, 1000.0));
        assert_eq!(at(0.4, 0.9), (300.0, 0.0, 1000.0, 1000.0));
    }
}
