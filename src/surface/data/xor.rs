//! Exclusive or: what counts is whether two signs are equal, which no single feature tells.

use super::Generated;
use super::generated::{generated, settings};
use crate::chance::Chance;

generated! {
    /// Points of the square [−1, 1]² whose coordinates are at least 0.1 away from 0. Class 0 has
    /// x₁x₂ > 0, class 1 has x₁x₂ < 0. The rows go round the four quadrants, and lie uniformly in
    /// each. Gaussian noise is added to each coordinate afterwards, so that a point may cross an
    /// axis.
    ///
    /// TensorFlow's Playground has such a set, in [−5, 5]² with a margin of 0.3. The classes
    /// alternate.
    Xor, noise: 0.1
}

/// The distance that the points keep from the axes.
const MARGIN: f64 = 0.1;

impl Generated for Xor {
    const NAME: &'static str = "xor";
    const LABEL: &'static str = "signs";
    const CLASSES: [&'static str; 2] = ["equal", "opposite"];
    const SETTINGS: [&'static str; 2] = ["rows of the xor set", "noise of the xor set"];

    settings!();

    fn point(is_opposite: bool, index: usize, _: usize, chance: &mut Chance) -> [f64; 2] {
        let mut length = || MARGIN + (1.0 - MARGIN) * chance.fraction();
        let [first, second] = [length(), length()];
        let side = if index.is_multiple_of(2) { 1.0 } else { -1.0 };
        let other = if is_opposite { -side } else { side };
        [other * first, side * second]
    }
}
