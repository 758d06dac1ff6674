//! What scenes are painted with: colours, edges, noise. A scene is a function from a point to a colour.

/// Red, green and blue of sRGB, 0 to 1 each.
pub(crate) type Color = [f32; 3];

/// A point: `y` from 0 at the top to 1 at the bottom, `x` in the same unit.
#[derive(Clone, Copy)]
pub(crate) struct Point {
    pub x: f32,
    pub y: f32,
}

impl Point {
    /// How far it is from `x`, `y`.
    pub(crate) fn from(self, x: f32, y: f32) -> f32 {
        (self.x - x).hypot(self.y - y)
    }
}

/// `#rrggbb` as a colour.
pub(crate) const fn hex(rgb: u32) -> Color {
    let [_, r, g, b] = rgb.to_be_bytes();
    [r as f32 / 255.0, g as f32 / 255.0, b as f32 / 255.0]
}

/// `share` of `to` over what is left of `from`.
pub(crate) fn mix(from: Color, to: Color, share: f32) -> Color {
    let share = share.clamp(0.0, 1.0);
    [0, 1, 2].map(|i| from[i] + (to[i] - from[i]) * share)
}

/// Adds light.
pub(crate) fn light(on: Color, color: Color, strength: f32) -> Color {
    [0, 1, 2].map(|i| on[i] + color[i] * strength.max(0.0))
}

/// 0 below `from`, 1 above `to`, smooth between them.
pub(crate) fn step(from: f32, to: f32, value: f32) -> f32 {
    let t = ((value - from) / (to - from)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// 1 inside a form whose distance is negative there, 0 outside, with an edge of about a pixel.
pub(crate) fn fill(distance: f32) -> f32 {
    1.0 - step(-0.0008, 0.0008, distance)
}

/// The distance to a box round `x`, `y`.
pub(crate) fn block(p: Point, x: f32, y: f32, half_width: f32, half_height: f32) -> f32 {
    ((p.x - x).abs() - half_width).max((p.y - y).abs() - half_height)
}

/// The distance to a line from `a` to `b` of half the width `w`.
pub(crate) fn line(p: Point, a: (f32, f32), b: (f32, f32), w: f32) -> f32 {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let along = (((p.x - a.0) * dx + (p.y - a.1) * dy) / (dx * dx + dy * dy)).clamp(0.0, 1.0);
    p.from(a.0 + dx * along, a.1 + dy * along) - w
}

/// A number from 0 to 1 that belongs to a cell, the same each time.
pub(crate) fn chance(x: f32, y: f32) -> f32 {
    ((x * 127.1 + y * 311.7).sin() * 43_758.547).fract().abs()
}

/// Smooth noise from 0 to 1, in hills about one unit wide.
pub(crate) fn noise(x: f32, y: f32) -> f32 {
    let (left, top) = (x.floor(), y.floor());
    let (across, down) = (step(0.0, 1.0, x - left), step(0.0, 1.0, y - top));
    let row = |y: f32| chance(left, y) + (chance(left + 1.0, y) - chance(left, y)) * across;
    row(top) + (row(top + 1.0) - row(top)) * down
}

/// Noise of several sizes, as clouds and water have.
pub(crate) fn clouds(x: f32, y: f32) -> f32 {
    0.53 * noise(x, y)
        + 0.27 * noise(x * 2.1 + 7.0, y * 2.1)
        + 0.13 * noise(x * 4.3, y * 4.3 + 3.0)
        + 0.07 * noise(x * 8.7 + 1.0, y * 8.7)
}

/// The scene in octets of RGB, each pixel from four points of it.
pub(crate) fn paint(scene: fn(Point) -> Color, width: u16, height: u16) -> Vec<u8> {
    let mut pixels = Vec::with_capacity(usize::from(width) * usize::from(height) * 3);
    let scale = 1.0 / f32::from(height);
    for row in 0..height {
        for column in 0..width {
            let mut sum = [0.0; 3];
            for (dx, dy) in [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)] {
                let at = Point { x: (f32::from(column) + dx) * scale, y: (f32::from(row) + dy) * scale };
                sum = light(sum, scene(at).map(|part| part.clamp(0.0, 1.0)), 0.25);
            }
            pixels.extend(sum.map(octet));
        }
    }
    pixels
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255 by the clamp")]
fn octet(part: f32) -> u8 {
    (part.clamp(0.0, 1.0) * 255.0).round() as u8
}
