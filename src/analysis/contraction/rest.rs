//! The stationary point near a racer, and the racer's distance from it along each eigenvector.

use nalgebra::{DMatrix, SymmetricEigen};

use super::Inapplicable;
use crate::objective::{Evaluator, Rows};
use crate::pause::pause;

/// The most Newton steps towards the stationary point.
pub const MOST_STEPS: usize = 20;
/// The most parameters for which a whole Hessian is taken apart.
const MOST_PARAMETERS: usize = 64;
/// The largest deviation of the gradient from H(θ − θ*) at which the model holds, relative to the
/// latter.
const DEVIATION: f64 = 0.05;
/// The curvature, relative to the largest, below which a direction is flat.
const FLAT: f64 = 1e-12;

/// A stationary point with its eigenvectors.
pub struct Rest {
    /// θ*
    pub at: Vec<f64>,
    /// The eigenvectors, the one of smallest curvature first.
    pub axes: Vec<Axis>,
}

/// An eigenvector of the Hessian.
pub struct Axis {
    /// Its direction, of length 1.
    pub along: Vec<f64>,
    /// Its eigenvalue.
    pub curvature: f64,
}

/// The last distances along an axis.
pub struct Seen {
    /// The distances, the last one being that of now.
    pub distances: Vec<f64>,
    /// The uncertainty of a distance.
    pub rounding: f64,
    /// Whether the quadratic model holds now.
    pub is_quadratic: bool,
}

impl Rest {
    /// The stationary point to which Newton's method leads from a racer.
    pub async fn near(evaluator: &mut dyn Evaluator, now: &[f64]) -> Result<Self, Inapplicable> {
        let mut at = now.to_vec();
        let mut gradient = vec![0.0; at.len()];
        let mut last = f64::INFINITY;
        for _ in 0..MOST_STEPS {
            pause().await;
            let axes = axes(evaluator, &at)?;
            evaluator.gradient(&at, Rows::All, &mut gradient);
            let step = newton(&axes, &gradient);
            let length = dot(&step, &step).sqrt();
            if !length.is_finite() {
                return Err(Inapplicable::NotNear);
            }
            let size = dot(&at, &at).sqrt();
            let is_rounding = length <= 1e-15 * size || length >= last && length <= 1e-9 * size;
            if length == 0.0 || is_rounding {
                return Ok(Self { at, axes });
            }
            for (at, step) in at.iter_mut().zip(&step) {
                *at += step;
            }
            last = length;
        }
        Err(Inapplicable::NotNear)
    }

    /// The distances along each axis at the last of these positions, as far back as the model
    /// holds.
    pub async fn distances(
        &self,
        evaluator: &mut dyn Evaluator,
        positions: &[Vec<f64>],
    ) -> Vec<Seen> {
        let mut gradient = vec![0.0; self.at.len()];
        let along = |vector: &[f64]| -> Vec<f64> {
            self.axes.iter().map(|it| dot(&it.along, vector)).collect()
        };
        let (mut distances, mut slopes) = (Vec::new(), Vec::new());
        for position in positions {
            pause().await;
            let away: Vec<f64> = position.iter().zip(&self.at).map(|(p, a)| p - a).collect();
            evaluator.gradient(position, Rows::All, &mut gradient);
            distances.push(along(&away));
            slopes.push(along(&gradient));
        }
        let axes = self.axes.iter().enumerate();
        axes.map(|(axis, it)| {
            let of = |all: &[Vec<f64>]| all.iter().map(|point| point[axis]).collect::<Vec<f64>>();
            let rounding = 4.0 * f64::EPSILON * dot_sizes(&it.along, &self.at);
            seen(of(&distances), &of(&slopes), it.curvature, rounding)
        })
        .collect()
    }
}

/// The distances of the last steps in which the slope is that of the quadratic model.
fn seen(mut distances: Vec<f64>, slopes: &[f64], curvature: f64, rounding: f64) -> Seen {
    let holds = |point: usize| {
        // Where an oscillation passes through 0, its neighbours tell how large it is.
        let near = &distances[point.saturating_sub(1)..(point + 2).min(distances.len())];
        let size = near.iter().fold(rounding, |size, it| size.max(it.abs()));
        let off = (slopes[point] - curvature * distances[point]).abs();
        off <= DEVIATION * curvature.abs() * size + f64::MIN_POSITIVE
    };
    let last = (0..distances.len()).rev();
    let kept = last.take_while(|&point| holds(point)).count();
    distances.drain(..distances.len() - kept);
    Seen {
        distances,
        rounding,
        is_quadratic: kept > 0,
    }
}

/// The eigenvectors of the Hessian at a point.
fn axes(evaluator: &mut dyn Evaluator, at: &[f64]) -> Result<Vec<Axis>, Inapplicable> {
    let n = at.len();
    let mut hessian = vec![0.0; n * n];
    if n > MOST_PARAMETERS || !evaluator.hessian(at, Rows::All, &mut hessian) {
        return Err(Inapplicable::NoHessian);
    }
    if !hessian.iter().all(|entry| entry.is_finite()) {
        return Err(Inapplicable::NotNear);
    }
    let matrix = DMatrix::from_row_slice(n, n, &hessian);
    let eigen = SymmetricEigen::try_new(matrix, f64::EPSILON, 10_000);
    let eigen = eigen.ok_or(Inapplicable::NotNear)?;
    let axis = |(k, curvature): (usize, &f64)| Axis {
        along: pointing_up(eigen.eigenvectors.column(k).iter().copied().collect()),
        curvature: *curvature,
    };
    let mut axes: Vec<Axis> = eigen.eigenvalues.iter().enumerate().map(axis).collect();
    axes.sort_by(|one, other| one.curvature.total_cmp(&other.curvature));
    Ok(axes)
}

/// The direction or its opposite, so that its first part that is not 0 is positive. Adding 0 turns
/// −0 into 0.
fn pointing_up(along: Vec<f64>) -> Vec<f64> {
    let first = along.iter().find(|part| part.abs() > f64::EPSILON);
    let sign = first.map_or(1.0, |part| part.signum());
    along.into_iter().map(|part| sign * part + 0.0).collect()
}

/// −H⁻¹g, without any part along flat directions.
fn newton(axes: &[Axis], gradient: &[f64]) -> Vec<f64> {
    let sizes = axes.iter().map(|it| it.curvature.abs());
    let flat = FLAT * sizes.fold(0.0, f64::max);
    let mut step = vec![0.0; gradient.len()];
    for axis in axes.iter().filter(|it| it.curvature.abs() > flat) {
        let length = -dot(&axis.along, gradient) / axis.curvature;
        for (step, part) in step.iter_mut().zip(&axis.along) {
            *step += length * part;
        }
    }
    step
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Σ |aᵢ bᵢ|
fn dot_sizes(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a * b).abs()).sum()
}
