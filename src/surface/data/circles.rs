//! A circle inside another: no straight line separates them.

use std::f64::consts::TAU;

use super::Generated;
use super::generated::{generated, settings};
use crate::chance::Chance;

generated! {
    /// Half of the rows are evenly spaced along the unit circle (cos t, sin t), 0 ≤ t < 2π, and
    /// belong to class 0. The others, in class 1, are spaced likewise along a circle of radius ½.
    /// Gaussian noise is added to each coordinate.
    ///
    /// This is scikit-learn's `make_circles(factor=0.5)`. The classes alternate.
    Circles, noise: 0.1
}

/// The radius of the inner circle.
const INNER: f64 = 0.5;

impl Generated for Circles {
    const NAME: &'static str = "circles";
    const LABEL: &'static str = "circle";
    const CLASSES: [&'static str; 2] = ["outer", "inner"];
    const SETTINGS: [&'static str; 2] = ["rows of the circles", "noise of the circles"];

    settings!();

    #[expect(clippy::cast_precision_loss, reason = "rows are at most a million")]
    fn point(is_inner: bool, index: usize, count: usize, _: &mut Chance) -> [f64; 2] {
        let t = TAU * (index as f64 / count as f64);
        let radius = if is_inner { INNER } else { 1.0 };
        [radius * libm::cos(t), radius * libm::sin(t)]
    }
}
