//! Planes through a space of many parameters, on which paths are seen.
//!
//! A [`Subspace`] is the plane θ = θ₀ + x d₁ + y d₂. A point of the plane is lifted to parameters,
//! and parameters are projected to the nearest point of the plane. It is [fitted](principal) to
//! paths, laid [through three points](Subspace::through), or [drawn at random](random).
//!
//! ```
//! use slalom::subspace::Subspace;
//!
//! let plane = Subspace::through(&[0.0; 3], &[3.0, 4.0, 0.0], &[0.0, 0.0, 2.0]).unwrap();
//! assert_eq!(plane.project([3.0, 4.0, 0.0]), [5.0, 0.0]);
//! assert_eq!(plane.distance([-4.0, 3.0, 1.0]), 5.0);
//! ```

mod choice;
mod principal;
mod random;

pub use choice::{Held, PlaneChoice};
pub use principal::principal;
pub use random::random;

/// The plane θ = θ₀ + x d₁ + y d₂ through a space of n parameters.
#[derive(Clone, Debug, PartialEq)]
pub struct Subspace {
    origin: Vec<f64>,
    directions: [Vec<f64>; 2],
    /// The inverse of the matrix of the products dᵢ·dⱼ.
    inverse: [[f64; 2]; 2],
    explained: Option<[f64; 2]>,
}

impl Subspace {
    /// The plane through `origin` along two directions, which are its axes and units; `None` if the
    /// lengths differ, if a number is not finite, or if the directions are parallel.
    #[must_use]
    pub fn new(origin: Vec<f64>, directions: [Vec<f64>; 2]) -> Option<Self> {
        let n = origin.len();
        if directions.iter().any(|direction| direction.len() != n) {
            return None;
        }
        let [first, second] = &directions;
        let (a, b, d) = (dot(first, first), dot(first, second), dot(second, second));
        let determinant = a * d - b * b;
        let is_plane = determinant > 1e-20 * a * d;
        if !is_plane || !origin.iter().all(|part| part.is_finite()) || !determinant.is_finite() {
            return None;
        }
        Some(Self {
            inverse: [
                [d / determinant, -b / determinant],
                [-b / determinant, a / determinant],
            ],
            origin,
            directions,
            explained: None,
        })
    }

    /// The plane through three points, with the first at (0, 0), the second at (its distance, 0),
    /// and the third above; the axes have length 1. `None` if the points lie on a line.
    #[must_use]
    pub fn through(origin: &[f64], first: &[f64], second: &[f64]) -> Option<Self> {
        let from_origin = |to: &[f64]| -> Vec<f64> {
            let pairs = to.iter().zip(origin);
            pairs.map(|(to, from)| to - from).collect()
        };
        let along = unit(from_origin(first))?;
        let across = unit(without(from_origin(second), &along))?;
        Self::new(origin.to_vec(), [along, across])
    }

    /// The plane through a point along its first two parameters; with only one parameter, the
    /// vertical axis means nothing.
    #[must_use]
    pub fn of_first_axes(origin: Vec<f64>) -> Self {
        let axis = |index: usize| {
            let mut axis = vec![0.0; origin.len()];
            if let Some(part) = axis.get_mut(index) {
                *part = 1.0;
            }
            axis
        };
        Self {
            directions: [axis(0), axis(1)],
            origin,
            inverse: [[1.0, 0.0], [0.0, 1.0]],
            explained: None,
        }
    }

    /// The same plane with the shares of the paths' variance along its two axes.
    #[must_use]
    fn explaining(mut self, shares: [f64; 2]) -> Self {
        self.explained = Some(shares);
        self
    }

    /// The shares of the paths' variance along the two axes, if the plane was fitted to paths.
    #[must_use]
    pub const fn explained(&self) -> Option<[f64; 2]> {
        self.explained
    }

    /// n, the number of parameters.
    #[must_use]
    pub const fn dimension(&self) -> usize {
        self.origin.len()
    }

    /// θ₀
    #[must_use]
    pub fn origin(&self) -> &[f64] {
        &self.origin
    }

    /// d₁ and d₂.
    #[must_use]
    pub const fn directions(&self) -> &[Vec<f64>; 2] {
        &self.directions
    }

    /// The two vectors whose products with parameters θ − θ₀ are the coordinates of the point of the
    /// plane that is nearest to θ.
    #[must_use]
    pub fn duals(&self) -> [Vec<f64>; 2] {
        let [first, second] = &self.directions;
        self.inverse.map(|row| {
            let pairs = first.iter().zip(second);
            pairs
                .map(|(first, second)| row[0] * first + row[1] * second)
                .collect()
        })
    }

    /// The coordinates of the point of the plane that is nearest to these parameters.
    #[must_use]
    pub fn project(&self, parameters: impl IntoIterator<Item = f64>) -> [f64; 2] {
        let [first, second] = &self.directions;
        let (mut along, mut across) = (0.0, 0.0);
        let origin = parameters.into_iter().zip(&self.origin);
        for ((at, from), (first, second)) in origin.zip(first.iter().zip(second)) {
            let away = at - from;
            along += away * first;
            across += away * second;
        }
        self.solve([along, across])
    }

    /// The coordinates of the plane's part of a vector, such as a gradient.
    #[must_use]
    pub fn component(&self, vector: &[f64]) -> [f64; 2] {
        let products = self
            .directions
            .each_ref()
            .map(|direction| dot(direction, vector));
        self.solve(products)
    }

    /// The derivatives of a loss along the two axes, given its gradient ∇f: dᵢ·∇f.
    #[must_use]
    pub fn slope(&self, gradient: &[f64]) -> [f64; 2] {
        self.directions
            .each_ref()
            .map(|direction| dot(direction, gradient))
    }

    fn solve(&self, [along, across]: [f64; 2]) -> [f64; 2] {
        self.inverse.map(|row| row[0] * along + row[1] * across)
    }

    /// Writes the parameters θ₀ + x d₁ + y d₂ at a point of the plane.
    pub fn lift_into(&self, [x, y]: [f64; 2], parameters: &mut [f64]) {
        let [first, second] = &self.directions;
        let directions = first.iter().zip(second);
        let places = parameters.iter_mut().zip(&self.origin).zip(directions);
        for ((parameter, from), (first, second)) in places {
            *parameter = from + x * first + y * second;
        }
    }

    /// The parameters at a point of the plane.
    #[must_use]
    pub fn lift(&self, at: [f64; 2]) -> Vec<f64> {
        let mut parameters = vec![0.0; self.dimension()];
        self.lift_into(at, &mut parameters);
        parameters
    }

    /// The distance of parameters from the plane, in parameter space.
    #[must_use]
    pub fn distance(&self, parameters: impl IntoIterator<Item = f64> + Clone) -> f64 {
        self.sight(parameters).1
    }

    /// The nearest point of the plane, as [`Self::project`] gives it, and the distance from it.
    #[must_use]
    pub fn sight(&self, parameters: impl IntoIterator<Item = f64> + Clone) -> ([f64; 2], f64) {
        let [x, y] = self.project(parameters.clone());
        let [first, second] = &self.directions;
        let shadow = self.origin.iter().zip(first.iter().zip(second));
        let away = parameters.into_iter().zip(shadow);
        let squares = away.map(|(at, (from, (first, second)))| {
            let off = at - (from + x * first + y * second);
            off * off
        });
        ([x, y], squares.sum::<f64>().sqrt())
    }
}

fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}

/// The vector scaled to length 1; `None` if it has no direction.
fn unit(mut vector: Vec<f64>) -> Option<Vec<f64>> {
    let length = dot(&vector, &vector).sqrt();
    if !length.is_normal() {
        return None;
    }
    for part in &mut vector {
        *part /= length;
    }
    Some(vector)
}

/// The part of a vector that is perpendicular to a direction of length 1.
fn without(mut vector: Vec<f64>, direction: &[f64]) -> Vec<f64> {
    let along = dot(&vector, direction);
    for (part, direction) in vector.iter_mut().zip(direction) {
        *part -= along * direction;
    }
    vector
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_on_the_plane_come_back_from_their_coordinates() {
        // The axes are neither perpendicular nor of length 1.
        let directions = [vec![2.0, 0.0, 0.0, 1.0], vec![1.0, 3.0, 0.0, 0.0]];
        let plane = Subspace::new(vec![0.5, -1.0, 2.0, 0.0], directions).unwrap();
        for at in [[0.0, 0.0], [1.5, -2.0], [-0.25, 4.0]] {
            let parameters = plane.lift(at);
            let back = plane.project(parameters.iter().copied());
            assert!((back[0] - at[0]).abs() < 1e-14 && (back[1] - at[1]).abs() < 1e-14);
            assert!(plane.distance(parameters.iter().copied()) < 1e-14);
        }
        let at = plane.lift([1.5, -2.0]);
        let away: Vec<f64> = at
            .iter()
            .zip(plane.origin())
            .map(|(at, from)| at - from)
            .collect();
        let [x, y] = plane.duals().map(|dual| dot(&dual, &away));
        assert!((x - 1.5).abs() < 1e-14 && (y + 2.0).abs() < 1e-14);
        let off = plane.lift([1.0, 1.0]);
        let above = [off[0], off[1], off[2] + 0.75, off[3]];
        assert!((plane.distance(above) - 0.75).abs() < 1e-14);
    }

    #[test]
    fn a_plane_goes_through_its_three_points() {
        let points = [[1.0, 2.0, 3.0], [1.0, 2.0, 5.0], [4.0, 2.0, 4.0]];
        let plane = Subspace::through(&points[0], &points[1], &points[2]).unwrap();
        let seen = points.map(|point| plane.project(point));
        assert_eq!(seen, [[0.0, 0.0], [2.0, 0.0], [1.0, 3.0]]);
    }

    #[test]
    fn what_is_no_plane_is_none() {
        let line = [vec![1.0, 1.0], vec![2.0, 2.0]];
        assert_eq!(Subspace::new(vec![0.0; 2], line), None);
        assert_eq!(
            Subspace::new(vec![0.0; 2], [vec![1.0], vec![0.0, 1.0]]),
            None
        );
        let wild = [vec![f64::NAN, 1.0], vec![1.0, 0.0]];
        assert_eq!(Subspace::new(vec![0.0; 2], wild), None);
        let far = Subspace::new(vec![f64::INFINITY, 0.0], [vec![1.0, 0.0], vec![0.0, 1.0]]);
        assert_eq!(far, None);
        assert_eq!(Subspace::through(&[0.0; 3], &[1.0; 3], &[2.0; 3]), None);
    }
}
