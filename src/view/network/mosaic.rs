//! Rows that are pictures, as one image.

use egui::{Color32, ColorImage};

use crate::sampling::learned::{Dot, Outlook, Sight};

/// The most pictures.
const MOST: usize = 96;

/// The pictures that are shown, side by side; `None` if the rows are none.
pub(super) fn image(outlook: &Outlook) -> Option<ColorImage> {
    let Sight::Pictures(side) = outlook.sight() else {
        return None;
    };
    let rows: Vec<Vec<f64>> = shown(outlook)
        .map(|dot| outlook.picture(dot.row).collect())
        .collect();
    let numbers = || rows.iter().flat_map(|row| row.iter().copied());
    let low = numbers().fold(f64::INFINITY, f64::min);
    let high = numbers().fold(f64::NEG_INFINITY, f64::max);
    let shade = |number: f64| {
        let share = (number - low) / (high - low);
        Color32::from_gray((share.clamp(0.0, 1.0) * 255.0) as u8)
    };
    let width = side * rows.len();
    let pixel = |index: usize| {
        let (x, y) = (index % width, index / width);
        let number = rows
            .get(x / side)
            .and_then(|row| row.get(y * side + x % side));
        number.map_or(Color32::BLACK, |&number| shade(number))
    };
    let pixels = (0..width * side).map(pixel).collect();
    (width > 0).then(|| ColorImage::new([width, side], pixels))
}

/// The rows that are shown.
pub(super) fn shown(outlook: &Outlook) -> impl Iterator<Item = &Dot> {
    outlook.dots().iter().take(MOST)
}
