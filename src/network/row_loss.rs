//! The losses of single rows, and how they change with the outputs.

use super::LossFunction;
use super::arithmetic::exponential::{exp, sigmoids};
use super::examples::Target;

impl LossFunction {
    /// Returns the loss of a row with these outputs and writes its derivatives ∂/∂o.
    ///
    /// Neither overflows unless the loss itself does. Without a target that fits, both are NaN.
    pub(super) fn of_row(self, outputs: &[f64], target: Option<Target>, slopes: &mut [f64]) -> f64 {
        match (self, outputs, target) {
            (Self::MeanSquaredError, &[output], Some(Target::Number(number))) => {
                let residual = output - number;
                slopes.fill(2.0 * residual);
                residual * residual
            }
            (Self::BinaryCrossEntropy, &[logit], Some(Target::Class(class))) => {
                // The margin is positive if the row is classified correctly.
                let sign = if class == 1 { 1.0 } else { -1.0 };
                let margin = sign * logit;
                slopes.fill(-sign * sigmoids(-margin)[0]);
                loss_of_margin(margin)
            }
            (Self::CategoricalCrossEntropy, _, Some(Target::Class(class))) => {
                cross_entropy(outputs, class as usize, slopes)
            }
            _ => {
                slopes.fill(f64::NAN);
                f64::NAN
            }
        }
    }

    /// Writes how ∂/∂o changes while the outputs change by `changes`, for a row with these outputs.
    pub(super) fn change_of_slopes(self, outputs: &[f64], changes: &[f64], slopes: &mut [f64]) {
        match self {
            Self::MeanSquaredError => {
                for (slope, change) in slopes.iter_mut().zip(changes) {
                    *slope = 2.0 * change;
                }
            }
            Self::BinaryCrossEntropy => {
                for ((slope, &output), change) in slopes.iter_mut().zip(outputs).zip(changes) {
                    let [share, rest] = sigmoids(output);
                    *slope = share * rest * change;
                }
            }
            Self::CategoricalCrossEntropy => {
                softmax(outputs, slopes);
                let pairs = slopes.iter().zip(changes);
                let mean: f64 = pairs.map(|(share, change)| share * change).sum();
                for (slope, change) in slopes.iter_mut().zip(changes) {
                    *slope *= change - mean;
                }
            }
        }
    }
}

/// Returns ln(1 + e⁻ᵐ).
pub(super) fn loss_of_margin(margin: f64) -> f64 {
    let wrong = if margin < 0.0 { -margin } else { 0.0 };
    wrong + libm::log1p(exp(-margin.abs()))
}

/// Returns the largest output and its index, the first of equals.
pub(super) fn largest(outputs: &[f64]) -> (usize, f64) {
    let first = (0, f64::NEG_INFINITY);
    let pairs = outputs.iter().copied().enumerate();
    pairs.fold(first, |most, it| if it.1 > most.1 { it } else { most })
}

/// Writes the softmax of the outputs.
pub(super) fn softmax(outputs: &[f64], shares: &mut [f64]) {
    let (_, most) = largest(outputs);
    let mut sum = 0.0;
    for (share, output) in shares.iter_mut().zip(outputs) {
        *share = exp(output - most);
        sum += *share;
    }
    for share in shares {
        *share /= sum;
    }
}

/// Returns −ln softmax(o)[class] and writes softmax(o), with 1 subtracted for the class.
fn cross_entropy(outputs: &[f64], class: usize, slopes: &mut [f64]) -> f64 {
    let Some(&right) = outputs.get(class) else {
        slopes.fill(f64::NAN);
        return f64::NAN;
    };
    let (first, most) = largest(outputs);
    // Sums without the largest output, and without the class, keep the digits of what is small.
    let (mut others, mut wrong) = (0.0, 0.0);
    for (index, (slope, output)) in slopes.iter_mut().zip(outputs).enumerate() {
        *slope = exp(output - most);
        others += if index == first { 0.0 } else { *slope };
        wrong += if index == class { 0.0 } else { *slope };
    }
    let sum = 1.0 + others;
    for (index, slope) in slopes.iter_mut().enumerate() {
        *slope = if index == class { -wrong } else { *slope } / sum;
    }
    (most - right) + libm::log1p(others)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entropy(outputs: &[f64], class: u32) -> (f64, Vec<f64>) {
        let mut slopes = vec![0.0; outputs.len()];
        let target = Some(Target::Class(class));
        let loss = LossFunction::CategoricalCrossEntropy.of_row(outputs, target, &mut slopes);
        (loss, slopes)
    }

    #[test]
    fn a_tiny_loss_keeps_its_digits() {
        let (loss, slopes) = entropy(&[0.0, 50.0], 1);
        let tiny = libm::exp(-50.0);
        assert!((loss / tiny - 1.0).abs() < 1e-15, "{loss}");
        assert!((slopes[1] / -tiny - 1.0).abs() < 1e-15, "{slopes:?}");
        assert!((loss_of_margin(50.0) / tiny - 1.0).abs() < 1e-15);
    }

    #[test]
    fn a_huge_loss_is_the_distance_of_the_outputs() {
        assert_eq!(
            entropy(&[1e300, 0.0, -1e300], 1),
            (1e300, vec![1.0, -1.0, 0.0])
        );
        assert_eq!(loss_of_margin(-1e300), 1e300);
        assert_eq!(loss_of_margin(f64::NEG_INFINITY), f64::INFINITY);
    }

    #[test]
    fn a_target_that_does_not_fit_gives_nan() {
        let (loss, slopes) = entropy(&[0.0, 1.0], 2);
        assert!(loss.is_nan() && slopes.iter().all(|slope| slope.is_nan()));
        let mut slopes = [0.0];
        let target = Some(Target::Class(0));
        let loss = LossFunction::MeanSquaredError.of_row(&[1.0], target, &mut slopes);
        assert!(loss.is_nan() && slopes[0].is_nan());
    }

    #[test]
    fn the_first_of_equal_outputs_is_the_largest() {
        assert_eq!(largest(&[1.0, 3.0, 3.0]).0, 1);
        assert_eq!(largest(&[]).0, 0);
    }
}
