//! Photo uses out of the JSON of an editor.

use serde_json::Value;

use super::{Crop, FocalPoint, PhotoUse, Share};
use crate::json::{FromJson, Object, here, wrong_type};
use crate::violation::Faults;

impl FromJson for PhotoUse {
    fn from_json(json: Value) -> Result<Self, Faults> {
        let mut object = Object::of(json)?;
        let photo = photo_use(&mut object);
        object.finish(photo)
    }
}

/// The members of a photo use, which stand among others in a photo block.
pub(in crate::block) fn photo_use(object: &mut Object) -> Option<PhotoUse> {
    let photo = object.required("photo");
    let caption = object.optional("caption");
    let alt = object.optional("alt");
    let credit_display = object.optional("credit_display");
    let focal_point = object.optional("focal_point");
    let crop = object.optional("crop");
    let decorative = object.or_default("decorative");
    Some(PhotoUse { photo: photo?, caption, alt, credit_display, focal_point, crop, decorative })
}

impl FromJson for Share {
    fn from_json(json: Value) -> Result<Self, Faults> {
        let number = json.as_f64().ok_or_else(|| here(wrong_type("a number")))?;
        Self::parse(number).map_err(here)
    }
}

impl FromJson for FocalPoint {
    fn from_json(json: Value) -> Result<Self, Faults> {
        let mut object = Object::of(json)?;
        let point = point(&mut object);
        object.finish(point)
    }
}

fn point(object: &mut Object) -> Option<FocalPoint> {
    let x = object.required("x");
    let y = object.required("y");
    Some(FocalPoint { x: x?, y: y? })
}

impl FromJson for Crop {
    fn from_json(json: Value) -> Result<Self, Faults> {
        let mut object = Object::of(json)?;
        let at = point(&mut object);
        let width = object.required("width");
        let height = object.required("height");
        let crop = at
            .zip(width)
            .zip(height)
            .and_then(|((at, width), height)| object.at("", Self::parse(at, width, height)));
        object.finish(crop)
    }
}
