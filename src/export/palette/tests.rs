#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "bytes and the positions of a small picture"
)]

use super::oklab::distance_squared;
use super::*;

const RACERS: [[u8; 3]; 3] = [[0xf8, 0x6e, 0x3e], [0xda, 0xf3, 0x29], [0xa8, 0x83, 0xfd]];

fn mix(from: [u8; 3], to: [u8; 3], part: f32) -> [u8; 3] {
    [0, 1, 2].map(|i| {
        (f32::from(from[i]) + (f32::from(to[i]) - f32::from(from[i])) * part).round() as u8
    })
}

/// A dark gradient as wide as that of a heat map, with thin antialiased lines over it.
fn scene() -> ColorImage {
    let (width, height) = (320, 240);
    let pixels = (0..width * height).map(|position| {
        let (x, y) = ((position % width) as f32, (position / width) as f32);
        let ground = mix([0x0e, 0x11, 0x28], [0x2a, 0x52, 0x56], x / width as f32);
        let line = |number: usize| {
            let way = (y - 40.0 * number as f32 - 20.0 - 0.3 * x).abs();
            (1.6 - way).clamp(0.0, 1.0)
        };
        let rgb = (0..3).fold(ground, |rgb, number| mix(rgb, RACERS[number], line(number)));
        let iso = (1.0 - ((x + 0.4 * y) % 40.0 - 20.0).abs()).max(0.0);
        let rgb = mix(rgb, [255; 3], 0.22 * iso);
        Color32::from_rgb(rgb[0], rgb[1], rgb[2])
    });
    ColorImage::new([width, height], pixels.collect())
}

/// The distance of each pixel's colour from the palette entry that represents it.
fn errors(image: &ColorImage, palette: &Palette) -> Vec<f32> {
    let error = |&color: &Color32| {
        let shown = palette.colors()[usize::from(palette.index_of(color))];
        distance_squared(oklab([color.r(), color.g(), color.b()]), oklab(shown)).sqrt()
    };
    image.pixels.iter().map(error).collect()
}

#[test]
fn few_colors_are_all_exact() {
    let pixels = (0..255)
        .map(|n| Color32::from_rgb(n, 255 - n, n / 2))
        .collect();
    let image = ColorImage::new([255, 1], pixels);
    let palette = Palette::of([&image]);
    assert_eq!(palette.colors().len(), 255);
    assert!(errors(&image, &palette).iter().all(|&error| error == 0.0));
}

#[test]
fn a_gradient_with_lines_looks_as_it_was() {
    let image = scene();
    let palette = Palette::of([&image]);
    assert!(palette.colors().len() <= MOST_COLORS);
    let mut errors = errors(&image, &palette);
    errors.sort_by(f32::total_cmp);
    let mean = errors.iter().sum::<f32>() / errors.len() as f32;
    // A difference of 0.02 is just noticeable between adjacent areas.
    assert!(mean < 0.003, "{mean}");
    assert!(errors[errors.len() * 99 / 100] < 0.02);
    assert!(errors[errors.len() - 1] < 0.06);
}

#[test]
fn racers_keep_their_exact_colors() {
    let palette = Palette::of([&scene()]);
    for racer in RACERS {
        assert!(palette.colors().contains(&racer), "{racer:?}");
    }
}

#[test]
fn a_rare_strong_color_gets_a_slot() {
    let mut image = scene();
    image.pixels[1000..1006].fill(Color32::from_rgb(255, 0, 128));
    let palette = Palette::of([&image]);
    assert!(errors(&image, &palette)[1003] < 0.02);
}

#[test]
fn the_same_frames_give_the_same_palette() {
    let (a, b) = (
        Palette::of([&scene(), &scene()]),
        Palette::of([&scene(), &scene()]),
    );
    assert_eq!(a.colors(), b.colors());
}

#[test]
fn remembering_changes_no_answer() {
    let image = scene();
    let palette = Palette::of([&image]);
    let mut lookup = Lookup::new(palette.clone());
    let extremes = [Color32::BLACK, Color32::WHITE, Color32::TRANSPARENT];
    for &color in image.pixels.iter().chain(&extremes).chain(&image.pixels) {
        assert_eq!(lookup.index_of(color), palette.index_of(color));
    }
}

#[test]
fn no_frames_give_a_palette_all_the_same() {
    assert_eq!(Palette::of([]).colors(), [[0; 3]]);
}

#[test]
fn well_spread_frames_are_counted() {
    assert!(Census::worth_counting(0).eq([0; 0]));
    assert!(Census::worth_counting(1).eq([0]));
    assert!(Census::worth_counting(3).eq([0, 1, 2]));
    assert!(Census::worth_counting(121).eq([0, 30, 60, 90, 120]));
}
