//! The pictures of the demo edition: the invented harbour of Varn, painted by functions. What is told of them is in
//! `photos`.

use crate::canvas::{Color, Point, block, chance, clouds, fill, hex, light, line, mix, noise, step};

/// The mole at dusk, with its lighthouse.
pub(crate) fn dusk(p: Point) -> Color {
    let horizon = 0.62;
    let sky =
        mix(mix(hex(0x1d_2a5c), hex(0xe0_6c4a), step(0.0, 0.55, p.y)), hex(0xff_d08a), step(0.4, 0.62, p.y));
    let sky =
        mix(sky, hex(0x6a_3f66), 0.5 * step(0.5, 0.75, clouds(p.x * 2.2, p.y * 9.0)) * step(0.05, 0.3, p.y));
    let sky = light(sky, hex(0xff_b060), 0.5 * (1.0 - step(0.0, 0.42, p.from(1.02, horizon))));
    let sky = mix(sky, hex(0xff_f1c8), fill(p.from(1.02, 0.575) - 0.052));
    let glitter =
        step(0.55, 0.8, noise(p.x * 16.0, p.y * 90.0)) * (1.0 - step(0.0, 0.34, (p.x - 1.02).abs()));
    let sea = mix(hex(0xa8_6a66), hex(0x1a_2440), step(horizon, 1.0, p.y));
    let sea = light(sea, hex(0xff_c27a), 0.55 * glitter * (1.2 - p.y));
    let scene = mix(sea, sky, fill(p.y - horizon));
    let mole = p.y - (0.655 - 0.012 * noise(p.x * 40.0, 0.0));
    let stones = mix(hex(0x16_1826), hex(0x2a_2638), noise(p.x * 60.0, p.y * 60.0));
    let scene =
        mix(scene, stones, fill((-mole).max(p.y - 0.72 - 0.01 * noise(p.x * 30.0, 3.0)).max(p.x - 0.86)));
    let tower = (p.x - 0.6).abs() - (0.018 + 0.03 * (p.y - 0.3));
    let stripe = if ((p.y - 0.3) * 9.0).fract() < 0.5 { hex(0x8f_2f33) } else { hex(0xb9_a9a4) };
    let scene = mix(scene, stripe, fill(tower.max(0.3 - p.y).max(p.y - 0.66)));
    let scene = mix(scene, hex(0x1c_1a26), fill(block(p, 0.6, 0.275, 0.022, 0.026)));
    let scene = mix(scene, hex(0xff_f6d0), fill(block(p, 0.6, 0.277, 0.013, 0.016)));
    let beam = (p.x - 0.6).abs() * 0.1 + 0.006 - (p.y - 0.277 - (p.x - 0.6) * 0.06).abs();
    light(scene, hex(0xff_e6a0), 0.35 * step(0.0, 0.03, beam) * (1.0 - step(0.0, 0.9, (p.x - 0.6).abs())))
}

/// The eleven sea gates in a storm.
pub(crate) fn gates(p: Point) -> Color {
    let sky = mix(hex(0x2c_3640), hex(0x7f_8b90), step(0.2, 0.8, clouds(p.x * 2.0 + p.y, p.y * 3.0)));
    let width = 1.5 / 11.0;
    let within = (p.x / width).fract();
    let steel = mix(hex(0x3f_5560), hex(0x6c_828a), step(0.1, 0.5, within) - 0.6 * step(0.5, 0.95, within));
    let rivets = fill(
        Point { x: (p.x * 22.0 / 1.5).fract() - 0.5, y: (p.y * 16.0).fract() - 0.5 }.from(0.0, 0.0) - 0.09,
    );
    let steel = mix(steel, hex(0x22_2f36), 0.6 * rivets);
    let steel = mix(
        steel,
        hex(0x74_5443),
        0.5 * step(0.55, 0.8, clouds(p.x * 9.0, p.y * 2.5)) * step(0.45, 0.75, p.y),
    );
    let scene = mix(sky, steel, fill(0.34 - p.y));
    let scene = mix(scene, hex(0xc9_a43a), fill(block(p, 0.75, 0.33, 0.8, 0.012)));
    let pillar = (within - 0.5).abs() - 0.43;
    let scene = mix(scene, hex(0x9b_9a92), fill(-pillar * width).min(fill(0.24 - p.y)));
    let crest = 0.72 + 0.035 * (p.x * 11.0).sin() + 0.05 * clouds(p.x * 5.0, 2.0);
    let water = mix(hex(0x4a_666a), hex(0x14_2a30), step(crest, 1.0, p.y));
    let foam = step(0.5, 0.72, clouds(p.x * 14.0, p.y * 26.0)) * (1.0 - step(0.0, 0.16, p.y - crest));
    let scene = mix(scene, mix(water, hex(0xdf_e8e6), foam), fill(crest - p.y));
    let spray =
        step(0.6, 0.9, clouds(p.x * 6.0, p.y * 7.0)) * step(0.3, 0.72, p.y) * (1.0 - step(0.72, 0.8, p.y));
    light(scene, hex(0xdf_e8e6), 0.4 * spray)
}

/// Three hundred lanterns over the canal.
pub(crate) fn lanterns(p: Point) -> Color {
    let bank = 0.68;
    let mirrored = if p.y > bank { bank - (p.y - bank) * 1.9 } else { p.y };
    let sway = if p.y > bank { 0.006 * (p.y * 240.0).sin() } else { 0.0 };
    let q = Point { x: p.x + sway, y: mirrored };
    let mut scene = mix(hex(0x0a_0d24), hex(0x24_1d3d), step(0.0, bank, q.y));
    let roof = 0.52 + 0.07 * chance((q.x * 9.0).floor(), 1.0);
    scene = mix(scene, hex(0x0c_0a16), fill(roof - q.y));
    let (column, row) = ((q.x * 26.0).floor(), (q.y * 22.0).floor());
    let window = block(Point { x: (q.x * 26.0).fract(), y: (q.y * 22.0).fract() }, 0.5, 0.5, 0.2, 0.27);
    let lit = if chance(column, row) > 0.72 { 0.8 } else { 0.05 };
    scene = mix(scene, hex(0xf0_b860), lit * fill(window / 24.0) * fill(roof + 0.03 - q.y));
    for rope in 0..7_u8 {
        let rope = f32::from(rope);
        for n in 0..24_u8 {
            let along = (f32::from(n) + 0.5) / 24.0;
            let x = along * 1.6 - 0.05 + 0.012 * rope;
            let y = 0.05 + 0.06 * rope + 0.09 * (1.0 - (2.0 * along - 1.0).powi(2));
            let far = q.from(x, y);
            if far < 0.12 {
                let warm = [hex(0xff_8a3c), hex(0xff_c64f), hex(0xf2_5f5c)][usize::from(n + 2) % 3];
                scene = light(scene, warm, 0.22 * (1.0 - step(0.0, 0.07, far)));
                scene = mix(scene, mix(hex(0xff_f3d6), warm, far * 60.0), fill(far - 0.011));
            }
        }
    }
    if p.y > bank { mix(scene, hex(0x07_0a1c), 0.35 + 0.2 * noise(p.x * 9.0, p.y * 90.0)) } else { scene }
}

/// A school of herring, from below.
pub(crate) fn herring(p: Point) -> Color {
    let mut scene =
        mix(hex(0x7f_d0cf), hex(0x03_2f4a), step(0.0, 0.95, p.y + 0.15 * clouds(p.x * 2.0, p.y * 2.0)));
    let rays = clouds((p.x - 0.75) * 6.0 / (p.y + 0.7), 1.0);
    scene = light(scene, hex(0xd8_fff4), 0.35 * step(0.45, 0.8, rays) * (1.0 - step(0.0, 0.8, p.y)));
    for n in 0..260_u16 {
        let n = f32::from(n);
        let turn = n * 0.121 + 0.6 * chance(n, 2.0);
        let far = 0.1 + 0.42 * chance(n, 1.0).sqrt();
        let (x, y) = (0.76 + 1.28 * far * turn.cos(), 0.52 + 0.8 * far * turn.sin());
        if p.from(x, y) > 0.04 {
            continue;
        }
        let heading = turn + 1.5 + 0.3 * chance(n, 3.0);
        let (dx, dy) = (p.x - x, p.y - y);
        let along = dx * heading.cos() + dy * heading.sin();
        let across = -dx * heading.sin() + dy * heading.cos();
        let size = 0.7 + 0.5 * chance(n, 4.0);
        let body = (along / (0.03 * size)).hypot(across / (0.0075 * size)) - 1.0;
        let tail = (along + 0.03 * size).abs() + across.abs() * 0.6 - 0.008 * size;
        let silver =
            mix(hex(0x16_4a66), hex(0xe6_f4f2), step(-0.005, 0.005, across) * (0.4 + 0.6 * chance(n, 5.0)));
        scene = mix(scene, silver, fill((body * 0.007).min(tail)));
    }
    scene
}

/// A barge is raised at night.
pub(crate) fn barge(p: Point) -> Color {
    let water = 0.7;
    let mut scene =
        mix(hex(0x0b_1420), hex(0x2a_3a48), step(0.0, water, p.y + 0.1 * clouds(p.x * 3.0, p.y * 4.0)));
    for (x, lean) in [(0.2, 0.5), (1.25, -0.42)] {
        let inside = 0.02 + 0.24 * (p.y - 0.08) - (p.x - x - lean * (p.y - 0.08)).abs();
        scene = light(
            scene,
            hex(0xf4_f0d2),
            0.4 * step(0.0, 0.06, inside) * step(0.06, 0.12, p.y) * (1.05 - p.y),
        );
        scene = mix(scene, hex(0xff_fff0), fill(p.from(x, 0.07) - 0.016));
    }
    let crane = [
        line(p, (0.95, 0.72), (0.95, 0.12), 0.012),
        line(p, (0.5, 0.16), (1.1, 0.14), 0.008),
        line(p, (0.95, 0.05), (0.55, 0.16), 0.003),
        line(p, (0.95, 0.05), (1.1, 0.14), 0.003),
        line(p, (0.95, 0.05), (0.95, 0.16), 0.005),
        line(p, (0.66, 0.16), (0.66, 0.46), 0.0018),
    ];
    scene = mix(scene, hex(0xc0_842c), fill(crane.into_iter().fold(1.0, f32::min)));
    for (from, to) in [((0.66, 0.46), (0.44, 0.6)), ((0.66, 0.46), (0.86, 0.54))] {
        scene = mix(scene, hex(0x0a_0a0c), fill(line(p, from, to, 0.0018)));
    }
    let tilt = Point { x: p.x, y: p.y + 0.14 * (p.x - 0.65) };
    let hull = block(tilt, 0.65, 0.63, 0.25 - 0.25 * (tilt.y - 0.57), 0.055);
    let rust = mix(hex(0x4a_2a20), hex(0x8c_4a2e), clouds(p.x * 14.0, p.y * 20.0));
    scene = mix(scene, rust, fill(hull));
    scene = mix(scene, hex(0xd8_d2c0), fill(block(tilt, 0.65, 0.59, 0.24, 0.004)));
    let ripple = noise(p.x * 14.0, p.y * 70.0);
    let sea = mix(hex(0x16_2a34), hex(0x06_0c14), step(water, 1.0, p.y));
    let sea = light(
        sea,
        hex(0xf4_e6b0),
        0.28 * step(0.6, 0.85, ripple) * (1.0 - step(0.0, 0.55, (p.x - 0.66).abs())),
    );
    mix(scene, sea, fill(water + 0.008 * noise(p.x * 20.0, 1.0) - p.y))
}

/// An old ferry on an old print.
pub(crate) fn ferry(p: Point) -> Color {
    let sea_from = 0.64;
    let mut grey = 0.82 - 0.18 * p.y + 0.12 * clouds(p.x * 2.0, p.y * 4.0);
    let smoke = p.y - 0.33 + 0.2 * (0.92 - p.x) - 0.06 * clouds(p.x * 5.0, p.y * 5.0);
    let plume = 1.0 - step(0.0, 0.03 + 0.12 * (0.92 - p.x).max(0.0), smoke.abs());
    grey -= 0.35 * plume * fill(p.x - 0.92) * step(0.15, 0.5, p.x);
    let sea = 0.45 - 0.25 * (p.y - sea_from) + 0.2 * (noise(p.x * 18.0, p.y * 80.0) - 0.5);
    grey += (sea - grey) * fill(sea_from - p.y);
    let hull = block(p, 0.78, 0.62, 0.42 - 0.5 * (p.y - 0.57).max(0.0), 0.055);
    let decks = block(p, 0.78, 0.53, 0.32, 0.04).min(block(p, 0.8, 0.47, 0.2, 0.03));
    let funnel = block(p, 0.93, 0.4, 0.03, 0.06).min(line(p, (0.52, 0.56), (0.52, 0.28), 0.003));
    grey += (0.12 - grey) * fill(hull);
    grey += (0.78 - grey) * fill(decks);
    grey += (0.2 - grey) * fill(funnel);
    let window = Point { x: (p.x * 24.0).fract() - 0.5, y: (p.y - 0.53) * 24.0 }.from(0.0, 0.0) - 0.24;
    grey += (0.25 - grey) * fill(window / 24.0) * fill(block(p, 0.78, 0.53, 0.3, 0.02));
    grey *= 1.0 - 0.5 * step(0.45, 1.05, p.from(0.75, 0.5));
    grey += 0.05 * (chance((p.x * 500.0).floor(), (p.y * 500.0).floor()) - 0.5);
    let print = mix(hex(0x2a_1d12), hex(0xf0_dfbd), grey);
    mix(hex(0xf6_efdf), print, fill(block(p, 0.75, 0.5, 0.72, 0.47)))
}

/// How deep the herring went, as a chart.
pub(crate) fn chart(p: Point) -> Color {
    const DEPTHS: [f32; 9] = [0.1, 0.12, 0.11, 0.17, 0.24, 0.3, 0.43, 0.5, 0.58];
    let mut scene = hex(0xf7_f5ee);
    for n in 0..7_u8 {
        let y = 0.2 + 0.11 * f32::from(n);
        scene = mix(scene, hex(0xd5_d9d8), fill(block(p, 0.75, y, 0.66, 0.0012)));
    }
    let mut x = 0.16;
    for depth in DEPTHS {
        let bar = block(p, x, 0.2 + depth / 2.0, 0.045, depth / 2.0);
        let color = if depth > 0.4 { hex(0x0f_4c5c) } else { hex(0x5f_a8b0) };
        scene = mix(scene, color, fill(bar));
        scene = mix(scene, hex(0xe3_6414), fill(p.from(x, 0.2 + depth) - 0.014));
        x += 0.147;
    }
    mix(scene, hex(0x22_2a2e), fill(block(p, 0.75, 0.2, 0.66, 0.003)))
}

/// Hives on the hill of Holm.
pub(crate) fn hives(p: Point) -> Color {
    let mut scene = mix(hex(0x8f_c7e8), hex(0xf3_efd8), step(0.0, 0.5, p.y));
    scene = mix(
        scene,
        hex(0xff_ffff),
        0.7 * step(0.55, 0.75, clouds(p.x * 2.5, p.y * 6.0)) * (1.0 - step(0.2, 0.45, p.y)),
    );
    for n in 0..4_u8 {
        let n = f32::from(n);
        let ridge = 0.42 + 0.1 * n - 0.06 * (p.x * (3.0 - 0.4 * n) + n * 1.7).sin();
        let green = mix(hex(0x9f_c08a), hex(0x3e_6b35), n / 3.0);
        scene = mix(scene, green, fill(ridge - p.y));
    }
    let flower = Point { x: (p.x * 42.0).fract() - 0.5, y: (p.y * 42.0).fract() - 0.5 }.from(0.0, 0.0) - 0.16;
    let here = chance((p.x * 42.0).floor(), (p.y * 42.0).floor());
    let petal = if here > 0.9 { hex(0xf4_d35e) } else { hex(0xee_8fb0) };
    scene = mix(scene, petal, fill(flower / 42.0) * step(0.78, 0.8, here) * step(0.7, 0.8, p.y));
    for n in 0..6_u8 {
        let n = f32::from(n);
        let (x, y) = (0.2 + 0.22 * n, 0.63 + 0.03 * (n * 2.0).sin());
        let paint =
            [hex(0xf2_e3c0), hex(0xd9_744f), hex(0x6f_9fb5)][usize::from(n > 1.5) + usize::from(n > 3.5)];
        scene = mix(scene, hex(0x4a_3b2a), fill(block(p, x, y + 0.1, 0.05, 0.012)));
        scene = mix(scene, paint, fill(block(p, x, y, 0.055, 0.09)));
        scene = mix(scene, mix(paint, hex(0x2a_2018), 0.35), fill(block(p, x, y, 0.055, 0.002)));
        scene = mix(scene, hex(0x5b_5048), fill(block(p, x, y - 0.1, 0.064, 0.014)));
        scene = mix(scene, hex(0x1f_1812), fill(block(p, x, y + 0.06, 0.02, 0.006)));
    }
    scene
}

/// The noon gun, on its side: the camera was held upright.
pub(crate) fn gun(p: Point) -> Color {
    // As seen: 2 wide and 3 high. Orientation 6 says that the top of what is seen is stored at the left.
    let q = Point { x: 1.0 - p.y, y: p.x };
    let mut scene = mix(hex(0x3d_7ab8), hex(0xd5_e6ee), step(0.0, 1.0, q.y));
    for age in 0..9_u8 {
        let age = f32::from(age);
        let (x, y) = (0.42 - 0.03 * age, 0.72 - 0.055 * age);
        let puff = q.from(x, y) - (0.03 + 0.016 * age) - 0.05 * (clouds(q.x * 9.0, q.y * 9.0) - 0.5);
        scene = mix(
            scene,
            mix(hex(0xf4_f2ea), hex(0xbf_bdb8), age / 9.0),
            0.75 * (1.0 - step(-0.03, 0.02, puff)),
        );
    }
    let wall = mix(hex(0x8a_7f70), hex(0xa9_9c88), noise(q.x * 30.0, q.y * 30.0));
    let joint = ((q.y * 16.0).fract() - 0.5).abs() > 0.46;
    scene = mix(scene, if joint { hex(0x6a_6054) } else { wall }, fill(1.0 - q.y));
    scene = mix(scene, hex(0x23_2629), fill(line(q, (0.82, 0.96), (0.47, 0.78), 0.036)));
    scene = mix(scene, hex(0x3a_3e42), fill(line(q, (0.5, 0.795), (0.47, 0.78), 0.044)));
    scene = mix(scene, hex(0x5b_3a22), fill(line(q, (0.9, 1.04), (0.6, 0.98), 0.03)));
    let wheel = (q.from(0.74, 1.0) - 0.095).abs() - 0.014;
    let spokes = (0..3_u8).map(|n| {
        let turn = f32::from(n) * 1.047;
        line(
            q,
            (0.74 - 0.09 * turn.cos(), 1.0 - 0.09 * turn.sin()),
            (0.74 + 0.09 * turn.cos(), 1.0 + 0.09 * turn.sin()),
            0.006,
        )
    });
    mix(scene, hex(0x70_4a2c), fill(spokes.fold(wheel, f32::min)))
}
