//! Whether two rules take the same steps.

use super::Trajectory;

/// How far apart two paths may be, as a share of how far they reach: as much as rounding in another
/// order does.
const ROUNDING: f64 = 1e-9;

/// Whether two paths over the same surface are the same to the last digits, step by step, to the
/// same end. Of paths that diverge, only the finite points count.
#[must_use]
pub fn takes_the_same_steps(one: &Trajectory, other: &Trajectory) -> bool {
    if one.last_step() != other.last_step() || one.points() != other.points() {
        return false;
    }
    let axes = [(&one.x, &other.x), (&one.y, &other.y)];
    axes.into_iter().all(|(one, other)| {
        let finite = |path: &[f64]| path.iter().copied().filter(|it| it.is_finite()).collect();
        let all: Vec<f64> = finite(one);
        let low = all.iter().copied().fold(f64::INFINITY, f64::min);
        let high = all.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let reach = high - low;
        let mut pairs = one.iter().zip(other);
        pairs.all(|(a, b)| {
            let size = a.abs().max(b.abs()).max(reach);
            a.to_bits() == b.to_bits() || (a - b).abs() <= ROUNDING * size
        })
    })
}

/// The largest difference between two paths in a coordinate, over the steps that both have; `None` if
/// they do not have the same points.
#[must_use]
pub fn largest_difference(one: &Trajectory, other: &Trajectory) -> Option<f64> {
    if one.points() != other.points() {
        return None;
    }
    let axes = [(&one.x, &other.x), (&one.y, &other.y)];
    let pairs = axes
        .into_iter()
        .flat_map(|(one, other)| one.iter().zip(other));
    let apart = pairs.filter(|(a, b)| a.to_bits() != b.to_bits());
    Some(apart.map(|(a, b)| (a - b).abs()).fold(0.0, f64::max))
}
