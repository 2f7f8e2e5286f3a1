//! Two spirals wound into each other, a hard task for a small network.

use std::f64::consts::{PI, TAU};

use super::Generated;
use super::generated::{generated, settings};
use crate::chance::Chance;

generated! {
    /// With n rows per class and k = 1 … n, class 0 is the spiral 5 (k/n) (sin t, cos t) with
    /// t = 1.75 · 2π k/n: one and three quarter turns, of which the last point has radius 5. Class 1
    /// is the same spiral rotated by 180°. Gaussian noise is added to each coordinate.
    ///
    /// This is the spiral of TensorFlow's Playground, whose k begins at 0, where both arms meet, and
    /// whose noise is uniform. The classes alternate.
    Spiral, noise: 0.2
}

/// The radius of the last point.
const RADIUS: f64 = 5.0;

/// The number of turns.
const TURNS: f64 = 1.75;

impl Generated for Spiral {
    const NAME: &'static str = "spiral";
    const LABEL: &'static str = "arm";
    const CLASSES: [&'static str; 2] = ["first", "second"];
    const SETTINGS: [&'static str; 2] = ["rows of the spiral", "noise of the spiral"];

    settings!();

    #[expect(clippy::cast_precision_loss, reason = "rows are at most a million")]
    fn point(is_second: bool, index: usize, count: usize, _: &mut Chance) -> [f64; 2] {
        let part = (index + 1) as f64 / count as f64;
        let t = TURNS * TAU * part + if is_second { PI } else { 0.0 };
        let radius = RADIUS * part;
        [radius * libm::sin(t), radius * libm::cos(t)]
    }
}
