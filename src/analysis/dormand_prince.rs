//! An adaptive Runge–Kutta method for the gradient flow.
//!
//! It is written here, not taken from a library: a flow has to be followed in slices that can be
//! cancelled, and ended where it rests, while the libraries at hand run to a given time.

use crate::objective::{Evaluator, Rows};
use crate::real::norm;

/// The coefficients aᵢⱼ of the stages; the last row is also the solution of fifth order.
const STAGES: [&[f64]; 6] = [
    &[1.0 / 5.0],
    &[3.0 / 40.0, 9.0 / 40.0],
    &[44.0 / 45.0, -56.0 / 15.0, 32.0 / 9.0],
    &[
        19372.0 / 6561.0,
        -25360.0 / 2187.0,
        64448.0 / 6561.0,
        -212.0 / 729.0,
    ],
    &[
        9017.0 / 3168.0,
        -355.0 / 33.0,
        46732.0 / 5247.0,
        49.0 / 176.0,
        -5103.0 / 18656.0,
    ],
    &[
        35.0 / 384.0,
        0.0,
        500.0 / 1113.0,
        125.0 / 192.0,
        -2187.0 / 6784.0,
        11.0 / 84.0,
    ],
];
/// The difference between the solutions of fifth and fourth order.
const ERROR: [f64; 7] = [
    71.0 / 57600.0,
    0.0,
    -71.0 / 16695.0,
    71.0 / 1920.0,
    -17253.0 / 339_200.0,
    22.0 / 525.0,
    -1.0 / 40.0,
];

/// The gradient flow dθ/dt = −∇f(θ), followed by the method of Dormand & Prince, *A family of
/// embedded Runge–Kutta formulae*, 1980, of order 5(4). The slope at the end of a step is the first
/// one of the next.
pub struct DormandPrince {
    evaluator: Box<dyn Evaluator>,
    /// The largest error of a step, as a length.
    tolerance: f64,
    /// t
    pub time: f64,
    /// θ(t)
    pub at: Vec<f64>,
    /// The length of the next step to try.
    step: f64,
    /// The slopes −∇f of the stages.
    slopes: [Vec<f64>; 7],
    /// Where the gradient is evaluated.
    point: Vec<f64>,
}

/// The outcome of an attempt at a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Attempt {
    /// The flow has moved on, and its position and slope were these before.
    Accepted {
        /// The length of the step in time.
        step: f64,
    },
    /// The error was too large, and a shorter step is to be tried.
    Rejected,
    /// No step is short enough.
    Stalled,
}

/// The number of gradients that an attempt evaluates.
pub const GRADIENTS: u64 = 6;

impl DormandPrince {
    /// The flow from a point, where the error of a step may be as large as `tolerance`.
    pub fn new(mut evaluator: Box<dyn Evaluator>, start: &[f64], tolerance: f64) -> Self {
        let mut slopes: [Vec<f64>; 7] = std::array::from_fn(|_| vec![0.0; start.len()]);
        downhill(&mut *evaluator, start, &mut slopes[0]);
        let speed = norm(&slopes[0]);
        // So short that its error is below the tolerance; the first steps then grow quickly.
        let step = tolerance.sqrt() / speed.max(tolerance.sqrt());
        Self {
            evaluator,
            tolerance,
            time: 0.0,
            at: start.to_vec(),
            step,
            slopes,
            point: start.to_vec(),
        }
    }

    /// −∇f at the current position.
    pub fn slope(&self) -> &[f64] {
        &self.slopes[0]
    }

    /// Tries a step. On success, the position and the slope before it are written to `before`.
    pub fn attempt(&mut self, before: &mut [Vec<f64>; 2]) -> Attempt {
        let step = self.step;
        if step < 1e-14 * self.time.max(f64::MIN_POSITIVE) || !step.is_normal() {
            return Attempt::Stalled;
        }
        for (stage, coefficients) in STAGES.iter().enumerate() {
            for (index, point) in self.point.iter_mut().enumerate() {
                let slopes = self.slopes.iter().map(|slope| slope[index]);
                let sum: f64 = coefficients.iter().zip(slopes).map(|(a, k)| a * k).sum();
                *point = self.at[index] + step * sum;
            }
            downhill(
                &mut *self.evaluator,
                &self.point,
                &mut self.slopes[stage + 1],
            );
        }
        let error = self.error(step) / self.tolerance;
        // A step into what is undefined is too long, whatever its error.
        let factor = if error.is_finite() {
            0.9 * error.max(1e-10).powf(-0.2)
        } else {
            0.1
        };
        self.step = step * factor.clamp(0.1, 5.0);
        if error.is_nan() || error > 1.0 {
            return Attempt::Rejected;
        }
        self.time += step;
        before[0].copy_from_slice(&self.at);
        before[1].copy_from_slice(&self.slopes[0]);
        self.at.copy_from_slice(&self.point);
        self.slopes.swap(0, 6);
        Attempt::Accepted { step }
    }

    /// The length of the estimated error of a step.
    fn error(&self, step: f64) -> f64 {
        let parts = (0..self.at.len()).map(|index| {
            let slopes = self.slopes.iter().map(|slope| slope[index]);
            step * ERROR.iter().zip(slopes).map(|(e, k)| e * k).sum::<f64>()
        });
        parts.map(|part| part * part).sum::<f64>().sqrt()
    }
}

fn downhill(evaluator: &mut dyn Evaluator, at: &[f64], slope: &mut [f64]) {
    evaluator.gradient(at, Rows::All, slope);
    for part in slope {
        *part = -*part;
    }
}
