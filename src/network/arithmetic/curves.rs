//! Activations and their derivatives over whole layers.
#![expect(
    clippy::inline_always,
    reason = "what is not inlined is not compiled for the wider registers"
)]

use multiversion::multiversion;

use super::exponential::{sigmoids, tanh};
use super::normal::normal;
use crate::network::Activation;

/// Replaces every z with φ(z).
pub(in crate::network) fn activate(activation: Activation, z: &mut [f64]) {
    #[multiversion(targets("x86_64+avx512f", "x86_64+avx2"))]
    fn each(activation: Activation, z: &mut [f64]) {
        match activation {
            Activation::Tanh => values::<InTanh>(z),
            Activation::Relu => values::<InRelu>(z),
            Activation::Sigmoid => values::<InSigmoid>(z),
            Activation::Silu => values::<InSilu>(z),
            Activation::Gelu => values::<InGelu>(z),
            Activation::Identity => {}
        }
    }
    each(activation, z);
}

/// Replaces every z with φ(z) and writes φ′(z).
pub(in crate::network) fn activate_with_slopes(
    activation: Activation,
    z: &mut [f64],
    slopes: &mut [f64],
) {
    #[multiversion(targets("x86_64+avx512f", "x86_64+avx2"))]
    fn each(activation: Activation, z: &mut [f64], slopes: &mut [f64]) {
        match activation {
            Activation::Tanh => pairs::<InTanh>(z, slopes),
            Activation::Relu => pairs::<InRelu>(z, slopes),
            Activation::Sigmoid => pairs::<InSigmoid>(z, slopes),
            Activation::Silu => pairs::<InSilu>(z, slopes),
            Activation::Gelu => pairs::<InGelu>(z, slopes),
            Activation::Identity => slopes.fill(1.0),
        }
    }
    each(activation, z, slopes);
}

/// Replaces every z with φ(z) and writes φ′(z) and φ″(z).
pub(in crate::network) fn activate_with_curvatures(
    activation: Activation,
    z: &mut [f64],
    slopes: &mut [f64],
    curvatures: &mut [f64],
) {
    #[multiversion(targets("x86_64+avx512f", "x86_64+avx2"))]
    fn each(activation: Activation, z: &mut [f64], slopes: &mut [f64], curvatures: &mut [f64]) {
        match activation {
            Activation::Tanh => triples::<InTanh>(z, slopes, curvatures),
            Activation::Relu => triples::<InRelu>(z, slopes, curvatures),
            Activation::Sigmoid => triples::<InSigmoid>(z, slopes, curvatures),
            Activation::Silu => triples::<InSilu>(z, slopes, curvatures),
            Activation::Gelu => triples::<InGelu>(z, slopes, curvatures),
            Activation::Identity => {
                slopes.fill(1.0);
                curvatures.fill(0.0);
            }
        }
    }
    each(activation, z, slopes, curvatures);
}

/// Multiplies every number with the slope at its place.
pub(in crate::network) fn scale(numbers: &mut [f64], slopes: &[f64]) {
    #[multiversion(targets("x86_64+avx512f", "x86_64+avx2"))]
    fn each(numbers: &mut [f64], slopes: &[f64]) {
        for (number, slope) in numbers.iter_mut().zip(slopes) {
            *number *= slope;
        }
    }
    each(numbers, slopes);
}

/// An activation over single numbers. It is a type, as what is handed over as a function would not
/// be compiled for the wider registers.
trait Curve {
    /// φ(z), φ′(z) and φ″(z). The compiler removes the derivatives that are not used.
    fn at(z: f64) -> [f64; 3];
}

#[inline(always)]
fn values<C: Curve>(z: &mut [f64]) {
    for z in z {
        [*z, _, _] = C::at(*z);
    }
}

#[inline(always)]
fn pairs<C: Curve>(z: &mut [f64], slopes: &mut [f64]) {
    for (z, slope) in z.iter_mut().zip(slopes) {
        [*z, *slope, _] = C::at(*z);
    }
}

#[inline(always)]
fn triples<C: Curve>(z: &mut [f64], slopes: &mut [f64], curvatures: &mut [f64]) {
    for ((z, slope), curvature) in z.iter_mut().zip(slopes).zip(curvatures) {
        [*z, *slope, *curvature] = C::at(*z);
    }
}

struct InTanh;

impl Curve for InTanh {
    /// tanh z, 1 − tanh² z, and their product times −2.
    #[inline(always)]
    fn at(z: f64) -> [f64; 3] {
        let value = tanh(z);
        let slope = 1.0 - value * value;
        [value, slope, -2.0 * value * slope]
    }
}

struct InRelu;

impl Curve for InRelu {
    /// max(z, 0), or NaN for NaN; its slope at 0 is 0.
    #[inline(always)]
    fn at(z: f64) -> [f64; 3] {
        let value = if z < 0.0 { 0.0 } else { z };
        let slope = if z > 0.0 { 1.0 } else { 0.0 };
        [value, slope, 0.0]
    }
}

struct InSigmoid;

impl Curve for InSigmoid {
    /// σ, σ(1 − σ), σ(1 − σ)(1 − 2σ)
    #[inline(always)]
    fn at(z: f64) -> [f64; 3] {
        let [value, rest] = sigmoids(z);
        let slope = value * rest;
        [value, slope, slope * (rest - value)]
    }
}

struct InSilu;

impl Curve for InSilu {
    /// zσ, σ + zσ′, 2σ′ + zσ″
    #[inline(always)]
    fn at(z: f64) -> [f64; 3] {
        let [value, slope, curvature] = InSigmoid::at(z);
        [z * value, value + z * slope, 2.0 * slope + z * curvature]
    }
}

struct InGelu;

impl Curve for InGelu {
    /// zΦ, Φ + zφ, (2 − z²)φ with the normal distribution Φ and its density φ
    #[inline(always)]
    fn at(z: f64) -> [f64; 3] {
        let [share, density] = normal(z);
        [z * share, share + z * density, (2.0 - z * z) * density]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const POINTS: [f64; 13] = [
        -30.0, -6.5, -2.0, -0.8, -1e-3, -1e-9, 1e-9, 0.02, 0.5, 1.0, 3.3, 9.0, 25.0,
    ];

    fn triple(activation: Activation, z: f64) -> [f64; 3] {
        let (mut value, mut slope, mut curvature) = ([z], [0.0], [0.0]);
        activate_with_curvatures(activation, &mut value, &mut slope, &mut curvature);
        [value[0], slope[0], curvature[0]]
    }

    #[test]
    fn slopes_and_curvatures_are_differences_of_values_and_slopes() {
        for activation in Activation::ALL {
            for z in POINTS.into_iter().filter(|z| z.abs() > 1e-4) {
                let step = 1e-4;
                let [after, before] = [z + step, z - step].map(|z| triple(activation, z));
                let [_, slope, curvature] = triple(activation, z);
                let difference = |index: usize| (after[index] - before[index]) / (2.0 * step);
                assert!((difference(0) - slope).abs() < 1e-7, "{activation:?} {z}");
                assert!(
                    (difference(1) - curvature).abs() < 1e-7,
                    "{activation:?} {z}"
                );
            }
        }
    }

    #[test]
    fn whole_layers_have_the_digits_of_single_numbers() {
        for activation in Activation::ALL {
            let mut z: Vec<f64> = POINTS.iter().cycle().take(50).copied().collect();
            let mut slopes = vec![0.0; 50];
            activate_with_slopes(activation, &mut z, &mut slopes);
            let mut alone: Vec<f64> = POINTS.iter().cycle().take(50).copied().collect();
            activate(activation, &mut alone);
            for (index, at) in POINTS.iter().cycle().take(50).enumerate() {
                let [value, slope, _] = triple(activation, *at);
                assert_eq!(
                    [z[index], slopes[index]],
                    [value, slope],
                    "{activation:?} {at}"
                );
                assert_eq!(alone[index], value);
            }
        }
    }

    #[test]
    fn relu_is_level_at_0_and_no_activation_swallows_nan() {
        assert_eq!(triple(Activation::Relu, 0.0), [0.0, 0.0, 0.0]);
        for activation in Activation::ALL {
            assert!(triple(activation, f64::NAN)[0].is_nan(), "{activation:?}");
        }
    }
}
