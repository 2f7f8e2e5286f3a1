//! The colours of classes, which are never those of racers.

use egui::Color32;

use crate::sampling::ColourMap;
use crate::sampling::learned::Palette;
use crate::view::Colors;
use crate::view::theme::blend;

/// The colours of the first classes in the dark and in the light theme.
const CLASSES: [[u32; 2]; 10] = [
    [0xf3_d9a4, 0xa8_741a],
    [0x86_b7a8, 0x2f_7a66],
    [0x8f_9fd6, 0x4a_5fb0],
    [0xc4_8a84, 0x96_4a42],
    [0xb4_bc83, 0x66_701f],
    [0xa5_8bb0, 0x70_4d80],
    [0x6d_93a8, 0x2c_6680],
    [0xa9_9274, 0x70_5a3a],
    [0xb3_bac7, 0x5c_6675],
    [0x5f_8a80, 0x1e_5c50],
];

/// The colours of the numbers of a regression, from low to high.
const NUMBERS: [[u32; 5]; 2] = [
    [0x5d_6cae, 0x3b_4468, 0x25_2b3a, 0x6b_5f4c, 0xc9_b184],
    [0x8e_9fd8, 0xc2_cbe9, 0xf4_f5f8, 0xe4_cd9f, 0xbd_9040],
];

/// How strong the colour of a certain class is.
const STRENGTH: f32 = 0.46;

/// The colour of a class. From the eleventh on, they come again, closer to the colour of text.
#[must_use]
pub fn class_color(colors: &Colors, class: usize) -> Color32 {
    let [dark, light] = CLASSES[class % CLASSES.len()];
    let [_, red, green, blue] = if colors.dark { dark } else { light }.to_be_bytes();
    let color = Color32::from_rgb(red, green, blue);
    let round = (class / CLASSES.len()).min(3) as f32;
    blend(color, colors.text, 0.22 * round)
}

/// The colours in which predictions of this many classes are painted.
#[must_use]
pub fn palette(colors: &Colors, classes: usize) -> Palette {
    let bytes = |color: Color32| [color.r(), color.g(), color.b()];
    let [dark, light] = &NUMBERS;
    Palette {
        ground: bytes(ground(colors)),
        classes: (0..classes)
            .map(|class| bytes(class_color(colors, class)))
            .collect(),
        strength: STRENGTH,
        numbers: ColourMap::from_hex(if colors.dark { dark } else { light }),
    }
}

/// The ground on which predictions are painted.
pub(super) fn ground(colors: &Colors) -> Color32 {
    if colors.dark {
        colors.window
    } else {
        colors.card
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sampling::Oklab;

    fn lab(color: Color32) -> Oklab {
        Oklab::from_srgb([color.r(), color.g(), color.b()])
    }

    fn distance(one: Color32, other: Color32) -> f64 {
        lab(one).distance(lab(other))
    }

    #[test]
    fn classes_differ_from_each_other_and_from_all_racers() {
        for colors in [Colors::dark(), Colors::light()] {
            for class in 0..CLASSES.len() {
                let color = class_color(&colors, class);
                for other in 0..class {
                    let apart = distance(color, class_color(&colors, other));
                    assert!(apart > 0.055, "{class} and {other}: {apart}");
                }
                for racer in colors.racers {
                    let apart = distance(color, racer);
                    assert!(apart > 0.03, "{class} and {racer:?}: {apart}");
                }
            }
        }
    }

    #[test]
    fn many_classes_are_told_apart_for_a_while() {
        let colors = Colors::dark();
        let all: Vec<Color32> = (0..40).map(|class| class_color(&colors, class)).collect();
        for (index, color) in all.iter().enumerate() {
            assert!(!all[..index].contains(color), "{index}");
        }
    }
}
